"""Where a device has no memory for all at once, half as much is tried, down to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch

from consolidation.errors import DeviceFull

Item = TypeVar("Item")
Result = TypeVar("Result")


def halving(call: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """What `call` makes of the items: of all of them, or of parts in order as large as there is memory for.

    Raises `DeviceFull` where there is none for a single item.
    """
    try:
        return [call(items)]
    except torch.OutOfMemoryError:
        if len(items) < 2:
            raise DeviceFull from None
    # NB: outside of the handler, which would keep the tensors of what failed
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    middle = len(items) // 2
    return halving(call, items[:middle]) + halving(call, items[middle:])

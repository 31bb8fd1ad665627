"""Where a device has no memory for all at once, half as much is tried, down to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TypeVar

import torch

from consolidation.errors import DeviceFull

#: What torch says where there is no memory beside a processor; of a card it has an error of its own.
_NO_MEMORY = "can't allocate memory"

_lock, _times = Lock(), 0
Item = TypeVar("Item")
Result = TypeVar("Result")


def is_full(error: BaseException) -> bool:
    """Whether an error says that memory was not enough, on a card or beside a processor."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or _NO_MEMORY in str(error)


def times_halved() -> int:
    """How often this process tried half of a batch, because there was no memory for all of it."""
    return _times


def halving(call: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """What `call` makes of the items: of all of them, or of parts in order as large as there is memory for.

    Raises `DeviceFull` where there is none for a single item.
    """
    try:
        return [call(items)]
    except (RuntimeError, MemoryError) as error:
        if not is_full(error):
            raise
        if len(items) < 2:
            raise DeviceFull from None
    _count()
    # NB: outside of the handler, which would keep the tensors of what failed
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    middle = len(items) // 2
    return halving(call, items[:middle]) + halving(call, items[middle:])


def _count() -> None:
    global _times
    with _lock:
        _times += 1

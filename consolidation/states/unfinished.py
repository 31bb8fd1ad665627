"""An unfinished consolidation: what was read so far, as it is kept and gone on with.

It is kept by the name of the file and not of the text, so that a text of which more is to come is gone on with where
its beginning was left. What it goes on from must be the same: the windows that were read are kept as a hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from consolidation.protocol import FastWeights
from consolidation.states.file import SCALES, WEIGHTS, WINDOW_KEYS
from consolidation.states.packing import Packed, joined
from consolidation.text.windows import Windows

OPEN, DONE, READ, BESIDE = "open.", "done", "read", "beside."


class Beside(Protocol):
    """Something else that is made of windows as they are read, and is kept with what is unfinished."""

    def __call__(self, windows: Windows, chosen: Sequence[int]) -> None:
        """These windows of the text were just read."""

    def kept(self) -> Mapping[str, Tensor]:
        """What `resume` goes on from."""

    def resume(self, kept: Mapping[str, Tensor]) -> None:
        """Take up what was made of the windows before; of what is missing it knows nothing."""


@dataclass(slots=True)
class Progress:
    """Windows read and their hash, finished segments as stored, the open segment's fast weights."""

    done: int
    read: bytes
    packed: list[dict[str, Packed]]
    keys: list[Tensor]
    open_state: FastWeights

    @classmethod
    def blank(cls, open_state: FastWeights) -> Progress:
        """Before anything was read."""
        return cls(0, b"", [], [], open_state)

    def has_read(self, windows: Windows, chosen: range) -> None:
        """Count these windows among those that were read."""
        self.done, self.read = chosen.stop, hash_of(windows, chosen, self.read)

    def content(self, beside: Beside | None = None) -> bytes:
        """What `resume` goes on from."""
        tensors = {OPEN + name: weights.cpu().contiguous() for name, weights in self.open_state.items()}
        tensors[DONE] = torch.tensor(self.done)
        tensors[READ] = torch.tensor(list(self.read), dtype=torch.uint8)
        if self.keys:
            self.keys = [torch.cat(self.keys)]
            tensors[WINDOW_KEYS] = self.keys[0]
        if self.packed:
            for name, packed in joined(self.packed).items():
                tensors[WEIGHTS + name] = packed.values
                if packed.scales is not None:
                    tensors[SCALES + name] = packed.scales
        if beside is not None:
            tensors |= {BESIDE + name: kept.contiguous() for name, kept in beside.kept().items()}
        return save(tensors)


def hash_of(windows: Windows, chosen: range, before: bytes = b"") -> bytes:
    """All that a state takes from these windows, after those that `before` is the hash of."""
    for row in chosen:
        places = repr((windows.ranges[row], windows.passages[row], int(windows.lengths_W[row])))
        ids = windows.ids_WT[row].cpu().numpy().tobytes()
        low, high = windows.passages[row]
        passage = windows.text[low:high].encode("utf-8", "surrogatepass")
        before = hashlib.sha256(b"\0".join((before, places.encode(), ids, passage))).digest()
    return before


def resume(
    content: bytes | None,
    windows: Windows,
    blank: FastWeights,
    stored: dict[str, str],
    beside: Beside | None = None,
) -> Progress:
    """Progress left by an earlier run over the same windows; a blank start where there is none or it is damaged."""
    if content is None:
        return Progress.blank(blank)
    try:
        kept = load(content)
        done, read = int(kept[DONE]), bytes(kept[READ].tolist())
        if done > len(windows) or hash_of(windows, range(done)) != read:
            return Progress.blank(blank)
        open_state = {name: kept[OPEN + name].to(weights.device) for name, weights in blank.items()}
        packed = [
            {
                name: Packed(stored[name], tuple(weights.shape[1:]), kept[WEIGHTS + name], kept.get(SCALES + name))
                for name, weights in blank.items()
            }
        ] if any(name.startswith(WEIGHTS) for name in kept) else []  # fmt: skip
        keys = [kept[WINDOW_KEYS]] if WINDOW_KEYS in kept else []
    except (SafetensorError, KeyError):
        return Progress.blank(blank)
    if beside is not None:
        beside.resume({n.removeprefix(BESIDE): one for n, one in kept.items() if n.startswith(BESIDE)})
    return Progress(done, read, packed, keys, open_state)

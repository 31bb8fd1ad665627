"""The sleep phase: a document becomes a saved state.

Windows are read in order; each takes N recurrent passes that write fast weights; what attention saw is dropped
after every window. Algorithm: Lee, McLeish, Goldstein, Fanti, "Do Language Models Need Sleep?", arXiv 2605.26099.
Every segment starts blank, so a document's state depends on nothing but its own inputs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from consolidation.engine import Engine
from consolidation.errors import Cancelled, StateError
from consolidation.halving import halving
from consolidation.key import StateKey
from consolidation.protocol import FastWeights
from consolidation.states.bank import Bank
from consolidation.states.file import SCALES, WEIGHTS, WINDOW_KEYS, StoredState
from consolidation.states.packing import Packed, joined, pack_all
from consolidation.text.windows import Windows

#: Windows encoded together. Progress is reported, and can be resumed, at these boundaries.
STEP_WINDOWS = 8
SAVE_SECONDS = 5.0
OPEN, DONE = "open.", "done"
#: Hears of windows that were just read: all windows of the text, and which of them.
OnRead = Callable[[Windows, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class BuiltState:
    """A saved state and what it took; `seconds` is 0 where it was there already."""

    name: str
    bytes: int
    tokens: int
    windows: int
    segments: int
    seconds: float


@dataclass(slots=True)
class Progress:
    """An unfinished consolidation: windows read, finished segments as stored, the open segment's fast weights."""

    done: int
    packed: list[dict[str, Packed]]
    keys: list[Tensor]
    open_state: FastWeights

    def content(self) -> bytes:
        """What `_resume` goes on from."""
        tensors = {OPEN + name: weights.cpu().contiguous() for name, weights in self.open_state.items()}
        tensors[DONE] = torch.tensor(self.done)
        if self.keys:
            tensors[WINDOW_KEYS] = torch.cat(self.keys)
        if self.packed:
            for name, packed in joined(self.packed).items():
                tensors[WEIGHTS + name] = packed.values
                if packed.scales is not None:
                    tensors[SCALES + name] = packed.scales
        return save(tensors)


def _resume(content: bytes | None, blank: FastWeights, stored: dict[str, str]) -> Progress:
    """Progress left by a stopped run; a blank start where there is none or it is damaged."""
    if content is None:
        return Progress(0, [], [], blank)
    try:
        kept = load(content)
        open_state = {name: kept[OPEN + name].to(weights.device) for name, weights in blank.items()}
        packed = [
            {
                name: Packed(stored[name], tuple(weights.shape[1:]), kept[WEIGHTS + name], kept.get(SCALES + name))
                for name, weights in blank.items()
            }
        ] if any(name.startswith(WEIGHTS) for name in kept) else []  # fmt: skip
        keys = [kept[WINDOW_KEYS]] if WINDOW_KEYS in kept else []
        return Progress(int(kept[DONE]), packed, keys, open_state)
    except (SafetensorError, KeyError):
        return Progress(0, [], [], blank)


def consolidate(
    engine: Engine,
    text: str,
    key: StateKey,
    bank: Bank,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_read: OnRead = lambda windows, chosen: None,
) -> BuiltState:
    """Consolidate a text into the bank under `key`, resuming what an earlier run left.

    `on_progress` gets windows done and in all, `on_read` the windows and which of them were just read. Raises
    `Cancelled` when `should_stop` says so (progress is kept), `StateError` where the key is not of this engine or the
    text has no tokens, and OSError of the vault.
    """
    _check(engine, key)
    name, began = key.name(), time.monotonic()
    if bank.holds(name):
        kept = bank.load(name)
        bank.entries([name], kept.window_keys_WR.shape[1])
        return BuiltState(name, bank.size(name), kept.tokens, kept.windows, kept.segments, 0.0)
    windows = engine.memory.tokenise(text)
    if not len(windows):
        raise StateError("the text has no tokens to consolidate")
    progress = _resume(bank.unfinished(name), engine.memory.blank_state(), dict(key.stored))
    for _ in _read(engine, windows, key, progress, bank, on_read, should_stop):
        on_progress(progress.done, len(windows))
    state = StoredState(
        key, int(windows.lengths_W.sum()), joined(progress.packed), torch.cat(progress.keys),
        torch.tensor(windows.ranges, dtype=torch.int32),
    )  # fmt: skip
    size = bank.save(state)
    seconds = time.monotonic() - began
    return BuiltState(name, size, state.tokens, state.windows, state.segments, seconds)


def _check(engine: Engine, key: StateKey) -> None:
    own = engine.state_key(
        document_sha256=key.members, text_version=key.text_version, text_sha256=key.text_sha256
    )
    if own != key:
        raise StateError("the key was made for another model or other settings")


def _stop_of(key: StateKey, start: int, total: int) -> int:
    """The end of the windows that are read together from `start` on: one segment, one number of passes."""
    segment_end = (start // key.segment_windows + 1) * key.segment_windows
    stop = start + 1
    while stop < min(start + STEP_WINDOWS, segment_end, total) and key.passes(stop) == key.passes(start):
        stop += 1
    return stop


def _reads(
    engine: Engine, windows: Windows, progress: Progress, passes: int
) -> Callable[[Sequence[int]], None]:
    """Reads some windows from the open state on, which is changed only once they are read."""

    def read(some: Sequence[int]) -> None:
        progress.open_state = engine.read_windows((windows, some, progress.open_state), passes)

    return read


def _read(
    engine: Engine,
    windows: Windows,
    key: StateKey,
    progress: Progress,
    bank: Bank,
    on_read: OnRead,
    should_stop: Callable[[], bool],
) -> Iterator[None]:
    """Read all windows that are left, a few at a time, closing a segment where it is full; yields after each."""
    name, saved, total = key.name(), time.monotonic(), len(windows)
    while progress.done < total:
        if should_stop():
            bank.keep_unfinished(name, progress.content())
            raise Cancelled(f"stopped after {progress.done} of {total} windows")
        chosen = range(progress.done, _stop_of(key, progress.done, total))
        passes = key.passes(progress.done)
        halving(_reads(engine, windows, progress, passes), chosen)
        with engine.turn():
            progress.keys += halving(
                lambda some: engine.router.window_keys(windows, some).half().cpu(), chosen
            )
        progress.done = chosen.stop
        if progress.done % key.segment_windows == 0 or progress.done == total:
            progress.packed.append(pack_all(progress.open_state, dict(key.stored)))
            progress.open_state = engine.memory.blank_state()
        on_read(windows, chosen)
        yield
        if time.monotonic() - saved > SAVE_SECONDS:
            bank.keep_unfinished(name, progress.content())
            saved = time.monotonic()

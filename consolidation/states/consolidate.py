"""The sleep phase: a document becomes a saved state.

Windows are read in order; each takes N recurrent passes that write fast weights; what attention saw is dropped
after every window. Algorithm: Lee, McLeish, Goldstein, Fanti, "Do Language Models Need Sleep?", arXiv 2605.26099.
Every segment starts blank, so a document's state depends on nothing but its own inputs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from consolidation.engine import Engine
from consolidation.errors import Cancelled, StateError
from consolidation.files import write_atomically
from consolidation.states.bank import Bank
from consolidation.states.state import StateKey, StoredState, pack
from consolidation.text.windows import Windows

#: Windows encoded together. Progress is reported, and can be resumed, at these boundaries.
STEP_WINDOWS = 8
SAVE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class BuiltState:
    """A saved state and what it took; `seconds` is 0 where it was there already."""

    name: str
    path: Path
    bytes: int
    tokens: int
    windows: int
    segments: int
    seconds: float


@dataclass(slots=True)
class Progress:
    """An unfinished consolidation: windows read, finished segments packed, the open segment's fast weights."""

    done: int
    packed: list[Tensor]
    scales: list[Tensor]
    keys: list[Tensor]
    open_state: Tensor

    def save(self, path: Path) -> None:
        tensors = {"open": self.open_state.contiguous(), "done": torch.tensor(self.done)}
        for name, parts in (("packed", self.packed), ("scales", self.scales), ("keys", self.keys)):
            if parts:
                tensors[name] = torch.cat(parts)
        with write_atomically(path) as handle:
            handle.write(save(tensors))


def _resume(path: Path, blank: Tensor) -> Progress:
    """Progress left by a stopped run; a blank start where there is none or it is damaged."""
    try:
        kept = load_file(path)
        parts = {name: [kept[name]] if name in kept else [] for name in ("packed", "scales", "keys")}
        return Progress(int(kept["done"]), parts["packed"], parts["scales"], parts["keys"], kept["open"])
    except (OSError, SafetensorError, KeyError):
        return Progress(0, [], [], [], blank)


def consolidate(
    engine: Engine,
    text: str,
    key: StateKey,
    bank: Bank,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> BuiltState:
    """Consolidate a text into the bank under `key`, resuming what an earlier run left.

    `on_progress` gets windows done and in all. Raises `Cancelled` when `should_stop` says so (progress is
    kept), `StateError` where the key is not of this engine or the text has no tokens.
    """
    _check(engine, key)
    name, began = key.name(), time.monotonic()
    if bank.holds(name):
        kept = bank.load(name)
        size = bank.path(name).stat().st_size
        return BuiltState(name, bank.path(name), size, kept.tokens, kept.windows, kept.segments, 0.0)
    windows = engine.tokenise(text)
    if not len(windows):
        raise StateError("the text has no tokens to consolidate")
    progress = _resume(bank.partial(name), engine.blank_state()["fast_weights"])
    _read(engine, windows, key, progress, bank.partial(name), on_progress, should_stop)
    keys_WR = torch.cat(progress.keys)
    state = StoredState(
        key, int(windows.lengths_W.sum()), torch.cat(progress.packed), torch.cat(progress.scales), keys_WR,
        torch.tensor(windows.ranges, dtype=torch.int32),
    )  # fmt: skip
    size = bank.save(state)
    bank.partial(name).unlink(missing_ok=True)
    seconds = time.monotonic() - began
    return BuiltState(name, bank.path(name), size, state.tokens, state.windows, state.segments, seconds)


def _check(engine: Engine, key: StateKey) -> None:
    own = engine.state_key(
        document_sha256=key.document_sha256, text_version=key.text_version, text_sha256=key.text_sha256
    )
    if own != key:
        raise StateError("the key was made for another model or other settings")


def _read(
    engine: Engine,
    windows: Windows,
    key: StateKey,
    progress: Progress,
    partial: Path,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> None:
    """Read all windows that are left, a few at a time, closing a segment where it is full."""
    saved, total = time.monotonic(), len(windows)
    while progress.done < total:
        if should_stop():
            progress.save(partial)
            raise Cancelled(f"stopped after {progress.done} of {total} windows")
        segment_end = (progress.done // key.segment_windows + 1) * key.segment_windows
        stop = min(progress.done + STEP_WINDOWS, segment_end, total)
        state, keys_WR = engine.read_windows(
            windows, range(progress.done, stop), {"fast_weights": progress.open_state}, key.passes
        )
        progress.open_state = state["fast_weights"]
        progress.keys.append(keys_WR.half())
        progress.done = stop
        if stop in (segment_end, total):
            packed, scales = pack(progress.open_state, key.dtype)
            progress.packed.append(packed)
            progress.scales.append(scales)
            progress.open_state = engine.blank_state()["fast_weights"]
        on_progress(progress.done, total)
        if time.monotonic() - saved > SAVE_SECONDS:
            progress.save(partial)
            saved = time.monotonic()

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

from consolidation.engine import Engine
from consolidation.errors import Cancelled, StateError
from consolidation.halving import halving
from consolidation.key import StateKey
from consolidation.states.bank import Bank
from consolidation.states.file import StoredState
from consolidation.states.packing import joined, pack_all
from consolidation.states.unfinished import Beside, Progress, resume
from consolidation.text.windows import Windows

#: Windows encoded together. Progress is reported, and can be resumed, at these boundaries.
STEP_WINDOWS = 8
SAVE_SECONDS = 5.0
#: Windows at the end of a text that goes on which may be others when more of it is there, and what they are read in.
OPEN_WINDOWS = 2
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


def consolidate(
    engine: Engine,
    text: str,
    key: StateKey,
    bank: Bank,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_read: OnRead = lambda windows, chosen: None,
    beside: Beside | None = None,
) -> BuiltState:
    """Consolidate a text into the bank under `key`, resuming what an earlier run left of it or of its beginning.

    `on_progress` gets windows done and in all, `on_read` the windows and which of them were just read; so does
    `beside`, which is kept with what is unfinished. Raises `Cancelled` when `should_stop` says so (progress is kept),
    `StateError` where the key is not of this engine or the text has no tokens, and OSError of the vault.
    """
    _check(engine, key)
    name, began = key.name(), time.monotonic()
    if bank.holds(name):
        kept = bank.load(name)
        bank.entries([name], kept.window_keys_WR.shape[1])
        return BuiltState(name, bank.size(name), kept.tokens, kept.windows, kept.segments, 0.0)
    windows = engine.memory.tokenise(text)
    total = len(windows)
    if not total:
        raise StateError("the text has no tokens to consolidate")
    sleep = _Sleep(engine, key, bank, on_read, beside)
    progress = sleep.resumed(windows)
    on_progress(progress.done, total)
    for _ in sleep.read(windows, progress, total, should_stop):
        on_progress(progress.done, total)
    if progress.done < total:
        raise Cancelled(f"stopped after {progress.done} of {total} windows")
    state = StoredState(
        key, int(windows.lengths_W.sum()), joined(progress.packed), torch.cat(progress.keys),
        torch.tensor(windows.ranges, dtype=torch.int32),
    )  # fmt: skip
    size = bank.save(state)
    seconds = time.monotonic() - began
    return BuiltState(name, size, state.tokens, state.windows, state.segments, seconds)


def consolidate_beginning(
    engine: Engine,
    text: str,
    key: StateKey,
    bank: Bank,
    on_progress: Callable[[int], None] = lambda characters: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_read: OnRead = lambda windows, chosen: None,
    beside: Beside | None = None,
) -> None:
    """Consolidate what is there of a text of which more is to come, as far as more of it changes nothing.

    What is done is kept in the bank, and `consolidate` of the whole text goes on from it: the state is the same, bit
    for bit. Of `key` the text's version and hash do not matter. `on_progress` gets the characters that are
    consolidated; where `should_stop` says so less is done. Raises `StateError` where the key is not of this engine,
    and OSError of the vault.
    """
    _check(engine, key)
    windows = engine.memory.tokenise(text)
    sleep = _Sleep(engine, key, bank, on_read, beside)
    progress = sleep.resumed(windows)
    before = progress.done
    for _ in sleep.read(windows, progress, None, should_stop):
        on_progress(windows.ranges[progress.done - 1][1])
    if progress.done > before:
        sleep.keep(progress)


def _check(engine: Engine, key: StateKey) -> None:
    own = engine.state_key(
        document_sha256=key.members, text_version=key.text_version, text_sha256=key.text_sha256
    )
    if own != key:
        raise StateError("the key was made for another model or other settings")


def _stop_of(key: StateKey, start: int) -> int:
    """The end of the windows that are read together from `start` on: one segment, one number of passes."""
    segment_end = (start // key.segment_windows + 1) * key.segment_windows
    stop = start + 1
    while stop < min(start + STEP_WINDOWS, segment_end) and key.passes(stop) == key.passes(start):
        stop += 1
    return stop


@dataclass(frozen=True, slots=True)
class _Sleep:
    """One run over the windows of a text: by which engine, to which key and bank, and who hears of it."""

    engine: Engine
    key: StateKey
    bank: Bank
    on_read: OnRead
    beside: Beside | None

    def resumed(self, windows: Windows) -> Progress:
        """Where an earlier run over the same windows was left."""
        left = self.bank.unfinished(self.key.begun())
        return resume(left, windows, self.engine.memory.blank_state(), dict(self.key.stored), self.beside)

    def keep(self, progress: Progress) -> None:
        """Keep how far this is. Raises OSError."""
        self.bank.keep_unfinished(self.key.begun(), progress.content(self.beside))

    def read(
        self, windows: Windows, progress: Progress, total: int | None, should_stop: Callable[[], bool]
    ) -> Iterator[None]:
        """Read the windows that are left, a few at a time, closing a segment where it is full; yields after each.

        With a `total` of None more windows follow, and only those are read that stay. It ends early, and keeps how
        far it is, where `should_stop` says so.
        """
        saved, last = time.monotonic(), len(windows) - (OPEN_WINDOWS if total is None else 0)
        while progress.done < last:
            stop = _stop_of(self.key, progress.done)
            if total is None and stop > last:
                return
            if should_stop():
                self.keep(progress)
                return
            self._step(windows, progress, range(progress.done, min(stop, last)), total)
            yield
            if time.monotonic() - saved > SAVE_SECONDS:
                self.keep(progress)
                saved = time.monotonic()

    def _step(self, windows: Windows, progress: Progress, chosen: range, total: int | None) -> None:
        halving(self._reads(windows, progress, self.key.passes(chosen.start)), chosen)
        with self.engine.turn():
            progress.keys += halving(
                lambda some: self.engine.router.window_keys(windows, some).half().cpu(), chosen
            )
        progress.has_read(windows, chosen)
        if progress.done % self.key.segment_windows == 0 or progress.done == total:
            progress.packed.append(pack_all(progress.open_state, dict(self.key.stored)))
            progress.open_state = self.engine.memory.blank_state()
        if self.beside is not None:
            self.beside(windows, chosen)
        self.on_read(windows, chosen)

    def _reads(self, windows: Windows, progress: Progress, passes: int) -> Callable[[Sequence[int]], None]:
        """Reads some windows from the open state on, which is changed only once they are read."""

        def read(some: Sequence[int]) -> None:
            progress.open_state = self.engine.read_windows((windows, some, progress.open_state), passes)

        return read

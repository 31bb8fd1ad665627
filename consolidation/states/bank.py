"""The bank: all states of a matter, in one folder, each file named by the hash of its inputs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from consolidation.errors import StateError
from consolidation.states.file import StoredState, load_state, save_state
from consolidation.states.index import Entry, Indexed, WindowIndex

#: Bytes of loaded states that a bank keeps.
KEPT_BYTES = 256 * 2**20
INDEX, INDEX_SUFFIX = "windows-", ".index"


class Bank:
    """States of one matter. Loaded states are kept in memory (at most `kept_bytes`); files are never changed."""

    def __init__(self, folder: Path, kept_bytes: int = KEPT_BYTES) -> None:
        self.folder, self.kept_bytes = folder, kept_bytes
        self._kept: OrderedDict[str, StoredState] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._indices: dict[int, WindowIndex] = {}

    def path(self, name: str) -> Path:
        """Where a state's file is; raises `StateError` for what is no state name."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise StateError("a state's name is 64 hexadecimal digits")
        return self.folder / f"{name}.safetensors"

    def holds(self, name: str) -> bool:
        """Whether the state is there and whole."""
        try:
            self.load(name)
        except StateError:
            return False
        return True

    def load(self, name: str) -> StoredState:
        """A verified state; raises `StateError`, also where another process has removed it."""
        path = self.path(name)
        with self._lock:
            if name in self._kept:
                if path.exists():
                    self._kept.move_to_end(name)
                    return self._kept[name]
                self._bytes -= self._kept.pop(name).nbytes
        state = load_state(path)
        with self._lock:
            if name not in self._kept:
                self._kept[name] = state
                self._bytes += state.nbytes
            while self._bytes > self.kept_bytes and self._kept:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return state

    def save(self, state: StoredState) -> int:
        """Store a state and put it into the index; returns the size of its file in bytes."""
        size = save_state(self.path(state.key.name()), state)
        self._index(state.window_keys_WR.shape[1]).add(_indexed(state))
        return size

    def remove(self, name: str) -> None:
        """Delete a state and what was kept of it; deleting an absent state is no error."""
        with self._lock:
            if name in self._kept:
                self._bytes -= self._kept.pop(name).nbytes
        # NB: the file first, so that nobody finds it and puts it into the index again
        self.path(name).unlink(missing_ok=True)
        self.partial(name).unlink(missing_ok=True)
        for path in self.folder.glob(f"{INDEX}*{INDEX_SUFFIX}"):
            self._index(int(path.stem.removeprefix(INDEX))).remove(name)

    def partial(self, name: str) -> Path:
        """Where an unfinished consolidation keeps its progress."""
        return self.path(name).with_suffix(".partial")

    def entries(self, names: Iterable[str], width: int) -> dict[str, Entry]:
        """Where the windows of these states are in the index of router keys of `width` numbers.

        Absent and damaged states are left out. A state that was saved and not indexed, by a process that was killed
        between the two, is indexed now.
        """
        index = self._index(width)
        wanted, entries = list(names), index.entries()
        for name in set(wanted) - entries.keys():
            try:
                state = load_state(self.path(name))
            except StateError:
                continue
            if state.window_keys_WR.shape[1] == width:
                index.add(_indexed(state))
        entries = index.entries()
        return {name: entries[name] for name in wanted if name in entries}

    def scores(self, key_R: Tensor) -> NDArray[np.float32]:
        """The score of every row of the index for a question's router key; `entries` tells whose they are."""
        return self._index(len(key_R)).scores(key_R)

    def index_path(self, width: int) -> Path:
        """The index file of router keys of so many numbers."""
        return self.folder / f"{INDEX}{width}{INDEX_SUFFIX}"

    def _index(self, width: int) -> WindowIndex:
        with self._lock:
            if width not in self._indices:
                self._indices[width] = WindowIndex(self.index_path(width), width, self._indexed)
            return self._indices[width]

    def _indexed(self) -> Iterator[Indexed]:
        for path in sorted(self.folder.glob("*.safetensors")):
            try:
                yield _indexed(load_state(path))
            except StateError:
                continue


def _indexed(state: StoredState) -> Indexed:
    return Indexed(state.key.name(), state.window_keys_WR.numpy(), state.key.segment_windows)

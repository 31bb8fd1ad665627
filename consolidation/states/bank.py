"""The bank: all states of a matter, in one folder of a vault, each file named by the hash of its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from consolidation.errors import StateError
from consolidation.protocol import FastWeights
from consolidation.states.file import StoredState, load_state, save_state
from consolidation.states.index import Entry, HeldIndex, Index, Indexed, WindowIndex
from consolidation.states.tiers import Tiers
from vault.vault import FolderVault, Vault

INDEX, INDEX_SUFFIX = "windows-", ".index"
STATE_SUFFIX, UNFINISHED_SUFFIX = ".safetensors", ".partial"


class Bank:
    """States of one matter, below `folder` of a vault; a path is a vault in that folder of the disk.

    Files are never changed. Loaded states are kept in `tiers`, which banks of other folders may share.
    """

    def __init__(self, place: Vault | Path, folder: str = "", tiers: Tiers | None = None) -> None:
        self.vault: Vault = FolderVault(place) if isinstance(place, Path) else place
        self.folder, self.tiers = folder, tiers or Tiers()
        self._lock = Lock()
        self._indices: dict[int, Index] = {}

    def file(self, name: str) -> str:
        """What the vault calls a state's file; raises `StateError` for what is no state name."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise StateError("a state's name is 64 hexadecimal digits")
        return self._file(name + STATE_SUFFIX)

    def holds(self, name: str) -> bool:
        """Whether the state is there and whole."""
        try:
            self.load(name)
        except StateError:
            return False
        return True

    def names(self) -> set[str]:
        """The names of all states that are there, whole or not. Raises OSError."""
        return {PurePosixPath(file).stem for file in self._files(STATE_SUFFIX)}

    def size(self, name: str) -> int:
        """The size of a state in bytes. Raises `StateError` for what is no state name, and FileNotFoundError."""
        return self.vault.size(self.file(name))

    def load(self, name: str) -> StoredState:
        """A verified state; raises `StateError`, also where another process has removed it."""
        file = self.file(name)
        kept = self.tiers.host.get((self.folder, name))
        if kept is not None and self.vault.exists(file):
            return kept
        try:
            state = load_state(self.vault, file)
        except StateError:
            self.tiers.drop(self.folder, name)
            raise
        self.tiers.host.put((self.folder, name), state, state.nbytes)
        return state

    def ask(self, name: str) -> StoredState:
        """A state that a question is put to: `load`, and a state that is lost is counted."""
        try:
            return self.load(name)
        except StateError:
            self.tiers.lost += 1
            raise

    def fast_weights(self, state: StoredState, segment: int) -> FastWeights:
        """A segment's fast weights in float32, one row, where they are decoded from; not to be changed."""
        return self.tiers.fast_weights(self.folder, state, segment)

    def save(self, state: StoredState) -> int:
        """Store a state in place of its unfinished one, and index it; returns its size in bytes. Raises OSError."""
        name = state.key.name()
        size = save_state(self.vault, self.file(name), state)
        self._index(state.window_keys_WR.shape[1]).add(_indexed(state))
        self.vault.remove(self._unfinished(state.key.begun()))
        return size

    def remove(self, name: str) -> None:
        """Delete a state and all that was kept of it; deleting an absent state is no error. Raises OSError."""
        self.tiers.drop(self.folder, name)
        # NB: the file first, so that nobody finds it and puts it into the index again
        self.vault.remove(self.file(name))
        written = {int(PurePosixPath(file).stem.removeprefix(INDEX)) for file in self._files(INDEX_SUFFIX)}
        for width in written | self._indices.keys():
            self._index(width).remove(name)

    def unfinished(self, begun: str) -> bytes | None:
        """What was kept under `StateKey.begun` of an unfinished consolidation; None without one. Raises OSError."""
        try:
            with self.vault.open(self._unfinished(begun)) as opened:
                return opened.read()
        except FileNotFoundError:
            return None

    def keep_unfinished(self, begun: str, content: bytes) -> None:
        """Keep how far a consolidation is, in place of what was kept before. Raises OSError."""
        with self.vault.write(self._unfinished(begun)) as handle:
            handle.write(content)

    def entries(self, names: Iterable[str], width: int) -> dict[str, Entry]:
        """Where the windows of these states are in the index of router keys of `width` numbers.

        Absent and damaged states are left out. A state that was saved and not indexed, by a process that was killed
        between the two, is indexed now.
        """
        index = self._index(width)
        wanted, entries = list(names), index.entries()
        for name in set(wanted) - entries.keys():
            try:
                state = load_state(self.vault, self.file(name))
            except StateError:
                continue
            if state.window_keys_WR.shape[1] == width:
                index.add(_indexed(state))
        entries = index.entries()
        return {name: entries[name] for name in wanted if name in entries}

    def scores(self, names: Iterable[str], key_R: Tensor) -> dict[str, NDArray[np.float32]]:
        """For a question's router key the scores of each state's windows, `[W]`; of those that `entries` gives."""
        wanted = self.entries(names, len(key_R)).keys()
        entries, scores_N = self._index(len(key_R)).scores(key_R)
        there = {name: entries[name] for name in wanted if name in entries}
        return {name: scores_N[one.first : one.first + one.windows] for name, one in there.items()}

    def index_file(self, width: int) -> str:
        """What a vault with files to map calls the index of router keys of so many numbers."""
        return self._file(f"{INDEX}{width}{INDEX_SUFFIX}")

    def _index(self, width: int) -> Index:
        with self._lock:
            if width not in self._indices:
                path = self.vault.local(self.index_file(width))
                self._indices[width] = (
                    WindowIndex(path, width, self._indexed) if path else HeldIndex(width, self.names)
                )
            return self._indices[width]

    def _unfinished(self, begun: str) -> str:
        return self._file(begun + UNFINISHED_SUFFIX)

    def _file(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name

    def _files(self, suffix: str) -> Iterator[str]:
        return (file for file in self.vault.names(self.folder) if file.endswith(suffix))

    def _indexed(self) -> Iterator[Indexed]:
        for file in sorted(self._files(STATE_SUFFIX)):
            try:
                yield _indexed(load_state(self.vault, file))
            except StateError:
                continue


def _indexed(state: StoredState) -> Indexed:
    return Indexed(state.key.name(), state.window_keys_WR.numpy(), state.key.segment_windows)

"""The index of a bank: router keys of the windows of all its states.

Where the vault has files to map, it is one memory-mapped file; elsewhere each process holds it in memory, so that no
key lies on a disk in another form than the state that it is of. The file is a matrix of float16 rows, as wide as a
router key. A state's record is one or more head rows, then a row for each of its windows; a record with no window
says that the state has gone. Records are appended under a lock. A file that is missing or damaged is made anew from
the states' files.

Shape suffixes: N rows of the file, R router key width, W windows.
"""

from __future__ import annotations

import fcntl
import mmap
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from consolidation.files import write_atomically

#: Magic, windows, segment windows, CRC-32 of the keys, name; then the CRC-32 of all these.
_HEAD = struct.Struct("<4sIII32s")
_MAGIC = b"NBW1"
_HEAD_BYTES = _HEAD.size + 4
#: A file is made anew when more of its rows than this share belong to states that have gone.
MOST_GONE = 0.5
#: Rows that are compared with a question together.
SCORED_ROWS = 16384


class IndexDamaged(Exception):  # noqa: N818 -- handled inside the bank, never seen outside
    """The file cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the windows of a state are in the file: `windows` rows from `first` on."""

    first: int
    windows: int
    segment_windows: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """A state's router keys as they are put into the index."""

    name: str
    keys_WR: NDArray[np.float16]
    segment_windows: int


def _head_rows(width: int) -> int:
    return -(-_HEAD_BYTES // (2 * width))


def _record(name: str, keys_WR: NDArray[np.float16], segment_windows: int) -> bytes:
    windows, width = keys_WR.shape
    content = np.ascontiguousarray(keys_WR).tobytes()
    head = _HEAD.pack(_MAGIC, windows, segment_windows, zlib.crc32(content), bytes.fromhex(name))
    head += struct.pack("<I", zlib.crc32(head))
    return head.ljust(2 * width * _head_rows(width), b"\0") + content


class Index(Protocol):
    """The router keys of a bank's states as rows of one matrix."""

    def entries(self) -> dict[str, Entry]:
        """The states that are indexed and there, by name."""

    def scores(self, key_R: Tensor) -> tuple[dict[str, Entry], NDArray[np.float32]]:
        """The states that are indexed and there, and the score of every row for a question's router key."""

    def add(self, state: Indexed) -> None:
        """Put a state into the index, in place of what was there under its name."""

    def remove(self, name: str) -> None:
        """Take a state out of the index."""


def _scores(rows_NR: NDArray[np.float16], key_R: Tensor) -> NDArray[np.float32]:
    parts = [
        torch.from_numpy(rows_NR[low : low + SCORED_ROWS]).float() @ key_R
        for low in range(0, len(rows_NR), SCORED_ROWS)
    ]
    return torch.cat(parts).numpy() if parts else np.zeros(0, np.float32)


class HeldIndex:
    """An index in memory, of the states that were added; `names` are the states that there are."""

    def __init__(self, width: int, names: Callable[[], set[str]]) -> None:
        self.width, self._names = width, names
        self._lock = RLock()
        self._held: dict[str, Indexed] = {}
        self._entries: dict[str, Entry] = {}
        self._rows_NR: NDArray[np.float16] = np.zeros((0, width), np.float16)

    def entries(self) -> dict[str, Entry]:
        with self._lock:
            for name in self._held.keys() - self._names():
                del self._held[name]
            if self._entries.keys() != self._held.keys():
                self._lay_out()
            return self._entries

    def scores(self, key_R: Tensor) -> tuple[dict[str, Entry], NDArray[np.float32]]:
        with self._lock:
            entries, rows_NR = self.entries(), self._rows_NR
        return entries, _scores(rows_NR, key_R)

    def add(self, state: Indexed) -> None:
        with self._lock:
            self.remove(state.name)
            self._held[state.name] = state

    def remove(self, name: str) -> None:
        with self._lock:
            self._held.pop(name, None)
            self._entries = {other: entry for other, entry in self._entries.items() if other != name}

    def _lay_out(self) -> None:
        keys = [state.keys_WR for state in self._held.values()]
        self._rows_NR = np.concatenate([np.zeros((0, self.width), np.float16), *keys])
        entries, first = dict[str, Entry](), 0
        for name, state in self._held.items():
            windows = len(state.keys_WR)
            entries[name] = Entry(first, windows, state.segment_windows)
            # NB: a part of the rows, so that no key is held twice
            self._held[name] = replace(state, keys_WR=self._rows_NR[first : first + windows])
            first += windows
        self._entries = entries


class WindowIndex:
    """An index file, shared by processes; `states` gives what there is to index."""

    def __init__(self, path: Path, width: int, states: Callable[[], Iterable[Indexed]]) -> None:
        self.path, self.width, self._states = path, width, states
        self._lock = RLock()
        self._forget(None)

    def _forget(self, file: tuple[int, int] | None) -> None:
        """Begin to read a file."""
        self._file, self._end, self._gone = file, 0, 0
        self._entries: dict[str, Entry] = {}
        self._rows_NR: NDArray[np.float16] = np.zeros((0, self.width), np.float16)

    def entries(self) -> dict[str, Entry]:
        """All states of the bank by name, as they are now."""
        with self._lock:
            self._refresh()
            return self._entries

    def scores(self, key_R: Tensor) -> tuple[dict[str, Entry], NDArray[np.float32]]:
        """All states of the bank as they are now, and the score of every row; those of heads mean nothing."""
        # NB: taken together, for the file may be made anew at any time, and then every row stands elsewhere.
        with self._lock:
            entries, rows_NR = self.entries(), self._rows_NR
        return entries, _scores(rows_NR, key_R)

    def add(self, state: Indexed) -> None:
        """Put a state into the index, in place of what was there under its name."""
        with self._lock, self._locked(fcntl.LOCK_EX):
            self._update()
            self._append(_record(state.name, state.keys_WR, state.segment_windows))

    def remove(self, name: str) -> None:
        """Take a state out of the index."""
        with self._lock, self._locked(fcntl.LOCK_EX):
            self._update()
            if name in self._entries:
                self._append(_record(name, np.zeros((0, self.width), np.float16), 1))
                if self._gone > MOST_GONE * len(self._rows_NR):
                    self._rebuild()

    def _append(self, record: bytes) -> None:
        with self.path.open("ab") as handle:
            handle.write(record)
            handle.flush()
        self._take()

    def _refresh(self) -> None:
        """Take what other processes have appended; make the file anew where it cannot be read."""
        if self.path.exists():
            with self._locked(fcntl.LOCK_SH):
                try:
                    self._take()
                    return
                except (IndexDamaged, FileNotFoundError):
                    pass
        elif not self.path.parent.exists():
            return
        with self._locked(fcntl.LOCK_EX):
            self._update()

    def _update(self) -> None:
        """`_refresh` for who holds the lock."""
        try:
            self._take()
        except (IndexDamaged, FileNotFoundError):
            self._rebuild()

    def _rebuild(self) -> None:
        with write_atomically(self.path) as handle:
            for state in self._states():
                if state.keys_WR.shape[1] == self.width:
                    handle.write(_record(state.name, state.keys_WR, state.segment_windows))
        self._take()

    def _take(self) -> None:
        """Map the file and read the records that are new. Raises `IndexDamaged` and FileNotFoundError."""
        status = self.path.stat()
        file = (status.st_ino, status.st_dev)
        if file != self._file or status.st_size < self._end:
            self._forget(file)
        if status.st_size == self._end:
            return
        # NB: a private mapping, which torch may look at without a warning; nothing writes to it
        with self.path.open("rb") as handle:
            content = mmap.mmap(handle.fileno(), status.st_size, access=mmap.ACCESS_COPY)
        entries = dict(self._entries)
        try:
            while self._end < status.st_size:
                self._end = self._read_record(content, entries)
        except (struct.error, ValueError) as error:
            self._forget(None)
            raise IndexDamaged from error
        self._entries = entries
        self._rows_NR = np.frombuffer(content, np.float16).reshape(-1, self.width)

    def _read_record(self, content: mmap.mmap, entries: dict[str, Entry]) -> int:
        """Take the record at the end of what was read into `entries`; where the next one begins."""
        head = content[self._end : self._end + _HEAD_BYTES]
        magic, windows, segment_windows, crc, raw = _HEAD.unpack(head[: _HEAD.size])
        if magic != _MAGIC or struct.unpack("<I", head[_HEAD.size :])[0] != zlib.crc32(head[: _HEAD.size]):
            raise ValueError("no record")
        first = self._end // (2 * self.width) + _head_rows(self.width)
        begin, end = 2 * self.width * first, 2 * self.width * (first + windows)
        if len(content) < end or zlib.crc32(content[begin:end]) != crc:
            raise ValueError("a torn record")
        old = entries.pop(raw.hex(), None)
        self._gone += old.windows if old else 0
        if windows:
            entries[raw.hex()] = Entry(first, windows, segment_windows)
        return end

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("ab") as handle:
            fcntl.flock(handle, how)
            yield

"""The bank: all states of a matter, in one folder, each file named by the hash of its inputs."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from consolidation.errors import StateError
from consolidation.states.state import StoredState, load_state, save_state

KEPT = 512


class Bank:
    """States of one matter. Loaded states are kept in memory (at most `KEPT`); files are never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: OrderedDict[str, StoredState] = OrderedDict()
        self._lock = Lock()

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
        """A verified state; raises `StateError`."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        state = load_state(self.path(name))
        with self._lock:
            self._kept[name] = state
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return state

    def save(self, state: StoredState) -> int:
        """Store a state; returns the size of its file in bytes."""
        return save_state(self.path(state.key.name()), state)

    def remove(self, name: str) -> None:
        """Delete a state and what was kept of it; deleting an absent state is no error."""
        with self._lock:
            self._kept.pop(name, None)
        self.path(name).unlink(missing_ok=True)
        self.partial(name).unlink(missing_ok=True)

    def partial(self, name: str) -> Path:
        """Where an unfinished consolidation keeps its progress."""
        return self.path(name).with_suffix(".partial")

"""Where loaded states are kept, by bytes: on the device that decodes them, in memory, and below both on the disk.

What was used longest ago goes first. A state that is in no tier is read from the disk, verified, never passed over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import torch

from consolidation.protocol import FastWeights
from consolidation.states.file import StoredState

#: Bytes that are kept in memory where nothing else is said.
HOST_BYTES = 256 * 2**20
Kept = TypeVar("Kept")


class Tier(Generic[Kept]):
    """Values of at most `most_bytes` together, the last used of them; safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.held_bytes = most_bytes, 0
        #: values that were asked for and there, and those that were not
        self.hits = self.misses = 0
        self._values: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        """The value, if it is kept."""
        with self._lock:
            if key not in self._values:
                self.misses += 1
                return None
            self.hits += 1
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Kept, nbytes: int) -> None:
        """Keep a value in place of those used longest ago; one that is too large alone is not kept."""
        with self._lock:
            self._drop(key)
            if nbytes > self.most_bytes:
                return
            self._values[key] = value, nbytes
            self.held_bytes += nbytes
            while self.held_bytes > self.most_bytes:
                self._drop(next(iter(self._values)))

    def drop(self, chosen: Callable[[Hashable], bool]) -> None:
        """Keep no value whose key is chosen."""
        with self._lock:
            for key in [key for key in self._values if chosen(key)]:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        if key in self._values:
            self.held_bytes -= self._values.pop(key)[1]


class Tiers:
    """The states that a process keeps, of all its banks together.

    Args:
        host_bytes: of states as they are stored, in memory.
        device: where states are decoded from; None for a processor, which decodes from memory.
        device_bytes: of states as they are decoded, on the device.
    """

    def __init__(
        self, host_bytes: int = HOST_BYTES, device: torch.device | None = None, device_bytes: int = 0
    ) -> None:
        self.host, self.on_device = Tier[StoredState](host_bytes), Tier[FastWeights](device_bytes)
        self.device = device
        #: states that were asked for and could not be read; each time somebody is told
        self.lost = 0

    def fast_weights(self, folder: str, state: StoredState, segment: int) -> FastWeights:
        """A segment's fast weights in float32, one row, where they are decoded from; not to be changed."""
        if self.device is None:
            return state.fast_weights([segment])
        key = folder, state.key.name(), segment
        held = self.on_device.get(key)
        if held is None:
            held = {name: rows.to(self.device) for name, rows in state.fast_weights([segment]).items()}
            self.on_device.put(key, held, sum(rows.nbytes for rows in held.values()))
        return held

    def drop(self, folder: str, name: str) -> None:
        """Keep nothing of a state."""
        for tier in (self.host, self.on_device):
            tier.drop(lambda key: isinstance(key, tuple) and key[:2] == (folder, name))

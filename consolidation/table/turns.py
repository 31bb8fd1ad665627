"""Turns at a device that threads share: one at a time, the most urgent first, none made to wait for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from threading import Condition, get_ident

#: Seconds after which what waits goes first, however little it hurries.
PATIENCE_SECONDS = 15.0

_urgency: ContextVar[int] = ContextVar("urgency", default=0)


@contextmanager
def hurried(urgency: int) -> Iterator[None]:
    """What is done inside hurries so much: the lower the number, the more."""
    before = _urgency.set(urgency)
    try:
        yield
    finally:
        _urgency.reset(before)


def urgency() -> int:
    """How much the caller's work hurries."""
    return _urgency.get()


@dataclass(frozen=True, slots=True)
class _Waiting:
    urgency: int
    number: int
    since: float

    def place(self, now: float) -> tuple[int, int]:
        return (-1 if now - self.since > PATIENCE_SECONDS else self.urgency), self.number


class Turns:
    """Who may use the device now. A thread that has its turn may take it again inside."""

    def __init__(self) -> None:
        self._change, self._numbers = Condition(), count()
        self._waiting: list[_Waiting] = []
        self._next: _Waiting | None = None
        self._owner: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The device for the body alone; entered when no more urgent thread waits."""
        if self._owner == get_ident():
            yield
            return
        with self._change:
            self._wait()
        try:
            yield
        finally:
            with self._change:
                self._owner = None
                self._choose()

    def give_way(self) -> None:
        """Inside of a turn: let those go first who wait and hurry no less, then go on; elsewhere nothing."""
        with self._change:
            if self._owner != get_ident() or all(one.urgency > urgency() for one in self._waiting):
                return
            self._owner = None
            self._wait()

    def _wait(self) -> None:
        """Wait until nobody goes before the caller, who then has the turn; the lock of changes is held."""
        mine = _Waiting(urgency(), next(self._numbers), time.monotonic())
        self._waiting.append(mine)
        self._choose()
        try:
            self._change.wait_for(lambda: self._next is mine)
            self._owner = get_ident()
        finally:
            self._waiting.remove(mine)
            if self._next is mine:
                self._next = None
            self._choose()

    def _choose(self) -> None:
        """Where the device is free, say whose turn it is; the lock of changes is held."""
        if self._owner is not None or self._next is not None or not self._waiting:
            return
        # NB: one looks at the clock for all: two who look a moment apart may each see the other one first.
        now = time.monotonic()
        self._next = min(self._waiting, key=lambda one: one.place(now))
        self._change.notify_all()

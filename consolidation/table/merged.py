"""Calls of several threads that go through the model as one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from consolidation.halving import halving
from consolidation.table.turns import Turns

logger = logging.getLogger(__name__)

#: Items of one call at most.
MOST_ITEMS = 256


@dataclass(eq=False, slots=True)
class _Call:
    items: Sequence[Any]
    results: list[Any] = field(default_factory=list)
    done: bool = False


class Merged:
    """Calls by their kind; those of one kind that wait are made together where it `merges`, else one by one."""

    def __init__(self, turns: Turns, *, merges: bool) -> None:
        self._turns, self._merges, self._lock = turns, merges, Lock()
        self._waiting: dict[Hashable, list[_Call]] = {}

    def __call__(
        self, kind: Hashable, call: Callable[[Sequence[Any]], Sequence[Any]], items: Sequence[Any]
    ) -> list[Any]:
        """A result for each item, in order; of all of them, or of parts as large as there is memory for.

        Raises what the call raises, and `DeviceFull`.
        """
        mine = _Call(items)
        if self._merges:
            with self._lock:
                self._waiting.setdefault(kind, []).append(mine)
        with self._turns.turn():
            if not mine.done:
                self._make(call, self._together(kind, mine), mine)
        return mine.results

    def _together(self, kind: Hashable, mine: _Call) -> list[_Call]:
        taken, count = [mine], len(mine.items)
        with self._lock:
            waiting = [one for one in self._waiting.pop(kind, []) if one is not mine]
            for other in list(waiting):
                if count + len(other.items) <= MOST_ITEMS:
                    taken.append(other)
                    waiting.remove(other)
                    count += len(other.items)
            if waiting:
                self._waiting[kind] = waiting
        return taken

    def _make(
        self, call: Callable[[Sequence[Any]], Sequence[Any]], calls: Sequence[_Call], mine: _Call
    ) -> None:
        items = [item for one in calls for item in one.items]
        try:
            results = _made(call, items)
        except Exception as error:
            if len(calls) == 1:
                raise
            logger.warning(
                "calls that were made together failed (%s); each is made alone", type(error).__name__
            )
            # NB: the others make their own call when their turn comes; whose item it was hears of it then
            results = _made(call, mine.items)
            calls = [mine]
        for one in calls:
            one.results, results = list(results[: len(one.items)]), results[len(one.items) :]
            one.done = True


def _made(call: Callable[[Sequence[Any]], Sequence[Any]], items: Sequence[Any]) -> list[Any]:
    # NB: who asks for a single one may know how to ask for less of it, and is told as the device tells
    if len(items) < 2:
        return list(call(items))
    return [result for part in halving(call, items) for result in part]

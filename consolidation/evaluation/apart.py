"""Ways to keep one document, side by side, in a process of its own: its seconds are those of nothing else.

The process is of low urgency, uses one thread and stops between ways until it is told to go on, so that whoever
measures can let other work go first. It ends with the process that started it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from multiprocessing.connection import Connection

from consolidation.errors import Cancelled, ConsolidationError
from consolidation.evaluation.compared import Compared
from consolidation.evaluation.comparing import MOST_OF_SEVERAL, SEVERAL, Asked, compare_by_way, steps_of
from consolidation.evaluation.ways import Text

#: So many questions of each document at most; reading a whole document for every question takes longest.
MOST = dict.fromkeys(SEVERAL, MOST_OF_SEVERAL) | {"attention": 10, "attention_of_several": 5}
NICE = 10
LOOK_SECONDS = 0.25
_JOIN_SECONDS = 10.0


class ProcessEndedError(ConsolidationError):
    """The process that measures has ended before it was done."""


def measure_apart(
    document: Text,
    others: Sequence[Text],
    asked: Sequence[Asked],
    should_stop: Callable[[], bool],
    before_next: Callable[[], None] = lambda: None,
) -> Iterator[list[Compared]]:
    """The questions of one document through each of `steps_of` beside others, as soon as each is measured.

    `before_next` is called between ways, and may take its time. Raises Cancelled when `should_stop`, and
    ProcessEndedError where the process fails or dies, for want of memory for example.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    names = steps_of(len(others))
    given = (there, document, list(others), list(asked), names)
    process = context.Process(target=_measure, args=given, daemon=True)
    process.start()
    there.close()
    try:
        with closing(here):
            for _ in names:
                yield _next(here, should_stop)
                before_next()
                _go_on(here)
            process.join(_JOIN_SECONDS)
    finally:
        process.kill()
        process.join()
        process.close()


def _next(here: Connection, should_stop: Callable[[], bool]) -> list[Compared]:
    while not here.poll(LOOK_SECONDS):
        if should_stop():
            raise Cancelled
    try:
        rows: list[Compared] | str = here.recv()
    except (EOFError, ConnectionError):
        raise ProcessEndedError("the process that measures has ended") from None
    if isinstance(rows, str):
        raise ProcessEndedError(f"measuring failed with {rows}")
    return rows


def _go_on(here: Connection) -> None:
    try:
        here.send(True)
    except (BrokenPipeError, ConnectionError):
        # NB: after the last way nobody listens; before it, the next look says that the process has ended
        return


def _measure(
    pipe: Connection,
    document: Text,
    others: Sequence[Text],
    asked: Sequence[Asked],
    names: Sequence[str],
) -> None:
    """What the process does."""
    import torch

    from consolidation.engine import load_engine

    os.nice(NICE)
    torch.set_num_threads(1)
    try:
        for rows in compare_by_way(load_engine(), document, others, asked, names, MOST):
            pipe.send(rows)
            pipe.recv()
    except (EOFError, BrokenPipeError):
        # NB: whoever asked for it is gone, and with it what the answer was for
        return
    except Exception as error:  # noqa: BLE001 -- told by its type alone, for its message could quote the document
        pipe.send(type(error).__name__)

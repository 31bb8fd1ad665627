"""Contracts consolidated for the time of a measurement, and measurements in two processes."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from consolidation.briefs import brief
from consolidation.briefs.clauses import clauses_of
from consolidation.engine import Engine
from consolidation.passages.source import Source
from consolidation.states.bank import Bank
from consolidation.states.consolidate import consolidate
from laboratory.data.facts import Contract

PROCESSES = 2
T = TypeVar("T")
Banked = Sequence[tuple[Contract, Source]]


@contextmanager
def consolidated(engine: Engine, contracts: Sequence[Contract], *, tagged: bool = False) -> Iterator[Banked]:
    """Contracts with their states, in a bank that is there for as long as the context.

    Those that are `tagged` have their brief and clauses, as what the sleep phase of the product leaves.
    """
    with tempfile.TemporaryDirectory() as folder:
        bank, out = Bank(Path(folder)), []
        for contract in contracts:
            key = engine.state_key(document_sha256=contract.id, text_version="cuad", text_sha256=contract.id)
            built = consolidate(engine, contract.text, key, bank)
            made = brief(contract.text) if tagged else None
            clauses = clauses_of(engine, contract.text, made) if made else None
            source = Source(contract.id, contract.id, bank, built.name, contract.text, clauses, made)
            out.append((contract, source))
        yield out


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however it did."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def in_processes(work: Callable[[Sequence[Contract]], T], contracts: Sequence[Contract]) -> list[T]:
    """What `work` makes of the contracts, in `PROCESSES` processes, each with contracts of like length in all."""
    by_length = sorted(contracts, key=lambda c: len(c.text))
    parts = [part for i in range(PROCESSES) if (part := by_length[i::PROCESSES])]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, spawning, initializer=_end_with_parent) as pool:
        return list(pool.map(work, parts))

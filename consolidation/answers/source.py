"""A document that may be asked."""

from __future__ import annotations

from dataclasses import dataclass

from consolidation.briefs.clauses import Clauses
from consolidation.states.bank import Bank


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be asked: its bank and state name (None: not consolidated yet), and its text.

    `clauses` are those found in the sleep phase; without them, passages are looked through as they are needed.
    """

    document: str
    name: str
    bank: Bank
    state_name: str | None
    text: str
    clauses: Clauses | None = None

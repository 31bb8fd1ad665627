"""A document that may be asked."""

from __future__ import annotations

from dataclasses import dataclass

from consolidation.briefs.clauses import Clauses
from consolidation.briefs.fields import Brief
from consolidation.states.bank import Bank


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be asked: its bank and state name (None: not consolidated yet), and its text.

    `clauses` are those found in the sleep phase; without them, passages are looked through as they are needed.
    `brief` is the one made then; without it, it is made anew from the text.
    """

    document: str
    name: str
    bank: Bank
    state_name: str | None
    text: str
    clauses: Clauses | None = None
    brief: Brief | None = None

"""A document that may be asked."""

from __future__ import annotations

from dataclasses import dataclass

from consolidation.states.bank import Bank


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be asked: its bank and state name (None: not consolidated yet), and its text."""

    document: str
    name: str
    bank: Bank
    state_name: str | None
    text: str

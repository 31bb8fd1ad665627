"""Which day of each agreement is asked: that which it bears, or that on which it was signed."""

from __future__ import annotations

import re

DATED = "What is the date of the agreement?"
SIGNED = "When was the agreement signed?"
_OF_SIGNING = re.compile(r"\b(?:sign(?:ed|ing|ature)?|executed?|execution|ink(?:ed)?)\b", re.IGNORECASE)


def asks_signing(question: str) -> bool:
    """Whether the day of signing is asked for, which is not that from which an agreement has effect."""
    return bool(_OF_SIGNING.search(question))

"""Answers to questions that are put the other way round: Yes where what they are the opposite of is not so."""

from __future__ import annotations

from dataclasses import replace

from consolidation.answers.finding import Finding
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding

_OPPOSITE = {"Yes": "No", "No": "Yes"}


def turned(asked: Understanding, plain: Finding, by_value: bool = False) -> Finding:
    """The finding of a question from that of the same without what turns it round.

    One whose Yes and No may be taken the wrong way is never sure, unless a "not" was told from a value (`by_value`);
    nor is the opposite of what holds under a condition.
    """
    if not asked.turned and not asked.doubt:
        return plain
    said = _OPPOSITE.get(plain.text, plain.text) if asked.turned else plain.text
    unsure = asked.doubt == "reading" or (asked.doubt and not by_value) or (asked.turned and plain.condition)
    state = "check" if unsure and plain.state == "supported" else plain.state
    typed = normalise("free", said) if said in _OPPOSITE else plain.typed
    return replace(
        plain, state=state, text=said, typed=typed,
        others=() if asked.turned else plain.others, condition="" if asked.turned else plain.condition,
    )  # fmt: skip

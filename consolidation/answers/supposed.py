"""Yes or No to whether a value is one that a question supposes, told from the value that the document has."""

from __future__ import annotations

from dataclasses import replace

from consolidation.answers.finding import Cost, Finding, without_answer
from consolidation.asking.cells import Cell
from consolidation.asking.conditions_met import holds
from consolidation.asking.typed import Typed, normalise
from consolidation.asking.understand import Understanding

#: Quotes that are told of a clause, and how likely what is read of none has to be.
_SENTENCES, _LIKELY = 2, 0.5


def verdict(asked: Understanding, supposed: Understanding, value: Finding) -> Finding | None:
    """The finding of a value as the answer to whether it meets what is supposed, as sure as the value.

    None where no value was found, or it cannot be compared.

    Lengths in other units than those supposed, such as sixty days and two months, are not compared.
    """
    condition, typed = supposed.condition, value.typed
    if value.state not in ("supported", "check") or typed is None or condition is None:
        return None
    if condition.value is not None and _measure(condition.value) != _measure(typed):
        return None
    said = holds(condition, Cell(value.document, value.state, value.text, typed)).said
    if said is None:
        return None
    word = "Yes" if said else "No"
    return replace(value, asked=asked, text=word, typed=normalise("free", word), others=(), condition="")


def had(asked: Understanding, value: Finding) -> Finding | None:
    """The finding of a value as the answer Yes to whether there is one; None where none was found."""
    if value.state not in ("supported", "check") or value.typed is None:
        return None
    return replace(value, asked=asked, text="Yes", typed=normalise("free", "Yes"), others=(), condition="")


def in_its_words(asked: Understanding, read: Finding, clause: Finding) -> Finding:
    """The sentences of a clause as what a document says about it, to be checked: there may be more elsewhere.

    Where no clause is told to be there, what was `read` stays if it is likelier than not.
    """
    if clause.text != "Yes" or not clause.quotes or not {"rules", "tagger"} & set(clause.found_by):
        if read.state == "not_found" or read.probability >= _LIKELY:
            return read
        return without_answer(read)
    said = " ".join(" ".join(quote.quote.split()) for quote in clause.quotes[:_SENTENCES])
    both = Cost(
        read.cost.tokens_forward + clause.cost.tokens_forward,
        read.cost.seconds + clause.cost.seconds,
        max(read.cost.states, clause.cost.states),
        read.cost.passages_read + clause.cost.passages_read,
    )
    typed = normalise("free", said)
    return replace(
        clause, asked=asked, state="check", text=said, typed=typed, others=(), condition="", cost=both
    )


def _measure(value: Typed) -> str:
    """The currency of an amount, the unit of a length of time; empty where values have none."""
    return value.comparable.split()[-1] if value.kind == "duration" else value.unit

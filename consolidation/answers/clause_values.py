"""The value that a clause of a kind holds, where it can be told which of its values is meant."""

from __future__ import annotations

from collections.abc import Mapping

from consolidation.asking.typed import PERCENT, Typed, ValueType, normalise
from consolidation.briefs.clauses import CATEGORY_OF
from consolidation.briefs.fields import Brief, Field
from consolidation.text.money import written_amounts
from consolidation.text.ranges import Range
from consolidation.text.values import find_dates, find_durations

#: The type of the value that clauses of a kind hold.
VALUE_OF: Mapping[str, ValueType] = {
    "Agreement Date": "date", "Effective Date": "date", "Expiration Date": "date", "Renewal Term": "duration",
    "Notice Period To Terminate Renewal": "duration", "Governing Law": "law", "Cap On Liability": "amount",
    "Insurance": "amount", "Liquidated Damages": "amount", "Minimum Commitment": "amount",
    "No-Solicit Of Customers": "duration", "No-Solicit Of Employees": "duration", "Non-Compete": "duration",
    "Post-Termination Services": "duration", "Revenue/Profit Sharing": "percent",
    "Termination For Convenience": "duration", "Warranty Duration": "duration",
}  # fmt: skip
_FIELD_OF = {category: type_ for type_, category in CATEGORY_OF.items()}


def value_held(kind: str, brief: Brief, text: str, clause: Range) -> Typed | None:
    """What the rules of the brief read in the clause, else its only value of the kind's type.

    None for kinds without a value, and where a clause holds several values and no rule says which is meant: a renewal
    of a year stands beside its notice of ninety days.
    """
    type_ = VALUE_OF.get(kind)
    if type_ is None:
        return None
    field = brief.first(_FIELD_OF[kind]) if kind in _FIELD_OF else None
    if field and _lies_in(field, clause):
        own = text[slice(*field.places[0])] if len(field.places) == 1 else field.value
        return normalise(type_, own)
    words = text[slice(*clause)]
    return normalise(type_, words) if _is_single(type_, words) else None


def _lies_in(field: Field, clause: Range) -> bool:
    return all(clause[0] <= low and high <= clause[1] for low, high in field.places)


def _is_single(type_: ValueType, words: str) -> bool:
    """Whether words hold no two different values of a type that can be counted."""
    if type_ == "date":
        values = {found.value for found in find_dates(words)}
    elif type_ == "duration":
        values = {found.value for found in find_durations(words)}
    elif type_ == "amount":
        values = {found.value for found in written_amounts(words)}
    elif type_ == "percent":
        values = {found["n"] for found in PERCENT.finditer(words)}
    else:
        return True
    return len(values) < 2

"""Other readings of a fact that are another fact of the same document, and so none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consolidation.briefs.fields import Field, Range, Type

#: Whose values a field's other readings may not have: a day on which something ends is none on which it began.
_NOT_OF: dict[Type, tuple[Type, ...]] = {
    "agreement_date": ("expiry",),
    "effective_date": ("expiry",),
    "expiry": ("agreement_date", "effective_date"),
}
#: Fields of which a place in the text is of one alone.
_DURATIONS: tuple[Type, ...] = ("term", "renewal_term", "notice_period")


def without_others(fields: Sequence[Field]) -> list[Field]:
    """The fields, each without the readings that another field has as its own."""
    chosen = {field.type: field for field in fields}

    def own(field: Field, other: Field) -> bool:
        values = {chosen[type_].value for type_ in _NOT_OF.get(field.type, ()) if type_ in chosen}
        rest = [chosen[t] for t in _DURATIONS if t in chosen and t != field.type]
        taken = field.type in _DURATIONS and any(_meet(one.places[0], other.places[0]) for one in rest)
        return other.value not in values and not taken

    return [replace(f, alternatives=tuple(a for a in f.alternatives if own(f, a))) for f in fields]


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]

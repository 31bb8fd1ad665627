"""Sentences on the order of documents: the earliest, the three longest, the second latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidation.asking.fold import Summary
    from consolidation.asking.measuring import Measured
    from consolidation.asking.understand import Understanding

#: Documents of a value that are named, and values of an order that are told; more are counted.
_MOST_NAMED, _MOST_VALUES = 3, 10
EXTREMES = {"earliest": "Earliest", "latest": "Latest", "highest": "Highest", "lowest": "Lowest"}
#: The same of lengths of time.
_OF_TIME = {**EXTREMES, "highest": "Longest", "lowest": "Shortest"}
_ORDINALS = {
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
}


def documents(number: int) -> str:
    """A number of documents in words: "no document", "1 document", "12 documents"."""
    return "no document" if number == 0 else "1 document" if number == 1 else f"{number:,} documents"


def listed(words: Sequence[str]) -> str:
    """Words with commas and "and" between."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def ordinal(place: int) -> str:
    """A place in words: "second"."""
    return _ORDINALS.get(place, f"{place}th")


def side_of(asked: Understanding) -> str:
    """The end of the order that is asked for: "earliest", of lengths of time "longest"."""
    return (_OF_TIME if asked.value == "duration" else EXTREMES)[asked.over].lower()


def in_order(summary: Summary, names: Mapping[str, str]) -> list[str]:
    """What is told of an order: its extreme, some of its places or all; for each unit by itself.

    `names` of documents by their ids, where they are known.
    """
    units = {
        one.unit: [other for other in summary.extremes if other.unit == one.unit] for one in summary.extremes
    }
    if not units:
        such = f" ({summary.condition.words})" if summary.condition else ""
        return [f"No values that can be compared were found{such}."]
    said = [sentence for every in units.values() for sentence in _of_unit(summary, every, names)]
    surest = [
        f"Of supported answers: {one.shown} ({_called(one.documents, names)})."
        for one in summary.supported
        if not any(set(one.documents) & set(other.documents) for other in summary.extremes)
    ]
    return [*said, *surest]


def _of_unit(summary: Summary, every: Sequence[Measured], names: Mapping[str, str]) -> list[str]:
    first, last = summary.places.first, summary.places.last
    side = (_OF_TIME if every[0].unit == "day" else EXTREMES)[summary.over]
    such = f", {summary.condition.words}" if summary.condition else ""
    if first > 1:
        return _of_place(first, side, such, every, names)
    if last == 1:
        return [f"{side}{such}: {every[0].shown} ({_called(every[0].documents, names)})."]
    told = "; ".join(
        f"{one.place}. {one.shown} ({_called(one.documents, names)})" for one in every[:_MOST_VALUES]
    )
    rest = len(every) - _MOST_VALUES
    more = f"; and {rest:,} more values" if rest > 1 else "; and 1 more value" if rest == 1 else ""
    many = sum(len(one.documents) for one in every)
    if last is None:
        return [f"In order, {side.lower()} first{such}: {told}{more}."]
    said = [f"{side} {last}{such}: {told}{more}."]
    if many > last:
        said.append(f"{documents(many).capitalize()} are told, as the last place is shared.")
    elif many < last:
        said.append(f"Only {documents(many)} can be put in order.")
    return said


def _of_place(
    place: int, side: str, such: str, every: Sequence[Measured], names: Mapping[str, str]
) -> list[str]:
    """One place, which counts values, and what stands before it."""
    before = [f"{one.shown} ({_called(one.documents, names)})" for one in every if one.place < place]
    here = next((one for one in every if one.place == place), None)
    name = f"{ordinal(place).capitalize()} {side.lower()}{such}"
    if here is None:
        return [f"{name}: there is none, as no more values were found than {'; '.join(before)}."]
    shown = before[-_MOST_NAMED:]
    rest = f"{len(before) - len(shown)} more; " if len(before) > len(shown) else ""
    return [f"{name}: {here.shown} ({_called(here.documents, names)}). Before it: {rest}{'; '.join(shown)}."]


def _called(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Documents by their names where these are few and known, else their number."""
    known = [names[one] for one in ids if one in names]
    return listed(known) if len(known) == len(ids) <= _MOST_NAMED else documents(len(ids))

"""Who read which pages: what was shown to each reader of a document on a day, and all of it as a file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from reviewapp.audit.subjects import Subject, subjects_of
from reviewapp.events.models import PageRead
from reviewapp.events.reading import WHOLE_TEXT

DOCUMENT = "documents.Document"
COMPARED = "the whole text, beside another"


@dataclass(frozen=True)
class Sitting:
    """What one person, or a client for them, read of one document on one day (UTC)."""

    day: date
    who: str
    client: str
    subject: Subject | None
    pages: str
    count: int
    first: datetime
    last: datetime


@dataclass
class _Shown:
    object_id: str
    object_type: str = DOCUMENT


def sittings(read: QuerySet[PageRead]) -> QuerySet[PageRead, Any]:
    """The rows in groups, one for each reader of a document on a day, the latest first."""
    groups = read.values("day", "document", "user", "user__username", "client")
    return groups.annotate(first=Min("at"), last=Max("at")).order_by("-last", "document", "user", "client")


def shown(read: QuerySet[PageRead], groups: Sequence[dict[str, Any]]) -> list[Sitting]:
    """The groups as people read them; two queries, however many there are."""
    names = names_of(group["document"] for group in groups)
    keys = ("day", "document", "user", "client")
    near = {f"{key}__in": {group[key] for group in groups} for key in keys}
    numbers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for *which, number in read.filter(**near).values_list(*keys, "number").order_by("number"):
        numbers[tuple(which)].append(number)
    return [
        Sitting(
            group["day"],
            group["user__username"],
            group["client"],
            names.get(group["document"]),
            pages_in_words(numbers[tuple(group[key] for key in keys)]),
            sum(number != WHOLE_TEXT for number in numbers[tuple(group[key] for key in keys)]),
            group["first"],
            group["last"],
        )
        for group in groups
    ]


def names_of(documents: Iterable[UUID]) -> dict[UUID, Subject]:
    """The documents by name, those that were withdrawn too; one that is gone with its matter has none."""
    found = subjects_of(_Shown(str(key)) for key in set(documents))
    return {UUID(key): subject for (_, key), subject in found.items()}


def pages_in_words(numbers: Iterable[int]) -> str:
    """Numbers of pages in rising order as people say them: "1 to 4, 7"."""
    parts = [" to ".join(map(str, sorted({first, last}))) for first, last in _runs(numbers)]
    return ", ".join(COMPARED if part == str(WHOLE_TEXT) else part for part in parts)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if first is not None and last is not None and (number != last + 1 or last == WHOLE_TEXT):
            yield first, last
            first = number
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last

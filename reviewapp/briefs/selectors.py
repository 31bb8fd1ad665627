"""Finding briefs, and documents by what their briefs say."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from reviewapp.briefs.models import Brief, FailedBrief, Held, Kept
from reviewapp.briefs.results import MOST_ATTEMPTS
from reviewapp.briefs.standing import STANDING
from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.frame.words_numbers import MONTHS
from reviewapp.matters.models import Matter
from reviewapp.states.models import State

FIND_CHARACTERS = 200
#: What documents are sorted by, by the name that addresses give it.
SORTED_BY = {
    "name": "name",
    "title": "brief__title",
    "parties": "brief__parties",
    "date": "brief__date",
    "law": "brief__law",
    "expiry": "brief__expiry",
}
_FOUND_IN = ("name", "brief__title", "brief__parties", "brief__date", "brief__law", "brief__expiry")


def names_of(documents: Iterable[Document]) -> dict[UUID, Mapping[str, Any]]:
    """What each document that has a brief may be called by, by document id."""
    briefs = Brief.objects.filter(document__in=list(documents))
    return dict(briefs.values_list("document_id", "names"))


class Clause(NamedTuple):
    """A kind of clause that was found: what pages call it, and where it stands."""

    title: str
    held: Held


class Clauses(NamedTuple):
    """The kinds of clause that a document has, and what those are called that were not found."""

    found: list[Clause]
    missing: list[str]


def clauses_shown(brief: Any) -> Clauses | None:
    """The clauses of a brief that `visible_brief` gave; None where none were looked for."""
    held = {one.name: one for one in brief.clauses if one.state != Held.State.NOT_FOUND}
    # NB: what was found is held; of a brief by rules alone nothing is.
    if not brief.clauses and not brief.held.exists():
        return None
    kinds = [one for one in STANDING.values() if one.source == "clause"]
    return Clauses(
        [Clause(kind.title, held[kind.name]) for kind in kinds if kind.name in held],
        [kind.title for kind in kinds if kind.name not in held],
    )


def kept_of(documents: Iterable[Document], version: str) -> dict[UUID, Kept]:
    """What is kept of each document that has a brief of this version, by document id."""
    found = Kept.objects.filter(brief__document__in=list(documents), brief__version=version)
    return {one.brief.document_id: one for one in found.select_related("brief")}


def held_of(documents: Iterable[Document], version: str, name: str) -> dict[UUID, Held | None]:
    """What briefs of this version hold for a standing question, by document id; None where they found nothing."""
    briefs = Brief.objects.filter(document__in=list(documents), version=version)
    own = Prefetch("held", Held.objects.filter(name=name), to_attr="its")
    return {
        brief.document_id: next(iter(brief.its), None)
        for brief in briefs.only("document_id").prefetch_related(own)
    }


def documents_wanting_briefs(version: str, most: int, **readable: str) -> list[Document]:
    """The first documents that have no brief of this version, of those with a ready state that has these values.

    One that failed is left out until its time comes again, and for ever after its last attempt.
    """
    states = State.objects.filter(status=State.Status.READY, **readable).values("document")
    documents = Document.objects.filter(pk__in=states).exclude(brief__version=version)
    documents = documents.exclude(pk__in=_put_off(version).values("document"))
    return list(documents.select_related("matter").order_by("pk")[:most])


def failures_of(
    documents: Iterable[Document], version: str, *, only_put_off: bool = False
) -> dict[UUID, FailedBrief]:
    """Why the briefs of this version could not be made, by document id; with `only_put_off` those not to try now."""
    failed = _put_off(version) if only_put_off else FailedBrief.objects.filter(version=version)
    return {one.document_id: one for one in failed.filter(document__in=list(documents))}


def number_failed(matter: Matter) -> int:
    """How many documents of the matter there are whose brief could not be made."""
    return FailedBrief.objects.filter(document__matter=matter).count()


def _put_off(version: str) -> QuerySet[FailedBrief]:
    """The briefs of this version that failed and are not to be tried now, or never again."""
    is_over = Q(attempts__gte=MOST_ATTEMPTS) | Q(retry_at__gt=timezone.now())
    return FailedBrief.objects.filter(is_over, version=version)


def _of_month(word: str) -> Q:
    """The briefs with a date in the month that a word names; no condition for other words."""
    names = [name.lower() for name in MONTHS]
    month = next((n for n, name in enumerate(names, 1) if word.lower() in (name, name[:3])), 0)
    in_it = f"^[0-9]{{4}}-{month:02}"
    return Q(brief__date__regex=in_it) | Q(brief__expiry__regex=in_it) if month else Q()


def listed(documents: QuerySet[Document], sort: str, find: str) -> QuerySet[Document]:
    """The documents whose names or briefs hold all the words of `find`, sorted; "-" before a name turns it round.

    What has nothing to be sorted by comes last.
    """
    for word in find[:FIND_CHARACTERS].replace(",", " ").split():
        where = _of_month(word)
        for column in _FOUND_IN:
            where |= Q(**{f"{column}__icontains": word})
        documents = documents.filter(where)
    column = SORTED_BY.get(sort.removeprefix("-"), "name")
    documents = documents.select_related("brief")
    if column == "name":
        return documents.order_by(by_name(descending=sort == "-name"), "created_at")
    lacking = Q(**{f"{column}__isnull": True}) | Q(**{column: ""})
    last = Case(When(lacking, then=Value(1)), default=Value(0), output_field=IntegerField())
    return documents.order_by(last, by_name(column, descending=sort.startswith("-")), by_name())

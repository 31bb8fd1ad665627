"""Finding briefs, and documents by what their briefs say."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from reviewapp.briefs.models import Brief
from reviewapp.documents.models import Document
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


def documents_wanting_briefs(version: str, most: int) -> list[Document]:
    """The first consolidated documents that have no brief of this version."""
    ready = Document.objects.filter(states__status=State.Status.READY)
    return list(ready.exclude(brief__version=version).distinct().order_by("pk")[:most])


def listed(documents: QuerySet[Document], sort: str, find: str) -> QuerySet[Document]:
    """The documents whose names or briefs hold all the words of `find`, sorted; "-" before a name turns it round.

    What has nothing to be sorted by comes last.
    """
    for word in find[:FIND_CHARACTERS].split():
        where = Q()
        for column in _FOUND_IN:
            where |= Q(**{f"{column}__icontains": word})
        documents = documents.filter(where)
    column = SORTED_BY.get(sort.removeprefix("-"), "name")
    documents = documents.select_related("brief")
    if column == "name":
        return documents.order_by("-name" if sort == "-name" else "name", "created_at")
    lacking = Q(**{f"{column}__isnull": True}) | Q(**{column: ""})
    last = Case(When(lacking, then=Value(1)), default=Value(0), output_field=IntegerField())
    return documents.order_by(last, f"-{column}" if sort.startswith("-") else column, "name")

"""Choosing the documents that a question is about: by name, party or role."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.matters.policy import access_matter_by_id

MOST_OFFERED = 20
FIND_CHARACTERS = 200


def named(documents: QuerySet[Document], find: str) -> list[Document]:
    """The first documents that all of these words are found in: one more than are offered when there are more.

    They are looked for in the name, and in title, parties, short names and roles as the brief tells them.
    """
    for word in find[:FIND_CHARACTERS].split():
        where = Q()
        for column in ("name", "brief__title", "brief__parties", "brief__names"):
            where |= Q(**{f"{column}__icontains": word})
        documents = documents.filter(where)
    return list(documents.select_related("brief").order_by(by_name(), "created_at")[: MOST_OFFERED + 1])


def with_keys(documents: QuerySet[Document], keys: list[str]) -> list[Document]:
    """Those of the documents that have these ids; what is no id is passed over."""
    known = [key for key in map(key_of, keys) if key]
    return list(documents.filter(pk__in=known).order_by(by_name(), "created_at")) if known else []


@require_GET
@signed_in
def documents_to_ask(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents that the words of `?find=` name, to be ticked, as a part of the form."""
    matter = access_matter_by_id(request.actor, matter_id)
    find = request.GET.get("find", "")
    offered = named(visible_documents(request.actor, matter), find)
    context = {
        "offered": offered[:MOST_OFFERED],
        "find": find.strip(),
        "are_more": len(offered) > MOST_OFFERED,
    }
    return render(request, "questions/choices.html", context)


def key_of(written: str) -> UUID | None:
    """The id that is written so; None where that is no id."""
    try:
        return UUID(written)
    except ValueError:
        return None

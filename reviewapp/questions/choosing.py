"""Choosing the documents that a question is about, by their names."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.documents.models import Document
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.matters.policy import access_matter_by_id

MOST_OFFERED = 20
FIND_CHARACTERS = 200


def named(documents: QuerySet[Document], find: str) -> list[Document]:
    """The first documents whose names hold all of these words: one more than are offered when there are more."""
    for word in find[:FIND_CHARACTERS].split():
        documents = documents.filter(name__icontains=word)
    return list(documents.order_by("name", "created_at")[: MOST_OFFERED + 1])


def with_keys(documents: QuerySet[Document], keys: list[str]) -> list[Document]:
    """Those of the documents that have these ids; what is no id is passed over."""
    known = [key for key in map(_key, keys) if key]
    return list(documents.filter(pk__in=known).order_by("name", "created_at")) if known else []


@require_GET
@signed_in
def documents_to_ask(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents whose names hold the words of `?find=`, to be ticked, as a part of the form."""
    matter = access_matter_by_id(request.actor, matter_id)
    find = request.GET.get("find", "")
    offered = named(visible_documents(request.actor, matter), find)
    context = {
        "offered": offered[:MOST_OFFERED],
        "find": find.strip(),
        "are_more": len(offered) > MOST_OFFERED,
    }
    return render(request, "questions/choices.html", context)


def _key(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None

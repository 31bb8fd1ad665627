"""Pages of the clauses of a matter."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.briefs.models import Held
from reviewapp.briefs.policy import visible_clauses
from reviewapp.catalogue.clauses import KINDS, examined, of_kind, tallies, without
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

PART = 25


@require_GET
@signed_in
def clauses(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The kinds of clause of a matter's documents with counts; `?kind=` one of them, document by document."""
    matter = access_matter_by_id(request.actor, matter_id)
    if "kind" in request.GET:
        return _kind(request, matter, request.GET["kind"])
    documents = visible_documents(request.actor, matter)
    number = examined(documents).count()
    context = matter_frame(request, matter, "clauses") | {
        "examined": number,
        "documents": documents.count(),
        "tallies": tallies(_there(request, matter), number),
    }
    return render(request, "catalogue/clauses.html", context)


def _kind(request: SignedInRequest, matter: Matter, name: str) -> HttpResponse:
    kind = KINDS.get(name)
    if kind is None:
        raise NotAvailable
    every = _there(request, matter)
    lacking = without(visible_documents(request.actor, matter), every, kind)
    found = of_kind(every, kind)
    is_without = request.GET.get("show") == "without"
    context = matter_frame(request, matter, "clauses") | {
        "kind": kind,
        "kinds": KINDS.values(),
        "found": found.count(),
        "lacking": lacking.count(),
        "is_without": is_without,
        "part": page_of(request, lacking if is_without else found, PART),
        "query": f"kind={kind.subject}&{'show=without&' if is_without else ''}",
    }
    return render(request, "catalogue/clause.html", context)


def _there(request: SignedInRequest, matter: Matter) -> QuerySet[Held]:
    return visible_clauses(request.actor, matter).exclude(state=Held.State.NOT_FOUND)

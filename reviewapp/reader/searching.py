"""The search of a matter: documents by their words and their names."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reviewapp.documents.matching import Match, Matches
from reviewapp.documents.models import Document, Page
from reviewapp.documents.policy import access_document_by_id
from reviewapp.documents.query import MOST_CHARACTERS, Node, QueryError, read_query
from reviewapp.documents.search import Hit
from reviewapp.frame import marking
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.loads.bates import bates_of
from reviewapp.loads.policy import visible_by_bates
from reviewapp.loads.selectors import found_by
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

DOCUMENTS_A_PART = 20
HITS_A_DOCUMENT = 3
HITS_OF_ONE = 200


@dataclass(frozen=True)
class Shown:
    """A page that a search found, as it is listed."""

    page: Page
    pieces: list[marking.Piece]
    address: str
    before: bool
    after: bool


@dataclass(frozen=True)
class Listed:
    """A document that a search found, as it is listed; `address` leads to all of its pages that were found."""

    match: Match
    pages: list[Shown]
    address: str


@require_GET
@signed_in
def search(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The documents of a matter that `?q=` finds; with `?document=` all pages of one of them."""
    matter = access_matter_by_id(request.actor, matter_id)
    written = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    only = _only(request, matter_id)
    context = matter_frame(request, matter, "documents")
    context |= {"written": written, "only": only, "unreadable": ""}
    if bates_of(written) and not only:
        context["numbered"] = found_by(visible_by_bates(request.actor, matter, written), written)
    try:
        query = read_query(written)
    except QueryError as error:
        return render(request, "reader/search.html", context | {"unreadable": str(error)})
    if query is not None:
        hits = HITS_OF_ONE if only else HITS_A_DOCUMENT
        matches = Matches(matter, query, hits, only.pk if only else None)
        part = page_of(request, matches, DOCUMENTS_A_PART)
        context |= {
            "part": part,
            "listed": [_listed(match, written, reverse("search", args=[matter.pk])) for match in part],
            "query": f"{urlencode({'q': written})}&",
            "any_instead": _any_instead(query, written),
        }
    return render(request, "reader/search.html", context)


def _only(request: SignedInRequest, matter_id: UUID) -> Document | None:
    key = request.GET.get("document")
    if not key:
        return None
    document = access_document_by_id(request.actor, key)
    if document.matter_id != matter_id:
        raise NotAvailable
    return document


def _any_instead(query: Node, written: str) -> str:
    """The same words with OR between them, where all of them were wanted; else empty."""
    words = written.split()
    plain = not set(written) & set('()"') and not {"AND", "OR", "NOT"} & set(words)
    return " OR ".join(words) if plain and len(words) > 1 else ""


def _listed(match: Match, written: str, search: str) -> Listed:
    address = f"{search}?{urlencode({'q': written, 'document': match.document.pk})}"
    return Listed(match, [_shown(hit, written) for hit in match.hits], address)


def _shown(hit: Hit, written: str) -> Shown:
    address = reverse("page", args=[hit.page.document_id, hit.page.number])
    kept = urlencode({"q": written, "at": marking.write_ranges(hit.marks)})
    pieces = marking.cut(hit.snippet, marking.within(hit.marks, hit.start, hit.end))
    return Shown(hit.page, pieces, f"{address}?{kept}", hit.start > 0, hit.end < len(hit.page.text))

"""Reading: the text of a page with what is marked on it, and search in the text."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reviewapp.briefs.policy import visible_brief
from reviewapp.briefs.selectors import clauses_shown
from reviewapp.documents.models import Document, Page
from reviewapp.documents.policy import access_document_by_id, access_page_by_number
from reviewapp.documents.search import Hit, search_pages
from reviewapp.frame import marking, words
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.intake.policy import visible_notes
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id
from reviewapp.questions.models import Citation
from reviewapp.questions.policy import access_citation_by_id

MOST_HITS = 30


@require_GET
@signed_in
def document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The page that `?n=` asks for, within the document; the first without it."""
    found = access_document_by_id(request.actor, document_id)
    asked = request.GET.get("n", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    kept = {key: request.GET[key] for key in ("citation",) if request.GET.get(key)}
    address = reverse("page", args=[found.pk, min(max(1, number), max(1, found.page_count))])
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@require_GET
@signed_in
def page(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The text of one page, with a quote (`?citation=`) or the words of a search (`?at=`) marked."""
    found = access_page_by_number(request.actor, document_id, number)
    citation = _citation(request, found.document)
    ranges = [] if citation else marking.read_ranges(request.GET.get("at", ""))
    if citation:
        ranges = marking.within([(citation.start, citation.end)], found.start, found.end)
    frame = matter_frame(request, found.document.matter, "home")
    brief = visible_brief(request.actor, found.document)
    context = frame | {
        "page": found,
        "document": found.document,
        "notes": visible_notes(request.actor, found.document).filter(page__in=(0, number)),
        "pieces": marking.cut(found.text, ranges),
        "citation": citation,
        "is_marked": bool(ranges),
        "brief": brief,
        "clauses": clauses_shown(brief) if brief else None,
        "is_brief_open": number == 1 and not ranges and citation is None,
        "kept": f"?citation={citation.pk}" if citation else "",
        "back": _back(found.document.matter, citation, request.GET.get("q", "")[:500]),
    }
    return render(request, "reader/page.html", context)


class Back(NamedTuple):
    """Where a reader came from."""

    address: str
    words: str


def _back(matter: Matter, citation: Citation | None, query: str) -> Back:
    if citation:
        return Back(reverse("question", args=[citation.answer.question_id]), words.BACK["answer"])
    if query:
        address = reverse("search", args=[matter.pk])
        return Back(f"{address}?{urlencode({'q': query})}", words.BACK["search"])
    return Back(reverse("matter", args=[matter.pk]), words.BACK["matter"])


def _citation(request: SignedInRequest, document: Document) -> Citation | None:
    """The quote to mark. Raises NotAvailable when it is not one of this document."""
    key = request.GET.get("citation")
    if not key:
        return None
    citation = access_citation_by_id(request.actor, key)
    if citation.document_id != document.pk:
        raise NotAvailable
    return citation


@dataclass(frozen=True)
class Found:
    """A page that matches a search, as it is listed."""

    page: Page
    pieces: list[marking.Piece]
    address: str
    before: bool
    after: bool


@require_GET
@signed_in
def search(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The pages of a matter that hold the words asked for."""
    matter = access_matter_by_id(request.actor, matter_id)
    query = request.GET.get("q", "").strip()[:500]
    hits = search_pages(matter, query, MOST_HITS) if query else []
    context = matter_frame(request, matter, "home")
    context |= {"query": query, "found": [_found(hit, query) for hit in hits], "most": MOST_HITS}
    return render(request, "reader/search.html", context)


def _found(hit: Hit, query: str) -> Found:
    address = reverse("page", args=[hit.page.document_id, hit.page.number])
    kept = urlencode({"q": query, "at": marking.write_ranges(hit.marks)})
    pieces = marking.cut(hit.snippet, marking.within(hit.marks, hit.start, hit.end))
    return Found(hit.page, pieces, f"{address}?{kept}", hit.start > 0, hit.end < len(hit.page.text))

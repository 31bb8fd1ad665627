"""Reading: the pages of documents with what is marked on them, and the documents themselves."""

from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reviewapp.briefs.policy import visible_brief
from reviewapp.briefs.selectors import clauses_shown
from reviewapp.documents.actions import OriginalMissingError, chunks_of, open_original
from reviewapp.documents.models import Document, Page
from reviewapp.documents.pictures import (
    THUMBNAIL,
    WIDTHS,
    NoPictureError,
    ReplacedError,
    has_pictures,
    read_picture,
)
from reviewapp.documents.policy import (
    access_document_by_id,
    access_page_by_number,
    access_page_now,
    earlier_page,
    visible_pages,
    visible_versions,
)
from reviewapp.events.reading import pages_read
from reviewapp.frame import words
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.saving import to_save
from reviewapp.intake.policy import visible_family, visible_notes
from reviewapp.kin.policy import visible_likenesses, visible_thread
from reviewapp.loads.policy import visible_loaded_fields
from reviewapp.loads.selectors import on_page
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable
from reviewapp.questions.models import Citation
from reviewapp.questions.policy import access_citation_by_id
from reviewapp.reader.asked import asked_of
from reviewapp.reader.sheet import sheet_of
from reviewapp.reviews.codes import options_with, with_those
from reviewapp.reviews.policy import may_review, visible_codes, visible_issues

MOST_DIGITS = 9
MOST_RELATED = 50


@require_GET
@signed_in
def document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The page that `?n=` asks for by its number or by what is printed on it; without it the first."""
    found = access_document_by_id(request.actor, document_id)
    wanted = asked_of(found.pk, _number(request, found), request.GET)
    return redirect(wanted.address)


def _number(request: SignedInRequest, document: Document) -> int:
    """The number of the page that is asked for, within the document."""
    given = request.GET.get("n", "").strip()
    if given.isascii() and given.isdigit() and len(given) < MOST_DIGITS:
        return min(max(1, int(given)), max(1, document.page_count))
    labelled = visible_pages(request.actor, document).filter(label__iexact=given) if given else None
    page = labelled.order_by("number").first() if labelled is not None else None
    return page.number if page else 1


@require_GET
@signed_in
def page(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """One page with a quote (`?citation=`), the words of a search (`?at=`) or found words (`?find=`) marked.

    With `?beside=1` only what is shown beside an answer. A page that a newer version of the document took away, also
    while it was drawn, is shown as one of the earlier version, which says that there is a newer one.
    """
    citation = _citation(request, document_id)
    found = _page(request, document_id, number, citation)
    if found.document_id != document_id:
        return _as_earlier(request, found)
    response = _drawn(request, found, citation)
    now = access_page_now(request.actor, found)
    return response if now.document_id == document_id else _as_earlier(request, now)


def _page(request: SignedInRequest, document_id: UUID, number: int, citation: Citation | None) -> Page:
    """The page as the document has it now; else as an earlier version had it, which is quoted or had more pages."""
    if citation is not None and citation.document_id != document_id:
        return access_page_by_number(request.actor, citation.document_id, number)
    try:
        return access_page_by_number(request.actor, document_id, number)
    except NotAvailable:
        document = access_document_by_id(request.actor, document_id)
        page = earlier_page(request.actor, document, number)
        if page is None:
            raise
        return page


def _as_earlier(request: SignedInRequest, page: Page) -> HttpResponse:
    asked = request.GET.urlencode()
    address = reverse("page", args=[page.document_id, page.number])
    return redirect(f"{address}?{asked}" if asked else address)


def _drawn(request: SignedInRequest, found: Page, citation: Citation | None) -> HttpResponse:
    number = found.number
    pages_read(found.document.matter_id, found.document.pk, [number], actor=request.actor)
    brief = visible_brief(request.actor, found.document)
    asked = asked_of(found.document.pk, number, request.GET)
    sheet = sheet_of(request.actor, found, citation, asked)
    if request.GET.get("beside"):
        return render(request, "reader/beside.html", sheet)
    context = matter_frame(request, found.document.matter, "documents") | sheet
    options = options_with(list(visible_issues(request.actor, found.document.matter)))
    context |= {
        "codes": with_those(options, visible_codes(request.actor, found.document)),
        "may_review": may_review(request.actor, found.document.matter),
        "notes": visible_notes(request.actor, found.document).filter(page__in=(0, number)),
        "brief": brief,
        "clauses": clauses_shown(brief) if brief else None,
        "is_brief_open": number == 1 and citation is None and not asked.at and not asked.find,
        "likenesses": visible_likenesses(request.actor, found.document)[:MOST_RELATED],
        "thread": list(visible_thread(request.actor, found.document)[:MOST_RELATED]),
        "family": visible_family(request.actor, found.document),
        "loaded": on_page(visible_loaded_fields(request.actor, found.document), found.document, number),
        "versions": visible_versions(request.actor, found.document)[:MOST_RELATED],
        "back": _back(found.document.matter, citation, asked.query),
    }
    return render(request, "reader/page.html", context)


@require_GET
@signed_in
def picture(request: SignedInRequest, document_id: UUID, number: int, width: int) -> HttpResponse:
    """The picture of a page, WebP; no browser keeps it.

    `?of=` is how the hash of the file begins whose page it has to be: the document's, or an earlier version's.
    """
    page = access_page_by_number(request.actor, _file_asked_for(request, document_id), number)
    if width not in WIDTHS or not has_pictures(page.document):
        raise NotAvailable
    if width != THUMBNAIL:
        pages_read(page.document.matter_id, page.document.pk, [number], actor=request.actor)
    try:
        return HttpResponse(read_picture(page, width), content_type="image/webp")
    except ReplacedError:
        return redirect(request.get_full_path())
    except NoPictureError:
        raise NotAvailable from None


def _file_asked_for(request: SignedInRequest, document_id: UUID) -> UUID:
    """The id of the document, or of its earlier version whose file is asked for. Raises NotAvailable."""
    document, begins = access_document_by_id(request.actor, document_id), request.GET.get("of", "")
    if document.sha256.startswith(begins):
        return document.pk
    earlier = visible_versions(request.actor, document).filter(sha256__startswith=begins[:64]).first()
    if earlier is None:
        raise NotAvailable
    return earlier.pk


@require_GET
@signed_in
def original(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    """The file as it was received, to be saved."""
    found = access_document_by_id(request.actor, document_id)
    try:
        file = open_original(found, actor=request.actor)
    except OriginalMissingError as error:
        return render(request, "reader/no_original.html", {"said": error.message}, status=error.status)
    response = StreamingHttpResponse(
        chunks_of(file), content_type=found.media_type or "application/octet-stream"
    )
    name = found.name.replace("\\", "/").rpartition("/")[2] or "document"
    return to_save(response, name, found.size_bytes)


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
    return Back(reverse("documents", args=[matter.pk]), words.BACK["matter"])


def _citation(request: SignedInRequest, document_id: UUID) -> Citation | None:
    """The quote to mark. Raises NotAvailable when it is not one of this document, or of an earlier version."""
    key = request.GET.get("citation")
    if not key:
        return None
    citation = access_citation_by_id(request.actor, key)
    if document_id not in (citation.document_id, citation.document.version_of_id):
        raise NotAvailable
    return citation

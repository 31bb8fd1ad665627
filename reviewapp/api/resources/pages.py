"""The text of pages, where its words stand, and search in it."""

from collections.abc import Sequence
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query

from readers.boxes import unpack
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_parameter
from reviewapp.api.resources.documents import names_in
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import TextPage, Word
from reviewapp.api.shapes_more import HitList, HitShape
from reviewapp.claims import box_of
from reviewapp.documents.models import Document, Page
from reviewapp.documents.pictures import (
    READING,
    THUMBNAIL,
    ZOOMED,
    NoPictureError,
    ReplacedError,
    has_pictures,
    read_picture,
)
from reviewapp.documents.policy import access_document_by_id, access_page_by_number, visible_pages
from reviewapp.documents.search import search_pages
from reviewapp.events.reading import pages_read
from reviewapp.frame.marking import within
from reviewapp.frame.middleware import HEADERS
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

resource = Resource("Pages")

WIDTH = {"thumbnail": THUMBNAIL, "reading": READING, "zoomed": ZOOMED}
Size = Annotated[
    Literal["thumbnail", "reading", "zoomed"],
    Query("reading", description=f"Width in pixels: {THUMBNAIL}, {READING} or {ZOOMED}."),
]
Include = Annotated[str, Query("", max_length=100, description="words: where each word stands.")]


def _page(page: Page, include: Sequence[str]) -> TextPage:
    shape = TextPage(
        document_id=str(page.document_id),
        number=page.number,
        label=page.label,
        start=page.start,
        end=page.end,
        text=page.text,
    )
    if "words" in include:
        packed = getattr(page, "boxes", None)
        shape.words = [
            Word(start=word.start, end=word.end, box=box_of(page.number, word.box))
            for word in (unpack(bytes(packed.packed)) if packed else [])
        ]
    return shape


@resource.get("/documents/{document_id}/pages", PageOf[TextPage])
def list_pages(
    request: ApiRequest,
    response: HttpResponse,
    document_id: str,
    cursor: Cursor,
    limit: Limit,
    include: Include,
) -> PageOf[TextPage]:
    """The pages of a document with their text, in their order."""
    names = names_in(include, ("words",))
    document = access_document_by_id(request.actor, document_id)
    rows = visible_pages(request.actor, document)
    rows = rows.select_related("boxes") if names else rows

    def shaped(found: Sequence[Page]) -> list[TextPage]:
        _note_read(request, document, found)
        return [_page(page, names) for page in found]

    return listed(
        request,
        response,
        rows,
        ("number", "id"),
        cursor,
        min(limit, 100),
        shaped,
    )


@resource.get("/documents/{document_id}/pages/{number}", TextPage)
def get_page(request: ApiRequest, document_id: str, number: str, include: Include) -> TextPage:
    """One page, by its number from 1."""
    names = names_in(include, ("words",))
    page = access_page_by_number(request.actor, document_id, _number(number))
    _note_read(request, page.document, [page])
    return _page(page, names)


@resource.get(
    "/documents/{document_id}/pages/{number}/image",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "The picture, WebP; places of words are shares of its width and height.",
                "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def get_page_image(request: ApiRequest, document_id: str, number: str, size: Size) -> HttpResponse:
    """The picture of a page; not available for kinds of file whose pages have no look of their own."""
    try:
        picture = _picture(request, document_id, number, size)
    except ReplacedError:
        # NB: the page of this number is another one now.
        picture = _picture(request, document_id, number, size)
    # NB: as on the pages of the product, pictures of pages stay out of caches.
    headers = {"Cache-Control": HEADERS["Cache-Control"]}
    return HttpResponse(picture, content_type="image/webp", headers=headers)


def _picture(request: ApiRequest, document_id: str, number: str, size: str) -> bytes:
    page = access_page_by_number(request.actor, document_id, _number(number))
    if not has_pictures(page.document):
        raise NotAvailable
    if size != "thumbnail":
        _note_read(request, page.document, [page])
    try:
        return read_picture(page, WIDTH[size])
    except ReplacedError:
        raise
    except NoPictureError:
        raise NotAvailable from None


def _note_read(request: ApiRequest, document: Document, pages: Sequence[Page]) -> None:
    pages_read(document.matter_id, document.pk, [page.number for page in pages], actor=request.actor)


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        raise NotAvailable
    return int(written)


@resource.get("/matters/{matter_id}/search", HitList)
def search(
    request: ApiRequest,
    matter_id: str,
    q: Annotated[str, Query(..., min_length=1, max_length=500, description="Words, and phrases in quotes.")],
    limit: Annotated[int, Query(20, ge=1, le=100)],
) -> HitList:
    """The pages of a matter that hold these words, the best first."""
    matter = access_matter_by_id(request.actor, matter_id)
    if "\x00" in q:
        raise wrong_parameter("q", "it holds a NUL character")
    return HitList(
        items=[
            HitShape(
                document_id=str(hit.page.document_id),
                document_name=hit.page.document.name,
                page=hit.page.number,
                page_label=hit.page.label,
                snippet=hit.snippet,
                snippet_start=hit.start,
                marks=within(hit.marks, hit.start, hit.end),
                score=hit.score,
            )
            for hit in search_pages(matter, q, limit)
        ]
    )

"""A page of a document with all that is shown around it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from reviewapp.documents.models import Document, Page
from reviewapp.documents.pictures import THUMBNAIL, has_pictures
from reviewapp.documents.policy import visible_pages
from reviewapp.frame import words_documents
from reviewapp.frame.actor import Actor
from reviewapp.frame.marking import LEFT_OUT, cut
from reviewapp.questions.models import Citation
from reviewapp.questions.policy import visible_answers
from reviewapp.reader import pinpoint
from reviewapp.reader.asked import Asked
from reviewapp.reader.drawing import Drawing, NoDrawingError, drawing_of
from reviewapp.reader.finding import Found, find
from reviewapp.reader.marks import Marks, marks_of
from reviewapp.reader.paragraphs import paragraphs_of

_THUMBNAILS_BESIDE = 6


class Thumbnail(NamedTuple):
    """A page among its neighbours."""

    number: int
    called: str
    address: str


@dataclass(frozen=True)
class Turn:
    """Where one gets from a page: to its neighbours and to other quotes of the same answer; None at the ends."""

    previous: Asked | None
    next: Asked | None
    previous_quote: Asked | None
    next_quote: Asked | None
    place: int
    quotes: int


def sheet_of(actor: Actor, page: Page, citation: Citation | None, asked: Asked) -> dict[str, Any]:
    """What the templates of a page show, as a context."""
    found = _found(actor, page, asked.find)
    marks = marks_of(page, citation, asked.ranges(), found.here if found else ())
    drawing, missing = _drawing(page, marks, asked)
    document = page.document
    paragraphs = [] if drawing else paragraphs_of(page.text, marks.all(), marks.answer)
    return {
        "page": page,
        "document": document,
        "asked": asked,
        "other_view": asked.shown(view="image" if asked.view == "text" else "text"),
        "citation": citation,
        "found": found,
        "found_before": asked.page(found.previous) if found and found.previous else None,
        "found_after": asked.page(found.next) if found and found.next else None,
        "marks": marks,
        "drawing": drawing,
        "missing": missing,
        "can_be_drawn": has_pictures(document),
        "paragraphs": paragraphs,
        "rows": any(one.cells for one in paragraphs),
        "turn": _turn(actor, page, citation, asked),
        "thumbnails": _thumbnails(actor, page, asked) if has_pictures(document) else [],
        "thumbnail_width": THUMBNAIL,
        "called": words_documents.page_called(page.number, page.label),
        "pinpoint": _pinpoint(actor, page, citation, marks),
        "not_here": citation is not None and not marks.quote and not marks.changed,
    }


def _found(actor: Actor, page: Page, looked_for: str) -> Found | None:
    if not looked_for:
        return None
    pages = visible_pages(actor, page.document).order_by("number").values_list("number", "text")
    return find(looked_for, pages.iterator(), page.number)


def _drawing(page: Page, marks: Marks, asked: Asked) -> tuple[Drawing | None, str]:
    """How the page looks; without it, why there is none where one is to be expected."""
    if asked.view == "text":
        return None, ""
    try:
        return drawing_of(page, marks, zoomed=asked.zoom > 100), ""
    except NoDrawingError as error:
        return None, str(error)


def _turn(actor: Actor, page: Page, citation: Citation | None, asked: Asked) -> Turn:
    number, last = page.number, page.document.page_count
    quotes = _quotes(actor, citation)
    place = next((at for at, other in enumerate(quotes) if citation and other.pk == citation.pk), 0)
    return Turn(
        asked.page(number - 1) if number > 1 else None,
        asked.page(number + 1) if number < last else None,
        _at_quote(asked, quotes[place - 1]) if place > 0 else None,
        _at_quote(asked, quotes[place + 1]) if place + 1 < len(quotes) else None,
        place + 1,
        len(quotes),
    )


def _quotes(actor: Actor, citation: Citation | None) -> Sequence[Citation]:
    """The quotes of the answer that a quote belongs to, in the order they stand in the document."""
    if citation is None:
        return []
    answers = visible_answers(actor, citation.answer.question).filter(pk=citation.answer_id)
    found = Citation.objects.filter(answer__in=answers, document=citation.document_id, kind=citation.kind)
    return list(found.select_related("page").order_by("start", "order"))


def _at_quote(asked: Asked, quote: Citation) -> Asked:
    return replace(asked, number=quote.opens_at, citation=str(quote.pk), at="", find="")


def _thumbnails(actor: Actor, page: Page, asked: Asked) -> list[Thumbnail]:
    near = (page.number - _THUMBNAILS_BESIDE, page.number + _THUMBNAILS_BESIDE)
    pages = visible_pages(actor, page.document).filter(number__range=near).order_by("number")
    return [
        Thumbnail(number, label or str(number), asked.page(number).address)
        for number, label in pages.values_list("number", "label")
    ]


def _pinpoint(actor: Actor, page: Page, citation: Citation | None, marks: Marks) -> str:
    """How the marked quote is cited, or the page where nothing is marked."""
    number = citation.page.number if citation else page.number
    pages = visible_pages(actor, page.document).filter(number__range=(number - 1, number + 1))
    around = {one.number: one for one in pages}
    if number not in around:
        return ""
    quote = "".join(page.text[start:end] for start, end in marks.quote[:1])
    if citation:
        pieces = cut(citation.quote, (), citation.left_out)
        quote = "".join(f" {LEFT_OUT} " if piece.left_out else piece.text for piece in pieces)
    last = citation.last_page if citation else number
    bates = pinpoint.bates_number({at: one.text for at, one in around.items()}, number)
    called = words_documents.pages_cited(number, around[number].label, last)
    return pinpoint.pinpoint(_short_name(page.document), called, bates, quote)


def _short_name(document: Document) -> str:
    return document.name.rpartition("/")[2] or document.name

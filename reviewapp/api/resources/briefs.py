"""Briefs of documents, and the clauses in them, as others see them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query

from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_parameter
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import BriefField, BriefShape, ClauseShape, HeadedQuote, PlacedQuote
from reviewapp.briefs.models import Brief, Field, Held
from reviewapp.briefs.policy import CLAUSE, visible_brief, visible_clauses
from reviewapp.documents.models import Document
from reviewapp.documents.policy import access_document_by_id
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

resource = Resource("Briefs")

ORDER = ("brief_id", "order", "id")
Kind = Annotated[str, Query("", max_length=100, description="Only clauses of this kind.")]
ClauseState = Annotated[
    Literal["", "supported", "check", "not_found"], Query("", description="Only those in this state.")
]


def brief_of(document: Document) -> BriefShape | None:
    """The brief of a document that the caller may read; None where none was made yet."""
    brief: Brief | None = getattr(document, "brief", None)
    return None if brief is None else shape_of_brief(brief)


def shape_of_brief(brief: Brief) -> BriefShape:
    """A brief as others see it."""
    fields = list(brief.fields.all())
    return BriefShape(
        document_id=str(brief.document_id),
        version=brief.version,
        title=brief.title,
        parties=[field.value for field in fields if field.type == "party"],
        date=brief.date,
        law=brief.law,
        expiry=brief.expiry,
        fields=[_field(field) for field in fields],
        created_at=brief.created_at,
    )


def _field(field: Field) -> BriefField:
    return BriefField(
        id=str(field.pk),
        type=field.type,
        value=field.value,
        written=field.written,
        called=[str(name) for name in field.called],
        quotes=[PlacedQuote(**_placed(quote)) for quote in field.quotes],
        confidence=field.confidence,
        rule=field.rule,
    )


def _placed(quote: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": quote["quote"],
        "start": quote["start"],
        "end": quote["end"],
        "page": quote["page"],
        "last_page": quote["last_page"],
        "marked": [(start, end) for start, end in quote["marked"]],
        "left_out": [(start, end) for start, end in quote.get("left_out", ())],
    }


def _headed(quotes: Sequence[dict[str, Any]]) -> list[HeadedQuote]:
    return [HeadedQuote(**_placed(quote), heading=str(quote.get("heading", ""))) for quote in quotes]


def _clause(held: Held) -> ClauseShape:
    return ClauseShape(
        id=str(held.pk),
        document_id=str(held.brief.document_id),
        kind=held.name.removeprefix(CLAUSE),
        state=held.state,  # type: ignore[arg-type]
        answer=held.text,
        value=str((held.holds or {}).get("shown", "")),
        confidence=held.confidence,
        quotes=_headed(held.quotes),
        passages=_headed(held.passages),
    )


@resource.get("/documents/{document_id}/brief", BriefShape)
def get_brief(request: ApiRequest, document_id: str) -> BriefShape:
    """What a document says of itself; not available before its brief is made."""
    document = access_document_by_id(request.actor, document_id)
    brief = visible_brief(request.actor, document)
    if brief is None:
        raise NotAvailable
    return shape_of_brief(brief)


@resource.get("/documents/{document_id}/clauses", PageOf[ClauseShape])
def list_clauses(
    request: ApiRequest,
    response: HttpResponse,
    document_id: str,
    cursor: Cursor,
    limit: Limit,
    state: ClauseState,
) -> PageOf[ClauseShape]:
    """The kinds of clause that a document has, and those that it has not."""
    document = access_document_by_id(request.actor, document_id)
    rows = visible_clauses(request.actor, document.matter).filter(brief__document=document)
    rows = rows.filter(state=state) if state else rows
    rows = rows.select_related("brief")
    return listed(request, response, rows, ORDER, cursor, limit, lambda found: [*map(_clause, found)])


@resource.get("/matters/{matter_id}/clauses", PageOf[ClauseShape])
def list_clauses_of_matter(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    cursor: Cursor,
    limit: Limit,
    kind: Kind,
    state: ClauseState,
) -> PageOf[ClauseShape]:
    """The clauses of all documents of a matter, document by document."""
    if "\x00" in kind:
        raise wrong_parameter("kind", "it holds a NUL character")
    rows = visible_clauses(request.actor, access_matter_by_id(request.actor, matter_id))
    rows = rows.filter(name=f"{CLAUSE}{kind}") if kind else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.select_related("brief")
    return listed(request, response, rows, ORDER, cursor, limit, lambda found: [*map(_clause, found)])

"""Documents: lists, mirrors, what is here already, originals."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import Query

from reviewapp.api.conditions import of_record, require_match
from reviewapp.api.files import FILE, handed_out, has_it
from reviewapp.api.paging import (
    OVERLAP,
    Cursor,
    ExternalIdQuery,
    Fields,
    Limit,
    Since,
    chosen,
    linked,
    moment,
    page_rows,
    plain,
)
from reviewapp.api.problems import wrong_parameter
from reviewapp.api.resources.briefs import brief_of
from reviewapp.api.resources.states import shape_of_state, told_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import (
    DocumentChange,
    DocumentPage,
    DocumentShape,
    Hashes,
    Known,
    KnownList,
    NoteShape,
    Tombstone,
    TombstonePage,
)
from reviewapp.documents.actions import open_original, set_external_id
from reviewapp.documents.models import Document
from reviewapp.documents.policy import access_document_by_id, visible_documents
from reviewapp.events.gone import documents_gone
from reviewapp.frame.actor import Scope
from reviewapp.intake.policy import may_upload
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.reviews.codes import name_of

resource = Resource("Documents")

INCLUDED = ("notes", "states", "brief", "coding")
Include = Annotated[
    str,
    Query("", max_length=100, description="What to give besides, with commas: notes, states, brief, coding."),
]
Sha256Query = Annotated[str, Query("", pattern="^([0-9a-f]{64})?$", description="Of the bytes as received.")]


def shape_of(document: Document, include: Sequence[str] = ()) -> DocumentShape:
    """A document as others see it, with what `include` names; its states are read before."""
    states = sorted(document.states.all(), key=lambda state: state.created_at, reverse=True)
    shape = DocumentShape(
        id=str(document.pk),
        matter_id=str(document.matter_id),
        name=document.name,
        external_id=document.external_id,
        sha256=document.sha256,
        media_type=document.media_type,
        size_bytes=document.size_bytes,
        pages=document.page_count,
        characters=document.char_count,
        text_sha256=document.text_sha256,
        text_version=document.text_version,
        state=told_of(states),
        created_at=document.created_at,
        updated_at=document.updated_at,
        version_of=str(document.version_of_id) if document.version_of_id else None,
        replaced_at=document.replaced_at,
    )
    if "notes" in include:
        shape.notes = [
            NoteShape(kind=note.kind, page=note.page, text=note.text, dismissed_at=note.dismissed_at)
            for note in document.notes.all()
        ]
    if "states" in include:
        shape.states = [shape_of_state(state) for state in states if state.name]
    if "brief" in include:
        shape.brief = brief_of(document)
    if "coding" in include:
        shape.coding = sorted(name_of(code) for code in document.codes.all())
    return shape


def names_in(include: str, known: Iterable[str]) -> list[str]:
    """The names of an `include`. Raises Refused for unknown ones."""
    names = [name.strip() for name in include.split(",") if name.strip()]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise wrong_parameter("include", f"there is nothing called {unknown[0][:50]!r} to include")
    return names


def with_included(documents: QuerySet[Document], include: Sequence[str]) -> QuerySet[Document]:
    """The documents with all that `shape_of` reads of them, in a bounded number of queries."""
    documents = documents.prefetch_related("states")
    if "notes" in include:
        documents = documents.prefetch_related("notes")
    if "brief" in include:
        documents = documents.select_related("brief").prefetch_related("brief__fields")
    if "coding" in include:
        documents = documents.prefetch_related("codes")
    return documents


@resource.get("/matters/{matter_id}/documents", DocumentPage)
def list_documents(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    cursor: Cursor,
    limit: Limit,
    fields: Fields,
    include: Include,
    sha256: Sha256Query,
    external_id: ExternalIdQuery,
    updated_since: Since,
) -> object:
    """The documents of a matter, the longest unchanged first.

    To mirror a matter, follow the pages to the end, then ask again with `updated_since` set to the `until` of the
    first page; what changed in the last minute comes twice. Documents that are gone are listed as tombstones.
    """
    until = timezone.now() - OVERLAP
    matter = access_matter_by_id(request.actor, matter_id)
    names = names_in(include, INCLUDED)
    rows = with_included(visible_documents(request.actor, matter), names)
    if sha256:
        rows = rows.filter(sha256=sha256)
    if external_id:
        rows = rows.filter(external_id=plain("external_id", external_id))
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=moment(updated_since))
    found, following = page_rows(rows, ("updated_at", "id"), cursor, limit)
    linked(request, response, following)
    page = DocumentPage(
        items=[shape_of(document, names) for document in found], next_cursor=following, until=until
    )
    return chosen(page, fields, DocumentShape, response)


@resource.get("/matters/{matter_id}/documents/gone", TombstonePage)
def list_tombstones(
    request: ApiRequest, matter_id: str, after: Annotated[int, Query(0, ge=0, le=2**62)], limit: Limit
) -> TombstonePage:
    """Documents of the matter that are no longer there, in the order in which they went."""
    matter = access_matter_by_id(request.actor, matter_id)
    gone = documents_gone(matter, after, limit)
    return TombstonePage(
        items=[
            Tombstone(
                id=str(event.detail.get("document", event.object_id)),
                sha256=str(event.detail.get("sha256", "")),
                external_id=str(event.detail.get("external_id", "")),
                removed_at=event.at,
                sequence=event.sequence or 0,
            )
            for event in gone
        ],
        after=(gone[-1].sequence or after) if gone else after,
    )


@resource.post("/matters/{matter_id}/documents/known", KnownList)
def find_known_documents(request: ApiRequest, matter_id: str, payload: Hashes) -> KnownList:
    """Which of these files the matter has already: they need not be sent."""
    matter = access_matter_by_id(request.actor, matter_id)
    here = dict(
        visible_documents(request.actor, matter).filter(sha256__in=payload.sha256).values_list("sha256", "pk")
    )
    return KnownList(
        items=[
            Known(sha256=sha, here=sha in here, document_id=str(here[sha]) if sha in here else None)
            for sha in payload.sha256
        ]
    )


@resource.get("/documents/{document_id}", DocumentShape)
def get_document(
    request: ApiRequest, response: HttpResponse, document_id: str, fields: Fields, include: Include
) -> object:
    """One document."""
    document = access_document_by_id(request.actor, document_id)
    shape = shape_of(document, names_in(include, INCLUDED))
    of_record(request, shape_of(document))
    return chosen(shape, fields, DocumentShape, response)


@resource.patch("/documents/{document_id}", DocumentShape, scope=Scope.UPLOAD)
def change_document(request: ApiRequest, document_id: str, payload: DocumentChange) -> DocumentShape:
    """Give a document another system's id, or take it away by an empty one (admins). Needs If-Match."""
    document = access_document_by_id(request.actor, document_id, may=may_upload)
    require_match(request, shape_of(document))
    return shape_of(set_external_id(document, payload.external_id, actor=request.actor))


@resource.get("/documents/{document_id}/original", {200: None}, openapi_extra=FILE)
def get_original(request: ApiRequest, document_id: str) -> HttpResponseBase:
    """The file as it was received; its ETag is its SHA-256."""
    document = access_document_by_id(request.actor, document_id)
    tag = f'"{document.sha256}"'
    if (unchanged := has_it(request, tag)) is not None:
        return unchanged
    file = open_original(document, actor=request.actor)
    return handed_out(request, file, document.name.rpartition("/")[2] or "document", document.size_bytes, tag)

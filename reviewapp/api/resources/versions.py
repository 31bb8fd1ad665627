"""Earlier versions of documents, new ones, and documents that are withdrawn."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Query, Status, UploadedFile

from reviewapp.api.conditions import require_match
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field, wrong_parameter
from reviewapp.api.resources import documents
from reviewapp.api.resources.batches import batch_begun
from reviewapp.api.resources.documents import shape_of, with_included
from reviewapp.api.service import ApiRequest, prepares, require_form
from reviewapp.api.shapes import DocumentShape
from reviewapp.api.shapes_more import BatchBegun
from reviewapp.catalogue.actions import REASON_CHARACTERS, withdraw_document
from reviewapp.documents.policy import (
    access_current_document,
    access_document_by_id,
    may_replace,
    may_withdraw,
    visible_versions,
)
from reviewapp.frame.actor import Scope
from reviewapp.intake.actions import Incoming, send_new_version, store_files
from reviewapp.intake.models import Source

resource = documents.resource

VERSIONS = "/documents/{document_id}/versions"


@resource.get(VERSIONS, PageOf[DocumentShape])
def list_versions(
    request: ApiRequest, response: HttpResponse, document_id: str, cursor: Cursor, limit: Limit
) -> PageOf[DocumentShape]:
    """What a document was before it was replaced, the newest first; each has pages and an original of its own."""
    rows = with_included(
        visible_versions(request.actor, access_document_by_id(request.actor, document_id)), ()
    )
    order = ("-replaced_at", "-id")
    return listed(request, response, rows, order, cursor, limit, lambda found: [*map(shape_of, found)])


@prepares("POST", VERSIONS)
def store_version(request: ApiRequest, document_id: str) -> None:
    """Put the file on the disk, before the transaction that names it."""
    require_form(request, "Send the new version as multipart/form-data, as `file`.")
    if not request.actor.holds(Scope.UPLOAD):
        return
    document = access_current_document(request.actor, document_id, may=may_replace)
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise wrong_field("/file", "send one file")
    (request.prepared,) = store_files(document.matter, [Incoming.from_upload(files[0])])


@resource.post(VERSIONS, {202: BatchBegun}, scope=Scope.UPLOAD)
def replace_document(
    request: ApiRequest,
    response: HttpResponse,
    document_id: str,
    file: Annotated[UploadedFile, File(..., description="The new version.")],
) -> Status[Any]:
    """Have a file take the place of a document (admins): it keeps its id, and what it was becomes a version of it."""
    document = access_current_document(request.actor, document_id, may=may_replace)
    batch = send_new_version(actor=request.actor, document=document, file=request.prepared, source=Source.API)
    return batch_begun(request, response, batch)


@resource.delete("/documents/{document_id}", scope=Scope.MANAGE, operation_id="withdrawDocument")
def withdraw(
    request: ApiRequest,
    document_id: str,
    reason: Annotated[str, Query("", max_length=REASON_CHARACTERS, description="Why; it is kept.")],
) -> Status[Any]:
    """Take a document out of its matter (admins): text, answers and bytes go, a tombstone stays. Needs If-Match."""
    document = access_current_document(request.actor, document_id, may=may_withdraw)
    if "\x00" in reason:
        raise wrong_parameter("reason", "it holds a NUL character")
    require_match(request, shape_of(document))
    withdraw_document(document, actor=request.actor, reason=reason)
    return Status(204, None)

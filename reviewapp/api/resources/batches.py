"""Batches: files received together, and what became of each."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Form, Status, UploadedFile

from reviewapp.api.models import Operation
from reviewapp.api.operations import begun, shape_of_operation, tell_of
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.service import ApiRequest, Resource, prepares, require_form
from reviewapp.api.shapes_more import BatchBegun
from reviewapp.api.shapes_work import BatchItemShape, BatchShape, OperationShape
from reviewapp.frame.actor import Scope
from reviewapp.intake.actions import Incoming, create_batch_of, retry_items, store_files
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.intake.policy import (
    access_batch_by_id,
    may_retry,
    may_upload,
    visible_batches,
    visible_items,
)
from reviewapp.intake.tallies import count_items
from reviewapp.matters.policy import access_matter_by_id

resource = Resource("Batches")

ROUTE = "/matters/{matter_id}/batches"


def shape_of_batch(batch: Batch) -> BatchShape:
    """A batch as others see it."""
    count = count_items(batch)
    return BatchShape(
        id=str(batch.pk),
        matter_id=str(batch.matter_id),
        label=batch.label,
        source=batch.source,
        files=count.total,
        pending=count.pending,
        accepted=count.accepted,
        duplicates=count.duplicates,
        problems=count.problems,
        created_at=batch.created_at,
    )


def _item(item: BatchItem) -> BatchItemShape:
    return BatchItemShape(
        id=str(item.pk),
        parent_id=str(item.parent_id) if item.parent_id else None,
        name=item.name,
        external_id=item.external_id,
        size_bytes=item.size_bytes,
        sha256=item.sha256,
        disposition=item.disposition.replace("_", "-"),
        reason=item.reason,
        document_id=str(item.document_id) if item.document_id else None,
    )


def batch_begun(request: ApiRequest, response: HttpResponse, batch: Batch) -> Status[Any]:
    """The answer (202) to files that were received: the batch, and the operation of reading it."""
    operation = begun(Operation.Kind.BATCH, batch.matter, request.actor, batch=batch)
    tell_of(operation, response)
    return Status(202, BatchBegun(batch=shape_of_batch(batch), operation=shape_of_operation(operation)))


@resource.get(ROUTE, PageOf[BatchShape])
def list_batches(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[BatchShape]:
    """The batches of a matter, the newest first."""
    rows = visible_batches(request.actor, access_matter_by_id(request.actor, matter_id))
    return listed(
        request,
        response,
        rows,
        ("-created_at", "-id"),
        cursor,
        min(limit, 100),
        lambda found: [shape_of_batch(batch) for batch in found],
    )


@prepares("POST", ROUTE)
def store_batch(request: ApiRequest, matter_id: str) -> None:
    """Put the files on the disk, before the transaction that names them."""
    require_form(request, "Send the files as multipart/form-data, each as `files`.")
    if not request.actor.holds(Scope.UPLOAD):
        return
    matter = access_matter_by_id(request.actor, matter_id, may=may_upload)
    files = request.FILES.getlist("files")
    names = [name for name in request.POST.getlist("external_ids") if "\x00" not in name]
    if names and len(names) != len(files):
        raise wrong_field("/external_ids", "give one for each file, in their order, or none")
    if any(len(name) > 200 for name in names):
        raise wrong_field("/external_ids", "an external id has at most 200 characters")
    incoming = [
        Incoming(str(file.name), file.chunks(), external_id=names[place] if names else "")
        for place, file in enumerate(files)
    ]
    request.prepared = store_files(matter, incoming)


@resource.post(ROUTE, {202: BatchBegun}, scope=Scope.UPLOAD)
def upload_batch(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    files: Annotated[list[UploadedFile], File(..., description="Up to 2,000; each may be empty.")],
    label: Annotated[str, Form("", max_length=200)],
    external_ids: Annotated[list[str], Form([], description="One for each file, in their order, or none.")],
) -> Status[Any]:
    """Add files to a matter (admins). The operation tells what became of each."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_upload)
    batch = create_batch_of(
        request.prepared,
        actor=request.actor,
        matter=matter,
        source=Source.API,
        label=label.replace("\x00", ""),
    )
    return batch_begun(request, response, batch)


@resource.get("/batches/{batch_id}", BatchShape)
def get_batch(request: ApiRequest, batch_id: str) -> BatchShape:
    """One batch."""
    return shape_of_batch(access_batch_by_id(request.actor, batch_id))


@resource.get("/batches/{batch_id}/items", PageOf[BatchItemShape])
def list_batch_items(
    request: ApiRequest, response: HttpResponse, batch_id: str, cursor: Cursor, limit: Limit
) -> PageOf[BatchItemShape]:
    """The files of a batch, what came out of containers among them, and what became of each."""
    rows = visible_items(request.actor, access_batch_by_id(request.actor, batch_id))
    return listed(
        request,
        response,
        rows,
        ("place", "id"),
        cursor,
        limit,
        lambda found: [_item(item) for item in found],
    )


@resource.post("/batches/{batch_id}/retry", {202: OperationShape}, scope=Scope.UPLOAD)
def retry_batch(request: ApiRequest, response: HttpResponse, batch_id: str) -> Status[Any]:
    """Read the files of a batch again that did not succeed (admins)."""
    batch = access_batch_by_id(request.actor, batch_id, may=may_retry)
    retry_items(actor=request.actor, batch=batch)
    operation = begun(Operation.Kind.BATCH, batch.matter, request.actor, batch=batch)
    tell_of(operation, response)
    return Status(202, shape_of_operation(operation))

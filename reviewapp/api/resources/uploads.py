"""Uploads in parts, that go on where they were cut off."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Header, Status

from reviewapp.api.models import Upload
from reviewapp.api.policy import access_upload_by_id
from reviewapp.api.problems import Refused
from reviewapp.api.resources.batches import batch_begun
from reviewapp.api.service import ApiRequest, Resource, prepares
from reviewapp.api.shapes_more import BatchBegun, NewUpload, UploadShape
from reviewapp.api.uploads import MOST_PART_MIB, append, begin_upload, complete_upload, store_upload
from reviewapp.documents.actions import identify_duplicate
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.actor import Scope
from reviewapp.intake.policy import may_upload
from reviewapp.matters.policy import access_matter_by_id

resource = Resource("Uploads")

COMPLETE = "/uploads/{upload_id}/complete"
PART = "application/offset+octet-stream"
TYPES = (PART, "application/octet-stream")
Offset = Annotated[
    int, Header(..., alias="Upload-Offset", ge=0, le=2**40, description="Where the part begins.")
]


def _shape(upload: Upload) -> UploadShape:
    return UploadShape(
        id=str(upload.pk),
        state="complete" if upload.batch_id else "open",
        name=upload.name,
        sha256=upload.sha256,
        size_bytes=upload.size_bytes,
        received_bytes=upload.received_bytes,
        document_id=None,
        batch_id=str(upload.batch_id) if upload.batch_id else None,
        expires_at=upload.expires_at,
    )


@resource.post("/matters/{matter_id}/uploads", {200: UploadShape, 201: UploadShape}, scope=Scope.UPLOAD)
def create_upload(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewUpload
) -> Status[Any]:
    """Announce a file that comes in parts (admins). One that the matter has already is "here" (200): send nothing.

    A document that is here and has no `external_id` gets the one that is sent.
    """
    matter = access_matter_by_id(request.actor, matter_id, may=may_upload)
    known = visible_documents(request.actor, matter).filter(sha256=payload.sha256).first()
    if known is not None:
        identify_duplicate(known, payload.external_id, actor=request.actor)
        here = UploadShape(
            id=None,
            state="here",
            name=payload.name,
            sha256=payload.sha256,
            size_bytes=known.size_bytes,
            received_bytes=known.size_bytes,
            document_id=str(known.pk),
            batch_id=None,
            expires_at=None,
        )
        return Status(200, here)
    upload = begin_upload(
        matter,
        actor=request.actor,
        name=payload.name,
        sha256=payload.sha256,
        size_bytes=payload.size_bytes,
        external_id=payload.external_id,
    )
    response.headers["Location"] = f"/v1/uploads/{upload.pk}"
    return Status(201, _shape(upload))


@resource.get("/uploads/{upload_id}", UploadShape, scope=Scope.UPLOAD)
def get_upload(request: ApiRequest, upload_id: str) -> UploadShape:
    """How much of a file is here: the next part begins at `received_bytes`."""
    return _shape(access_upload_by_id(request.actor, upload_id))


@resource.patch(
    "/uploads/{upload_id}",
    UploadShape,
    scope=Scope.UPLOAD,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in TYPES},
        }
    },
)
def append_to_upload(request: ApiRequest, upload_id: str, offset: Offset) -> UploadShape:
    """Send the next part, of at most 64 MiB."""
    if request.content_type not in TYPES:
        message = f"Send the part as it is, with Content-Type: {PART}."
        raise Refused("media-type-unsupported", message, 415, headers={"Accept": PART})
    upload = access_upload_by_id(request.actor, upload_id)
    if int(request.headers.get("Content-Length") or 0) > MOST_PART_MIB * 2**20:
        raise Refused("body-too-large", f"A part has at most {MOST_PART_MIB} MiB; send smaller ones.", 413)
    return _shape(append(upload, offset, request))


@prepares("POST", COMPLETE)
def store_whole(request: ApiRequest, upload_id: str) -> None:
    """Put the file where files are kept, before the transaction that names it."""
    if request.actor.holds(Scope.UPLOAD):
        upload = access_upload_by_id(request.actor, upload_id)
        request.prepared = store_upload(upload)


@resource.post(COMPLETE, {202: BatchBegun}, scope=Scope.UPLOAD)
def complete_upload_of_parts(request: ApiRequest, response: HttpResponse, upload_id: str) -> Status[Any]:
    """Say that all parts were sent: the file's hash is checked, and it is read as a batch of its own."""
    upload = access_upload_by_id(request.actor, upload_id)
    return batch_begun(request, response, complete_upload(upload, request.prepared, actor=request.actor))

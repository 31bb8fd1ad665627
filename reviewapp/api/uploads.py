"""Files that come in parts: their bytes on the disk, part after part, until they are whole."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reviewapp.api.models import Upload
from reviewapp.documents import storage
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.intake.actions import MIB, Incoming, create_batch_of, store_files
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.matters.models import Matter

KEPT = timedelta(days=7)
MOST_PART_MIB = 64
_CHUNK = 2**20


class UploadError(ActionError):
    """A part that cannot be taken, or an upload that cannot be completed."""


class Bytes(Protocol):
    """Something that bytes are read from."""

    def read(self, size: int = ..., /) -> bytes: ...


def begin_upload(
    matter: Matter, *, actor: Actor, name: str, sha256: str, size_bytes: int, external_id: str = ""
) -> Upload:
    """An upload of which nothing is here yet. Raises UploadError for a file over the limit."""
    if size_bytes > settings.MAX_FILE_MIB * MIB:
        raise UploadError(
            "upload-too-large", f"The file is larger than {settings.MAX_FILE_MIB} MiB; split it.", 413
        )
    _remove_expired()
    return Upload.objects.create(
        matter=matter,
        created_by=actor.account,
        name=name,
        sha256=sha256,
        size_bytes=size_bytes,
        external_id=external_id,
        expires_at=timezone.now() + KEPT,
    )


def append(upload: Upload, offset: int, part: Bytes) -> Upload:
    """Write the part that begins at `offset` bytes, and note it when it is safely on the disk.

    Raises UploadError when the next part begins elsewhere, and for more bytes than were announced.
    """
    with _bytes_of(upload) as file:
        upload.refresh_from_db()
        if upload.batch_id is not None:
            raise UploadError("upload-complete", "The upload is complete; begin another.", 409)
        if offset != upload.received_bytes:
            raise UploadError(
                "upload-offset-wrong", f"The next part begins at byte {upload.received_bytes}.", 409
            )
        # NB: what an attempt that was cut short wrote behind the noted bytes is written over.
        file.seek(offset)
        file.truncate()
        received = offset
        while chunk := part.read(_CHUNK):
            received += len(chunk)
            if received > upload.size_bytes:
                raise UploadError("upload-too-long", "There are more bytes than were announced.", 413)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        upload.received_bytes = received
        upload.save(update_fields=["received_bytes"])
    return upload


def store_upload(upload: Upload) -> BatchItem | None:
    """The whole file as an item that is not written yet; None when another request has completed the upload.

    Raises UploadError when it is not whole, or another.
    """
    with _bytes_of(upload) as file:
        upload.refresh_from_db()
        if upload.batch_id is not None:
            # NB: the bytes went when it was completed, and what was opened here is an empty file in their place.
            _path(upload).unlink(missing_ok=True)
            return None
        if upload.received_bytes != upload.size_bytes:
            raise UploadError(
                "upload-not-whole", f"{upload.received_bytes} of {upload.size_bytes} bytes are here.", 409
            )
        chunks = iter(lambda: file.read(_CHUNK), b"")
        (item,) = store_files(upload.matter, [Incoming(upload.name, chunks, external_id=upload.external_id)])
        if item.sha256 != upload.sha256:
            upload.received_bytes = 0
            upload.save(update_fields=["received_bytes"])
            raise UploadError(
                "upload-hash-wrong", "The bytes have another SHA-256 than was announced; send them again."
            )
    return item


def complete_upload(upload: Upload, item: BatchItem | None, *, actor: Actor) -> Batch:
    """The batch that the file became; the same one when it was complete before, where no `item` is needed."""
    with transaction.atomic():
        locked = (
            Upload.objects.select_for_update(of=("self",)).select_related("matter", "batch").get(pk=upload.pk)
        )
        if locked.batch is not None:
            return locked.batch
        if item is None:
            raise UploadError("upload-not-whole", "The bytes are not here; send them again.", 409)
        batch = create_batch_of([item], actor=actor, matter=locked.matter, source=Source.API)
        locked.batch = batch
        locked.save(update_fields=["batch"])
        transaction.on_commit(lambda: _path(locked).unlink(missing_ok=True))
    return batch


def remove_uploads(matter: Matter) -> None:
    """Remove what is here of a matter's uploads. Raises OSError when the disk refuses."""
    for upload in Upload.objects.filter(matter=matter):
        _path(upload).unlink(missing_ok=True)
        upload.delete()


def _path(upload: Upload) -> Path:
    return _folder() / str(upload.pk)


def _folder() -> Path:
    folder = storage.temporary_folder() / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _bytes_of(upload: Upload) -> Iterator[IO[bytes]]:
    """The upload's file, for one process at a time."""
    descriptor = os.open(_path(upload), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _remove_expired() -> None:
    for upload in Upload.objects.filter(expires_at__lt=timezone.now())[:20]:
        _path(upload).unlink(missing_ok=True)
        upload.delete()

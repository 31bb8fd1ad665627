"""What people do with documents."""

from collections.abc import AsyncIterator
from typing import IO

from asgiref.sync import sync_to_async
from django.db import transaction

from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError

_CHUNK = 2**20


class OriginalMissingError(ActionError):
    """The bytes of a document as it was received are not there."""


def open_original(document: Document, *, actor: Actor) -> IO[bytes]:
    """The bytes as they were received, to be handed out; written down as an event. Raises OriginalMissingError."""
    try:
        file = storage.entry_of(document.blob).open()
    except (OSError, ValueError):
        raise OriginalMissingError(
            "original-missing",
            "The original of this document is not in the data folder. Its text can still be read; ask whoever runs "
            "Nightbrief to restore the file from a backup.",
            404,
        ) from None
    with transaction.atomic():
        record(
            Happened.DOCUMENT_DOWNLOADED,
            document,
            actor=actor,
            matter=document.matter,
            bytes=document.size_bytes,
        )
    return file


async def chunks_of(file: IO[bytes]) -> AsyncIterator[bytes]:
    """The bytes of an open file in parts, so that a large one is never in memory as a whole; then it is closed."""
    try:
        while chunk := await sync_to_async(file.read)(_CHUNK):
            yield chunk
    finally:
        file.close()

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
NAME_CHARACTERS = 1000


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


class DocumentError(ActionError):
    """A document that cannot be changed so."""


def rename_document(document: Document, name: str, *, actor: Actor) -> Document:
    """Give a document another name; the name that it was received under is kept. Raises DocumentError."""
    name = " ".join(name.split())
    if not name:
        raise DocumentError("document-name-missing", "Give the document a name.")
    if len(name) > NAME_CHARACTERS:
        raise DocumentError(
            "document-name-too-long", f"The name is longer than {NAME_CHARACTERS:,} characters."
        )
    with transaction.atomic():
        document = (
            Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
        )
        if name == document.name:
            return document
        document.received_as = document.received_as or document.name
        document.name = name
        document.save(update_fields=["name", "received_as"])
        record(Happened.DOCUMENT_RENAMED, document, actor=actor, matter=document.matter)
    return document

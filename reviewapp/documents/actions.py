"""What people do with documents, and what is told of them."""

from collections.abc import AsyncIterator, Iterable
from typing import IO
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import IntegrityError, transaction
from django.utils import timezone

from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.jobs.models import UNDER_WAY
from reviewapp.matters.identity import EXTERNAL_ID_CHARACTERS

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
    name = plain_name(name)
    if not name:
        raise DocumentError("document-name-missing", "Give the document a name.")
    if len(name) > NAME_CHARACTERS:
        raise DocumentError(
            "document-name-too-long", f"The name is longer than {NAME_CHARACTERS:,} characters."
        )
    with transaction.atomic():
        hold(Held.DOCUMENTS, document.pk)
        document = (
            Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
        )
        if name == document.name:
            return document
        document.received_as = document.received_as or document.name
        document.name = name
        document.updated_at = timezone.now()
        document.save(update_fields=["name", "name_key", "received_as", "updated_at"])
        record(Happened.DOCUMENT_RENAMED, document, actor=actor, matter=document.matter)
    return document


def note_change(documents: Iterable[UUID]) -> None:
    """Let other systems see that something about the documents of these ids changed; in the caller's transaction."""
    chosen = Document.objects.filter(pk__in=list(documents))
    # NB: in one order, so that no two who lock the same ones wait for each other.
    list(chosen.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    chosen.update(updated_at=timezone.now())


def lock_jobs(document: Document) -> None:
    """Lock the jobs about a document that are under way; in the caller's transaction, before the document is locked.

    In this order, for the work of a job holds that from the first, and writes of its document then.
    """
    under_way = document.jobs.filter(status__in=UNDER_WAY)
    list(under_way.order_by("pk").select_for_update().values_list("pk", flat=True))


def set_external_id(document: Document, external_id: str, *, actor: Actor) -> Document:
    """Give the document another system's name, or take it away by an empty one.

    Raises DocumentError for an overlong name, and when another document of the matter has it.
    """
    external_id = external_id.strip()
    if len(external_id) > EXTERNAL_ID_CHARACTERS:
        raise DocumentError("external-id-too-long", "The external id is longer than 200 characters.")
    with transaction.atomic():
        hold(Held.DOCUMENTS, document.pk)
        # NB: the lock makes two requests for one name follow one another.
        locked = Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
        if locked.external_id == external_id:
            return locked
        locked.external_id, locked.updated_at = external_id, timezone.now()
        try:
            with transaction.atomic():
                locked.save(update_fields=["external_id", "updated_at"])
        except IntegrityError:
            raise _external_id_taken() from None
        record(Happened.DOCUMENT_IDENTIFIED, locked, actor=actor, matter=locked.matter)
    return locked


def identify_duplicate(document: Document, external_id: str, *, actor: Actor) -> Document:
    """Let the name under which a document came once more stand for it, where it has none yet.

    Raises DocumentError when another document of the matter gets the name at the same time.
    """
    external_id = external_id.strip()
    with transaction.atomic():
        named = Document.objects.filter(matter=document.matter_id, external_id=external_id).exclude(
            external_id=""
        )
        hold(Held.DOCUMENTS, document.pk, *named.values_list("pk", flat=True))
        locked = Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
        if locked.external_id or not external_id:
            return locked
        try:
            with transaction.atomic():
                move_external_id(locked, external_id)
        except IntegrityError:
            raise _external_id_taken() from None
        record(Happened.DOCUMENT_IDENTIFIED, locked, actor=actor, matter=locked.matter)
    return locked


def _external_id_taken() -> DocumentError:
    return DocumentError("external-id-taken", "Another document of this matter has this external id.", 409)


def move_external_id(document: Document, external_id: str) -> None:
    """Let the name stand for this document from now on, whatever it stood for; in the caller's transaction."""
    if external_id:
        earlier = Document.objects.filter(matter=document.matter_id, external_id=external_id)
        earlier.exclude(pk=document.pk).update(external_id="", updated_at=timezone.now())
        document.external_id, document.updated_at = external_id, timezone.now()
        document.save(update_fields=["external_id", "updated_at"])

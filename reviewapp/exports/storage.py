"""Where the files of exports are kept, and when they go."""

import hashlib
from typing import IO

from django.db import transaction

from reviewapp.documents.models import Withdrawal
from reviewapp.documents.storage import vault_of
from reviewapp.exports.models import Export
from vault.vault import Vault

WITHDRAWN = "A document that it held was withdrawn from the matter. Export again to have the others."
_EXPORTS = "exports"
_CHUNK = 2**20


def exports_vault() -> Vault:
    """The vault of exports: `<matter>/<export>-<attempt>`."""
    return vault_of(_EXPORTS)


def name_of(export: Export, attempt: int) -> str:
    """The name of what one attempt writes, so that none writes over what a later one made."""
    return f"{export.matter_id}/{export.pk}-{attempt}"


def open_file(export: Export) -> IO[bytes]:
    """The bytes. Raises FileNotFoundError, also where there are none yet, and OSError of the disk."""
    if not export.name:
        raise FileNotFoundError
    return exports_vault().open(export.name)


def measure(name: str) -> tuple[str, int]:
    """The SHA-256 of a file, in hex, and its size in bytes. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with exports_vault().open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def remove_file(export: Export) -> None:
    """Remove the bytes of an export whose record is deleted, once that is certain."""
    if export.name:
        transaction.on_commit(lambda: exports_vault().remove(export.name))


def holds_withdrawn(export: Export) -> bool:
    """Whether a document that it holds was withdrawn, so that its file is about to go."""
    withdrawn = Withdrawal.objects.filter(matter=export.matter_id).values_list("document", flat=True)
    return not {str(key) for key in withdrawn}.isdisjoint(export.documents)


def forget_document(withdrawal: Withdrawal) -> None:
    """Remove the files that hold something of a withdrawn document. Raises OSError when the disk refuses."""
    made = Export.objects.filter(matter=withdrawal.matter_id).exclude(name="")
    for export in made.iterator(chunk_size=20):
        if str(withdrawal.document) in export.documents:
            exports_vault().remove(export.name)
            Export.objects.filter(pk=export.pk).update(name="", gone=WITHDRAWN)

"""Where archives lie, those that go out and those that come in, and the audit records that came with matters."""

from django.db import transaction

from reviewapp.documents.models import Withdrawal
from reviewapp.documents.storage import vault_of
from reviewapp.moving.models import Archive, Arrival
from vault.vault import FolderVault

WITHDRAWN = "A document that it held was withdrawn from the matter. Make another archive to have the others."


def archives_vault() -> FolderVault:
    """The vault of archives that go out: `<matter>/<archive>.zip`."""
    return vault_of("archives")


def arrivals_vault() -> FolderVault:
    """The vault of what comes in: `<matter>/archive.zip`, and `<matter>/audit-<n>.ndjson`, which stay."""
    return vault_of("arrivals")


def name_of(archive: Archive) -> str:
    """The name of an archive's file."""
    return f"{archive.matter_id}/{archive.pk}.zip"


def name_of_arrival(arrival: Arrival) -> str:
    """The name of the file that a matter comes of."""
    return f"{arrival.matter_id}/archive.zip"


def name_of_audit(matter_id: object, part: int) -> str:
    """The name of the record of what happened in an earlier installation, counted from 1."""
    return f"{matter_id}/audit-{part}.ndjson"


def remove_archive(archive: Archive) -> None:
    """Remove the bytes of an archive whose record is deleted, once that is certain."""
    name = name_of(archive)
    transaction.on_commit(lambda: archives_vault().remove(name))


def remove_archives(withdrawal: Withdrawal) -> None:
    """Remove the archives that hold something of a withdrawn document: all that were made before.

    Raises OSError when the disk refuses.
    """
    made = Archive.objects.filter(matter=withdrawal.matter_id, gone="", created_at__lt=withdrawal.created_at)
    for archive in made.exclude(made_at=None):
        archives_vault().remove(name_of(archive))
        Archive.objects.filter(pk=archive.pk).update(gone=WITHDRAWN)

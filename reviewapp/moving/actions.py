"""Changes: asking for an archive, handing one out, bringing one in, giving that up."""

import hashlib
from collections.abc import Iterable
from typing import IO

from django.conf import settings
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.naming import plain_name
from reviewapp.jobs import lifecycle
from reviewapp.matters.models import Matter
from reviewapp.moving.bag import Bag, BagError
from reviewapp.moving.jobs import TAKE_IN, WRITE_ARCHIVE
from reviewapp.moving.layout import FORMAT
from reviewapp.moving.models import Archive, Arrival
from reviewapp.moving.reading import matter_of
from reviewapp.moving.storage import archives_vault, arrivals_vault, name_of

MIB = 2**20


class ArchiveError(ActionError):
    """An archive that cannot be made, handed out or brought in."""


def request_archive(matter: Matter, *, actor: Actor, with_states: bool = True) -> Archive:
    """Have all that the matter holds written into one file. Raises ArchiveError while another one is written."""
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=matter.pk)
        under_way = Archive.objects.filter(matter=matter, made_at=None, gone="").prefetch_related("jobs")
        if any(job.is_under_way for archive in under_way for job in archive.jobs.all()):
            raise ArchiveError("archive-under-way", "An archive of this matter is being written.", 409)
        archive = Archive.objects.create(matter=matter, made_by=actor.signed_in(), with_states=with_states)
        record(Happened.ARCHIVE_REQUESTED, archive, actor=actor, matter=matter, with_states=with_states)
        lifecycle.create_job(WRITE_ARCHIVE, archive, matter=matter, actor=actor)
    return archive


def open_archive(archive: Archive, *, actor: Actor) -> IO[bytes]:
    """The file, to be handed out; written down as an event. Raises ArchiveError."""
    if archive.gone:
        raise ArchiveError("archive-gone", archive.gone, 410)
    if archive.made_at is None:
        raise ArchiveError(
            "archive-not-ready", "The archive is not written yet. Wait until the list says so.", 409
        )
    try:
        file = archives_vault().open(name_of(archive))
    except OSError:
        raise ArchiveError(
            "archive-missing", "The archive is not in the data folder any more. Make another one.", 404
        ) from None
    with transaction.atomic():
        record(
            Happened.ARCHIVE_DOWNLOADED, archive, actor=actor, matter=archive.matter, bytes=archive.size_bytes,
            sha256=archive.sha256,
        )  # fmt: skip
    return file


def remove_archive(archive: Archive, *, actor: Actor) -> None:
    """Remove an archive's file and its record. Raises ArchiveError while it is written."""
    with transaction.atomic():
        if any(job.is_under_way for job in archive.jobs.all()):
            raise ArchiveError("archive-under-way", "The archive is being written.", 409)
        record(Happened.ARCHIVE_REMOVED, archive, actor=actor, matter=archive.matter, sha256=archive.sha256)
        archive.delete()


def keep_arrival(chunks: Iterable[bytes]) -> tuple[Matter, str, int]:
    """Keep the bytes of an archive for a matter that is not written yet, with their SHA-256 and size.

    Raises ArchiveError for more than this installation takes, OSError when the disk refuses.
    """
    matter, digest, size = Matter(), hashlib.sha256(), 0
    with arrivals_vault().write(f"{matter.pk}/archive.zip") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.ARCHIVE_MIB * MIB:
                most = f"{settings.ARCHIVE_MIB:,} MiB"
                raise ArchiveError(
                    "archive-too-large", f"The archive is larger than {most}, the most here.", 413
                )
            digest.update(chunk)
            file.write(chunk)
    return matter, digest.hexdigest(), size


def bring_in(kept: tuple[Matter, str, int], file_name: str, *, actor: Actor, name: str = "") -> Arrival:
    """Have a matter made of an archive that was kept, under its own name or another; `actor` becomes its admin.

    Raises ArchiveError for what is no archive of a matter; nothing is left of it then.
    """
    matter, sha256, size = kept
    try:
        matter.name = plain_name(name or _name_in(matter))[:200] or "Without a name"
        matter.created_by = actor.signed_in()
        with transaction.atomic():
            matter.save(force_insert=True)
            arrival = Arrival.objects.create(
                matter=matter, brought_by=actor.signed_in(), file_name=file_name[:300], sha256=sha256,
                size_bytes=size,
            )  # fmt: skip
            lifecycle.create_job(TAKE_IN, arrival, matter=matter, actor=actor)
    except BaseException:
        arrivals_vault().remove(f"{matter.pk}/archive.zip")
        raise
    return arrival


def give_up(arrival: Arrival, *, actor: Actor) -> None:
    """Stop making a matter of an archive; what was taken in is removed. Raises ArchiveError once it is a matter."""
    job = arrival.jobs.filter(kind=TAKE_IN.name).order_by("-created_at").first()
    if job is None or not job.is_under_way:
        raise ArchiveError("arrival-over", "The archive is not being taken in any more.", 409)
    lifecycle.cancel(job, actor=actor)


def _name_in(matter: Matter) -> str:
    try:
        with arrivals_vault().open(f"{matter.pk}/archive.zip") as file:
            bag = Bag(file, most_bytes=settings.ARCHIVE_MIB * MIB)
            if bag.info.get("Nightbrief-Format") != FORMAT:
                raise BagError("archive-unknown", f"The archive is not of the format {FORMAT}.")
            return matter_of(bag)["name"]
    except BagError as error:
        raise ArchiveError(error.code, str(error), error.status) from None

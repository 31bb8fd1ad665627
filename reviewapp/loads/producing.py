"""Changes to productions: asking for one, handing one out."""

import re
from typing import IO

from django.db import transaction
from django.utils import timezone

from reviewapp.documents import storage
from reviewapp.documents.models import Withdrawal
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.grids.models import Grid
from reviewapp.jobs import lifecycle
from reviewapp.loads.fields import LoadError
from reviewapp.loads.jobs import WRITE_PRODUCTION
from reviewapp.loads.models import Production
from reviewapp.loads.writing import vault_name
from reviewapp.matters.models import Matter

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,38}[A-Za-z_.-]|[A-Za-z]")


def request_production(
    matter: Matter,
    *,
    actor: Actor,
    prefix: str,
    by_page: bool = False,
    grid: Grid | None = None,
    as_csv: bool = False,
    with_images: bool = False,
) -> Production:
    """Have the matter's documents, or those of a grid with its answers, written as a load file with their files.

    The table is a Concordance DAT, or a CSV; images come with an Opticon file.

    Raises LoadError for a prefix that is none, and a grid of another matter.
    """
    prefix = prefix.strip()
    if not _PREFIX.fullmatch(prefix):
        raise LoadError(
            "prefix-wrong",
            "Give a prefix of at most 40 letters, digits, dots and dashes, with no digit at its end.",
        )
    if grid is not None and grid.matter_id != matter.pk:
        raise LoadError("grid-of-another-matter", "The grid belongs to another matter.")
    with transaction.atomic():
        production = Production.objects.create(
            matter=matter, created_by=actor.account, grid=grid, prefix=prefix, by_page=by_page, as_csv=as_csv,
            with_images=with_images,
        )  # fmt: skip
        record(Happened.PRODUCTION_REQUESTED, production, actor=actor, matter=matter)
        lifecycle.create_job(WRITE_PRODUCTION, production, matter=matter, actor=actor)
    return production


def open_production(production: Production, *, actor: Actor) -> IO[bytes]:
    """The ZIP, to be handed out; written down as an event. Raises LoadError when it is not there."""
    try:
        if production.finished_at is None or production.removed_at is not None:
            raise FileNotFoundError
        file = storage.vault_of("productions").open(vault_name(production))
    except FileNotFoundError:
        raise LoadError(
            "production-missing", "This production is not there (any more). Make it again.", 404
        ) from None
    with transaction.atomic():
        record(
            Happened.PRODUCTION_DOWNLOADED,
            production,
            actor=actor,
            matter=production.matter,
            bytes=production.size_bytes,
        )
    return file


def remove_productions(withdrawal: Withdrawal) -> None:
    """Remove what may hold a document that was withdrawn: all productions of its matter so far.

    One that is being written sees to that itself; what an attempt at one left that was killed goes, too.
    """
    vault = storage.vault_of("productions")
    for production in Production.objects.filter(matter=withdrawal.matter_id, removed_at=None):
        vault.remove(vault_name(production))
        finished = Production.objects.filter(pk=production.pk).exclude(finished_at=None)
        finished.update(removed_at=timezone.now())

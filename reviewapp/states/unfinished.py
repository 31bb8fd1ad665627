"""What is kept of consolidations that were not finished, and is of no use any more."""

from pathlib import PurePosixPath
from uuid import UUID

from django.db.models import Q

from reviewapp.documents.models import Document
from reviewapp.documents.storage import vault_of
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.states.models import State

#: What the engine calls them: the SHA-256 of the file, and more after a hyphen.
SUFFIX = ".partial"
_GONE_ON_WITH = (
    State.Status.WAITING,
    State.Status.CONSOLIDATING,
    State.Status.FAILED,
    State.Status.CANCELLED,
)


def remove_unfinished(matter_id: UUID | str = "", sha256: str = "") -> int:
    """Remove what no consolidation will go on from: of a file, of a matter, or of the whole installation.

    That is what is left of a file that is not being read, and has no document whose state is still to come. Returns
    how many there were. Raises OSError when the disk refuses.
    """
    vault, removed = vault_of("bank"), 0
    for name in list(vault.names(str(matter_id) if matter_id else "")):
        path = PurePosixPath(name)
        file = path.stem.partition("-")[0]
        if path.suffix == SUFFIX and sha256 in ("", file) and not _is_wanted(UUID(path.parts[0]), file):
            vault.remove(name)
            removed += 1
    return removed


def _is_wanted(matter_id: UUID, sha256: str) -> bool:
    read = Job.objects.filter(matter=matter_id, item__sha256=sha256, status__in=UNDER_WAY)
    waits = Q(states__status__in=_GONE_ON_WITH)
    return read.exists() or Document.objects.filter(waits, matter=matter_id, sha256=sha256).exists()

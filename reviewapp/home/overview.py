"""What a matter's home says: the strip of its documents and the next thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.matters.models import Matter
from reviewapp.states.progress import DocumentProgress, MatterProgress

STRIP_WIDTH = 1000.0
STRIP_HEIGHT = 40.0
LEAST_COLUMN = 2.0
STUB = 0.3


@dataclass(frozen=True)
class Column:
    """One document in the strip: its place, width and height of what is done, in units of the drawing."""

    x: float
    width: float
    top: float
    height: float
    status: str


def strip_of(parts: Sequence[DocumentProgress]) -> list[Column]:
    """Documents side by side, as wide as their text is long, filled from the bottom as far as they are done.

    A failed or cancelled document has a stub in its own colour.
    """
    total = sum(part.document.char_count for part in parts)
    gap = min(3.0, STRIP_WIDTH / (4 * max(1, len(parts))))
    free = max(0.0, STRIP_WIDTH - len(parts) * (gap + LEAST_COLUMN))
    columns, x = [], 0.0
    for part in parts:
        width = LEAST_COLUMN + (free * part.document.char_count / total if total else 0.0)
        done = STUB if part.status in ("failed", "cancelled") else part.percent / 100
        columns.append(
            Column(
                round(x, 2),
                round(width, 2),
                round(STRIP_HEIGHT * (1 - done), 2),
                STRIP_HEIGHT * done,
                part.status,
            )
        )
        x += width + gap
    return columns


def files_to_mend(matter: Matter) -> int:
    """How many files of the newest batch need somebody to do something about them."""
    newest = matter.batches.order_by("-created_at").first()
    settled = [Disposition.ACCEPTED, Disposition.DUPLICATE, Disposition.EXPANDED, Disposition.PENDING]
    return BatchItem.objects.filter(batch=newest).exclude(disposition__in=settled).count() if newest else 0


def files_being_read(matter: Matter) -> int:
    """How many files have been received and not been read yet."""
    return BatchItem.objects.filter(batch__matter=matter, disposition=Disposition.PENDING).count()


def next_step(progress: MatterProgress, *, being_read: int, to_mend: int, is_admin: bool) -> str:
    """The one thing to do next; `home/next_step.html` has its words."""
    if not progress.documents:
        if being_read:
            return "being_read"
        return "upload_first" if is_admin else "nothing_yet"
    if is_admin and progress.failed:
        return "restart_failed"
    if is_admin and progress.not_requested + progress.cancelled and not progress.is_under_way:
        return "consolidate"
    if progress.is_under_way or being_read:
        return "ask_meanwhile" if progress.ready else "wait"
    if is_admin and to_mend:
        return "mend_files"
    return "ask" if progress.ready else "wait_for_admin"

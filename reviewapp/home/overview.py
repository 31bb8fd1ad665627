"""What a matter's home says: the strip of its documents and the next thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reviewapp.frame import words
from reviewapp.states.models import State
from reviewapp.states.progress import DocumentProgress, MatterProgress

NextStep = Literal[
    "upload_first",
    "nothing_yet",
    "being_read",
    "restart_failed",
    "consolidate",
    "wait_for_night",
    "ask_meanwhile",
    "wait",
    "wait_for_admin",
    "ask",
]

STRIP_WIDTH = 1000.0
STRIP_HEIGHT = 40.0
LEAST_COLUMN = 2.0
STUB = 0.3
STRIP_ORDER = (
    State.Status.READY,
    State.Status.CONSOLIDATING,
    State.Status.WAITING,
    "",
    State.Status.FAILED,
    State.Status.CANCELLED,
)


@dataclass(frozen=True)
class Column:
    """A part of the strip: its place, width and height of what is done, in units of the drawing."""

    x: float
    width: float
    top: float
    height: float
    status: str


def strip_of(progress: MatterProgress, rows: Sequence[DocumentProgress]) -> list[Column]:
    """A column for each document, as wide as its text is long, filled from the bottom as far as it is done.

    When `rows` are not all documents there is a column for each status instead, as wide as the text of its
    documents. What failed or was cancelled has a stub in its own colour.
    """
    parts = [(row.document.char_count, row.percent, row.status) for row in rows]
    if len(rows) < progress.documents:
        done: dict[str, int] = {
            State.Status.READY: 100,
            State.Status.CONSOLIDATING: progress.consolidating_percent,
        }
        lengths = {status: progress.characters.get(status, 0) for status in STRIP_ORDER}
        parts = [(length, done.get(status, 0), status) for status, length in lengths.items() if length]
    total = sum(length for length, _, _ in parts)
    gap = min(3.0, STRIP_WIDTH / (4 * max(1, len(parts))))
    free = max(0.0, STRIP_WIDTH - len(parts) * (gap + LEAST_COLUMN))
    columns, x = [], 0.0
    for length, percent, status in parts:
        width = LEAST_COLUMN + (free * length / total if total else 0.0)
        columns.append(_column(x, width, percent, status))
        x += width + gap
    return columns


def _column(x: float, width: float, percent: int, status: str) -> Column:
    done = STUB if status in (State.Status.FAILED, State.Status.CANCELLED) else percent / 100
    return Column(
        round(x, 2), round(width, 2), round(STRIP_HEIGHT * (1 - done), 2), STRIP_HEIGHT * done, status
    )


def figures_of(
    progress: MatterProgress, being_read: int, *, at_night: bool = False
) -> list[tuple[str, int, str]]:
    """The legend of the strip: class, number and word of each kind there is; that of the ready ones always.

    `at_night`: what nobody requested waits for the night.
    """
    said = words.FIGURES | ({"not_requested": words.FOR_THE_NIGHT} if at_night else {})
    numbers = {
        "ready": progress.ready,
        "consolidating": progress.consolidating,
        "waiting": progress.waiting,
        "not_requested": progress.not_requested,
        "failed": progress.failed,
        "cancelled": progress.cancelled,
        "being_read": being_read,
    }
    return [(key, number, said[key]) for key, number in numbers.items() if number or key == "ready"]


def next_step(progress: MatterProgress, *, being_read: int, is_admin: bool, at_night: bool) -> NextStep:
    """The one thing to do next; `words.STEPS` has its words."""
    if not progress.documents:
        if being_read:
            return "being_read"
        return "upload_first" if is_admin else "nothing_yet"
    if is_admin and progress.failed:
        return "restart_failed"
    if is_admin and progress.not_requested + progress.cancelled and not progress.is_under_way:
        return "wait_for_night" if at_night else "consolidate"
    if progress.is_under_way or being_read:
        return "ask_meanwhile" if progress.ready else "wait"
    return "ask" if progress.ready else "wait_for_admin"

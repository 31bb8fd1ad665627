"""What a worker writes of a comparison."""

from collections.abc import Iterator
from typing import Any

from reviewapp.frame.words_lab import NOT_REACHED
from reviewapp.lab.models import Compared, Comparison

DOCUMENTS_AT_ONCE = 20
#: The reason of a document that the time was not enough for.
TIME_OVER = NOT_REACHED["ended"]


def store_part(part: Compared, rows: list[dict[str, Any]], seconds: float, reason: str = "") -> None:
    """What a document gave through each way, or why it gives nothing; in the transaction of its job."""
    part.rows, part.seconds, part.reason = rows, part.seconds + seconds, reason
    part.save(update_fields=["rows", "seconds", "reason"])


def rows_of(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """What all documents gave that are measured, a row for each question and way."""
    for rows in comparison.parts.values_list("rows", flat=True).iterator(DOCUMENTS_AT_ONCE):
        yield from rows


def store_figures(comparison: Comparison, figures: dict[str, Any]) -> None:
    """The figures over all documents that are measured; in the transaction of the job."""
    comparison.figures = figures
    comparison.save(update_fields=["figures"])

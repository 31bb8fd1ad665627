"""A batch's manifest: one line a file, what became of it and why."""

from collections.abc import Iterator

from reviewapp.intake.models import Batch, BatchItem, Disposition
from reviewapp.intake.problems import open_among

ROWS_AT_ONCE = 500
COLUMNS = (
    "name",
    "parent",
    "size_bytes",
    "sha256",
    "disposition",
    "reason",
    "duplicate_of",
    "document_id",
    "pages",
    "notes",
    "problem",
    "sent_as",
)


def manifest_rows(batch: Batch) -> Iterator[tuple[str, ...]]:
    """`COLUMNS`, then the batch's items as these; what came out of a container follows it.

    `problem` is "open", "dismissed" or "replaced" for what could not be used, and empty for all others; `sent_as` is
    the name that was sent, where that was percent-encoded.
    """
    yield COLUMNS
    still_open = set(open_among(batch.items.all(), batch.matter).values_list("pk", flat=True))
    items = batch.items.select_related("document", "parent").prefetch_related("document__notes")
    for item in items.order_by("place", "created_at").iterator(ROWS_AT_ONCE):
        yield _row(item, item.pk in still_open)


def _row(item: BatchItem, is_open: bool) -> tuple[str, ...]:
    document = item.document
    duplicate = item.disposition == Disposition.DUPLICATE
    return (
        item.name,
        item.parent.name if item.parent else "",
        str(item.size_bytes),
        item.sha256,
        item.disposition,
        item.reason,
        document.name if document and duplicate else "",
        str(document.pk) if document else "",
        str(document.page_count) if document and not duplicate else "",
        " ".join(note.text for note in document.notes.all()) if document and not duplicate else "",
        _problem(item, is_open) if item.is_unusable else "",
        item.sent_as,
    )


def _problem(item: BatchItem, is_open: bool) -> str:
    if is_open:
        return "open"
    return "dismissed" if item.dismissed_at else "replaced"

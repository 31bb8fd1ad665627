"""Asking for an export, and taking its file."""

from typing import IO

from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.exports.content import MOST_COLUMNS, MOST_IN_REPORT, content_of
from reviewapp.exports.jobs import MAKE_EXPORT
from reviewapp.exports.models import TITLE_CHARACTERS, Export
from reviewapp.exports.storage import WITHDRAWN, holds_withdrawn, open_file
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.grids.models import Grid
from reviewapp.jobs import lifecycle
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question

REPORTS = (Export.Format.DOCX, Export.Format.PDF)


class ExportError(ActionError):
    """An export that cannot be made, or whose file cannot be had."""


def request_export(
    of: Matter | Grid | Question,
    format: str,
    *,
    actor: Actor,
    order: str = Export.Order.QUESTION,
    address: str = "",
) -> Export:
    """Have a file made in the background; `address` is where people open this installation.

    Raises ExportError for a format or an order that there is not, and for more than the format holds.
    """
    if format not in Export.Format.values:
        raise ExportError("export-format-unknown", "Choose one of the formats that are offered.")
    if order not in Export.Order.values:
        raise ExportError("export-order-unknown", "A report has its sections by question or by document.")
    export = Export(
        matter=of if isinstance(of, Matter) else of.matter,
        made_by=actor.signed_in(),
        grid=of if isinstance(of, Grid) else None,
        question=of if isinstance(of, Question) else None,
        title=_title(of),
        format=format,
        order=order,
        address=address[:300],
    )
    _refuse_too_much(export)
    with transaction.atomic():
        export.save()
        lifecycle.create_job(MAKE_EXPORT, export, matter=export.matter, actor=actor)
    return export


def open_export(export: Export, *, actor: Actor) -> IO[bytes]:
    """The file, to be handed out; written down as an event. Raises ExportError."""
    if export.gone or holds_withdrawn(export):
        raise ExportError("export-gone", export.gone or WITHDRAWN, 410)
    if export.made_at is None:
        raise ExportError("export-not-ready", "The file is not made yet. Wait until the list says so.", 409)
    try:
        file = open_file(export)
    except OSError:
        raise ExportError(
            "export-missing", "The file is not in the data folder any more. Export again to have it.", 404
        ) from None
    with transaction.atomic():
        record(
            Happened.EXPORT_DOWNLOADED, export, actor=actor, matter=export.matter, bytes=export.size_bytes,
            sha256=export.sha256,
        )  # fmt: skip
    return file


def _title(of: Matter | Grid | Question) -> str:
    if isinstance(of, Matter):
        return "All answers"
    title = of.name if isinstance(of, Grid) else " ".join(of.text.split())
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"


def _refuse_too_much(export: Export) -> None:
    content = content_of(export)
    if not content.asked:
        raise ExportError("export-empty", "Nothing was asked yet: there are no answers to export.", 409)
    if export.format == Export.Format.XLSX and len(content.asked) > MOST_COLUMNS:
        raise ExportError(
            "export-too-wide",
            f"A workbook holds at most {MOST_COLUMNS:,} questions. Export a grid, or choose CSV or JSON.",
        )
    if export.format in REPORTS and content.answers() > MOST_IN_REPORT:
        raise ExportError(
            "export-too-long",
            f"A report holds at most {MOST_IN_REPORT:,} answers. Export a smaller grid or one question, or choose a "
            "workbook.",
        )

"""Cells of documents that say the same word for word: told, so that nobody counts one text twice."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from reviewapp.documents.ordering import by_name
from reviewapp.kin.models import Likeness
from reviewapp.questions.models import Answer


def repeated(cells: QuerySet[Answer]) -> int:
    """How many of the cells are of a document whose text another one has, too, beyond the first of each text."""
    asked = cells.order_by().values("document")
    again = Likeness.objects.filter(share=1.0, document__in=asked, other__in=asked, other__lt=F("document"))
    return again.order_by().values("document").distinct().count()


def note_copies(part: Sequence[Answer], cells: QuerySet[Answer]) -> None:
    """Give each cell `copy_of`: the first other document among these cells that has the same text, else None."""
    shown = [cell.document_id for cell in part]
    same = Likeness.objects.filter(
        share=1.0, document__in=shown, other__in=cells.order_by().values("document")
    )
    in_turn = same.select_related("other").order_by(by_name("other__name", descending=True))
    first = {found.document_id: found.other for found in in_turn}
    for cell in part:
        cell.copy_of = first.get(cell.document_id)  # type: ignore[attr-defined]

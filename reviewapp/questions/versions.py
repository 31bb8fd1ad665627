"""Answers of a document that is replaced: kept where their quotes still stand, else asked again.

All of it is done in the transaction of the change.
"""

from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reviewapp.documents.models import Document, Page
from reviewapp.frame.actor import SYSTEM
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.questions.actions import ask_waiting
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question

Place = tuple[Citation, int]


def carry_over(document: Document, before: Document) -> None:
    """Move the answers whose quotes all stand in the new text to their places there, and mark them so.

    The others become earlier answers, with the version that they quote, and a waiting cell takes the place of each:
    `ask_changed` has it asked. Cells that wait already are left.
    """
    cells = Answer.objects.filter(document=document, superseded_at=None).exclude(state=Answer.State.WAITING)
    text, pages = document.text(), list(document.pages.order_by("number"))
    scale = len(text) / max(1, before.char_count)
    moved: list[Citation] = []
    kept, asked = [], []
    for cell in cells.prefetch_related("citations"):
        places = _places(cell, text, scale)
        if places is None:
            asked.append(cell)
            continue
        moved += [_moved(citation, start, pages) for citation, start in places]
        kept.append(cell.pk)
    now = timezone.now()
    Answer.objects.filter(pk__in=kept).update(carried_at=now)
    Citation.objects.bulk_update(moved, ["start", "end", "page", "last_page"], batch_size=500)
    Answer.objects.filter(pk__in=[cell.pk for cell in asked]).update(superseded_at=now)
    # NB: what is not in the new text is quoted from the version that it stands in.
    stayed = Citation.objects.filter(document=document).exclude(pk__in=[citation.pk for citation in moved])
    stayed.filter(Q(answer__superseded_at=None) & ~Q(kind=Citation.Kind.QUOTE)).delete()
    stayed.update(document=before)
    Answer.objects.bulk_create(
        Answer(question_id=cell.question_id, document=document, version=cell.version, order=cell.order)
        for cell in asked
    )


def ask_changed(document: Document) -> None:
    """Have questions asked of a document whose cells wait since it was replaced, now that it can answer."""
    waiting = Answer.objects.filter(document=document, superseded_at=None, state=Answer.State.WAITING)
    jobs = Job.objects.filter(subject_id=OuterRef("pk"), kind=ANSWER.name, status__in=UNDER_WAY)
    questions = Question.objects.filter(pk__in=waiting.values("question"), status=Question.Status.DONE)
    for question in questions.exclude(Exists(jobs)).select_related("matter"):
        ask_waiting(question, actor=SYSTEM)


def _places(cell: Answer, text: str, scale: float) -> list[Place] | None:
    """Where the cell's quotes stand in the new text, and the passages that do; None when a quote does not."""
    if not cell.is_found:
        return None
    places, quotes = [], 0
    for citation in cell.citations.all():
        start = _nearest(text, citation.quote, int(citation.start * scale))
        if start is not None:
            places.append((citation, start))
            quotes += citation.kind == Citation.Kind.QUOTE
        elif citation.kind == Citation.Kind.QUOTE:
            return None
    return places if quotes else None


def _nearest(text: str, quote: str, about: int) -> int | None:
    """Where the quote stands, word for word, the nearest to where it is expected; None where it does not."""
    after, before = text.find(quote, max(0, about)), text.rfind(quote, 0, max(0, about) + len(quote))
    found = [start for start in (after, before) if start >= 0]
    return min(found, key=lambda start: abs(start - about)) if found else None


def _moved(citation: Citation, start: int, pages: Sequence[Page]) -> Citation:
    """The citation at its place in the new text."""
    starts = [page.start for page in pages]
    citation.start, citation.end = start, start + len(citation.quote)
    citation.page = pages[bisect_right(starts, start) - 1]
    citation.last_page = pages[bisect_right(starts, citation.end - 1) - 1].number
    return citation

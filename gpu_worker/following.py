"""Questions that go on from others: in full, and of which documents they are."""

from uuid import UUID

from consolidation.asking.following import Earlier, follow_up
from consolidation.asking.names import Meant
from gpu_worker.choosing import Line, meant_in
from reviewapp.documents.models import Document
from reviewapp.questions.models import Question
from reviewapp.questions.results import current_cells

BECAUSE = {
    "same": "the question goes on from one that was asked of {them}",
    "met": "the question goes on from one that they answer so",
    "other": "the questions before were asked of {them} too",
    "others": "the question goes on from one that was not asked of them",
}


def line_of(question: Question) -> Line | None:
    """The question in full and its documents, where it goes on from another; None where it does not."""
    earlier = question.follows
    if earlier is None:
        return None
    documents = list(Document.objects.filter(matter=question.matter))
    before = meant_in(question.matter, earlier.whole, documents)
    named = _words(meant_in(question.matter, question.text, documents))
    followed = follow_up(question.text, Earlier(before.neutral, _words(before)), named)
    if question.scope.exists() or followed.of == "own":
        return Line(followed.text, None)
    asked = {cell.document_id for cell in current_cells(earlier)}
    found = _documents(followed.of, earlier, before, asked, documents)
    if found is None:
        return Line(followed.text, None)
    because = BECAUSE[followed.of].format(them="it" if len(found) == 1 else "them")
    return Line(followed.text, frozenset(found), because)


def _documents(
    of: str, earlier: Question, before: Meant, asked: set[UUID], documents: list[Document]
) -> set[UUID] | None:
    """Those that the question is about; None where the one before was about any."""
    others = {document.pk for document in documents} - asked
    if of == "other":
        return _asked_before(earlier, asked, len(documents)) or others
    if of == "others":
        return others
    met = (earlier.summary.get("folded") or {}).get("meets") or []
    if of == "met" and met:
        return {UUID(document) for document in met}
    chosen = bool(before.chosen) or earlier.scope.exists() or earlier.follows_id is not None
    return asked if chosen else None


def _asked_before(question: Question, asked: set[UUID], every: int) -> set[UUID]:
    """The other documents that the last question of the thread was asked of which had any; none where none had."""
    while question.follows is not None:
        question = question.follows
        own = {cell.document_id for cell in current_cells(question)}
        if own - asked and len(own) < every:
            return own - asked
    return set()


def _words(meant: Meant) -> str:
    """The words that name the documents; empty where several are named apart, or none."""
    return meant.chosen[0].words if meant.chosen else ""

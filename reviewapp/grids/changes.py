"""What of a question has to be asked again."""

from django.db.models import F, Q, QuerySet

from reviewapp.documents.models import Document
from reviewapp.questions.models import Answer, Question

#: Answers that say nothing, for want of a state or by a failure.
WITHOUT = (Answer.State.FAILED, Answer.State.NOT_EXAMINED)
#: An answer that was made before its document was read anew.
STALE = ~Q(state=Answer.State.WAITING) & Q(finished_at__lt=F("document__brief__created_at"))


def missing_and_changed(question: Question, documents: QuerySet[Document]) -> tuple[bool, list[Document]]:
    """Whether some of these documents were not asked, and those that have to be asked again."""
    cells = Answer.objects.filter(question=question, superseded_at=None, document__in=documents.values("pk"))
    again = cells.filter(STALE | Q(state__in=WITHOUT)).values("document")
    return cells.count() < documents.count(), list(Document.objects.filter(pk__in=again))

"""What of a question has to be asked again."""

from django.db.models import F, Q, QuerySet

from reviewapp.documents.models import Document
from reviewapp.questions.models import Answer, Question
from reviewapp.reviews.actions import undecided

#: Answers that say nothing, for want of a state or by a failure.
WITHOUT = (Answer.State.FAILED, Answer.State.NOT_EXAMINED)
#: An answer that was made before its document was read anew; what was carried over to a new version was held
#: against that already.
STALE = (
    ~Q(state=Answer.State.WAITING) & Q(carried_at=None) & Q(finished_at__lt=F("document__brief__created_at"))
)


def missing_and_changed(question: Question, documents: QuerySet[Document]) -> tuple[bool, list[Document]]:
    """Whether some of these documents were not asked, and those that have to be asked again.

    What its words leave out is not to be asked. What somebody decided about stays as it is.
    """
    cells = Answer.objects.filter(question=question, superseded_at=None, document__in=documents.values("pk"))
    stale = undecided(cells.filter(STALE)).values("pk")
    again = cells.filter(Q(pk__in=stale) | Q(state__in=WITHOUT)).values("document")
    asked = documents.exclude(pk__in=question.leaves_out.values("pk"))
    return cells.count() < asked.count(), list(Document.objects.filter(pk__in=again))

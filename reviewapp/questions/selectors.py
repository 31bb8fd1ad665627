"""What is known of questions: whether any is waited for, and which documents one asked, and did not."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Question


def is_waited_for(memory: str) -> bool:
    """Whether a living worker answers a question of this memory now that somebody waits for."""
    alive = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS)
    urgent = Job.objects.filter(kind=ANSWER.name, memory=memory, priority__lte=Priority.INTERACTIVE)
    return urgent.filter(status=Status.RUNNING, heartbeat_at__gte=alive).exists()


def documents_of_cells(question: Question) -> QuerySet[Answer, Any]:
    """The keys of the documents of which a question has a cell, as a query."""
    return Answer.objects.filter(question=question, superseded_at=None).order_by().values("document")


def not_asked(question: Question, documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents among these that the question has no cell of, without those that its words leave out."""
    documents = documents.exclude(pk__in=question.leaves_out.values("pk"))
    return documents.exclude(pk__in=documents_of_cells(question))


def documents_like(question: Question, documents: QuerySet[Document], of: str) -> QuerySet[Document]:
    """Those of the documents that the question was asked of, or, `of` "others", that it was not.

    A question that documents were chosen for was asked of these.
    """
    if of == "others":
        return not_asked(question, documents)
    chosen = documents.filter(pk__in=question.scope.values("pk"))
    return chosen if chosen.exists() else documents.filter(pk__in=documents_of_cells(question))

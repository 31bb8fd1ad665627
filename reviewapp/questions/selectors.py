"""What is known of questions: whether any is waited for, and of which documents one has cells."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

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

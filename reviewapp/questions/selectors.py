"""What is known of questions under way, for workers and for those who look after an installation."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.jobs import ANSWER


def is_waited_for(memory: str) -> bool:
    """Whether a living worker answers a question of this memory now that somebody waits for."""
    alive = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS)
    urgent = Job.objects.filter(kind=ANSWER.name, memory=memory, priority__lte=Priority.INTERACTIVE)
    return urgent.filter(status=Status.RUNNING, heartbeat_at__gte=alive).exists()

"""What is known of jobs, for those who look after an installation and for lists of what jobs are about."""

from typing import Any

from reviewapp.jobs.kinds import kinds
from reviewapp.jobs.models import Job, Status


def waiting(queue: str, memory: str) -> int:
    """How many jobs wait in a queue for workers of a memory."""
    of_queue = [kind.name for kind in kinds() if kind.queue == queue]
    return Job.objects.filter(kind__in=of_queue, memory__in=("", memory), status=Status.WAITING).count()


def newest_job(subject: Any) -> Job | None:
    """The job about a record that was made last; of a list, whose `jobs` are prefetched, without a query each."""
    return max(subject.jobs.all(), key=lambda job: job.created_at, default=None)

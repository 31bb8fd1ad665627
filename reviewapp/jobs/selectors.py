"""What is known of jobs, for those who look after an installation and for lists of what jobs are about."""

from typing import Any

from reviewapp.jobs.kinds import kinds, queues_of
from reviewapp.jobs.models import Job, Status


def waiting(process: str, memory: str) -> int:
    """How many jobs wait for processes of a name that hold a memory."""
    able = [kind.name for kind in kinds() if kind.queue in queues_of(process)]
    return Job.objects.filter(kind__in=able, memory__in=("", memory), status=Status.WAITING).count()


def newest_job(subject: Any) -> Job | None:
    """The job about a record that was made last; of a list, whose `jobs` are prefetched, without a query each."""
    return max(subject.jobs.all(), key=lambda job: job.created_at, default=None)

"""The work of a comparison: a job for each document, so that other work has its turn between them."""

from django.urls import reverse
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import About, Kind, register
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.models import Comparison
from reviewapp.lab.progress import is_over, next_part

_ENDS = {Status.FAILED: Comparison.Status.FAILED, Status.CANCELLED: Comparison.Status.CANCELLED}


def follow(job: Job) -> None:
    """Have the next document measured after each, and end the comparison after the last one."""
    comparison = Comparison.objects.filter(pk=job.subject_id).first()
    if comparison is None:
        return
    if job.status == Status.SUCCEEDED and next_part(comparison) and not is_over(comparison):
        lifecycle.create_job(COMPARE_WAYS, comparison, matter=job.matter, actor=job.actor)
    elif job.status in {Status.SUCCEEDED, *_ENDS}:
        comparison.status = _ENDS.get(Status(job.status), Comparison.Status.DONE)
        comparison.finished_at = timezone.now()
        comparison.save(update_fields=["status", "finished_at"])
        record(
            Happened.COMPARISON_ENDED, comparison, actor=job.actor, matter=job.matter,
            status=str(comparison.status), documents=comparison.parts.exclude(rows=[]).count(),
        )  # fmt: skip


def about(comparison: Comparison) -> About:
    """The comparison, as the list of jobs names it."""
    return About(comparison.title, reverse("comparison", args=[comparison.pk]))


COMPARE_WAYS = register(
    Kind(
        name="compare_ways",
        task="gpu_worker.compare_ways",
        queue="consolidate",
        words="Comparing ways to keep documents",
        subject=Comparison,
        about=about,
        on_change=follow,
        unit="ways",
        needs_model=True,
    )
)

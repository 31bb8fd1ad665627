"""What a comparison that is under way waits for."""

from django.utils import timezone

from reviewapp.frame.words_numbers import duration_about
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.models import Compared
from reviewapp.questions.selectors import is_waited_for


def waiting_words(job: Job | None, part: Compared | None) -> str:
    """What is measured just now, or what that waits for; empty where nothing is under way."""
    if job is None or part is None:
        return ""
    if job.status == Status.WAITING:
        return _queue_words(job)
    if is_waited_for(job.memory):
        return "It pauses between ways while questions are answered that somebody waits for."
    way = (
        f", way {job.progress_done + 1} of {job.progress_total}"
        if job.progress_total > job.progress_done
        else ""
    )
    return f"Just now: {part.document.name}{way}. Reading every passage takes longest."


def _queue_words(job: Job) -> str:
    now = timezone.now()
    tried = f"{job.reason} " if job.attempts and job.reason else ""
    if job.not_before and job.not_before > now:
        return f"{tried}It is tried again in {duration_about((job.not_before - now).total_seconds())}."
    others = Job.objects.filter(status=Status.RUNNING, matter=job.matter_id, memory=job.memory)
    busy = ", ".join(sorted({other.registered_kind.words for other in others}))
    work = f"other work of this matter is being done: {busy}" if busy else "other work has its turn first"
    waited = duration_about((now - job.created_at).total_seconds())
    return f"{tried}The next document waits for a worker, {waited} so far; {work}."

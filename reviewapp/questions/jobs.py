"""The work of answering a question."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from reviewapp.jobs.kinds import About, Kind, Priority, register
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Answer, Question


def follow(job: Job) -> None:
    """Keep the answer's status in step with the job that writes it; the answer is written by the work."""
    if job.status == Status.SUCCEEDED:
        return
    answer = Answer.objects.select_for_update().get(question=job.subject_id)
    if job.status in (Status.WAITING, Status.RUNNING):
        reset(answer, Answer.Status.WAITING if job.status == Status.WAITING else Answer.Status.ROUTING)
        return
    answer.status = Answer.Status.CANCELLED if job.status == Status.CANCELLED else Answer.Status.FAILED
    answer.note = job.reason
    answer.draft = ""
    answer.finished_at = timezone.now()
    answer.save(update_fields=["status", "note", "draft", "finished_at"])


def reset(answer: Answer, status: Answer.Status = Answer.Status.WAITING) -> None:
    """Make the answer one that is still to come."""
    answer.status = status
    answer.note = answer.draft = ""
    answer.finished_at = None
    answer.save(update_fields=["status", "note", "draft", "finished_at"])


def about(question: Question) -> About:
    """The question, as the list of jobs names it."""
    return About(Truncator(question.text).chars(80), reverse("question", args=[question.pk]))


ANSWER = register(
    Kind(
        name="answer",
        task="gpu_worker.answer",
        queue="answer",
        words="Answering",
        subject=Question,
        about=about,
        on_change=follow,
        priority=Priority.INTERACTIVE,
    )
)

"""The work of asking documents a question."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from reviewapp.jobs.kinds import About, Kind, Priority, register
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Answer, Question


def follow(job: Job) -> None:
    """Keep the question's status in step with the job that asks it; what is found is written by the work."""
    if job.status == Status.SUCCEEDED:
        return
    question = Question.objects.select_for_update().get(pk=job.subject_id)
    waiting = Answer.objects.filter(question=question, superseded_at=None, state=Answer.State.WAITING)
    if job.status == Status.CANCELLED:
        # NB: they say nothing, and a document without a cell can be asked later.
        waiting.delete()
        question.planned = False
    elif job.status == Status.FAILED:
        waiting.update(state=Answer.State.FAILED, note=job.reason, finished_at=timezone.now())
    question.status = {
        Status.WAITING: Question.Status.WAITING,
        Status.RUNNING: Question.Status.ROUTING,
        Status.CANCELLED: Question.Status.CANCELLED,
        Status.FAILED: Question.Status.FAILED,
    }[Status(job.status)]
    ended = job.status in (Status.CANCELLED, Status.FAILED)
    question.note = job.reason if ended else ""
    question.draft = ""
    question.finished_at = timezone.now() if ended else None
    question.save(update_fields=["status", "planned", "note", "draft", "finished_at"])


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
        unit="documents",
        needs_model=True,
    )
)

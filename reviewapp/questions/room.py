"""Whether there is room for more questions: none is dropped, so beyond the limits none is taken."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.conf import settings
from django.db.models import Avg, ExpressionWrapper, F, fields
from django.utils import timezone

from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.words_numbers import duration_about
from reviewapp.jobs import lifecycle, workers
from reviewapp.jobs.kinds import queues_of
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Question

#: Finished questions by which the time is reckoned that others will take, and the seconds without any.
RECENT, GUESSED_SECONDS = 50, 5.0
#: How long what the workers told counts.
TOLD_SECONDS = 5.0
MIB = 2**20

_told: tuple[float, Sequence[workers.Told]] = (float("-inf"), ())


class QuestionError(ActionError):
    """A question that cannot be asked."""


class Busy(QuestionError):  # noqa: N818  what it is, not a mistake
    """More is to be answered than there is room for; `headers` say after how many seconds to ask again."""

    headers: Mapping[str, str]


def check_room(actor: Actor) -> None:
    """Raises Busy while too many questions wait or all who answer are short of memory; never for the system."""
    if actor == SYSTEM:
        return
    waiting = Job.objects.filter(kind=ANSWER.name, status=Status.WAITING).count()
    if waiting >= settings.MOST_WAITING:
        why = "more questions wait than there is room for"
        raise _busy(why, minutes_for(waiting - settings.MOST_WAITING + 1))
    own = [
        one
        for one in _workers()
        if ANSWER.queue in queues_of(one.get("does", "")) and one.get("memory") == settings.MEMORY
    ]
    if own and all(one.get("free_bytes", MIB**2) < settings.LEAST_FREE_MIB * MIB for one in own):
        raise _busy("the machine that answers is short of memory", minutes_for(max(1, waiting)))


def _busy(why: str, minutes: int) -> Busy:
    about = duration_about(60 * minutes)
    refused = Busy("busy", f"Busy: {why}. Ask again in {about}; nothing was lost.", 503)
    refused.headers = {"Retry-After": str(60 * minutes)}
    return refused


def minutes_for(questions: int) -> int:
    """About how many minutes so many questions take, at the pace of the last ones and as many at once as a worker
    answers; one at least.
    """
    done = Job.objects.filter(kind=ANSWER.name, status=Status.SUCCEEDED, finished_at__isnull=False)
    recent = done.order_by("-finished_at").values("pk")[:RECENT]
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=fields.DurationField())
    mean = Job.objects.filter(pk__in=list(recent.values_list("pk", flat=True))).aggregate(mean=Avg(took))[
        "mean"
    ]
    seconds = mean.total_seconds() if mean else GUESSED_SECONDS
    return max(1, ceil(questions * seconds / settings.QUESTIONS_AT_ONCE / 60))


@dataclass(frozen=True)
class Ahead:
    """What a question shares those with who answer, of its own matter: how many of its questions go before it as
    things stand, and are being answered beside it.

    `waited` are the seconds that it has waited, None once it is being answered; `again_at` is when it is tried again
    at the earliest, where that is to come.
    """

    waiting: int
    running: int
    waited: float | None
    again_at: datetime | None = None

    @property
    def marker(self) -> str:
        """A few characters that differ whenever what is told of it does."""
        minutes = "" if self.waited is None else int(self.waited // 60)
        return f"{self.waiting}.{self.running}.{minutes}.{self.again_at or ''}"


def ahead_of(question: Question) -> Ahead | None:
    """What a question waits for; None where its work has ended or was not begun. Other matters are not told of."""
    job = question.job
    if job is None or not job.is_under_way:
        return None
    others = Job.objects.filter(kind=ANSWER.name, memory=job.memory, matter=job.matter_id).exclude(pk=job.pk)
    running = others.filter(status=Status.RUNNING).count()
    if job.status != Status.WAITING:
        return Ahead(0, running, None)
    now = timezone.now()
    again_at = job.not_before if job.not_before and job.not_before > now else None
    return Ahead(lifecycle.before(job).count(), running, (now - job.created_at).total_seconds(), again_at)


def _workers() -> Sequence[workers.Told]:
    global _told
    now = time.monotonic()
    if now - _told[0] > TOLD_SECONDS:
        _told = now, workers.told() or ()
    return _told[1]

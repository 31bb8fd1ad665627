"""The hours of the night, the consent that a matter's documents are consolidated in them, and what they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Count, DurationField, F, Q, QuerySet, Sum
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import Night

#: What a job is triggered by that the night brought.
NIGHT = "night"
#: Nights that are told of afterwards.
LAST = 5


@dataclass(frozen=True)
class NightDone:
    """What a night did: numbers of documents by how their work ended, and seconds of the work that succeeded."""

    began: datetime
    consolidated: int
    failed: int
    taken_back: int
    under_way: int
    seconds: float


class NightError(ActionError):
    """A night that cannot be allowed."""


def began(now: datetime) -> datetime | None:
    """When the night began that it is; None by day, and where there are no nights."""
    if settings.NIGHT is None:
        return None
    first, last = settings.NIGHT
    begin = newest(now, first)
    return begin if now < begin + timedelta(hours=(last - first) % 24) else None


def newest(now: datetime, first: int) -> datetime:
    """When the newest night began by then, whether or not it has ended, of nights that begin at this hour."""
    begin = now.replace(hour=first, minute=0, second=0, microsecond=0)
    return begin if begin <= now else begin - timedelta(days=1)


def waits_for_night(matter: Matter) -> bool:
    """Whether what arrives in the matter now is left for the night."""
    return began(timezone.now()) is None and has_nights(matter)


def has_nights(matter: Matter) -> bool:
    """Whether the matter's documents are consolidated at night alone: somebody allowed it, and there are nights."""
    return settings.NIGHT is not None and are_allowed(matter)


def are_allowed(matter: Matter) -> bool:
    """Whether somebody allowed the matter's nights."""
    return Night.objects.filter(matter=matter).exists()


def allow_nights(matter: Matter, *, actor: Actor) -> Night:
    """Have the matter's documents consolidated at night alone. Raises NightError where there are no nights."""
    if settings.NIGHT is None:
        raise NightError("nights-off", "This installation has no hours of the night.", 409)
    with transaction.atomic():
        night, is_new = Night.objects.get_or_create(matter=matter, defaults={"allowed_by": actor.signed_in()})
        if is_new:
            first, last = settings.NIGHT
            record(Happened.NIGHTS_ALLOWED, matter, actor=actor, matter=matter, hours=f"{first}-{last}")
    return night


def last_nights(jobs: QuerySet[Job]) -> list[NightDone]:
    """What the last nights did by these jobs, the newest first; none where there are no nights."""
    if settings.NIGHT is None:
        return []
    return list(islice(_nights(jobs.filter(kind=CONSOLIDATE.name, trigger=NIGHT), settings.NIGHT[0]), LAST))


def _nights(jobs: QuerySet[Job], first: int) -> Iterator[NightDone]:
    earlier = jobs.order_by("-created_at")
    while newest_job := earlier.first():
        begin = newest(newest_job.created_at, first)
        yield _done(jobs.filter(created_at__gte=begin, created_at__lt=begin + timedelta(days=1)), begin)
        earlier = earlier.filter(created_at__lt=begin)


def _done(jobs: QuerySet[Job], begin: datetime) -> NightDone:
    def number(*statuses: str) -> Count:
        return Count("subject_id", distinct=True, filter=Q(status__in=statuses))

    took = Sum(
        F("finished_at") - F("started_at"),
        filter=Q(status=Status.SUCCEEDED),
        output_field=DurationField(),
        default=timedelta(),
    )
    told = jobs.order_by().aggregate(
        consolidated=number(Status.SUCCEEDED),
        failed=number(Status.FAILED),
        taken_back=number(Status.CANCELLED),
        under_way=number(*UNDER_WAY),
        took=took,
    )
    return NightDone(begin, seconds=told.pop("took").total_seconds(), **told)

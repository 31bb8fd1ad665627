"""The hours of the night, and the consent that a matter's documents are consolidated in them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter
from reviewapp.states.models import Night

#: What a job is triggered by that the night brought.
NIGHT = "night"


class NightError(ActionError):
    """A night that cannot be allowed."""


def began(now: datetime) -> datetime | None:
    """When the night began that it is; None by day, and where there are no nights."""
    if settings.NIGHT is None:
        return None
    first, last = settings.NIGHT
    begin = now.replace(hour=first, minute=0, second=0, microsecond=0)
    if begin > now:
        begin -= timedelta(days=1)
    return begin if now < begin + timedelta(hours=(last - first) % 24) else None


def waits_for_night(matter: Matter) -> bool:
    """Whether what arrives in the matter now is left for the night."""
    return settings.NIGHT is not None and began(timezone.now()) is None and are_allowed(matter)


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


def end_nights(matter: Matter, *, actor: Actor) -> None:
    """Have what arrives consolidated at once again."""
    with transaction.atomic():
        if Night.objects.filter(matter=matter).delete()[0]:
            record(Happened.NIGHTS_ENDED, matter, actor=actor, matter=matter)

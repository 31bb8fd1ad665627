"""Who may read what happened."""

# ruff: noqa: D103  the names are the rules

from django.db import models

from reviewapp.events.models import Event, EventElsewhere, PageRead
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import is_admin, rule


@rule(Scope.AUDIT)
def may_read_audit(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def visible_events(actor: Actor, matter: Matter) -> models.QuerySet[Event]:
    if not may_read_audit(actor, matter):
        return Event.objects.none()
    return Event.objects.filter(matter=matter).select_related("user")


def visible_pages_read(actor: Actor, matter: Matter) -> models.QuerySet[PageRead]:
    if not may_read_audit(actor, matter):
        return PageRead.objects.none()
    return PageRead.objects.filter(matter=matter)


def visible_events_elsewhere(actor: Actor, matter: Matter) -> models.QuerySet[EventElsewhere]:
    """What happened before the matter came here."""
    if not may_read_audit(actor, matter):
        return EventElsewhere.objects.none()
    return EventElsewhere.objects.filter(matter=matter)

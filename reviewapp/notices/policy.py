"""Who sees which notices: each person their own, of matters that they may still view."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.frame.actor import Actor
from reviewapp.matters.policy import NotAvailable, find, visible_matters
from reviewapp.notices.models import Notice, Wishes


def visible_notices(actor: Actor) -> models.QuerySet[Notice]:
    if actor.person is None:
        return Notice.objects.none()
    return Notice.objects.filter(user=actor.person, matter__in=visible_matters(actor).values("pk"))


def access_notice_by_id(actor: Actor, notice_id: UUID | str) -> Notice:
    return find(visible_notices(actor), notice_id)


def wishes_of(actor: Actor) -> Wishes:
    """Raises NotAvailable for anybody but a person."""
    if actor.person is None:
        raise NotAvailable
    return Wishes.objects.filter(user=actor.person).first() or Wishes()

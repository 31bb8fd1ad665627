"""From the outbox to people: what happened becomes notices, each only once, and work that ended is told of."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.events.record import events_after
from reviewapp.matters.models import Membership
from reviewapp.notices.ends import end_of
from reviewapp.notices.finding import awaited_of, is_given_up, notices_of
from reviewapp.notices.models import Awaited, Notice, Reached, Wishes

EVENTS_AT_ONCE = 200
KEPT = timedelta(days=90)


def tell() -> None:
    """Make notices of all that happened since, and of the work that ended; old ones go."""
    while _tell_some():
        pass
    for awaited in Awaited.objects.order_by("created_at"):
        _tell_end(awaited)
    Notice.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _tell_some() -> bool:
    """Make notices of the next events; whether there may be more."""
    Event.objects.number()  # outside the transaction, which would hold its locks
    Reached.objects.get_or_create(pk=1)
    with transaction.atomic():
        reached = Reached.objects.select_for_update().get(pk=1)
        events = events_after(reached.sequence, most=EVENTS_AT_ONCE)
        for event in events:
            _keep(list(notices_of(event)))
            _await(event)
        if events:
            reached.sequence = events[-1].sequence or reached.sequence
            reached.save(update_fields=["sequence"])
    return len(events) == EVENTS_AT_ONCE


def _await(event: Event) -> None:
    if is_given_up(event):
        Awaited.objects.filter(object_id=event.object_id).delete()
    awaited = awaited_of(event)
    if awaited is not None:
        Awaited.objects.bulk_create([awaited], ignore_conflicts=True)


def _tell_end(awaited: Awaited) -> None:
    end = end_of(awaited)
    if end is None:
        return
    with transaction.atomic():
        if not Awaited.objects.filter(pk=awaited.pk).delete()[0]:
            return
        told = Notice(
            user_id=awaited.user_id,
            matter_id=awaited.matter_id,
            kind=awaited.kind,
            object_type=awaited.object_type,
            object_id=awaited.object_id,
            key=f"end {awaited.object_id} {awaited.sequence}",
            detail=dict(end.detail),
        )
        _keep([told] if end.detail else [])


def _keep(notices: list[Notice]) -> None:
    """Write those down that their receivers want and, as members of the matter, may have."""
    users = {notice.user_id for notice in notices}
    if not users:
        return
    wishes = {found.user_id: found for found in Wishes.objects.filter(user__in=users)}
    matters = {notice.matter_id for notice in notices}
    members = set(
        Membership.objects.filter(matter__in=matters, user__in=users, user__is_active=True).values_list(
            "matter", "user"
        )
    )
    wanted = []
    for notice in notices:
        wish = wishes.get(notice.user_id) or Wishes()
        if (notice.matter_id, notice.user_id) in members and notice.kind not in wish.unwanted:
            notice.mail_at = timezone.now() if notice.kind in wish.mailed else None
            wanted.append(notice)
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)

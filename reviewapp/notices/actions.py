"""What people do about their notices."""

from collections.abc import Iterable

from django.utils import timezone

from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.notices.models import Kind, Notice, Wishes
from reviewapp.notices.policy import visible_notices


class NoticeError(ActionError):
    """A wish that cannot be kept."""


def mark_read(notice: Notice) -> None:
    """Say that its receiver has seen it; nothing happens when they have."""
    if notice.read_at is None:
        notice.read_at, notice.mail_at = timezone.now(), None
        notice.save(update_fields=["read_at", "mail_at"])


def mark_all_read(*, actor: Actor) -> int:
    """Say that the person has seen all of their notices; how many were new."""
    return visible_notices(actor).filter(read_at=None).update(read_at=timezone.now(), mail_at=None)


def wish(wanted: Iterable[str], mailed: Iterable[str], *, actor: Actor) -> Wishes:
    """Say which kinds the person is told, and which of these by e-mail too. Raises NoticeError for another kind."""
    told, by_mail = set(wanted), set(mailed)
    if (told | by_mail) - set(Kind.values):
        raise NoticeError("notice-kind-unknown", "Choose among the kinds of notices that are listed.")
    wishes, _ = Wishes.objects.update_or_create(
        user=actor.signed_in(),
        defaults={
            "unwanted": [kind for kind in Kind.values if kind not in told],
            "mailed": [kind for kind in Kind.values if kind in told & by_mail],
        },
    )
    return wishes

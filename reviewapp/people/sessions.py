"""Where a person is signed in, and signing out elsewhere."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor


def sessions_of(person: User) -> list[UserSession]:
    """The sessions of the person that have not ended, the newest first; those that have are forgotten."""
    found: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def note_session(request: Any) -> None:
    """List the session of this request, which has a new key, again."""
    UserSession.objects.create_from_request(request)


def end_others(person: User, kept: str | None, *, actor: Actor) -> int:
    """End every session of the person but the one of this key, at once; returns how many ended."""
    with transaction.atomic():
        # NB: read from the sessions themselves, so that one that is not listed ends too.
        open_ones = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=kept)
        ended = [
            session.session_key
            for session in open_ones.iterator()
            if session.get_decoded().get(SESSION_KEY) == str(person.pk)
        ]
        Session.objects.filter(session_key__in=ended).delete()
        UserSession.objects.filter(user=person).exclude(session_key=kept or "").delete()
        record(Happened.USER_SIGNED_OUT_ELSEWHERE, person, actor=actor, sessions=len(ended))
    return len(ended)


def forget_ended() -> int:
    """Remove the sessions that have ended, those of nobody too, and where they are listed; returns how many."""
    now = timezone.now()
    with transaction.atomic():
        ended, _ = Session.objects.filter(expire_date__lt=now).delete()
        listed = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
        # NB: one that is young may be of a session that is not written yet.
        listed.filter(created_at__lt=now - timedelta(days=1)).delete()
    return ended

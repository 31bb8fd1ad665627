"""Who may manage accounts, and the only route from an id or a link to a person."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import models

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.policy import NotAvailable, allowed, find, rule
from reviewapp.people.sessions import sessions_of
from reviewapp.people.signing_in import person_of


@rule(Scope.MANAGE)
def may_manage_people(actor: Actor) -> bool:
    # NB: never a client: who can make a way into an account could become any person.
    return actor.client is None and actor.person is not None and actor.person.is_staff


def visible_people(actor: Actor) -> models.QuerySet[User]:
    """Raises NotAvailable for those who may not manage people: the page is not there for them."""
    if not may_manage_people(actor):
        raise NotAvailable
    return User.objects.select_related("directory_account").order_by("-is_active", "username")


def visible_account_events(actor: Actor, person: User) -> models.QuerySet[Event]:
    if not may_manage_people(actor):
        return Event.objects.none()
    about = Event.objects.filter(object_type=User._meta.label, object_id=str(person.pk))
    return about.select_related("user").order_by("-at")


def access_person_by_id(actor: Actor, person_id: int | str | UUID) -> User:
    person = find(User.objects.all(), str(person_id))
    return allowed(person, may_manage_people(actor))


def access_person_by_link(key: str, token: str) -> User:
    person = person_of(key, token)
    if person is None:
        raise NotAvailable
    return person


def access_own_sessions(actor: Actor) -> list[UserSession]:
    """Raises NotAvailable for clients: only a person at a browser has sessions to look at."""
    if actor.client is not None or actor.person is None:
        raise NotAvailable
    return sessions_of(actor.person)

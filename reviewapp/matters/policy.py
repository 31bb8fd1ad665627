"""The base of every rule: who a person is in a matter, and the only route from an id to an object.

The `may_` rules say who may do what, each with the scope that a client needs for it. The `access_` functions
turn an id from outside into an object when the rule `may` allows it, and raise `NotAvailable` alike for an
object that does not exist and for one the actor may not touch. The `visible_` functions list what an actor may
see. Those of the other rooms are in their own `policy.py`.
"""

# ruff: noqa: D103  the names are the rules

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404

from reviewapp.frame.actor import Actor, Scope
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter, Membership, Role

About = ParamSpec("About")
Record = TypeVar("Record", bound=models.Model)


class NotAvailable(ActionError, Http404):  # noqa: N818  what it is, not an error to mend
    """The object does not exist or the actor may not touch it; answered with 404 either way."""

    def __init__(self) -> None:
        super().__init__("not-available", "There is no such thing here, or it is not for you.", 404)


@dataclass(frozen=True)
class Rule(Generic[About]):
    """Who may do something. A client needs the rule's scope, and its user must be one who may."""

    scope: Scope
    allows: Callable[Concatenate[Actor, About], bool]

    def __call__(self, actor: Actor, *about: About.args, **named: About.kwargs) -> bool:
        return actor.holds(self.scope) and self.allows(actor, *about, **named)


MatterRule = Rule[[Matter]]


def rule(scope: Scope) -> Callable[[Callable[Concatenate[Actor, About], bool]], Rule[About]]:
    """Make a predicate the rule that clients need this scope for."""
    return lambda allows: Rule(scope, allows)


def role_of(actor: Actor, matter: Matter) -> str | None:
    """The person's role in the matter; None without membership, and for a client that is not bound to it."""
    if actor.person is None or not actor.reaches(matter.pk):
        return None
    return Membership.objects.filter(matter=matter, user=actor.person).values_list("role", flat=True).first()


def roles_of(actor: Actor, matters: Iterable[Matter]) -> dict[UUID, str]:
    """The person's role in each of the matters that has one; one query."""
    reached = [matter.pk for matter in matters if actor.reaches(matter.pk)]
    if actor.person is None:
        return {}
    found = Membership.objects.filter(matter__in=reached, user=actor.person)
    return dict(found.values_list("matter_id", "role"))


@rule(Scope.MANAGE)
def may_create_matters(actor: Actor) -> bool:
    unbound = actor.client is None or actor.client.matters is None
    return actor.person is not None and actor.person.is_staff and unbound


@rule(Scope.READ)
def may_view(actor: Actor, matter: Matter) -> bool:
    return role_of(actor, matter) is not None


@rule(Scope.MANAGE)
def may_administer(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


@rule(Scope.MANAGE)
def may_manage_members(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def is_admin(actor: Actor, matter: Matter) -> bool:
    return role_of(actor, matter) == Role.ADMIN


def visible_matters(actor: Actor) -> models.QuerySet[Matter]:
    if actor.person is None or not actor.holds(may_view.scope):
        return Matter.objects.none()
    matters = Matter.objects.filter(memberships__user=actor.person)
    bound = actor.client.matters if actor.client else None
    return matters if bound is None else matters.filter(pk__in=bound)


def administered_matters(actor: Actor) -> models.QuerySet[Matter]:
    """The matters that the actor may change."""
    if actor.person is None or not actor.holds(may_administer.scope):
        return Matter.objects.none()
    matters = Matter.objects.filter(memberships__user=actor.person, memberships__role=Role.ADMIN)
    bound = actor.client.matters if actor.client else None
    return matters if bound is None else matters.filter(pk__in=bound)


def visible_members(actor: Actor, matter: Matter) -> models.QuerySet[Membership]:
    if not may_view(actor, matter):
        return Membership.objects.none()
    return Membership.objects.filter(matter=matter).select_related("user").order_by("user__username")


def visible_colleagues(actor: Actor) -> models.QuerySet[User]:
    """The people of the matters that the actor reaches, each once."""
    members = Membership.objects.filter(matter__in=visible_matters(actor).values("pk"))
    return User.objects.filter(pk__in=members.values("user"))


def access_colleague_by_id(actor: Actor, person_id: UUID | str) -> User:
    return find(visible_colleagues(actor), person_id)


def access_matter_by_id(actor: Actor, matter_id: UUID | str, *, may: MatterRule = may_view) -> Matter:
    matter = find(Matter.objects.all(), matter_id)
    return allowed(matter, may(actor, matter))


def access_membership_by_id(actor: Actor, membership_id: UUID | str) -> Membership:
    membership = find(Membership.objects.select_related("matter", "user"), membership_id)
    return allowed(membership, may_manage_members(actor, membership.matter))


def find(objects: models.QuerySet[Record], key: UUID | str) -> Record:
    """The object of this key. Raises NotAvailable, also for what is no key."""
    try:
        found = objects.filter(pk=key).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotAvailable
    return found


def allowed(found: Record, allows: bool) -> Record:
    """The object, when a rule allows it. Raises NotAvailable."""
    if not allows:
        raise NotAvailable
    return found

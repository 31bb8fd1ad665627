"""Writes down what django-allauth and Django say happened to an account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.people.signing_in import note_failure

#: Under this, the state of a company's sign-in says what became of the roles that groups give.
GROUPS = "groups"


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, sociallogin: Any = None, **rest: Any) -> None:
    methods = [str(one.get("type") or one.get("method")) for one in get_authentication_records(request, user)]
    address = get_adapter().get_client_ip(request)
    groups = sociallogin.state.get(GROUPS) if sociallogin is not None else None
    more = {GROUPS: groups} if groups else {}
    record(Happened.USER_SIGNED_IN, user, actor=Actor(user), by=" ".join(methods), address=address, **more)


@receiver(user_logged_out)
def _signed_out(user: User | None, **rest: Any) -> None:
    if user is not None:
        record(Happened.USER_SIGNED_OUT, user, actor=Actor(user))


@receiver(authentication_failed)
def _wrong_code(request: HttpRequest, user: User, **rest: Any) -> None:
    note_failure(user.get_username(), get_adapter().get_client_ip(request))


@receiver(authenticator_added)
def _added(user: User, authenticator: Authenticator, **rest: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(Happened.USER_RECOVERY_CODES_MADE, user, actor=Actor(user))
    else:
        record(Happened.USER_FACTOR_ADDED, user, actor=Actor(user), factor=authenticator.type)


@receiver(authenticator_removed)
def _removed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    record(Happened.USER_FACTOR_REMOVED, user, actor=Actor(user), factor=authenticator.type)


@receiver(authenticator_reset)
def _reset(user: User, **rest: Any) -> None:
    record(Happened.USER_RECOVERY_CODES_MADE, user, actor=Actor(user))

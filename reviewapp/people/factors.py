"""Second factors: whom they are required of, who has one, and taking them away from somebody who lost theirs."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(person: User) -> bool:
    """Whether the person has a second factor beside the password; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def is_required_of(person: User) -> bool:
    """Whether this installation requires two factors of the person."""
    return settings.TWO_FACTOR == "everyone" or (settings.TWO_FACTOR == "admins" and person.is_staff)


def take_away(person: User, *, actor: Actor) -> None:
    """Take all second factors and recovery codes away; what is required is asked for at the next sign-in."""
    with transaction.atomic():
        count = Authenticator.objects.filter(user=person, type__in=FACTORS).count()
        Authenticator.objects.filter(user=person).delete()
        record(Happened.USER_FACTORS_RESET, person, actor=actor, factors=count)

"""Signing in by name and password, and links by which a person sets a password."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM


class Accounts(ModelBackend):
    """Django's own, with the person's preferences in the same query."""

    def get_user(self, user_id: int) -> User | None:
        """The signed-in person; None once the account is closed, so that sessions end at the next request."""
        person = User.objects.select_related("preferences").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


def way_in(person: User) -> str:
    """The path of a page where the person sets a password.

    It works until a password was set or taken away, or `PASSWORD_RESET_TIMEOUT` has passed; nothing of it is kept.
    """
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("set_password", args=[key, default_token_generator.make_token(person)])


def person_of(key: str, token: str) -> User | None:
    """Whom a link of `way_in` is for; None when it does not work or the account is closed."""
    try:
        person = User.objects.filter(pk=int(urlsafe_base64_decode(key)), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return person if person is not None and default_token_generator.check_token(person, token) else None


def note_failure(username: str, address: str) -> None:
    """Write down that somebody could not sign in to an account; where there is none, nothing is told."""
    person = User.objects.filter(username=username).first()
    if person is not None:
        record(Happened.USER_SIGN_IN_FAILED, person, actor=SYSTEM, address=address)

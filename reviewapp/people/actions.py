"""Changes to accounts: by the person, and by those who manage people."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.naming import plain_name
from reviewapp.people.factors import take_away
from reviewapp.people.models import Preferences
from reviewapp.people.signals import account_ended


class PersonError(ActionError):
    """A change to an account that cannot be made."""


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves, and how they want the pages; see `Preferences`."""

    first_name: str
    last_name: str
    email: str
    time_zone: str
    theme: str
    density: str
    single_keys: bool


def save_profile(person: User, profile: Profile, *, actor: Actor) -> None:
    """Keep what the person says."""
    wanted = {
        "time_zone": profile.time_zone,
        "theme": profile.theme,
        "density": profile.density,
        "single_keys": profile.single_keys,
    }
    with transaction.atomic():
        person.first_name, person.last_name = plain_name(profile.first_name), plain_name(profile.last_name)
        person.email = profile.email
        person.save(update_fields=["first_name", "last_name", "email"])
        Preferences.objects.update_or_create(user=person, defaults=wanted)
        record(Happened.USER_PROFILE_CHANGED, person, actor=actor)


def set_password(person: User, password: str, *, actor: Actor) -> None:
    """Give the account this password, which was checked before; its other sessions and links end."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record(Happened.USER_PASSWORD_SET, person, actor=actor)


def invite(username: str, *, email: str = "", is_staff: bool = False, actor: Actor) -> User:
    """A new account without a password; a link of `signing_in.way_in` lets its person set one.

    Raises PersonError for a name that is taken, in any case of its letters, or has other signs than names may.
    """
    username = checked_username(username)
    with transaction.atomic():
        one_after_another()
        if User.objects.filter(username__iexact=username).exists():
            raise PersonError("user-name-taken", "There is an account of this name already.", 409)
        person = User(username=username, email=email, is_staff=is_staff)
        person.set_unusable_password()
        person.save()
        record(Happened.USER_INVITED, person, actor=actor, name=username, manages_people=is_staff)
    return person


def checked_username(username: str) -> str:
    """The name without spaces around it. Raises PersonError where it has other signs than names may."""
    username = username.strip()
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise PersonError(
            "user-name-wrong", "A user name has letters, digits and @ . + - _ only, and no spaces."
        ) from None
    if len(username) > 150:
        raise PersonError("user-name-too-long", "A user name has at most 150 characters.")
    return username


def reset(person: User, *, actor: Actor) -> User:
    """Take the password away, and end sessions, links and tokens with it, so that a new link is the only way in.

    Raises PersonError for an account that is closed, for one's own, and for one of the company's directory.
    """
    _not_oneself(person, actor)
    with transaction.atomic():
        person = _locked(person)
        if is_of_directory(person):
            raise PersonError(
                "account-of-directory", "The company's directory has this account: it gets no password.", 409
            )
        if not person.is_active:
            raise PersonError("account-closed", "This account is closed. Reopen it first.", 409)
        person.set_unusable_password()
        person.save(update_fields=["password"])
        record(Happened.USER_RESET, person, actor=actor)
        account_ended.send(User, person=person, actor=actor)
    return person


def reset_factors(person: User, *, actor: Actor) -> User:
    """Take the second factors of somebody away who lost theirs; the password stays.

    Raises PersonError for one's own account, whose factors one removes on one's own page.
    """
    _not_oneself(person, actor)
    take_away(person, actor=actor)
    return person


def deactivate(person: User, *, actor: Actor) -> User:
    """Close the account: sessions, links and clients that act for it end at once; what it did stays.

    Raises PersonError for one's own account, and for the last one that manages people.
    """
    _not_oneself(person, actor)
    with transaction.atomic():
        person = _locked(person)
        if person.is_active:
            _keep_staff(person)
            person.is_active = False
            # NB: with the password go the sessions, which would otherwise live again when the account is reopened.
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
            record(Happened.USER_DEACTIVATED, person, actor=actor)
            account_ended.send(User, person=person, actor=actor)
    return person


def reactivate(person: User, *, actor: Actor) -> User:
    """Reopen the account; it has no password until its person sets one by a link, and no client acts for it."""
    with transaction.atomic():
        person = _locked(person)
        if not person.is_active:
            person.is_active = True
            person.save(update_fields=["is_active"])
            record(Happened.USER_REACTIVATED, person, actor=actor)
            # NB: an account may have been closed by something that told nobody.
            account_ended.send(User, person=person, actor=actor)
    return person


def set_staff(person: User, is_staff: bool, *, actor: Actor) -> User:
    """Let the person manage people and make matters, or no longer.

    Raises PersonError for the last one that does.
    """
    with transaction.atomic():
        person = _locked(person)
        if person.is_staff != is_staff:
            if not is_staff:
                _keep_staff(person)
            person.is_staff = is_staff
            person.save(update_fields=["is_staff"])
            record(Happened.USER_STAFF_CHANGED, person, actor=actor, manages_people=is_staff)
    return person


def is_of_directory(person: User) -> bool:
    """Whether the company's directory has the account: its person signs in there, and has no password here."""
    return hasattr(person, "directory_account")


def one_after_another() -> None:
    """Hold back other changes of accounts until the caller's transaction ends, by locking all who manage people.

    So the last two of them cannot close each other, and two accounts cannot take one name at the same time. What they
    do meanwhile is recorded all the same.
    """
    staff = User.objects.select_for_update(no_key=True).filter(is_staff=True)
    list(staff.order_by("pk").values_list("pk", flat=True))


def _locked(person: User) -> User:
    one_after_another()
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _not_oneself(person: User, actor: Actor) -> None:
    if actor.account is not None and actor.account.pk == person.pk:
        raise PersonError(
            "own-account", "Ask somebody else who manages people: this is your own account.", 409
        )


def _keep_staff(person: User) -> None:
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk)
    if person.is_staff and not others.exists():
        raise PersonError("last-staff", "Somebody must be left who manages people.", 409)

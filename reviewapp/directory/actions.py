"""Changes that the directory makes to accounts and groups, and to what it signs in with."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reviewapp.directory.groups import apply_groups, hold, hold_members
from reviewapp.directory.models import Account, Group, LetGo, ScimToken
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor, Client
from reviewapp.frame.bearer import hash_of
from reviewapp.frame.errors import ActionError
from reviewapp.people import actions as people

MARK = "nbs_"
PREFIX_CHARACTERS = 11
EXTERNAL_ID_CHARACTERS = 255


class DirectoryError(ActionError):
    """What the directory cannot do."""


@dataclass(frozen=True)
class Person:
    """What the directory says of a person."""

    username: str
    external_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    active: bool = True


def directory_actor(name: str) -> Actor:
    """The directory as the one who acts: it is recorded by this name, and no rule lets it in."""
    return Actor(None, Client(f"Directory: {name}"[:100]), frozenset())


def make_scim_token(name: str, *, actor: Actor) -> tuple[ScimToken, str]:
    """A token and its secret, which is told this once. Raises DirectoryError for an unfit name."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80:
        raise DirectoryError("scim-token-name-wrong", "Give the token a name of at most 80 characters.")
    secret = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ScimToken.objects.create(
            created_by=actor.signed_in(),
            name=name,
            prefix=secret[:PREFIX_CHARACTERS],
            secret_sha256=hash_of(secret),
        )
        record(Happened.SCIM_TOKEN_MADE, token, actor=actor, name=name)
    return token, secret


def revoke_scim_token(token: ScimToken, *, actor: Actor) -> None:
    """End the token at once; one that has ended stays as it is."""
    with transaction.atomic():
        locked = ScimToken.objects.select_for_update().get(pk=token.pk)
        if locked.revoked_at is None:
            locked.revoked_at = timezone.now()
            locked.save(update_fields=["revoked_at"])
            record(Happened.SCIM_TOKEN_REVOKED, locked, actor=actor)


def take_in(person: Person, *, actor: Actor) -> Account:
    """An account in the hands of the directory: a new one, one that was invited and has no password yet, or one
    that the directory itself deleted, which is reopened.

    Raises DirectoryError for a name that a local account or another one of the directory has, PersonError for a
    name that has other signs than names may.
    """
    with transaction.atomic():
        people.one_after_another()
        user = User.objects.select_for_update().filter(username__iexact=person.username.strip()).first()
        if user is None:
            user = people.invite(person.username, email=person.email, actor=actor)
        elif not hasattr(user, "directory_account") and (
            is_free_for_the_directory(user) or _comes_back(user, person)
        ):
            # NB: another one, so that a link by which the invited person could set a password ends.
            user.set_unusable_password()
            user.save(update_fields=["password"])
        else:
            raise DirectoryError("directory-name-taken", "There is an account of this name already.", 409)
        LetGo.objects.filter(user=user).delete()
        account = Account.objects.create(user=user, external_id=_checked_id(person.external_id))
        return _written(account, person, actor)


def _comes_back(user: User, person: Person) -> bool:
    """Whether this is an account that the directory deleted (RFC 7644, section 3.6), and nobody's since."""
    gone = LetGo.objects.filter(user=user).first()
    if gone is None or user.is_active or user.has_usable_password():
        return False
    # NB: the name of somebody who left may be given to somebody else, who must not find what the first one had.
    return person.external_id == gone.external_id or not (person.external_id and gone.external_id)


def is_free_for_the_directory(user: User) -> bool:
    """Whether the directory may have the account: one with a password is somebody's own and stays local."""
    return user.is_active and not user.has_usable_password()


def change(account: Account, person: Person, *, actor: Actor) -> Account:
    """Make the account what the directory says. Raises DirectoryError for a name that another account has."""
    with transaction.atomic():
        people.one_after_another()
        others = User.objects.exclude(pk=account.user_id)
        if others.filter(username__iexact=person.username.strip()).exists():
            raise DirectoryError("directory-name-taken", "There is an account of this name already.", 409)
        return _written(account, person, actor)


def _written(account: Account, person: Person, actor: Actor) -> Account:
    user = account.user
    wanted = {
        "username": people.checked_username(person.username),
        "email": person.email[:254],
        "first_name": person.first_name[:150],
        "last_name": person.last_name[:150],
    }
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        user.save(update_fields=changed)
        record(Happened.USER_PROFILE_CHANGED, user, actor=actor)
    account.external_id = _checked_id(person.external_id)
    account.save()
    if person.active != user.is_active:
        account.user = (people.reactivate if person.active else people.deactivate)(user, actor=actor)
    return account


def _checked_id(external_id: str) -> str:
    # NB: refused, not cut: two that differ behind the cut would be taken for one.
    if len(external_id) > EXTERNAL_ID_CHARACTERS:
        raise DirectoryError("directory-id-too-long", "An external id has at most 255 characters.")
    return external_id


def let_go(account: Account, *, actor: Actor) -> None:
    """Close the account and take it out of the directory's hands, until it comes back; what its person did stays."""
    with transaction.atomic():
        people.one_after_another()
        hold([account])
        account.groups.clear()
        apply_groups(account, actor=actor)
        people.deactivate(account.user, actor=actor)
        LetGo.objects.create(user=account.user, external_id=account.external_id)
        account.delete()


def save_group(
    group: Group | None, name: str, members: Iterable[Account], *, external_id: str = "", actor: Actor
) -> Group:
    """A group as the directory hands it over, and what follows for those who joined and left it.

    Raises DirectoryError for a name that another handed-over group has.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 255:
        raise DirectoryError("directory-group-name-wrong", "A group has a name of at most 255 characters.")
    with transaction.atomic():
        same = Group.objects.select_for_update().filter(name=name).first()
        if same is not None and same != group and (same.handed_over or group is not None):
            raise DirectoryError("directory-group-taken", "There is a group of this name already.", 409)
        saved = group or same or Group(name=name)
        after = set(members)
        before = set() if saved._state.adding else set(saved.members.all())
        concerned = hold(before | after, [] if saved._state.adding else [saved])
        saved.name, saved.external_id, saved.handed_over = name, _checked_id(external_id), True
        saved.save()
        saved.members.set(after)
        record(Happened.GROUP_SAVED, saved, actor=actor, name=name, members=len(after))
        for account in concerned:
            apply_groups(account, actor=actor)
    return saved


def remove_group(group: Group, *, actor: Actor) -> None:
    """Forget a group, and take from its members what only it gave; what it gives stays for when it comes back."""
    with transaction.atomic():
        members = hold_members(group)
        group.members.clear()
        group.handed_over, group.external_id = False, ""
        group.save()
        record(Happened.GROUP_REMOVED, group, actor=actor, name=group.name)
        for account in members:
            apply_groups(account, actor=actor)

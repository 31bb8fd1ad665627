"""Who manages what the directory may do, and the only route from its ids and secrets to objects."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from reviewapp.directory.models import Account, Group, GroupRole, ScimToken
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, allowed, find, may_manage_members, rule


@rule(Scope.MANAGE)
def may_manage_directory(actor: Actor) -> bool:
    """Who manages people lets the directory do so; no client does."""
    return actor.client is None and actor.person is not None and actor.person.is_staff


def visible_scim_tokens(actor: Actor) -> models.QuerySet[ScimToken]:
    """Raises NotAvailable for those who may not manage them: the page is not there for them."""
    if not may_manage_directory(actor):
        raise NotAvailable
    return ScimToken.objects.all()


def access_scim_token_by_id(actor: Actor, token_id: UUID | str) -> ScimToken:
    return find(visible_scim_tokens(actor), token_id)


def scim_token_of_secret(secret_sha256: str) -> ScimToken | None:
    return ScimToken.objects.filter(secret_sha256=secret_sha256, revoked_at=None).first()


def user_of_name(username: str) -> User | None:
    """Who has this name here, in any case of its letters, for who comes by the company's sign-in."""
    return User.objects.filter(username__iexact=username).select_related("directory_account").first()


def account_of_user(user: User) -> Account | None:
    """The account in the directory's hands; None for a local one."""
    return Account.objects.filter(user=user).select_related("user").first()


def visible_group_roles(actor: Actor, matter: Matter) -> models.QuerySet[GroupRole]:
    if not may_manage_members(actor, matter):
        return GroupRole.objects.none()
    return GroupRole.objects.filter(matter=matter).select_related("group").order_by("group__name")


def access_group_role_by_id(actor: Actor, role_id: UUID | str) -> GroupRole:
    found = find(GroupRole.objects.select_related("matter", "group"), role_id)
    return allowed(found, may_manage_members(actor, found.matter))


def handed_over_accounts(token: ScimToken) -> models.QuerySet[Account]:
    """What the directory sees of accounts: its own. Raises NotAvailable once the token is revoked."""
    _still_good(token)
    return Account.objects.select_related("user").prefetch_related("groups")


def handed_over_groups(token: ScimToken) -> models.QuerySet[Group]:
    """What the directory sees of groups: those that it handed over. Raises NotAvailable once the token is revoked."""
    _still_good(token)
    return Group.objects.filter(handed_over=True).prefetch_related("members__user")


def handed_over_account_by_id(token: ScimToken, account_id: UUID | str) -> Account:
    return find(handed_over_accounts(token), account_id)


def handed_over_group_by_id(token: ScimToken, group_id: UUID | str, *, held: bool = False) -> Group:
    """A group that the directory handed over; `held` is locked first, in the caller's transaction."""
    groups = handed_over_groups(token)
    return find(groups.select_for_update(no_key=True) if held else groups, group_id)


def _still_good(token: ScimToken) -> None:
    if token.revoked_at is not None:
        raise NotAvailable

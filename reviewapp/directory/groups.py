"""What groups give: who manages people, and memberships of matters."""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from reviewapp.directory.models import Account, GivenMembership, Group, GroupRole
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame import holding
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held
from reviewapp.matters.actions import MatterError, add_member, change_role, remove_member
from reviewapp.matters.models import Matter, Membership, Role
from reviewapp.matters.policy import NotAvailable
from reviewapp.people.actions import PersonError, one_after_another, set_staff

logger = logging.getLogger(__name__)


class GroupError(ActionError):
    """What a group cannot give."""


def give_role(matter: Matter, name: str, role: str, *, actor: Actor) -> GroupRole:
    """Give the members of the group of this name a role in the matter, now and whenever they join it.

    Raises GroupError for a name that no group has, and MatterError for an unknown role.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 255:
        raise GroupError("group-name-wrong", "Write the name of a group, as the directory has it.")
    if role not in set(Role):
        raise GroupError("group-role-unknown", "The role is either reviewer or admin.")
    with transaction.atomic():
        group, _ = Group.objects.get_or_create(name=name)
        members = hold_members(group, matter)
        given, _ = GroupRole.objects.update_or_create(matter=matter, group=group, defaults={"role": role})
        record(Happened.GROUP_ROLE_GIVEN, given, actor=actor, matter=matter, group=name, role=str(role))
        for account in members:
            apply_groups(account, actor=actor)
    return given


def take_role(given: GroupRole, *, actor: Actor) -> None:
    """Take the role of the group away, and with it the memberships that only it gave."""
    with transaction.atomic():
        members = hold_members(given.group)
        record(
            Happened.GROUP_ROLE_TAKEN,
            given,
            actor=actor,
            matter=given.matter,
            group=given.group.name,
            role=given.role,
        )
        given.delete()
        for account in members:
            apply_groups(account, actor=actor)


def set_claimed_groups(account: Account, names: Iterable[str], *, actor: Actor) -> None:
    """The groups that somebody's sign-in says they are in; those that the directory hands over stay as they are."""
    wanted = {" ".join(name.split())[:255] for name in names} - {""}
    with transaction.atomic():
        known = {group.name: group for group in Group.objects.filter(name__in=wanted)}
        hold([account], known.values())
        # NB: only groups that give something are kept; a company has thousands that concern nobody here.
        mine = {group for group in known.values() if not group.handed_over}
        handed_over = set(account.groups.filter(handed_over=True))
        account.groups.set(mine | handed_over)
        apply_groups(account, actor=actor, named=wanted)


def hold(accounts: Iterable[Account], groups: Iterable[Group] = (), *matters: Matter) -> list[Account]:
    """The accounts, locked in the caller's transaction, before their groups are changed or looked at.

    So of two groups that somebody leaves at the same time, neither takes the other for a reason to keep a role.
    Held besides, all at once, is what a change of their groups can touch: memberships that groups gave them, and the
    matters in which their groups, these `groups` and `matters` give roles.
    """
    keys = [account.pk for account in accounts]
    if settings.ADMIN_GROUPS:
        # NB: as everything that changes who manages people, before the accounts.
        one_after_another()
    held = Account.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    # NB: in one order, so that no two wait for each other.
    locked = list(held.filter(pk__in=keys).order_by("pk"))
    given = Membership.objects.filter(user__directory_account__in=keys, given_by_group__isnull=False)
    holding.hold(Held.MEMBERS, *given.values_list("pk", flat=True))
    roles = GroupRole.objects.filter(Q(group__members__in=keys) | Q(group__in=[group.pk for group in groups]))
    concerned = Q(memberships__in=given) | Q(pk__in=[matter.pk for matter in matters])
    concerned |= Q(pk__in=roles.values("matter"))
    ids = set(Matter.objects.filter(concerned).values_list("pk", flat=True))
    list(Matter.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    return locked


def hold_members(group: Group, *matters: Matter) -> list[Account]:
    """The group's members, held, after the group itself, which nobody joins or leaves meanwhile."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    return hold(group.members.all(), [group], *matters)


def apply_groups(account: Account, *, actor: Actor, named: Iterable[str] = ()) -> None:
    """Make the account's roles those that its groups give; `named` are groups that are not kept, by their names.

    The account is held, see `hold`.
    """
    # NB: asked anew, for the caller may have loaded the account before its groups changed.
    groups = list(Group.objects.filter(members=account))
    _apply_staff(account, {group.name for group in groups} | set(named), actor)
    wanted: dict[UUID, GroupRole] = {}
    for given in GroupRole.objects.filter(group__in=groups).select_related("matter"):
        best = wanted.get(given.matter_id)
        if best is None or given.role == Role.ADMIN:
            wanted[given.matter_id] = given
    mine = Membership.objects.filter(user=account.user).select_related("matter", "user", "given_by_group")
    for membership in mine:
        given_here = wanted.pop(membership.matter_id, None)
        if not hasattr(membership, "given_by_group"):
            continue
        _renew(membership, given_here, actor)
    for given in wanted.values():
        if given.matter.deleted_at is None:
            added = add_member(given.matter, account.user, given.role, actor=actor)
            GivenMembership.objects.create(membership=added)


def _renew(membership: Membership, given: GroupRole | None, actor: Actor) -> None:
    try:
        if given is None:
            remove_member(membership, actor=actor)
        elif given.role != membership.role:
            change_role(membership, given.role, actor=actor)
    except NotAvailable:
        logger.info("membership %s had ended already", membership.pk)
    except MatterError as error:
        # NB: a matter keeps its last admin, whatever the directory says: somebody must be able to mend it.
        logger.warning("membership %s stays as it is: %s", membership.pk, error.code)


def _apply_staff(account: Account, names: set[str], actor: Actor) -> None:
    if not settings.ADMIN_GROUPS:
        return
    try:
        account.user = set_staff(account.user, bool(names & set(settings.ADMIN_GROUPS)), actor=actor)
    except PersonError as error:
        logger.warning("account %s still manages people: %s", account.user_id, error.code)

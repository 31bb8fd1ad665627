"""Changes to matters and their members."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from readers.languages import AND, installed
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.matters.models import Matter, Membership, Role
from reviewapp.matters.policy import NotAvailable


class MatterError(ActionError):
    """A change to a matter that cannot be made."""


def create_matter(name: str, *, actor: Actor, key: UUID | None = None) -> Matter:
    """A new matter whose first admin is `actor`, with this id or any. Raises MatterError for an unfit name."""
    name = _checked(name)
    with transaction.atomic():
        matter = Matter(name=name, created_by=actor.signed_in())
        matter.pk = key or matter.pk
        matter.save(force_insert=True)
        record(Happened.MATTER_CREATED, matter, actor=actor, matter=matter, name=name)
        _add(matter, actor.signed_in(), Role.ADMIN, actor)
    return matter


def rename_matter(matter: Matter, name: str, *, actor: Actor) -> Matter:
    """Raises MatterError for an empty or overlong name."""
    name = _checked(name)
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        if locked.name != name:
            record(
                Happened.MATTER_RENAMED, locked, actor=actor, matter=locked, before=locked.name, after=name
            )
            locked.name = name
            locked.save(update_fields=["name"])
    return locked


def choose_languages(matter: Matter, names: Iterable[str], *, actor: Actor) -> Matter:
    """Have the text of the matter's pictures recognised in these languages from now on, by tesseract's names.

    Raises MatterError without any, and for one whose data is not installed.
    """
    chosen = sorted(set(names))
    if not chosen:
        raise MatterError("languages-missing", "Choose at least one language.")
    if not set(chosen) <= set(installed()):
        raise MatterError("language-unknown", "One of the languages is not installed.")
    languages = AND.join(chosen)
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        before = locked.languages()
        if before != languages:
            locked.ocr_languages = languages
            locked.save(update_fields=["ocr_languages"])
            named = {"before": before, "after": languages}
            record(Happened.MATTER_LANGUAGES_CHOSEN, locked, actor=actor, matter=locked, **named)
    return locked


def add_member(matter: Matter, user: User, role: str, *, actor: Actor) -> Membership:
    """Make `user` a member. Raises MatterError when the user is one already or the role is unknown."""
    with transaction.atomic():
        # NB: the lock keeps two from making one person a member at the same time.
        Matter.objects.select_for_update().get(pk=matter.pk)
        if Membership.objects.filter(matter=matter, user=user).exists():
            raise MatterError("already-a-member", f"{user.get_username()} is a member already.", 409)
        return _add(matter, user, _known(role), actor)


def change_role(membership: Membership, role: str, *, actor: Actor) -> Membership:
    """Raises MatterError for an unknown role and when the matter would be left without an admin.

    Raises NotAvailable for a membership that ended meanwhile.
    """
    with transaction.atomic():
        hold(Held.MEMBERS, membership.pk)
        membership = _kept_with_an_admin(membership, _known(role))
        before, membership.role = membership.role, _known(role)
        membership.save(update_fields=["role"])
        record(
            Happened.MEMBER_ROLE_CHANGED,
            membership,
            actor=actor,
            matter=membership.matter,
            user_id=membership.user_id,
            before=before,
            after=membership.role,
        )
    return membership


def remove_member(membership: Membership, *, actor: Actor) -> None:
    """Raises MatterError when the matter would be left without an admin, NotAvailable when it ended meanwhile."""
    with transaction.atomic():
        hold(Held.MEMBERS, membership.pk)
        membership = _kept_with_an_admin(membership, None)
        record(
            Happened.MEMBER_REMOVED,
            membership,
            actor=actor,
            matter=membership.matter,
            user_id=membership.user_id,
            role=membership.role,
        )
        membership.delete()


def archive_matter(matter: Matter, *, actor: Actor) -> Matter:
    """Close the matter: it stays readable; nothing is asked, uploaded or consolidated any more.

    One that is closed stays as it is.
    """
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        matter = Matter.objects.select_for_update().get(pk=matter.pk)
        if matter.archived_at is None:
            matter.archived_at = timezone.now()
            matter.save(update_fields=["archived_at"])
            record(Happened.MATTER_ARCHIVED, matter, actor=actor, matter=matter)
    return matter


def reopen_matter(matter: Matter, *, actor: Actor) -> Matter:
    """Open a closed matter again; one that is open stays as it is. Raises MatterError for one that was deleted."""
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        matter = Matter.objects.select_for_update().get(pk=matter.pk)
        if matter.deleted_at is not None:
            raise MatterError("matter-deleted", "This matter was deleted.", 409)
        if matter.archived_at is not None:
            matter.archived_at = None
            matter.save(update_fields=["archived_at"])
            record(Happened.MATTER_REOPENED, matter, actor=actor, matter=matter)
    return matter


def _add(matter: Matter, user: User, role: Role, actor: Actor) -> Membership:
    membership = Membership.objects.create(matter=matter, user=user, role=role)
    record(Happened.MEMBER_ADDED, membership, actor=actor, matter=matter, user_id=user.pk, role=str(role))
    return membership


def _checked(name: str) -> str:
    name = plain_name(name)
    if not name:
        raise MatterError("matter-name-missing", "Give the matter a name.")
    if len(name) > 200:
        raise MatterError("matter-name-too-long", "The name is longer than 200 characters.")
    return name


def _known(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise MatterError("role-unknown", "The role is either reviewer or admin.") from None


def _kept_with_an_admin(membership: Membership, role: Role | None) -> Membership:
    """The membership as it is now, where the matter has an admin also when this one gets the role, or goes."""
    # NB: the lock on the matter keeps two admins from removing each other at the same time.
    Matter.objects.select_for_update().get(pk=membership.matter_id)
    found = Membership.objects.select_related("matter", "user").filter(pk=membership.pk).first()
    if found is None:
        raise NotAvailable
    admins = Membership.objects.filter(matter=membership.matter_id, role=Role.ADMIN)
    if role != Role.ADMIN and not admins.exclude(pk=membership.pk).exists():
        raise MatterError("last-admin", "A matter needs at least one admin.", 409)
    return found

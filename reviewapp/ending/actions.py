"""Deleting a matter, and having the removal of what it held tried again."""

from django.db import transaction
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.ending.jobs import REMOVE_MATTER
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.actions import MatterError
from reviewapp.matters.models import Matter, Membership


def delete_matter(matter: Matter, name: str, *, actor: Actor) -> Matter:
    """Take a closed matter from all its members at once; a worker then removes what it held.

    `name` is the matter's, as its admin wrote it to confirm. Its events stay, and its own record for them.
    Raises MatterError for one that is not closed, for another name, and while work is under way in it, whose files
    would come after the removal.
    """
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        hold(Held.MEMBERS, *matter.memberships.values_list("pk", flat=True))
        matter = Matter.objects.select_for_update().get(pk=matter.pk)
        if matter.archived_at is None:
            raise MatterError("matter-not-closed", "Close the matter first.", 409)
        if plain_name(name) != plain_name(matter.name):
            raise MatterError(
                "matter-name-unlike", "This is not the name of the matter. Write it as it stands above."
            )
        if Job.objects.filter(matter=matter, status__in=UNDER_WAY).exists():
            raise MatterError(
                "matter-busy",
                "Work is under way in this matter. Cancel it on the page Jobs, or wait until it has ended.",
                409,
            )
        matter.deleted_at, matter.deleted_by = timezone.now(), actor.account
        matter.save(update_fields=["deleted_at", "deleted_by"])
        Membership.objects.filter(matter=matter).delete()
        documents = Document.objects.filter(matter=matter).count()
        record(Happened.MATTER_DELETED, matter, actor=actor, matter=matter, documents=documents)
        lifecycle.create_job(REMOVE_MATTER, matter, matter=matter, actor=actor)
    return matter


def remove_again(matter: Matter, *, actor: Actor) -> Matter:
    """Have a worker try again to remove what a deleted matter held, from where it stopped.

    Raises MatterError while a removal is under way and after one that succeeded.
    """
    with transaction.atomic():
        matter = Matter.objects.select_for_update().exclude(deleted_at=None).get(pk=matter.pk)
        standing = (*UNDER_WAY, Status.SUCCEEDED)
        if Job.objects.filter(matter=matter, kind=REMOVE_MATTER.name, status__in=standing).exists():
            raise MatterError(
                "removal-not-failed", "What this matter held is removed, or is being removed now.", 409
            )
        record(Happened.MATTER_REMOVAL_RETRIED, matter, actor=actor, matter=matter)
        lifecycle.create_job(REMOVE_MATTER, matter, matter=matter, actor=actor)
    return matter

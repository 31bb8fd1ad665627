"""What other systems call matters."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.matters.actions import MatterError, create_matter, rename_matter
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import administered_matters

EXTERNAL_ID_CHARACTERS = 200


def put_matter(name: str, external_id: str, *, actor: Actor) -> tuple[Matter, bool]:
    """The matter that is called so elsewhere, under this name, made where there is none; whether it was made.

    It is looked for among those that `actor` administers, first among those that the account itself identified.
    Raises MatterError for an unfit name or external id, and when the account gave the external id to a matter that it
    does not administer any more.
    """
    external_id = _checked(external_id)
    with transaction.atomic():
        known = _held(actor, external_id)
        if known is not None:
            return rename_matter(known, name, actor=actor), False
        made = create_matter(name, actor=actor)
        return identify_matter(made, external_id, actor=actor), True


def identify_matter(matter: Matter, external_id: str, *, actor: Actor) -> Matter:
    """Give the matter another system's name, or take it away by an empty one.

    Raises MatterError for an overlong one, and when another matter that `actor` administers or identified has it.
    """
    external_id = _checked(external_id)
    with transaction.atomic():
        hold(Held.MATTERS, matter.pk)
        _one_after_another(actor)
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        if locked.external_id == external_id:
            return locked
        if external_id and administered_matters(actor).filter(external_id=external_id).exists():
            raise _taken()
        locked.external_id = external_id
        locked.identified_by = actor.signed_in() if external_id else None
        try:
            with transaction.atomic():
                locked.save(update_fields=["external_id", "identified_by"])
        except IntegrityError:
            raise _taken() from None
        record(Happened.MATTER_IDENTIFIED, locked, actor=actor, matter=locked, external_id=external_id)
    return locked


def _held(actor: Actor, external_id: str) -> Matter | None:
    """The matter that is called so, held, and the account locked; in this order, as in every change of a matter.

    Where another one is called so by the time that the account is locked, both are let go and taken anew.
    """
    while True:
        with transaction.atomic():
            if (likely := _called(actor, external_id)) is not None:
                hold(Held.MATTERS, likely.pk)
            _one_after_another(actor)
            if (known := _called(actor, external_id)) == likely:
                return known
            transaction.set_rollback(True)


def _called(actor: Actor, external_id: str) -> Matter | None:
    if not external_id:
        return None
    found = list(administered_matters(actor).filter(external_id=external_id).order_by("created_at", "pk"))
    own = [matter for matter in found if matter.identified_by_id == actor.signed_in().pk]
    return next(iter(own or found), None)


def _one_after_another(actor: Actor) -> None:
    # NB: of two requests of one account for one name, the second finds what the first made.
    User.objects.select_for_update(no_key=True).get(pk=actor.signed_in().pk)


def _taken() -> MatterError:
    return MatterError("external-id-taken", "Another matter of this account has this external id.", 409)


def _checked(external_id: str) -> str:
    external_id = external_id.strip()
    if len(external_id) > EXTERNAL_ID_CHARACTERS:
        raise MatterError("external-id-too-long", "The external id is longer than 200 characters.")
    return external_id

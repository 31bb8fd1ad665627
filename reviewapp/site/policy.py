"""Who may see how the installation is."""

# ruff: noqa: D103  the names are the rules

from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.policy import NotAvailable, rule


@rule(Scope.MANAGE)
def may_see_status(actor: Actor) -> bool:
    # NB: never a client: what is told here is of all matters together.
    return actor.client is None and actor.person is not None and actor.person.is_staff


def access_status(actor: Actor) -> None:
    """Raises NotAvailable for those who may not see it: the page is not there for them."""
    if not may_see_status(actor):
        raise NotAvailable

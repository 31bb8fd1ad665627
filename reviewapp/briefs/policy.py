"""Who may read briefs."""

# ruff: noqa: D103  the names are the rules

from reviewapp.briefs.models import Brief
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.matters.policy import may_view


def visible_brief(actor: Actor, document: Document) -> Brief | None:
    if not may_view(actor, document.matter):
        return None
    return Brief.objects.filter(document=document).prefetch_related("fields").first()

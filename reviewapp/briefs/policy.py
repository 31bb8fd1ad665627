"""Who may read briefs."""

# ruff: noqa: D103  the names are the rules

from django.db.models import Prefetch

from reviewapp.briefs.models import Brief, Held
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.matters.policy import may_view


def visible_brief(actor: Actor, document: Document) -> Brief | None:
    if not may_view(actor, document.matter):
        return None
    clauses = Prefetch("held", Held.objects.filter(name__startswith="clause:"), to_attr="clauses")
    return Brief.objects.filter(document=document).prefetch_related("fields", clauses).first()

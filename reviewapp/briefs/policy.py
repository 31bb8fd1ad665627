"""Who may read briefs."""

# ruff: noqa: D103  the names are the rules

from django.db.models import Prefetch, QuerySet

from reviewapp.briefs.models import Brief, FailedBrief, Held
from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.actor import Actor
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import may_view

CLAUSE = "clause:"


def visible_brief(actor: Actor, document: Document) -> Brief | None:
    if not may_view(actor, document.matter):
        return None
    clauses = Prefetch("held", Held.objects.filter(name__startswith=CLAUSE), to_attr="clauses")
    return Brief.objects.filter(document=document).prefetch_related("fields", clauses).first()


def visible_failed_briefs(actor: Actor, matter: Matter) -> QuerySet[FailedBrief]:
    failed = FailedBrief.objects.filter(document__in=visible_documents(actor, matter))
    return failed.select_related("document").order_by(by_name("document__name"), "pk")


def visible_clauses(actor: Actor, matter: Matter) -> QuerySet[Held]:
    held = Held.objects.filter(name__startswith=CLAUSE)
    return held.filter(brief__document__in=visible_documents(actor, matter))

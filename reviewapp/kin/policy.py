"""Who may see which documents belong together."""

# ruff: noqa: D103  the names are the rules

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.frame.actor import Actor
from reviewapp.kin.models import Likeness, Message
from reviewapp.matters.policy import may_view


def visible_likenesses(actor: Actor, document: Document) -> models.QuerySet[Likeness]:
    if not may_view(actor, document.matter):
        return Likeness.objects.none()
    return (
        Likeness.objects.filter(document=document)
        .select_related("other")
        .order_by("-share", by_name("other__name"))
    )


def visible_thread(actor: Actor, document: Document) -> models.QuerySet[Message]:
    """The messages of the document's thread in their order in time; none where it is no message."""
    if not may_view(actor, document.matter):
        return Message.objects.none()
    of_matter = Message.objects.filter(document__matter=document.matter_id)
    thread = of_matter.filter(document=document).values("thread")
    return (
        of_matter.filter(thread__in=thread)
        .select_related("document")
        .order_by("sent_at", by_name("document__name"))
    )

"""How much matters hold, counted beside them: a number each, whatever else is asked of them."""

from django.apps import apps
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reviewapp.matters.models import Matter


def with_documents(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """The matters with `document_count`, the number of their documents; earlier versions of these do not count."""
    return matters.annotate(document_count=_documents(Q()))


def with_ready(matters: QuerySet[Matter], memory: str) -> QuerySet[Matter]:
    """The matters with `ready_count`, the number of their documents that are consolidated for this memory."""
    return matters.annotate(ready_count=_documents(Q(states__status="ready", states__memory=memory)))


def _documents(wanted: Q) -> Coalesce:
    # NB: counted by joins beside each other, the rows of one would be multiplied by those of the other.
    found = apps.get_model("documents.Document").objects.filter(wanted, matter=OuterRef("pk"))
    return Coalesce(
        Subquery(found.order_by().values("matter").annotate(number=Count("*")).values("number")), 0
    )

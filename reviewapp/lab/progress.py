"""How far a comparison is."""

from django.db.models import Sum

from reviewapp.lab.models import Compared, Comparison

SECONDS_PER_MINUTE = 60


def next_part(comparison: Comparison) -> Compared | None:
    """The document that is measured next; None when all are done or given up."""
    return comparison.parts.filter(rows=[], reason="").select_related("document").first()


def spent_seconds(comparison: Comparison) -> float:
    """What the documents took that were worked on."""
    return float(comparison.parts.aggregate(spent=Sum("seconds"))["spent"] or 0.0)


def left_seconds(comparison: Comparison) -> float:
    """What is left of the time that the comparison may take, below 0 once it is over."""
    return SECONDS_PER_MINUTE * comparison.most_minutes - spent_seconds(comparison)


def is_over(comparison: Comparison) -> bool:
    """Whether the comparison has had all of its time."""
    return left_seconds(comparison) <= 0

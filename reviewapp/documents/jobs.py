"""The work of forgetting a document that was withdrawn."""

from django.urls import reverse

from reviewapp.documents.models import Withdrawal
from reviewapp.jobs.kinds import About, Kind, Priority, register


def about(withdrawal: Withdrawal) -> About:
    """The document that was, as the list of jobs names it."""
    return About(withdrawal.name, reverse("withdrawals", args=[withdrawal.matter_id]))


FORGET = register(
    Kind(
        name="forget",
        task="gpu_worker.forget",
        queue="consolidate",
        words="Removing what is left of a withdrawn document",
        subject=Withdrawal,
        about=about,
        priority=Priority.GRID,
        max_attempts=10,
        pause_seconds=30.0,
    )
)

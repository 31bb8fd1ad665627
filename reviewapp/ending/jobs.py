"""The work of removing what a deleted matter held."""

from django.urls import reverse

from reviewapp.jobs.kinds import About, Kind, register
from reviewapp.matters.models import Matter


def about(matter: Matter) -> About:
    """The matter that was, as the list of jobs names it."""
    return About(matter.name, reverse("deleted_matters"))


REMOVE_MATTER = register(
    Kind(
        name="remove_matter",
        task="reviewapp.ending.remove_matter",
        queue="ingest",
        words="Removing a deleted matter",
        subject=Matter,
        about=about,
        unit="documents",
        max_attempts=10,
        pause_seconds=30.0,
    )
)

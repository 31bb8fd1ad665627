"""The work of making an export."""

from django.urls import reverse

from reviewapp.exports.models import Export
from reviewapp.jobs.kinds import About, Kind, Priority, register


def about(export: Export) -> About:
    """The export, as the list of jobs names it."""
    return About(f"{export.title} ({export.format})", reverse("exports", args=[export.matter_id]))


MAKE_EXPORT = register(
    Kind(
        name="make_export",
        task="reviewapp.exports.make_export",
        queue="ingest",
        words="Making an export",
        subject=Export,
        about=about,
        priority=Priority.INTERACTIVE,
        unit="cells",
    )
)

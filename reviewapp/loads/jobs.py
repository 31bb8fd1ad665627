"""The work of load files: the dry run, taking the rows in, and writing productions."""

from django.urls import reverse

from reviewapp.jobs.kinds import About, Kind, Priority, register
from reviewapp.loads.models import Load, Production


def about(load: Load) -> About:
    """The load, as the list of jobs names it."""
    return About(load.table_name, reverse("load", args=[load.pk]))


CHECK_LOAD = register(
    Kind(
        name="check_load",
        task="reviewapp.loads.check_load",
        queue="ingest",
        words="Checking a load file",
        subject=Load,
        about=about,
        priority=Priority.INTERACTIVE,
        unit="rows",
    )
)
TAKE_LOAD = register(
    Kind(
        name="take_load",
        task="reviewapp.loads.take_load",
        queue="ingest",
        words="Taking in a load file",
        subject=Load,
        about=about,
        size=lambda load: int(load.counts.get("rows", 0)),
        priority=Priority.GRID,
        unit="rows",
    )
)
WRITE_PRODUCTION = register(
    Kind(
        name="write_production",
        task="reviewapp.loads.write_production",
        queue="ingest",
        words="Writing a production",
        subject=Production,
        about=lambda production: About("Production", reverse("productions", args=[production.matter_id])),
        priority=Priority.INTERACTIVE,
        unit="documents",
    )
)

"""The work of Clio: fetching documents from there, and sending a note."""

from django.urls import reverse

from reviewapp.clio.models import Connection, SentNote
from reviewapp.jobs.kinds import About, Kind, Priority, register


def about(one: Connection | SentNote) -> About:
    """The connection or the note, as the list of jobs names it."""
    return About("Clio", reverse("clio", args=[one.matter_id]))


FETCH_FROM_CLIO = register(
    Kind(
        name="fetch_from_clio",
        task="reviewapp.clio.fetch",
        queue="deliver",
        words="Fetching documents from Clio",
        subject=Connection,
        about=about,
        priority=Priority.GRID,
        unit="documents",
        max_attempts=5,
        pause_seconds=10.0,
    )
)
SEND_TO_CLIO = register(
    Kind(
        name="send_to_clio",
        task="reviewapp.clio.send",
        queue="deliver",
        words="Sending an answer to Clio",
        subject=SentNote,
        about=about,
        priority=Priority.INTERACTIVE,
        max_attempts=5,
        pause_seconds=10.0,
    )
)

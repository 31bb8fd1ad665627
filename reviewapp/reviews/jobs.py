"""The work of coding many documents."""

from django.urls import reverse

from reviewapp.jobs.kinds import About, Kind, Priority, register
from reviewapp.reviews.models import Coding


def about(coding: Coding) -> About:
    """The coding, as the list of jobs names it."""
    return About(f"{len(coding.documents):,} documents", reverse("coding", args=[coding.matter_id]))


CODE_DOCUMENTS = register(
    Kind(
        name="code_documents",
        task="reviewapp.reviews.code_documents",
        queue="ingest",
        words="Coding documents",
        subject=Coding,
        about=about,
        size=lambda coding: len(coding.documents),
        priority=Priority.INTERACTIVE,
        unit="documents",
    )
)

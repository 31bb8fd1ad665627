"""Registers intake with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `reviewapp.intake`."""

    name = "reviewapp.intake"

    def ready(self) -> None:
        from reviewapp.intake.actions import follow_job
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind

        follow(Kind.INGEST_ITEM, follow_job)

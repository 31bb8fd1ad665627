"""Registers documents with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app `reviewapp.documents`."""

    name = "reviewapp.documents"

    def ready(self) -> None:
        from reviewapp.documents.actions import follow_job
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind

        follow(Kind.INGEST_ITEM, follow_job)

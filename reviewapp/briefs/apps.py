"""Registers briefs with Django."""

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    """The app `reviewapp.briefs`."""

    name = "reviewapp.briefs"

    def ready(self) -> None:
        """Hear of documents that are replaced: the sleep of the new text makes a new brief."""
        from reviewapp.briefs.results import drop_brief
        from reviewapp.documents.signals import document_replaced

        document_replaced.connect(
            lambda document, **_: drop_brief(document), weak=False, dispatch_uid="briefs"
        )

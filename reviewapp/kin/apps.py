"""Registers kin with Django."""

from django.apps import AppConfig


class KinConfig(AppConfig):
    """The app `reviewapp.kin`."""

    name = "reviewapp.kin"

    def ready(self) -> None:
        """Hear of documents that are replaced: their text is another now."""
        from reviewapp.documents.signals import document_replaced
        from reviewapp.kin.results import leave_kin

        document_replaced.connect(lambda document, **_: leave_kin(document), weak=False, dispatch_uid="kin")

"""Registers load files with Django."""

from django.apps import AppConfig


class LoadsConfig(AppConfig):
    """The app `reviewapp.loads`."""

    name = "reviewapp.loads"

    def ready(self) -> None:
        """Hear of documents that are forgotten."""
        from reviewapp.documents.signals import document_forgotten
        from reviewapp.loads.forgetting import forget
        from reviewapp.loads.producing import remove_productions

        document_forgotten.connect(
            lambda withdrawal, **_: forget(withdrawal), weak=False, dispatch_uid="loads"
        )
        document_forgotten.connect(
            lambda withdrawal, **_: remove_productions(withdrawal), weak=False, dispatch_uid="productions"
        )

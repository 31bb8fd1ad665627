"""Registers the moving of matters with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_delete


class MovingConfig(AppConfig):
    """The app `reviewapp.moving`."""

    name = "reviewapp.moving"

    def ready(self) -> None:
        """Have archives go with their records, and with the documents that they hold."""
        from reviewapp.documents.models import Withdrawal
        from reviewapp.documents.signals import document_forgotten
        from reviewapp.moving.models import Archive
        from reviewapp.moving.storage import remove_archive, remove_archives

        def removed(instance: Archive, **_: object) -> None:
            remove_archive(instance)

        def forgotten(withdrawal: Withdrawal, **_: object) -> None:
            remove_archives(withdrawal)

        post_delete.connect(removed, Archive, weak=False, dispatch_uid="files of archives")
        document_forgotten.connect(forgotten, weak=False, dispatch_uid="archives")

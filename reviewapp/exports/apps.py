"""Registers exports with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_delete


class ExportsConfig(AppConfig):
    """The app `reviewapp.exports`."""

    name = "reviewapp.exports"

    def ready(self) -> None:
        """Have files go with their records, and with the documents that they quote."""
        from reviewapp.documents.models import Withdrawal
        from reviewapp.documents.signals import document_forgotten
        from reviewapp.exports.models import Export
        from reviewapp.exports.storage import forget_document, remove_file

        def removed(instance: Export, **_: object) -> None:
            remove_file(instance)

        def forgotten(withdrawal: Withdrawal, **_: object) -> None:
            forget_document(withdrawal)

        post_delete.connect(removed, Export, weak=False, dispatch_uid="files of exports")
        document_forgotten.connect(forgotten, weak=False, dispatch_uid="exports")

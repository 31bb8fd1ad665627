"""Registers documents with Django."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete


class DocumentsConfig(AppConfig):
    """The app `reviewapp.documents`."""

    name = "reviewapp.documents"

    def ready(self) -> None:
        """Have names be put in order, and the bytes of pictures go with their records."""
        from reviewapp.documents.models import PagePicture
        from reviewapp.documents.ordering import teach_sqlite
        from reviewapp.documents.pictures import remove_bytes

        connection_created.connect(teach_sqlite, weak=False, dispatch_uid="order of names")

        def removed(instance: PagePicture, **_: object) -> None:
            remove_bytes(instance)

        post_delete.connect(removed, PagePicture, weak=False, dispatch_uid="bytes of pictures")

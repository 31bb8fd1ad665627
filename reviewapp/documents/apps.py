"""Registers documents with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_delete


class DocumentsConfig(AppConfig):
    """The app `reviewapp.documents`."""

    name = "reviewapp.documents"

    def ready(self) -> None:
        """Have the bytes of pictures go with their records."""
        from reviewapp.documents.models import PagePicture
        from reviewapp.documents.pictures import remove_bytes

        def removed(instance: PagePicture, **_: object) -> None:
            remove_bytes(instance)

        post_delete.connect(removed, PagePicture, weak=False, dispatch_uid="bytes of pictures")

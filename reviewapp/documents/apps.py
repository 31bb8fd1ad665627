"""Registers documents with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app `reviewapp.documents`."""

    name = "reviewapp.documents"

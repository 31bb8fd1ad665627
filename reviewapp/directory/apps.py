"""Registers the directory with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The app `reviewapp.directory`."""

    name = "reviewapp.directory"

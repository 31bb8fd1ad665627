"""Registers the connection to Clio with Django."""

from django.apps import AppConfig


class ClioConfig(AppConfig):
    """The app `reviewapp.clio`."""

    name = "reviewapp.clio"

"""Registers the ending of matters with Django."""

from django.apps import AppConfig


class EndingConfig(AppConfig):
    """The app `reviewapp.ending`."""

    name = "reviewapp.ending"

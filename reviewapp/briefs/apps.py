"""Registers briefs with Django."""

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    """The app `reviewapp.briefs`."""

    name = "reviewapp.briefs"

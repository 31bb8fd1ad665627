"""Registers matters with Django."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """The app `reviewapp.matters`."""

    name = "reviewapp.matters"

"""Registers the memory lab with Django."""

from django.apps import AppConfig


class LabConfig(AppConfig):
    """The app `reviewapp.lab`."""

    name = "reviewapp.lab"

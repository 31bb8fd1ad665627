"""Registers states with Django."""

from django.apps import AppConfig


class StatesConfig(AppConfig):
    """The app `reviewapp.states`."""

    name = "reviewapp.states"
    # NB: the label names the tables and migrations of installations that there are.
    label = "memory"

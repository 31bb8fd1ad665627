"""Registers events with Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The app `reviewapp.events`."""

    name = "reviewapp.events"
    # NB: the label names the tables and migrations of installations that there are.
    label = "audit"

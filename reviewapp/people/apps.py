"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app `reviewapp.people`."""

    name = "reviewapp.people"

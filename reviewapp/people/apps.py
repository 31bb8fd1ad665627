"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app `reviewapp.people`."""

    name = "reviewapp.people"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        from reviewapp.people import noting  # noqa: F401

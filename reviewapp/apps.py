"""Registers what belongs to no single app: the start-up checks."""

from django.apps import AppConfig


class ReviewappConfig(AppConfig):
    """The whole of reviewapp."""

    name = "reviewapp"

    def ready(self) -> None:
        from reviewapp import checks  # noqa: F401  registers the checks

"""Registers what belongs to no single app: the start-up checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The app `reviewapp.site`."""

    name = "reviewapp.site"

    def ready(self) -> None:
        from reviewapp.site import checks  # noqa: F401  registers the checks

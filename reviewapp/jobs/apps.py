"""Registers jobs with Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """The app `reviewapp.jobs`."""

    name = "reviewapp.jobs"

    def ready(self) -> None:
        """Find the kinds of job: those that the `jobs.py` of each app registers."""
        autodiscover_modules("jobs")

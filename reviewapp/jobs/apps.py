"""Registers jobs with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app `reviewapp.jobs`."""

    name = "reviewapp.jobs"

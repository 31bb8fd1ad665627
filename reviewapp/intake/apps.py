"""Registers intake with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `reviewapp.intake`."""

    name = "reviewapp.intake"

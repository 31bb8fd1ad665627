"""Registers audit with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app `reviewapp.audit`."""

    name = "reviewapp.audit"

"""Registers the API with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app `reviewapp.api`."""

    name = "reviewapp.api"

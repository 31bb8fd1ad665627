"""Registers webhooks with Django."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """The app `reviewapp.webhooks`."""

    name = "reviewapp.webhooks"

"""Registers notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The app `reviewapp.notices`."""

    name = "reviewapp.notices"

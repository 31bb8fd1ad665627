"""The app of the shared parts of pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates, tags and middleware that all pages share."""

    name = "reviewapp.pages"

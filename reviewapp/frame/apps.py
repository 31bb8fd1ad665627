"""The app of the shared parts of pages."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Templates, tags and middleware that all pages share."""

    name = "reviewapp.frame"

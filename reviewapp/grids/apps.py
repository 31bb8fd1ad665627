"""Registers grids with Django."""

from django.apps import AppConfig


class GridsConfig(AppConfig):
    """The app `reviewapp.grids`."""

    name = "reviewapp.grids"

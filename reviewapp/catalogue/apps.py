"""Registers the catalogue with Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The app `reviewapp.catalogue`."""

    name = "reviewapp.catalogue"

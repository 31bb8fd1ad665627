"""Registers reviews with Django."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The app `reviewapp.reviews`."""

    name = "reviewapp.reviews"

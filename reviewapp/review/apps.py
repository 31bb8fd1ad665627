"""Registers review with Django."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The app `reviewapp.review`."""

    name = "reviewapp.review"

    def ready(self) -> None:
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind
        from reviewapp.review.actions import follow_job

        follow(Kind.ANSWER, follow_job)

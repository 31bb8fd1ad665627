"""Registers states with Django."""

from django.apps import AppConfig


class StatesConfig(AppConfig):
    """The app `reviewapp.states`."""

    name = "reviewapp.states"
    # NB: the label names the tables and migrations of installations that there are.
    label = "memory"

    def ready(self) -> None:
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind
        from reviewapp.states.actions import follow_job

        follow(Kind.CONSOLIDATE, follow_job)

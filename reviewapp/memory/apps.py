"""Registers memory with Django."""

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    """The app `reviewapp.memory`."""

    name = "reviewapp.memory"

    def ready(self) -> None:
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind
        from reviewapp.memory.actions import follow_job

        follow(Kind.CONSOLIDATE, follow_job)

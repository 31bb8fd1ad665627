"""Registers the directory with Django."""

from typing import Any

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The app `reviewapp.directory`."""

    name = "reviewapp.directory"

    def ready(self) -> None:
        """An account that is reopened is the directory's no more, whoever had it before."""
        from reviewapp.people.signals import account_ended

        account_ended.connect(_forget)


def _forget(person: Any, **rest: Any) -> None:
    from reviewapp.directory.models import LetGo

    LetGo.objects.filter(user=person).delete()

"""Registers the API with Django."""

from typing import Any

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app `reviewapp.api`."""

    name = "reviewapp.api"

    def ready(self) -> None:
        """Tokens end with the account of their person, or with its password when that is taken away."""
        from reviewapp.people.signals import account_ended

        account_ended.connect(_end_tokens)


def _end_tokens(person: Any, actor: Any, **rest: Any) -> None:
    from reviewapp.api.actions import end_tokens_of

    end_tokens_of(person, actor=actor)

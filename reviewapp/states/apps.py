"""Registers states with Django."""

from django.apps import AppConfig


class StatesConfig(AppConfig):
    """The app `reviewapp.states`."""

    name = "reviewapp.states"
    # NB: the label names the tables and migrations of installations that there are.
    label = "memory"

    def ready(self) -> None:
        """Hear of documents that are replaced."""
        from reviewapp.documents.signals import document_replaced
        from reviewapp.states.actions import leave_states

        document_replaced.connect(
            lambda document, **_: leave_states(document), weak=False, dispatch_uid="states"
        )

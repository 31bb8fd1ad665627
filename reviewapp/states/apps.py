"""Registers states with Django."""

from django.apps import AppConfig


class StatesConfig(AppConfig):
    """The app `reviewapp.states`."""

    name = "reviewapp.states"
    # NB: the label names the tables and migrations of installations that there are.
    label = "memory"

    def ready(self) -> None:
        """Hear of documents that are replaced, and of those that are forgotten."""
        from reviewapp.documents.signals import document_forgotten, document_replaced
        from reviewapp.states.actions import leave_states
        from reviewapp.states.unfinished import remove_unfinished

        document_replaced.connect(
            lambda document, **_: leave_states(document), weak=False, dispatch_uid="states"
        )
        document_forgotten.connect(
            lambda withdrawal, **_: remove_unfinished(withdrawal.matter_id, withdrawal.sha256),
            weak=False,
            dispatch_uid="unfinished",
        )

"""Registers questions with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The app `reviewapp.questions`."""

    name = "reviewapp.questions"
    # NB: the label names the tables and migrations of installations that there are.
    label = "review"

    def ready(self) -> None:
        """Hear of documents that are replaced, and of those that can be asked again."""
        from reviewapp.documents.signals import document_replaced
        from reviewapp.questions.versions import ask_changed, carry_over
        from reviewapp.states.signals import state_built

        document_replaced.connect(
            lambda document, before, **_: carry_over(document, before), weak=False, dispatch_uid="questions"
        )
        state_built.connect(lambda document, **_: ask_changed(document), weak=False, dispatch_uid="questions")

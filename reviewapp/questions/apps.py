"""Registers questions with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The app `reviewapp.questions`."""

    name = "reviewapp.questions"
    # NB: the label names the tables and migrations of installations that there are.
    label = "review"

    def ready(self) -> None:
        from reviewapp.jobs.lifecycle import follow
        from reviewapp.jobs.models import Kind
        from reviewapp.questions.actions import follow_job

        follow(Kind.ANSWER, follow_job)

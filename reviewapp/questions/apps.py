"""Registers questions with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The app `reviewapp.questions`."""

    name = "reviewapp.questions"
    # NB: the label names the tables and migrations of installations that there are.
    label = "review"

"""What the demo matter opens with: a grid of its contracts, and some questions with their answers."""

from django.contrib.auth.models import User

from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid, run
from reviewapp.grids.models import QuestionSet
from reviewapp.grids.sets import newest, ship_sets
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Question

GRID_NAME = "Commercial terms"
QUESTIONS = (
    "Which law governs the agreements?",
    "When do the agreements expire?",
    "Which agreements can be terminated for convenience?",
    "What is the governing law of the Integrity agreement?",
)


def fill_demo(matter: Matter, reviewer: User) -> None:
    """Run the shipped set over the demo's contracts and ask some questions, once each; the workers do the rest."""
    actor = Actor(reviewer)
    if not matter.grids.exists():
        ship_sets()
        version = newest(QuestionSet.objects.get(key="commercial"))
        run(create_grid(matter, GRID_NAME, version, actor=actor), actor=actor)
    # a grid's columns are questions as well
    if not Question.objects.filter(matter=matter, standing="", columns=None).exists():
        for words in QUESTIONS:
            ask_question(matter, words, actor=actor)

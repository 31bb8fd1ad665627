"""What the questions of a grid or a matter are forecast to cost, and what is best done with the documents."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from reviewapp.documents.models import Document
from reviewapp.frame.words_grids import PLANS
from reviewapp.frame.words_numbers import count_words, duration_words
from reviewapp.grids.models import Column
from reviewapp.grids.planning import Plan, all_ways, plan

CHARACTERS_PER_TOKEN = 4.3
#: What it takes to begin with a document in a process of its own.
START_SECONDS = 12.0


def forecast(documents: QuerySet[Document], columns: Sequence[Column]) -> Plan | None:
    """The plan for asking every column of every document; None without either."""
    return forecast_of(documents, len(columns), sum(bool(column.standing) for column in columns))


def forecast_of(documents: QuerySet[Document], questions: int, held: int = 0) -> Plan | None:
    """The plan for asking every document so many questions, of which briefs hold some; None without either."""
    lengths = documents.order_by().values_list("char_count", flat=True)
    return plan([characters / CHARACTERS_PER_TOKEN for characters in lengths], questions, held)


def comparing_seconds(asked: Iterable[tuple[int, int]]) -> float:
    """Processor seconds of comparing all ways: documents of so many characters, each asked so many questions."""
    took = all_ways()
    return sum(
        START_SECONDS + took.seconds(characters / CHARACTERS_PER_TOKEN, questions)
        for characters, questions in asked
    )


def plan_words(found: Plan | None) -> str:
    """A plan in words; empty without one."""
    if found is None:
        return ""
    asked = f"{count_words(found.questions, 'question')} of {count_words(found.documents, 'document')}"
    held = f" ({found.held} answered by the briefs)" if found.held else ""
    most = f" for {count_words(found.chosen[found.kind], 'of them,of them')}" if len(found.chosen) > 1 else ""
    return (
        f"For {asked}{held}, {PLANS[found.kind]} is best{most} by what was measured: right in "
        f"{round(100 * found.right)} of 100 answers, about {duration_words(found.seconds)} of one processor core. "
        f"Reading every document anew for each question is right in {round(100 * found.anew_right)} and takes "
        f"{duration_words(found.anew_seconds)}."
    )

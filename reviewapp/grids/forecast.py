"""What the questions of a grid or a matter are forecast to cost, and what is best done with the documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, F, Q, QuerySet

from reviewapp.briefs.standing import COMMERCIAL
from reviewapp.documents.models import Document
from reviewapp.frame.words_grids import (
    BRIEFS_HOLD_ALL,
    BRIEFS_WILL_HOLD_ALL,
    DOING,
    GAINS,
    HAVING,
    PLANS,
    READ_EACH,
)
from reviewapp.frame.words_numbers import count_words, duration_words, times_words
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.planning import Plan, measured_steps, plan
from reviewapp.matters.models import Matter

CHARACTERS_PER_TOKEN = 4.3
#: What it takes to begin with a document in a process of its own.
START_SECONDS = 12.0


def forecast(documents: QuerySet[Document], columns: Sequence[Column]) -> Plan | None:
    """The plan for asking every column of every document; None without either."""
    return forecast_of(documents, len(columns), sum(bool(column.standing) for column in columns))


def forecast_of(documents: QuerySet[Document], questions: int, held: int = 0) -> Plan | None:
    """The plan for asking every document so many questions, of which briefs hold some; None without either."""
    alike = documents.order_by().values(thousands=F("char_count") / 1000)
    groups = alike.annotate(number=Count("pk"), mean=Avg("char_count")).values_list("number", "mean")
    tokens = (float(mean) / CHARACTERS_PER_TOKEN for number, mean in groups for _ in range(number))
    return plan(tokens, questions, held)


@dataclass(frozen=True)
class Coming:
    """How many questions a matter's documents are asked next, and how many of them briefs hold."""

    questions: int
    held: int


def coming(matter: Matter) -> Coming:
    """The questions of the matter's newest grid; before there is one, those of the shipped set for contracts."""
    newest = Grid.objects.filter(matter=matter).order_by("-created_at").first()
    if newest is None:
        return Coming(len(COMMERCIAL), len(COMMERCIAL))
    columns = newest.columns.aggregate(questions=Count("pk"), held=Count("pk", filter=~Q(standing="")))
    return Coming(columns["questions"], columns["held"])


def comparing_seconds(asked: Iterable[tuple[int, int]]) -> float:
    """Processor seconds of comparing all ways: documents of so many characters, each asked so many questions."""
    return sum(
        START_SECONDS
        + sum(
            took.seconds(characters / CHARACTERS_PER_TOKEN, min(questions, most or questions))
            for most, took in measured_steps()
        )
        for characters, questions in asked
    )


def plan_words(found: Plan | None) -> str:
    """A plan in words; empty without one."""
    if found is None:
        return ""
    asked = f"{count_words(found.questions, 'question')} of {count_words(found.documents, 'document')}"
    held = f" ({found.held} answered by the briefs)" if found.held else ""
    most = f" for {found.chosen[found.kind]} of them" if len(found.chosen) > 1 else ""
    most += "".join(f", {PLANS[kind]} for {found.chosen[kind]}" for kind in found.kinds[1:])
    said = (
        f"For {asked}{held}, {PLANS[found.kind]} is best{most} by what was measured: right in "
        f"{round(100 * found.right)} of 100 answers, about {duration_words(found.seconds)} of one processor core."
    )
    if found.held == found.questions:
        return said  # nothing is left that would be read anew
    return (
        f"{said} Reading every document anew for each question is right in {round(100 * found.anew_right)} and takes "
        f"{duration_words(found.anew_seconds)}."
    )


def advice_words(found: Plan | None, *, ready: int) -> str:
    """A plan as the home of its matter says it, where so many documents are prepared; empty without a plan."""
    if found is None:
        return ""
    is_ready = ready >= found.documents
    said = f"{count_words(found.questions, 'question')} to {count_words(found.documents, 'document')}: "
    left = found.questions - found.held
    if not left:
        return said + (BRIEFS_HOLD_ALL if is_ready else BRIEFS_WILL_HOLD_ALL)
    saved = found.anew_seconds - found.seconds
    gains = GAINS[saved > 0].format(seconds=duration_words(abs(saved)))
    doing = HAVING if is_ready else DOING
    if len(found.chosen) == 1:
        said += doing[found.kind]
    else:
        said += " and ".join(f"{doing[kind]} ({found.chosen[kind]} of them)" for kind in found.kinds)
    said += f" {gains} reading each whole for every question, and is right in "
    said += f"{round(100 * found.right)} of 100 answers instead of {round(100 * found.anew_right)}"
    if found.held:
        held = "are already in the briefs" if is_ready else "will be in the briefs"
        said += f"; {found.held} of {found.questions} {held}"
    return said + f".{_passes_words(found)}"


def _passes_words(found: Plan) -> str:
    """How often each window is read, where documents are consolidated."""
    if not found.passes:
        return ""
    if len(found.passes) == 1:
        return f" {READ_EACH.format(passes=times_words(next(iter(found.passes))))}"
    each = ", ".join(
        f"{times_words(passes)} in {count_words(number, 'document')}"
        for passes, number in sorted(found.passes.items())
    )
    return f" {READ_EACH.format(passes=each)}"

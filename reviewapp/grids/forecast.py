"""What the questions of a grid or a matter are forecast to cost, and what is best done with the documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet

from reviewapp.briefs.standing import COMMERCIAL
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.planning import Plan, measured_steps, plan
from reviewapp.grids.policy import visible_grids
from reviewapp.matters.models import Matter
from reviewapp.states.models import State

CHARACTERS_PER_TOKEN = 4.3
#: What it takes to begin with a document in a process of its own.
START_SECONDS = 12.0


@dataclass(frozen=True)
class Coming:
    """How many questions documents are asked next, how many of them briefs hold, and of which grid they are."""

    questions: int
    held: int
    grid: Grid | None = None


def forecast(documents: QuerySet[Document], columns: Sequence[Column]) -> Plan | None:
    """The plan for asking every column of every document; None without either."""
    return forecast_of(documents, Coming(len(columns), sum(bool(column.standing) for column in columns)))


def forecast_of(documents: QuerySet[Document], asked: Coming) -> Plan | None:
    """The plan for asking every document these questions; None without either."""
    states = State.objects.filter(document=OuterRef("pk"), memory=settings.MEMORY, status=State.Status.READY)
    told = documents.order_by().annotate(is_ready=Exists(states))
    alike = told.values("is_ready", thousands=F("char_count") / 1000)
    groups = alike.annotate(number=Count("pk"), mean=Avg("char_count"))
    tokens: dict[bool, list[float]] = {False: [], True: []}
    for is_ready, number, mean in groups.values_list("is_ready", "number", "mean"):
        tokens[is_ready] += [float(mean) / CHARACTERS_PER_TOKEN] * number
    return plan(tokens[False], asked.questions, asked.held, ready=tokens[True])


def coming(actor: Actor, matter: Matter) -> Coming:
    """The questions of the matter's newest grid that has any; before there is one, the shipped ones for contracts."""
    counted = visible_grids(actor, matter).annotate(
        questions=Count("columns"), held=Count("columns", filter=~Q(columns__standing=""))
    )
    newest = counted.filter(questions__gt=0).order_by("-created_at").first()
    if newest is None:
        return Coming(len(COMMERCIAL), len(COMMERCIAL))
    return Coming(newest.questions, newest.held, newest)


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

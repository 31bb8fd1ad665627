"""What questions cost, against reading every document anew for each, and against finding passages each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, FloatField, Max, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from reviewapp.questions.models import Answer
from reviewapp.states.models import State

WIDTH, HEIGHT, LEFT, FOOT = 720.0, 220.0, 60.0, 24.0


@dataclass(frozen=True)
class Spent:
    """Seconds and tokens through a network: to consolidate documents once, to ask cells, to read them anew instead.

    Reading anew counts each cell as one reading of its document by the same weights, in the time that a pass of its
    consolidation took on this machine. Cells of documents without a state are not compared. Finding passages each
    time counts each cell as the mean of the `measured` answers here for which passages were found and read.
    """

    questions: int
    cells: int
    once_seconds: float
    once_tokens: float
    asked_seconds: float
    asked_tokens: float
    anew_seconds: float
    anew_tokens: float
    measured: int = 0
    found_seconds: float = 0.0
    found_tokens: float = 0.0

    @property
    def break_even(self) -> int | None:
        """After how many such questions asking is cheaper than reading anew; None where it never is."""
        if not self.questions:
            return None
        saved = (self.anew_seconds - self.asked_seconds) / self.questions
        return int(self.once_seconds / saved) + 1 if saved > 0 else None


@dataclass(frozen=True)
class CostPlot:
    """Seconds so far against the number of questions: lines of points of an SVG, and where the first two cross.

    `found` is empty where no answer was measured that passages were found and read for.
    """

    asked: str
    anew: str
    found: str
    questions: int
    seconds: float
    cross: float | None
    width: float = WIDTH
    view: str = f"{LEFT - 2:g} 0 {WIDTH - LEFT + 4:g} {HEIGHT - FOOT + 2:g}"
    foot: float = HEIGHT - FOOT
    left: float = LEFT


def spent(cells: QuerySet[Answer], states: QuerySet[State], others: QuerySet[Answer]) -> Spent:
    """What these cells took, and what reading their documents would have: those of ready states.

    What finding and reading passages takes is measured on `others`, of which the cells are some.
    """
    ready = states.filter(status=State.Status.READY)
    pass_of = {
        document: (tokens, seconds / max(passes, 1))
        for document, tokens, seconds, passes in ready.values_list(
            "document", "tokens", "seconds", "passes"
        ).order_by("created_at")
    }
    compared = (
        cells.order_by().exclude(state=Answer.State.WAITING).filter(document__in=ready.values("document"))
    )
    by_document = compared.values("document").annotate(
        number=Count("pk"),
        took=Coalesce(Sum(Cast(KT("cost__seconds"), FloatField())), 0.0),
        read=Coalesce(Sum(Cast(KT("cost__tokens_forward"), FloatField())), 0.0),
    )
    # NB: a state may have become ready since they were looked at; its document is compared the next time.
    rows = [row for row in by_document if row["document"] in pass_of]
    asked = {row["document"]: row["number"] for row in rows}
    number = sum(asked.values())
    once = (
        ready.filter(document__in=list(asked))
        .values("document")
        .annotate(most=Max("tokens"), length=Max("seconds"), passes=Max(F("passes")))
    )
    read = _measured(others)
    return Spent(
        questions=compared.aggregate(number=Count("question", distinct=True))["number"] if rows else 0,
        cells=number,
        once_seconds=sum(row["length"] for row in once),
        once_tokens=float(sum(row["most"] * max(row["passes"], 1) for row in once)),
        asked_seconds=sum(row["took"] for row in rows),
        asked_tokens=sum(row["read"] for row in rows),
        anew_seconds=sum(pass_of[document][1] * times for document, times in asked.items()),
        anew_tokens=float(sum(pass_of[document][0] * times for document, times in asked.items())),
        measured=read["number"],
        found_seconds=read["seconds"] * number,
        found_tokens=read["tokens"] * number,
    )


def _measured(cells: QuerySet[Answer]) -> dict[str, Any]:
    """The means of the cells for which passages were found and read."""
    read = cells.order_by().annotate(read=Cast(KT("cost__passages_read"), FloatField())).filter(read__gt=0)
    return read.aggregate(
        number=Count("pk"),
        seconds=Coalesce(Avg(Cast(KT("cost__seconds"), FloatField())), 0.0),
        tokens=Coalesce(Avg(Cast(KT("cost__tokens_forward"), FloatField())), 0.0),
    )


def cost_plot(found: Spent) -> CostPlot | None:
    """Both ways over as many questions as were asked, and beyond where they cross; None without any."""
    if not found.questions or not found.once_seconds:
        return None
    cross = found.break_even
    questions = max(found.questions, 2 * cross if cross and cross < 10 * found.questions else 0, 2)
    asked, anew = found.asked_seconds / found.questions, found.anew_seconds / found.questions
    each = found.found_seconds / found.questions if found.measured else 0.0
    seconds = max(found.once_seconds + questions * asked, questions * anew, questions * each)

    def line(ends: Sequence[float]) -> str:
        places = zip((LEFT, WIDTH), ends, strict=True)
        return " ".join(f"{x:.1f},{(HEIGHT - FOOT) * (1 - value / seconds):.1f}" for x, value in places)

    even = found.once_seconds / (anew - asked) if cross else 0.0
    crossing = LEFT + (WIDTH - LEFT) * even / questions if cross and cross <= questions else None
    return CostPlot(
        line((found.once_seconds, found.once_seconds + questions * asked)),
        line((0.0, questions * anew)),
        line((0.0, questions * each)) if found.measured else "",
        questions,
        seconds,
        crossing,
    )

"""How the installation is now, and was in the last hour; nothing of any document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Count, Min, Q
from django.utils import timezone

from reviewapp.frame.words_status import DOES, PLOTS
from reviewapp.jobs import workers
from reviewapp.jobs.kinds import kinds
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.jobs.workers import Told

#: Width and height of a plot, in units of its drawing.
WIDTH, HEIGHT = 120, 28
RECENT = timedelta(days=1)
SHOWN_ERRORS = 10
#: Counts whose growth is told by the second.
TOKENS = ("answered_tokens", "consolidated_tokens")


@dataclass(frozen=True)
class Plot:
    """A line through the last hour: its points in the drawing, its value now and its greatest, in words."""

    words: str
    now: str
    most: str
    points: str


@dataclass(frozen=True)
class Worker:
    """A worker as people read of it; `hits` is the share of states that were held when they were asked for."""

    told: Told
    does: str
    tokens_per_second: float
    hits: float | None
    plots: Sequence[Plot]


@dataclass(frozen=True)
class Refused:
    """A worker that cannot begin: what it would do, for which memory, on which machine, and why not."""

    does: str
    memory: str
    host: str
    reason: str


@dataclass(frozen=True)
class Waiting:
    """How much of a kind of work waits and is done now, and since when the first of it waits."""

    words: str
    waiting: int
    running: int
    since: datetime | None


@dataclass(frozen=True)
class Trouble:
    """Work that did not succeed in its last attempt: what kind, why, when, and whether it is tried again."""

    words: str
    reason: str
    at: datetime
    again: bool


@dataclass(frozen=True)
class StatusNow:
    """All that the page shows; `workers` is None when the broker cannot be reached."""

    workers: Sequence[Worker] | None
    refused: Sequence[Refused]
    waiting: Sequence[Waiting]
    troubles: Sequence[Trouble]


def status_now() -> StatusNow:
    """What holds now."""
    said = workers.told()
    return StatusNow(
        None if said is None else [_worker(one) for one in said],
        [
            Refused(_does(one), one["memory"], one["host"], one["reason"])
            for one in (() if said is None else workers.refused())
        ],
        list(_waiting()),
        list(_troubles()),
    )


def _does(told: Told) -> str:
    return DOES.get(told.get("does", ""), DOES[""])


def _worker(told: Told) -> Worker:
    past = workers.past(told["worker"])
    rates = rates_of([*past, told])
    asked = told["state_hits"] + told["state_misses"]
    plots = [_plot("tokens", rates)]
    for name in ("waiting", "process_bytes", "card_bytes"):
        values = [float(one.get(name, 0)) for one in [*past, told]]
        if any(values):
            plots.append(_plot(name, values))
    return Worker(
        told,
        _does(told),
        rates[-1] if rates else 0.0,
        told["state_hits"] / asked if asked else None,
        plots,
    )


def rates_of(told: Sequence[Told]) -> list[float]:
    """Tokens a second between each two words of a worker."""
    rates = []
    for before, after in pairwise(told):
        seconds = after["at"] - before["at"]
        if seconds > 0:
            more = sum(after.get(name, 0) - before.get(name, 0) for name in TOKENS)
            rates.append(max(0.0, more / seconds))
    return rates


def _plot(name: str, values: Sequence[float]) -> Plot:
    words, written = PLOTS[name]
    most = max(values, default=0.0)
    return Plot(words, written(values[-1] if values else 0.0), written(most), points_of(values))


def points_of(values: Sequence[float]) -> str:
    """The points of a line through values at equal distances: nought at the bottom, the greatest at the top."""
    most = max(values, default=0.0) or 1.0
    step = WIDTH / max(1, len(values) - 1)
    return " ".join(
        f"{at * step:.1f},{HEIGHT - 1 - (HEIGHT - 2) * v / most:.1f}" for at, v in enumerate(values)
    )


def _waiting() -> Iterator[Waiting]:
    counted = Job.objects.filter(status__in=UNDER_WAY).values("kind")
    found = {
        row["kind"]: row
        for row in counted.annotate(
            waiting=Count("pk", filter=Q(status=Status.WAITING)),
            running=Count("pk", filter=Q(status=Status.RUNNING)),
        )
    }
    first = dict(
        Job.objects.filter(status=Status.WAITING)
        .order_by()
        .values_list("kind")
        .annotate(since=Min("created_at"))
    )
    for kind in kinds():
        row = found.get(kind.name)
        if row:
            yield Waiting(kind.words, row["waiting"], row["running"], first.get(kind.name))


def _troubles() -> Iterator[Trouble]:
    words = {kind.name: kind.words for kind in kinds()}
    wrong = Job.objects.exclude(reason="").exclude(status=Status.CANCELLED)
    recent = wrong.filter(created_at__gte=timezone.now() - RECENT).order_by("-heartbeat_at")[:SHOWN_ERRORS]
    for job in recent:
        at = job.finished_at or job.heartbeat_at or job.created_at
        yield Trouble(words.get(job.kind, job.kind), job.reason, at, job.status in UNDER_WAY)

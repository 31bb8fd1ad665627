"""How far a comparison is, and what it waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from reviewapp.frame.words_lab import reached_words
from reviewapp.lab.models import Compared, Comparison
from reviewapp.lab.results import TIME_OVER
from reviewapp.lab.waits import waiting_words

SECONDS_PER_MINUTE = 60


def next_part(comparison: Comparison) -> Compared | None:
    """The document that is measured next; None when all are done or given up."""
    return comparison.parts.filter(rows=[], reason="").select_related("document").first()


def spent_seconds(comparison: Comparison) -> float:
    """What the documents took that were worked on."""
    return float(comparison.parts.aggregate(spent=Sum("seconds"))["spent"] or 0.0)


def left_seconds(comparison: Comparison) -> float:
    """What is left of the time that the comparison may take, below 0 once it is over."""
    return SECONDS_PER_MINUTE * comparison.most_minutes - spent_seconds(comparison)


def is_over(comparison: Comparison) -> bool:
    """Whether the comparison has had all of its time."""
    return left_seconds(comparison) <= 0


def how_it_stands(comparison: Comparison, cut_short: Iterable[object]) -> str:
    """Its status, or "ended" where it is done and some of its documents, by `cut_short`, were not reached in time."""
    is_done = comparison.status == Comparison.Status.DONE
    return "ended" if is_done and comparison.pk in cut_short else str(comparison.status)


def cut_short(comparisons: Iterable[Comparison]) -> set[object]:
    """Keys of those of these comparisons that have documents which were not reached, one query."""
    parts = Compared.objects.filter(comparison__in=comparisons, rows=[], reason__in=("", TIME_OVER))
    return set(parts.values_list("comparison", flat=True))


@dataclass(frozen=True)
class Progress:
    """How far a comparison is: documents that are done, and parts of a hundred of all.

    `reached` says what was measured where that is not all, `waits` what it waits for or does just now.
    """

    done: int
    documents: int
    percent: int
    seconds_left: float | None
    reached: str
    waits: str


def progress_of(comparison: Comparison, parts: Sequence[Compared]) -> Progress:
    """From the documents' records and the job that is under way."""
    done = [part for part in parts if part.rows or part.reason]
    measured = [part for part in parts if part.rows]
    job = next((job for job in comparison.jobs.all() if job.is_under_way), None)
    within = job.progress_done / job.progress_total if job and job.progress_total else 0.0
    spent = sum(part.seconds for part in done)
    rest = (spent / len(done)) * (len(parts) - len(done) - within) if done else None
    left = None if rest is None else max(0.0, min(rest, left_seconds(comparison)))
    share = (len(done) + within) / max(1, len(parts))
    asked, of_asked = (sum(len(part.asked) for part in some) for some in (measured, parts))
    reached = "" if len(measured) == len(parts) else reached_words(asked, of_asked, len(measured), len(parts))
    waits = waiting_words(job, next((part for part in parts if part not in done), None))
    return Progress(len(done), len(parts), min(100, round(100 * share)), left, reached, waits)

"""How right the answers of a matter are by what people decided, and samples to find that out."""

import math
import random
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.matters.models import Matter
from reviewapp.questions.models import EXAMINED, Answer, Question
from reviewapp.reviews.actions import Kind, ReviewError
from reviewapp.reviews.models import Decision, Review, Sample

#: The 0.975 quantile of the normal distribution: intervals hold 95 %.
QUANTILE = 1.959964
MOST_DRAWN = 1000
#: The matter's questions with most decisions, that are told apart.
MOST_QUESTIONS = 100


@dataclass(frozen=True)
class Share:
    """`right` of `number`, with Wilson's 95 % interval (Wilson 1927, JASA 22): 0 to 1 without any."""

    right: int
    number: int

    @property
    def share(self) -> float:
        return self.right / self.number if self.number else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.number:
            return 0.0, 1.0
        n, p, z = self.number, self.share, QUANTILE
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]


@dataclass(frozen=True)
class OfQuestion:
    """What was decided about the answers to one question: how many were accepted, corrected and rejected."""

    question: Question
    accepted: int
    corrected: int
    rejected: int

    @property
    def precision(self) -> Share:
        return Share(self.accepted, self.accepted + self.corrected + self.rejected)


@dataclass(frozen=True)
class Day:
    """What was decided on one day, by kind, of the decisions that count still."""

    day: date
    accepted: int
    corrected: int
    rejected: int


def by_question(reviews: QuerySet[Review]) -> list[OfQuestion]:
    """The questions with decisions, those with the most first."""
    decided = reviews.exclude(kind="").order_by().values("answer__question")
    rows = decided.annotate(number=Count("pk"), **_NUMBERS).order_by("-number", "answer__question")
    found = list(rows.values_list("answer__question", "accepted", "corrected", "rejected")[:MOST_QUESTIONS])
    questions = Question.objects.in_bulk([key for key, *_ in found])
    return [OfQuestion(questions[key], *numbers) for key, *numbers in found]


def by_day(reviews: QuerySet[Review]) -> list[Day]:
    """The days on which somebody decided, from the first."""
    decided = reviews.exclude(kind="").order_by().annotate(day=TruncDate("changed_at")).values("day")
    rows = decided.annotate(**_NUMBERS).order_by("day")
    return [Day(*row) for row in rows.values_list("day", "accepted", "corrected", "rejected")]


def draw_sample(
    matter: Matter, size: int, *, actor: Actor, question: Question | None = None, seed: int | None = None
) -> Sample:
    """Draw that many of the matter's answered cells, or of one question's, each as likely as any other.

    The same seed draws the same cells while there are the same ones. Raises ReviewError for a size out of range, and
    where there is nothing to draw from.
    """
    if not 1 <= size <= MOST_DRAWN:
        raise ReviewError("sample-size-wrong", f"Draw between 1 and {MOST_DRAWN:,} cells.")
    cells = Answer.objects.filter(question__matter=matter, superseded_at=None, state__in=EXAMINED)
    if question is not None:
        cells = cells.filter(question=question)
    every = list(cells.order_by("pk").values_list("pk", flat=True))
    if not every:
        raise ReviewError("nothing-to-draw", "There are no answers to draw from yet.", 409)
    seed = secrets.randbelow(2**31) if seed is None else seed
    drawn = random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311  to be drawn again, not to be secret
    with transaction.atomic():
        sample = Sample.objects.create(
            matter=matter, question=question, drawn_by=actor.signed_in(), seed=seed, drawn_from=len(every)
        )
        sample.answers.set(Answer.objects.filter(pk__in=drawn))
        record(Happened.SAMPLE_DRAWN, sample, actor=actor, matter=matter, cells=len(drawn), seed=seed)
    return sample


@dataclass(frozen=True)
class Measured:
    """What a sample shows: how many of its cells are decided, how many of those were right, and where two agree.

    `supported` is the same share among the cells that were called supported. `agreement` counts cells about which two
    people decided one after the other: agreed where the second confirmed or decided the same.
    """

    cells: int
    precision: Share
    supported: Share
    agreement: Share

    @property
    def decided(self) -> int:
        return self.precision.number


def measured(sample: Sample) -> Measured:
    """What the decisions on a sample's cells show so far."""
    answers = list(sample.answers.select_related("review").prefetch_related("decisions"))
    decided = [(answer, answer.review) for answer in answers if _is_decided(answer)]
    sure = [pair for pair in decided if pair[0].state == Answer.State.SUPPORTED]
    pairs = [pair for answer in answers for pair in _seconds(answer.decisions.all())]
    return Measured(
        cells=len(answers),
        precision=_accepted(decided),
        supported=_accepted(sure),
        agreement=Share(sum(pairs), len(pairs)),
    )


def _is_decided(answer: Answer) -> bool:
    return hasattr(answer, "review") and answer.review.kind != ""


def _accepted(decided: Iterable[tuple[Answer, Review]]) -> Share:
    kinds = [review.kind for _, review in decided]
    return Share(kinds.count(Kind.ACCEPT), len(kinds))


def _seconds(decisions: Iterable[Decision]) -> Iterator[bool]:
    """Whether the second of two people agreed with the first; nothing where one person decided alone."""
    first: Decision | None = None
    for decision in sorted(decisions, key=lambda made: made.number):
        if decision.kind == Kind.UNDO:
            continue
        if first is not None and decision.by_id != first.by_id:
            same = decision.kind == Kind.CONFIRM or (decision.kind, decision.text) == (first.kind, first.text)
            yield same
            return
        first = decision


_NUMBERS: dict[str, Count] = {
    "accepted": Count("pk", filter=Q(kind=Kind.ACCEPT)),
    "corrected": Count("pk", filter=Q(kind=Kind.CORRECT)),
    "rejected": Count("pk", filter=Q(kind=Kind.REJECT)),
}

"""Preparing, beginning, cancelling and removing comparisons."""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.words_numbers import count_words
from reviewapp.grids.forecast import comparing_seconds
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import FIRST_MEMORY
from reviewapp.jobs.models import UNDER_WAY
from reviewapp.lab.jobs import COMPARE_WAYS
from reviewapp.lab.models import TITLE_CHARACTERS, Compared, Comparison
from reviewapp.lab.questions import (
    LabError,
    Questions,
    questions_of_file,
    reviewed_questions,
    shipped_questions,
)
from reviewapp.matters.models import Matter

#: How long a comparison may take, in minutes, as it can be chosen.
MINUTES = (5, 15, 30, 60)
#: So many reasons are told why nothing can be asked.
REASONS = 3
TITLES = {"reviewed": "What people reviewed", "shipped": "Questions about the demo's contracts"}


class QuestionFile(NamedTuple):
    """A file of questions as it was sent."""

    name: str
    content: bytes


def prepare_comparison(
    matter: Matter, source: str, minutes: int, *, actor: Actor, file: QuestionFile | None = None
) -> Comparison:
    """A comparison that is not begun: it says what it would ask, and about how long that takes.

    Raises LabError without questions, or for a source or a time that there is not.
    """
    if settings.MEMORY != FIRST_MEMORY:
        raise LabError(
            "lab-of-other-memory", "The memory lab measures the memory that comes with Nightbrief alone.", 409
        )
    if minutes not in MINUTES:
        raise LabError("lab-minutes-unknown", "Choose one of the times that are offered.")
    found, title = _questions(matter, source, file)
    if not found.number:
        raise LabError("lab-without-questions", _no_questions(found))
    lengths = [(document.char_count, len(asked)) for document, asked in found.of.items()]
    with transaction.atomic():
        comparison = Comparison.objects.create(
            matter=matter, made_by=actor.signed_in(), title=title[:TITLE_CHARACTERS], source=source,
            most_minutes=minutes, left_out=found.left_out, expected_seconds=comparing_seconds(lengths),
        )  # fmt: skip
        Compared.objects.bulk_create(
            Compared(comparison=comparison, document=document, order=order, asked=asked)
            for order, (document, asked) in enumerate(found.of.items())
        )
    return comparison


def begin_comparison(comparison: Comparison, *, actor: Actor) -> Comparison:
    """Have it measured in the background. Raises LabError where it was begun, or another one is under way."""
    with transaction.atomic():
        hold(Held.COMPARISONS, comparison.pk)
        matter = Matter.objects.select_for_update().get(pk=comparison.matter_id)
        locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
        if locked.status != Comparison.Status.DRAFT:
            raise LabError("comparison-begun", "This comparison was begun already.", 409)
        if matter.comparisons.filter(status=Comparison.Status.RUNNING).exists():
            raise LabError(
                "comparison-under-way",
                "Another comparison of this matter is under way. Wait, or cancel it.",
                409,
            )
        locked.status = Comparison.Status.RUNNING
        locked.save(update_fields=["status"])
        parts = locked.parts.count()
        record(Happened.COMPARISON_BEGUN, locked, actor=actor, matter=matter, documents=parts)
        lifecycle.create_job(COMPARE_WAYS, locked, matter=matter, actor=actor)
    return locked


def cancel_comparison(comparison: Comparison, *, actor: Actor) -> None:
    """Stop it at its next look; what is measured stays."""
    with transaction.atomic():
        hold(Held.COMPARISONS, comparison.pk)
        for job in comparison.jobs.filter(status__in=UNDER_WAY):
            lifecycle.cancel(job, actor=actor)


def remove_comparison(comparison: Comparison, *, actor: Actor) -> None:
    """Remove it with its questions and figures. Raises LabError while it is under way."""
    with transaction.atomic():
        hold(Held.COMPARISONS, comparison.pk)
        locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
        if locked.status == Comparison.Status.RUNNING:
            raise LabError("comparison-under-way", "Cancel the comparison before you remove it.", 409)
        if locked.status != Comparison.Status.DRAFT:
            record(
                Happened.COMPARISON_REMOVED, locked, actor=actor, matter=comparison.matter, title=locked.title
            )
        locked.delete()


def _no_questions(found: Questions) -> str:
    """Why nothing can be asked, with the first reasons."""
    said = "None of these questions can be asked of a document of this matter."
    left_out = found.left_out
    told = [f"{one.where}: {one.reason}" for one in left_out[:REASONS]] or [found.why]
    reasons = [f"{one[:1].upper()}{one[1:]}" for one in told]
    more = len(left_out) - REASONS
    return " ".join([said, *reasons, *([f"And {count_words(more, 'more reason')}."] if more > 0 else [])])


def _questions(matter: Matter, source: str, file: QuestionFile | None) -> tuple[Questions, str]:
    if source == Comparison.Source.OWN:
        if file is None:
            raise LabError("questions-missing", "Choose a CSV file with your questions.")
        return questions_of_file(matter, file.name, file.content), file.name
    if source == Comparison.Source.REVIEWED:
        return reviewed_questions(matter), TITLES[source]
    if source == Comparison.Source.SHIPPED:
        return shipped_questions(matter), TITLES[source]
    raise LabError("lab-source-unknown", "Choose one of the questions that are offered.")

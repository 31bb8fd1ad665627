"""Writing what answering a question produced."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from reviewapp.documents.models import Document, Page
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Answer, Citation, Question


class QuoteError(Exception):
    """A quote is not, character for character, in the stored text at the place given for it."""


@dataclass(frozen=True)
class QuoteFacts:
    """A quote: `start` and `end` are character offsets in the text of the document with this id."""

    document: str
    start: int
    end: int
    quote: str
    verification: str
    score: float


@dataclass(frozen=True)
class AnswerFacts:
    """What the engine found; see `Answer` for the meaning of the fields."""

    outcome: str
    text: str
    confidence: float
    verification: str
    mode: str
    quotes: Sequence[QuoteFacts] = ()
    examined: Sequence[dict[str, str]] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
    cost: dict[str, Any] = field(default_factory=dict)
    incomplete: bool = False
    note: str = ""


def note_stage(job: Job, stage: str, draft: str) -> None:
    """Show how far the answer is, as long as `job` is the attempt that writes it."""
    attempts = Job.objects.filter(pk=job.pk, status=Status.RUNNING, attempts=job.attempts)
    answers = Answer.objects.filter(question__in=attempts.values("subject_id"))
    answers.update(status=stage, draft=draft)


def store_answer(question: Question, found: AnswerFacts) -> Answer:
    """Write the answer and its citations; in the caller's transaction.

    Raises QuoteError when a quote is not in the stored text: nothing is quoted from memory.
    """
    answer = Answer.objects.select_for_update().get(question=question)
    answer.citations.all().delete()
    for order, quote in enumerate(found.quotes):
        _store_citation(answer, order, quote)
    answer.status = Answer.Status.DONE
    answer.outcome = found.outcome
    answer.text = found.text
    answer.confidence = found.confidence
    answer.verification = found.verification
    answer.mode = found.mode
    answer.draft = ""
    answer.examined = list(found.examined)
    answer.provenance = found.provenance
    answer.cost = found.cost
    answer.incomplete = found.incomplete
    answer.note = found.note
    answer.finished_at = timezone.now()
    answer.save()
    record(Happened.QUESTION_ANSWERED, question, actor=SYSTEM, matter=question.matter, outcome=answer.outcome)
    return answer


def _store_citation(answer: Answer, order: int, quote: QuoteFacts) -> Citation:
    documents = Document.objects.filter(matter=answer.question.matter_id)
    document = documents.filter(pk=UUID(quote.document)).first()
    if document is None:
        raise QuoteError("A quote names a document of another matter.")
    page = Page.objects.filter(document=document, start__lte=quote.start).order_by("-start").first()
    if page is None or document.text_between(quote.start, quote.end) != quote.quote:
        raise QuoteError("A quote is not in the stored text.")
    return Citation.objects.create(
        answer=answer,
        order=order,
        document=document,
        page=page,
        quote=quote.quote,
        start=quote.start,
        end=quote.end,
        verification=quote.verification,
        score=quote.score,
    )

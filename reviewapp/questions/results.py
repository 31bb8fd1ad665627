"""Writing what asking a question produced: cells in bulk, then what they say together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM
from reviewapp.frame.marking import within
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import FOUND, Answer, Citation, Question
from reviewapp.questions.parts import Part, stored
from reviewapp.questions.quotes import QuoteFacts, merged

CELL_FIELDS = (
    "state text condition parts value_type value_normalised found_by confidence verification others provenance cost "
    "note finished_at"
).split()


class QuoteError(Exception):
    """A quote is not, character for character, in the stored text at the place given for it."""


@dataclass(frozen=True)
class AnswerFacts:
    """What was found in the document with this id; see `Answer` for the meaning of the fields.

    `outcome` is "answered", "not_found" or "not_examined", `note` why it is that. `supported` says that a judge that
    did not make the answer agrees with it.
    """

    document: str
    outcome: str
    text: str = ""
    confidence: float = 0.0
    verification: str = ""
    found_by: str = ""
    supported: bool = False
    value_type: str = ""
    value_normalised: Mapping[str, Any] | None = None
    quotes: Sequence[QuoteFacts] = ()
    others: Sequence[Mapping[str, Any]] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)
    cost: Mapping[str, Any] = field(default_factory=dict)
    condition: str = ""
    parts: Sequence[Part] = ()
    note: str = ""

    @property
    def state(self) -> str:
        """What people are told: nothing is supported without a judge and a quote."""
        if self.outcome != "answered":
            return Answer.State(self.outcome)
        quoted = any(quote.kind == Citation.Kind.QUOTE for quote in self.quotes)
        return Answer.State.SUPPORTED if self.supported and quoted else Answer.State.CHECK


def note_stage(job: Job, stage: str, draft: str) -> None:
    """Show how far the question is, as long as `job` is the attempt that works on it."""
    attempts = Job.objects.filter(pk=job.pk, status=Status.RUNNING, attempts=job.attempts)
    Question.objects.filter(pk__in=attempts.values("subject_id")).update(status=stage, draft=draft)


def note_understood(question: Question, in_full: str, left_aside: Sequence[str] = ()) -> None:
    """Keep what a question was understood as, and what that leaves aside; nothing where it is its own words."""
    question.in_full = "" if in_full == question.text else in_full
    question.left_aside = list(left_aside)
    kept = {"in_full": question.in_full, "left_aside": question.left_aside}
    Question.objects.filter(pk=question.pk).update(**kept)


def plan_cells(
    question: Question,
    documents: Iterable[Document],
    because: str,
    of_any: str = "",
    left_out: Iterable[Document] = (),
) -> None:
    """Write a waiting cell for each document, to be asked in this order; in the caller's transaction.

    `of_any` is the question with "the agreement" for the documents that it names; those that it leaves out are in
    its scope no more.
    """
    question.leaves_out.set(left_out)
    last = question.answers.aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    Answer.objects.bulk_create(
        Answer(question=question, document=document, version=question.version, order=order)
        for order, document in enumerate(documents, start=first)
    )
    Question.objects.filter(pk=question.pk).update(asked_because=because, of_any=of_any, planned=True)
    question.planned = True


def current_cells(question: Question) -> list[Answer]:
    """The question's cells with their documents, in the order of asking; without those that were replaced."""
    cells = Answer.objects.filter(question=question, superseded_at=None)
    return list(cells.select_related("document"))


def store_cells(question: Question, found: Sequence[AnswerFacts]) -> list[Answer]:
    """Write what was found in a chunk of documents, in the caller's transaction; returns the cells.

    Cells that do not wait are left alone, so that nothing is written twice. A quote that is not in the stored
    text fails its cell: nothing is quoted from memory.
    """
    facts = {UUID(fact.document): fact for fact in found}
    waiting = Answer.objects.filter(
        question=question, superseded_at=None, state=Answer.State.WAITING, document__in=facts
    ).select_related("document")
    pages = _pages_of(facts)
    cells: list[Answer] = []
    citations: list[Citation] = []
    for cell in waiting:
        fact = facts[cell.document_id]
        try:
            quoted = _citations(cell, fact, pages.get(cell.document_id, []))
        except QuoteError as error:
            cell.state, cell.note = Answer.State.FAILED, str(error)
        else:
            _fill(cell, fact)
            citations += quoted
        cell.finished_at = timezone.now()
        cells.append(cell)
    Answer.objects.bulk_create(cells, update_conflicts=True, unique_fields=["id"], update_fields=CELL_FIELDS)
    Citation.objects.bulk_create(citations)
    return cells


def store_summary(question: Question, summary: Mapping[str, Any]) -> None:
    """Write what the cells say so far; in the caller's transaction."""
    Question.objects.filter(pk=question.pk).update(summary=dict(summary))


def finish_question(question: Question, summary: Mapping[str, Any], note: str = "") -> None:
    """Write what the cells say together, once all are written; in the caller's transaction."""
    question.status = Question.Status.DONE
    question.summary = dict(summary)
    question.note = note
    question.draft = ""
    question.finished_at = timezone.now()
    question.save(update_fields=["status", "summary", "note", "draft", "finished_at"])
    cells = Answer.objects.filter(question=question, superseded_at=None)
    record(
        Happened.QUESTION_ANSWERED,
        question,
        actor=SYSTEM,
        matter=question.matter,
        documents=cells.count(),
        found=cells.filter(state__in=FOUND).count(),
    )


def _fill(cell: Answer, fact: AnswerFacts) -> None:
    cell.state = fact.state
    cell.text = fact.text
    cell.condition = fact.condition
    cell.parts = stored(fact.parts)
    cell.value_type = fact.value_type
    cell.value_normalised = dict(fact.value_normalised) if fact.value_normalised else None
    cell.found_by = fact.found_by
    cell.confidence = fact.confidence
    cell.verification = fact.verification
    cell.others = [dict(other) for other in fact.others]
    cell.provenance = dict(fact.provenance)
    cell.cost = dict(fact.cost)
    cell.note = fact.note


def _pages_of(facts: Mapping[UUID, AnswerFacts]) -> dict[UUID, list[Page]]:
    """The pages that the quotes touch, by document and in order: one query for all of them."""
    where = Q(pk__in=[])
    for document, fact in facts.items():
        for quote in fact.quotes:
            where |= Q(document=document, end__gte=quote.start, start__lt=max(quote.end, quote.start + 1))
    found: dict[UUID, list[Page]] = {}
    for page in Page.objects.filter(where).order_by("number") if where.children else ():
        found.setdefault(page.document_id, []).append(page)
    return found


def _citations(cell: Answer, fact: AnswerFacts, pages: Sequence[Page]) -> list[Citation]:
    """Raises QuoteError."""
    return [_citation(cell, order, quote, pages) for order, quote in enumerate(merged(fact.quotes))]


def _citation(cell: Answer, order: int, quote: QuoteFacts, pages: Sequence[Page]) -> Citation:
    touched = [page for page in pages if page.end >= quote.start and page.start < quote.end]
    begins = [page for page in touched if page.start <= quote.start]
    first = touched[0].start if touched else 0
    text = PAGE_SEPARATOR.join(page.text for page in touched)
    if not begins or text[quote.start - first : quote.end - first] != quote.quote:
        raise QuoteError("A quote is not in the stored text.")
    return Citation(
        answer=cell,
        order=order,
        kind=quote.kind,
        heading=quote.heading[:300],
        document_id=cell.document_id,
        page=begins[-1],
        last_page=touched[-1].number,
        quote=quote.quote,
        marked=within(quote.marked, quote.start, quote.end),
        left_out=within(quote.left_out, quote.start, quote.end),
        start=quote.start,
        end=quote.end,
        verification=quote.verification,
        score=quote.score,
    )

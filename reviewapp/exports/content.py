"""What exports hold, whatever their format: the questions, the documents and their cells, a chunk at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name, by_text
from reviewapp.exports.cells import Asked, Cell, Row, Tally
from reviewapp.exports.models import Export
from reviewapp.grids.policy import documents_of
from reviewapp.intake.problems import files_being_read, open_files, open_notes
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.questions.policy import documents_in_scope
from reviewapp.reviews.models import Decision

#: Questions that fit beside each other in a worksheet of 16,384 columns, two columns each.
MOST_COLUMNS = 8_000
#: Answers of a report: it is made in memory, and is to be read.
MOST_IN_REPORT = 5_000
#: Cells that are read at once.
CELLS_AT_ONCE = 500


@dataclass
class Content:
    """What an export holds. `lists_unasked`: cells that were not asked are listed too, as those of a grid are."""

    export: Export
    asked: Sequence[Asked]
    documents: QuerySet[Document]
    lists_unasked: bool
    tally: Tally = field(default_factory=Tally)

    @property
    def set_words(self) -> str:
        """The question set that a grid was made of, with its version; empty without one."""
        made_of = self.export.grid.made_of if self.export.grid else None
        return f"{made_of.set.name}, version {made_of.number}" if made_of else ""

    def answers(self) -> int:
        """How many cells have an answer: one query."""
        return self._cells().filter(superseded_at=None, document__in=self.documents.values("pk")).count()

    def rows(self) -> Iterator[Row]:
        """The documents by name with all their cells; four queries for some hundred cells. Counted as they go."""
        keys = list(self.documents.order_by(by_name(), "created_at", "pk").values_list("pk", flat=True))
        chunk = max(1, CELLS_AT_ONCE // max(1, len(self.asked)))
        for start in range(0, len(keys), chunk):
            documents = Document.objects.in_bulk(keys[start : start + chunk])
            answers = self._answers(list(documents))
            for key in keys[start : start + chunk]:
                if key in documents:
                    yield self._row(documents[key], answers)

    def held(self) -> dict[str, Any]:
        """What is kept of what was handed out: counts, and which asking of which question the answers are of."""
        tally = self.tally
        return {
            "documents": len(tally.documents),
            "questions": [
                {"id": str(asked.question.pk), "version": asked.question.version}
                for asked in self.asked
                if asked.question is not None
            ],
            "set": self.set_words,
            "answers": tally.answers,
            "states": dict(tally.states),
            "decisions": dict(tally.decisions),
            "quotes": tally.quotes,
        }

    def page_address(self, citation: Citation) -> str:
        """Where a quote is shown on its page."""
        page = reverse("page", args=[citation.document_id, citation.opens_at])
        return self._absolute(f"{page}?citation={citation.pk}")

    def cell_address(self, answer: Answer) -> str:
        """Where an answer is shown and reviewed."""
        return self._absolute(reverse("cell", args=[answer.pk]))

    def not_read(self) -> Iterator[tuple[str, str]]:
        """What of the matter's files is not in any answer: a name and why, as a reviewer has to know it."""
        if waiting := files_being_read(self.export.matter):
            yield (
                f"{waiting:,} file{'s' if waiting > 1 else ''}",
                "Received, not read yet when this was made.",
            )
        for item in open_files(self.export.matter).order_by(by_text("name")):
            yield item.name, item.reason or item.get_disposition_display()
        notes = open_notes(self.export.matter).filter(document__in=self.documents.values("pk"))
        for note in notes.select_related("document").order_by(by_name("document__name"), "page"):
            yield note.document.name, note.text

    def _absolute(self, path: str) -> str:
        return f"{self.export.address.rstrip('/')}{path}"

    def _cells(self) -> QuerySet[Answer]:
        return Answer.objects.filter(question__in=[a.question.pk for a in self.asked if a.question])

    def _answers(self, documents: Sequence[UUID]) -> dict[tuple[UUID, UUID], list[Answer]]:
        """All answers of these documents, the newest last, by question and document."""
        citations = Citation.objects.select_related("page").defer("page__text")
        decisions = Decision.objects.select_related("by").order_by("number")
        every = (
            self._cells()
            .filter(document__in=documents)
            .exclude(state=Answer.State.WAITING, superseded_at__isnull=False)
            .select_related("review__by", "review__confirmed_by")
            .prefetch_related(Prefetch("citations", citations), Prefetch("decisions", decisions))
            .order_by("version", "created_at")
        )
        found: dict[tuple[UUID, UUID], list[Answer]] = {}
        for answer in every:
            found.setdefault((answer.question_id, answer.document_id), []).append(answer)
        return found

    def _row(self, document: Document, answers: dict[tuple[UUID, UUID], list[Answer]]) -> Row:
        cells = []
        for asked in self.asked:
            its = answers.get((asked.question.pk, document.pk), []) if asked.question else []
            current = next((answer for answer in its if answer.superseded_at is None), None)
            cell = Cell(asked, document, current, [answer for answer in its if answer is not current])
            self.tally.add(cell)
            cells.append(cell)
        return Row(document, cells)


def content_of(export: Export) -> Content:
    """What an export is of: its grid, its question, or every question of its matter."""
    if export.grid is not None:
        columns = export.grid.columns.select_related("question").order_by("order")
        asked = [Asked(c.label or c.wording, c.wording, c.type, c.question) for c in columns]
        return Content(export, asked, documents_of(export.grid), lists_unasked=True)
    of_matter = Document.objects.filter(matter=export.matter)
    if export.question is not None:
        question = export.question
        answered = Answer.objects.filter(question=question, superseded_at=None).values("document")
        scope = documents_in_scope(question).values("pk")
        documents = of_matter.filter(Q(pk__in=answered) | Q(pk__in=scope))
        return Content(export, [_asked(question)], documents, lists_unasked=True)
    questions = Question.objects.filter(matter=export.matter).order_by("created_at", "pk")
    return Content(export, [_asked(question) for question in questions], of_matter, lists_unasked=False)


def _asked(question: Question) -> Asked:
    text = " ".join(question.text.split())
    return Asked(text, text, question.value_type, question)

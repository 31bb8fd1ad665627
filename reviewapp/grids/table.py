"""The rows and cells of a grid as one page of it shows them: few queries, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Left, Lower

from reviewapp.documents.models import Document, Note
from reviewapp.documents.ordering import by_name
from reviewapp.frame.words_numbers import answer_words, brief_words
from reviewapp.grids.changes import STALE, WITHOUT
from reviewapp.grids.look import Look
from reviewapp.grids.models import Column
from reviewapp.questions.models import EXAMINED, FOUND, Answer, Citation
from reviewapp.reviews.actions import COUNTING, undecided
from reviewapp.reviews.models import Code, Comment

#: Characters of a value that a cell shows.
SHOWN = 140


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the table shows it. `answer` None: not asked yet. `seen` numbers the newest decision."""

    column: int
    document: UUID
    answer: UUID | None = None
    state: str = ""
    text: str = ""
    condition: str = ""
    decided: str = ""
    seen: int = 0
    confirmed: bool = False
    differs: bool = False
    comments: int = 0
    outside: bool = False


@dataclass(frozen=True)
class Group:
    """The head of rows that have one value: its words and the number of all such rows."""

    words: str
    rows: int


@dataclass(frozen=True)
class Row:
    """A document with its cells in the order of the columns; `group` where one begins with it.

    `is_open` where a cell of it, shown or not, can be decided about and nobody did.
    """

    document: Document
    cells: Sequence[Cell]
    group: Group | None = None
    assignee: str = ""
    codes: Sequence[Code] = ()
    is_open: bool = False


def cells_that(show: str) -> Q | None:
    """The condition of a filter on cells; None where there is none."""
    reviewed = Q(review__kind__in=COUNTING)
    conditions: dict[str, Q] = {
        "unreviewed": Q(state__in=EXAMINED) & ~reviewed,
        "second": reviewed & Q(review__confirmed_by=None),
        "check": Q(state=Answer.State.CHECK),
        "supported": Q(state=Answer.State.SUPPORTED),
        "not_found": Q(state=Answer.State.NOT_FOUND),
        "failed": Q(state__in=WITHOUT),
        "conditional": Q(state__in=FOUND) & ~Q(condition=""),
        "disagreement": ~Q(others=[]),
        "ocr": _rests_on_recognition(),
        "changed": _changed(),
        "stale": STALE,
        "corrected": Q(review__kind="correct"),
        "rejected": Q(review__kind="reject"),
    }
    return conditions.get(show)


def rows_of(documents: QuerySet[Document], cells: QuerySet[Answer], look: Look) -> QuerySet[Document]:
    """The documents that a look shows, in its order; `value` is what they are grouped by."""
    if look.find:
        for word in look.find.split():
            documents = documents.filter(name__icontains=word)
    condition = cells_that(look.show)
    if condition is not None:
        asked = [look.within] if look.within else look.shown
        found = cells.filter(condition, question__in=[c.question_id for c in asked if c.question_id])
        documents = documents.filter(pk__in=found.values("document"))
    return _sorted(documents, look)


def group_sizes(documents: QuerySet[Document]) -> dict[str | None, int]:
    """How many of the rows have each value that they are grouped by."""
    values = documents.order_by().values_list("value", flat=True)  # type: ignore[misc]  # annotated by rows_of
    return dict(Counter(values))


def table_of(
    page: Sequence[Document],
    cells: QuerySet[Answer],
    look: Look,
    sizes: Mapping[str | None, int],
    assignees: Mapping[UUID, str],
) -> list[Row]:
    """The rows of one page."""
    found = {(cell.column, cell.document): cell for cell in cells_on(page, cells, look)}
    codes, still_open = codes_on(page), open_on([document.pk for document in page], cells)
    rows: list[Row] = []
    before: object = object()
    for document in page:
        value = getattr(document, "value", None) if look.grouped else None
        group = None
        its = [
            found.get((column.order, document.pk)) or Cell(column.order, document.pk) for column in look.shown
        ]
        if look.grouped and value != before:
            before = value
            group = Group(_group_words(value, its), sizes.get(value, 0))
        name, is_open = assignees.get(document.pk, ""), document.pk in still_open
        rows.append(Row(document, its, group, name, codes[document.pk], is_open))
    return rows


def _group_words(value: str | None, cells: Iterable[Cell]) -> str:
    """A value that rows are grouped by as pages say it: as the cell has it that it was made of, where one has."""
    if not value:
        return "no value"
    return next((cell.text for cell in cells if cell.text.lower() == value), brief_words(value))


def open_on(documents: Iterable[UUID], cells: QuerySet[Answer]) -> set[UUID]:
    """Those of the documents with a cell that waits for a decision: one query."""
    waiting = undecided(cells).filter(document__in=list(documents))
    return set(waiting.order_by().values_list("document", flat=True))


def codes_on(page: Iterable[Document]) -> defaultdict[UUID, list[Code]]:
    """What these documents are coded as: one query."""
    found: defaultdict[UUID, list[Code]] = defaultdict(list)
    codes = Code.objects.filter(document__in=[document.pk for document in page]).select_related("issue")
    for code in codes.order_by("created_at"):
        found[code.document_id].append(code)
    return found


def cells_on(page: Iterable[Document], cells: QuerySet[Answer], look: Look) -> list[Cell]:
    """The cells of these documents in the columns that are shown, three queries for all."""
    columns = {column.question_id: column for column in look.shown if column.question_id}
    there = cells.filter(question__in=list(columns), document__in=[document.pk for document in page])
    condition = cells_that(look.show)
    if condition is None:
        within = None
    else:
        asked = [look.within.question_id] if look.within else list(columns)
        within = set(there.filter(condition, question__in=asked).values_list("pk", flat=True))
    said = _comments(columns, page)
    rows = there.order_by().values_list(
        "pk", "question", "document", "state", Left("text", SHOWN), "condition", "others",
        "review__kind", Left("review__text", SHOWN), "review__number", "review__confirmed_by",
        _day("value_type", "value_normalised"), _day("value_type", "review__value_normalised"),
    )  # fmt: skip
    found = [_cell(row, columns, within, said) for row in rows]
    if look.own is None:
        return found
    numbers, documents = look.own
    return [
        cell if cell.column in numbers or cell.document in documents else replace(cell, outside=True)
        for cell in found
    ]


def _cell(
    row: tuple[Any, ...],
    columns: Mapping[UUID, Column],
    within: set[UUID] | None,
    comments: Mapping[tuple[UUID, UUID], int],
) -> Cell:
    key, question, document, state, text, condition, others, decided, corrected, number, confirmed, *days = (
        row
    )
    day = days[decided == "correct"]
    said = corrected if decided == "correct" else text if state in FOUND else ""
    return Cell(
        column=columns[question].order,
        document=document,
        answer=key,
        state=state,
        text=answer_words(said, {"kind": "date", "comparable": day}) if day else said,
        condition=condition if said and decided != "correct" else "",
        decided=decided or "",
        seen=number or 0,
        confirmed=confirmed is not None,
        differs=bool(others),
        comments=comments.get((question, document), 0),
        outside=within is not None and key not in within,
    )


def _day(kind: str, path: str) -> Case:
    """The comparable form of a date; None for other values, which are said as they are written."""
    return Case(When(**{kind: "date"}, then=_key("comparable", path, CharField())), output_field=CharField())


def _comments(columns: Mapping[UUID, Column], page: Iterable[Document]) -> dict[tuple[UUID, UUID], int]:
    said = Comment.objects.filter(question__in=list(columns), document__in=[document.pk for document in page])
    counted = said.order_by().values_list("question", "document").annotate(number=Count("pk"))
    return {(question, document): number for question, document, number in counted}


def _sorted(documents: QuerySet[Document], look: Look) -> QuerySet[Document]:
    if look.sort is None or look.sort.question_id is None:
        documents = documents.annotate(value=Value(None, output_field=CharField()))
        return documents.order_by(by_name(descending=look.descending), "created_at")
    answers = Answer.objects.filter(
        question=look.sort.question_id, superseded_at=None, document=OuterRef("pk")
    ).exclude(review__kind="reject")
    is_corrected = When(review__kind="correct", then=_key("order", "review__value_normalised", FloatField()))
    ordered = answers.annotate(
        it=Case(
            is_corrected, default=_key("order", "value_normalised", FloatField()), output_field=FloatField()
        )
    )
    words = answers.annotate(it=_words())
    documents = documents.annotate(
        order=Subquery(ordered.values("it")[:1]), value=Subquery(words.values("it")[:1])
    )
    turned = [F(name).desc if look.descending else F(name).asc for name in ("order", "value")]
    return documents.order_by(*(turn(nulls_last=True) for turn in turned), by_name(), "created_at")


def _key(name: str, path: str, field: Any) -> Cast:
    return Cast(KeyTextTransform(name, path), field)


def _words() -> Case:
    """What values are grouped by: their comparable form, else their words."""
    text = CharField()
    corrected = Coalesce(_key("comparable", "review__value_normalised", text), Lower("review__text"))
    own = Coalesce(_key("comparable", "value_normalised", text), Lower(Cast("text", text)))
    return Case(
        When(review__kind="correct", then=corrected),
        When(state__in=FOUND, then=own),
        default=Value(None, output_field=text),
        output_field=text,
    )


def _rests_on_recognition() -> Q:
    read = Note.objects.filter(document=OuterRef("document"), kind=Note.Kind.OCR)
    on_its_page = Citation.objects.filter(
        answer=OuterRef("pk"),
        document__notes__kind=Note.Kind.OCR,
        document__notes__page__gte=F("page__number"),
        document__notes__page__lte=F("last_page"),
    )
    return Q(Exists(read.filter(page=0))) | Q(Exists(on_its_page))


def _changed() -> Q:
    before = Answer.objects.filter(question=OuterRef("question"), document=OuterRef("document"))
    before = before.exclude(superseded_at=None).exclude(state=Answer.State.WAITING)
    return Q(Exists(before.exclude(text=OuterRef("text"))))

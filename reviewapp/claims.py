"""The one shape of an answer with its proof, for everything that leaves the product: REST, webhooks, files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from pydantic import BaseModel, Field

from readers.boxes import WordBox, unpack
from reviewapp.documents.models import Page, PageBoxes
from reviewapp.frame.marking import outside, shifted
from reviewapp.questions.models import Answer, Citation

#: What `Claim.state` says.
ClaimState = Literal["supported", "check", "not_found", "not_examined", "failed", "waiting"]


class Box(BaseModel):
    """A rectangle on a page, as shares of its width and height from 0 to 1, the origin at its upper left."""

    page: int = Field(description="Number of the page, from 1.")
    left: float
    top: float
    right: float
    bottom: float


class Quote(BaseModel):
    """Words of the document, verbatim: `kind` "quote" bears the answer out, "passage" is the closest that was found.

    `start` and `end` count characters of the document's text, `page_start` and `page_end` those of the page on
    which it starts; `marked` are the ranges of the answer's words in `text`, `left_out`
    those of running headers and footers in it, which are not shown to people.
    """

    id: str
    kind: Literal["quote", "passage"]
    text: str
    heading: str
    document_id: str
    version_sha256: str = Field(description="SHA-256 of the bytes of the version that is quoted.")
    page: int = Field(description="Number of the page on which it starts, from 1.")
    last_page: int = Field(description="Number of the page on which it ends.")
    page_label: str = Field(description="The number printed on the page, where it is another than its own.")
    start: int
    end: int
    page_start: int
    page_end: int = Field(description="Past the page's end where the quote goes on to the next.")
    marked: list[tuple[int, int]]
    left_out: list[tuple[int, int]] = []
    verification: Literal["exact", "tolerant", "read", "unverified"]
    boxes: list[Box] | None = Field(
        default=None, description="A rectangle a line; empty where places of words are not known."
    )


class Alternative(BaseModel):
    """A likely answer that differs from the one given."""

    text: str
    confidence: float


class Examined(BaseModel):
    """What was looked into before this was said."""

    document_id: str
    version_sha256: str
    states: int
    passages_read: int
    read_as: str = Field(
        default="",
        description="The question in other words than were asked, where only these gave the answer.",
    )
    reckoned: str = Field(
        default="",
        description='What an answer that stands nowhere was counted from, as "30 days after June 1, 2019".',
    )


class Model(BaseModel):
    """What the answer was made with, by hashes; all empty until there is one."""

    memory: str
    reads_sha256: str = Field(description="Over all that decides about states.")
    answers_sha256: str = Field(description="Over all that decides about an answer from states.")
    state_ids: list[str] = Field(description="Names of the states that were asked.")
    found_by: list[str] = Field(description="What proposed the answer.")


class Cost(BaseModel):
    """What the answer cost."""

    seconds: float
    tokens: int


class Value(BaseModel):
    """An answer as it can be computed with: equal `comparable` mean equal values; `order` ranks those of one unit."""

    type: str
    text: str
    comparable: str
    shown: str
    order: float | None = None
    unit: str = ""


class Claim(BaseModel):
    """What one document answers to one question, with its proof.

    `state` is "supported" where a judge that did not make the answer agrees with it, "check" where something was
    found that a person has to check, "not_found" where the document does not say it, "not_examined" where it could
    not be asked, "failed" and "waiting" where there is no answer yet.
    """

    id: str
    matter_id: str
    question_id: str
    document_id: str
    document_name: str
    external_id: str
    version_sha256: str = Field(description="SHA-256 of the bytes of the version that was asked.")
    asked: int = Field(description="Which asking of the question this answers, from 1.")
    superseded_at: datetime | None = Field(description="When a later answer replaced it.")
    state: ClaimState
    answer: str | None = Field(description="As the document writes it; null where there is none.")
    condition: str | None = Field(
        default=None,
        description="Of a Yes or No, a length, an amount or a percentage, the document's words under which it holds, "
        "where its sentence states any.",
    )
    value: Value | None
    confidence: float
    quotes: list[Quote]
    alternatives: list[Alternative]
    examined: Examined
    model: Model
    cost: Cost
    note: str = Field(description="A sentence for people where something went wrong.")
    answered_at: datetime | None


def claims_of(answers: QuerySet[Answer], *, boxes: bool = True) -> list[Claim]:
    """The claims of answers, in their order; a bounded number of queries. Without `boxes` quotes have none."""
    quotes = Prefetch("citations", Citation.objects.select_related("page").defer("page__text"))
    found = list(answers.select_related("document", "question").prefetch_related(quotes))
    placed = _Places([citation for answer in found for citation in answer.citations.all()]) if boxes else None
    return [_claim(answer, placed) for answer in found]


def _claim(answer: Answer, placed: "_Places | None") -> Claim:
    document, cost, made = answer.document, answer.cost, answer.provenance
    return Claim(
        id=str(answer.pk),
        matter_id=str(document.matter_id),
        question_id=str(answer.question_id),
        document_id=str(document.pk),
        document_name=document.name,
        external_id=document.external_id,
        version_sha256=document.sha256,
        asked=answer.version,
        superseded_at=answer.superseded_at,
        state=_state(answer),
        answer=answer.text if answer.is_found else None,
        condition=answer.condition or None if answer.is_found else None,
        value=_value(answer) if answer.is_found else None,
        confidence=answer.confidence,
        quotes=[_quote(citation, document.sha256, placed) for citation in answer.citations.all()],
        alternatives=[
            Alternative(text=str(other.get("text", "")), confidence=float(other.get("probability", 0.0)))
            for other in answer.others
        ],
        examined=Examined(
            document_id=str(document.pk),
            version_sha256=document.sha256,
            states=int(cost.get("states", 0)),
            passages_read=int(cost.get("passages_read", 0)),
            read_as=str(made.get("read_as", "")),
            reckoned=str(made.get("reckoned", "")),
        ),
        model=_model(answer, made),
        cost=Cost(seconds=float(cost.get("seconds", 0.0)), tokens=int(cost.get("tokens_forward", 0))),
        note=answer.note,
        answered_at=answer.finished_at,
    )


def _state(answer: Answer) -> ClaimState:
    states: dict[str, ClaimState] = {
        Answer.State.WAITING: "waiting",
        Answer.State.SUPPORTED: "supported",
        Answer.State.CHECK: "check",
        Answer.State.NOT_FOUND: "not_found",
        Answer.State.NOT_EXAMINED: "not_examined",
        Answer.State.FAILED: "failed",
    }
    return states[answer.state]


def _value(answer: Answer) -> Value | None:
    typed = answer.value_normalised
    if not typed:
        return None
    return Value(
        type=answer.value_type or str(typed.get("kind", "")),
        text=str(typed.get("text", "")),
        comparable=str(typed.get("comparable", "")),
        shown=str(typed.get("shown", "")),
        order=typed.get("order"),
        unit=str(typed.get("unit", "")),
    )


def _model(answer: Answer, made: Mapping[str, Any]) -> Model:
    return Model(
        memory=str(made.get("memory", "")),
        reads_sha256=str(made.get("model_sha256", "")),
        answers_sha256=str(made.get("answers_sha256", "")),
        state_ids=[str(name) for name in made.get("states", [])],
        found_by=[name for name in answer.found_by.split(",") if name],
    )


def _quote(citation: Citation, sha256: str, placed: "_Places | None") -> Quote:
    page = citation.page
    return Quote(
        id=str(citation.pk),
        kind="passage" if citation.kind == Citation.Kind.PASSAGE else "quote",
        text=citation.quote,
        heading=citation.heading,
        document_id=str(citation.document_id),
        version_sha256=sha256,
        page=page.number,
        last_page=max(citation.last_page, page.number),
        page_label=page.label,
        start=citation.start,
        end=citation.end,
        page_start=citation.start - page.start,
        page_end=citation.end - page.start,
        marked=[(start, end) for start, end in citation.marked],
        left_out=[(start, end) for start, end in citation.left_out],
        verification=citation.verification,  # type: ignore[arg-type]
        boxes=None if placed is None else list(placed.of(citation)),
    )


class _Places:
    """Where the words stand on the pages that quotes touch: two queries for all of them."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        where = Q(pk__in=[])
        for citation in citations:
            last = max(citation.last_page, citation.page.number)
            where |= Q(document=citation.document_id, number__gte=citation.page.number, number__lte=last)
        pages = Page.objects.filter(where).defer("text") if citations else Page.objects.none()
        self._pages = {(page.document_id, page.number): page for page in pages}
        packed = PageBoxes.objects.filter(page__in=[page.pk for page in self._pages.values()])
        self._boxes: dict[UUID, list[WordBox]] = {row.page_id: unpack(bytes(row.packed)) for row in packed}

    def of(self, citation: Citation) -> Iterator[Box]:
        """The rectangles of a quote, a line each, from its first page on."""
        first = citation.page.number
        for number in range(first, max(citation.last_page, first) + 1):
            page = self._pages.get((citation.document_id, number))
            words = self._boxes.get(page.pk, []) if page else []
            if page is not None:
                kept = outside([(0, len(citation.quote))], citation.left_out)
                parts = shifted(kept, page.start - citation.start)
                touched = [word for word in words if any(word.end > a and word.start < b for a, b in parts)]
                yield from boxes_of(number, touched)


def boxes_of(page: int, words: Iterable[WordBox]) -> Iterator[Box]:
    """The rectangles around words that follow one another, one a line."""
    line: tuple[float, float, float, float] | None = None
    for left, top, right, bottom in (word.box for word in words):
        if line is not None and _same_line(line, (left, top, right, bottom)):
            line = (min(line[0], left), min(line[1], top), max(line[2], right), max(line[3], bottom))
            continue
        if line is not None:
            yield box_of(page, line)
        line = (left, top, right, bottom)
    if line is not None:
        yield box_of(page, line)


def _same_line(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    lowest = min(one[3] - one[1], other[3] - other[1])
    return other[0] >= one[0] and shared > lowest / 2


def box_of(page: int, sides: tuple[float, float, float, float]) -> Box:
    """A rectangle of a page, its sides as parts of the page's width and height."""
    left, top, right, bottom = (round(side, 5) for side in sides)
    return Box(page=page, left=left, top=top, right=right, bottom=bottom)

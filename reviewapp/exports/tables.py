"""CSV and JSON: a cell a row, and a cell an object."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from reviewapp.claims import claims_of
from reviewapp.exports.cells import Cell, name_of, page_words
from reviewapp.exports.content import CELLS_AT_ONCE, Content
from reviewapp.exports.plain import fit, one_line
from reviewapp.frame.tables import row_writer
from reviewapp.questions.models import Answer

COLUMNS = (
    "document", "question", "wording", "state", "value", "condition", "found", "comparable", "decision", "reviewer",
    "decided_at", "confirmed_by", "reason", "quotes", "pages", "link", "note", "asked", "answered_at",
    "earlier_answers", "document_sha256", "document_id", "question_id", "answer_id",
)  # fmt: skip
#: The name of the shape of the JSON file; another one is another name.
SHAPE = "nightbrief-export/1"


def write_csv(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """RFC 4180 in UTF-8 with the mark that spreadsheets know it by; nothing in it runs as a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    write = row_writer(text)
    write(COLUMNS)
    for row in content.rows():
        for cell in row.cells:
            if cell.answer is not None or content.lists_unasked:
                write(line_of(content, cell))
        tick()
    text.flush()
    text.detach()


def line_of(content: Content, cell: Cell) -> Sequence[str]:
    """A cell as `COLUMNS`."""
    answer, quotes = cell.answer, cell.quotes
    link = ""
    if answer is not None:
        link = content.page_address(quotes[0]) if quotes else content.cell_address(answer)
    return (
        cell.document.name, cell.asked.label, cell.asked.wording, cell.state_words, fit(cell.value),
        fit(cell.condition), fit(cell.found),
        fit(cell.comparable), cell.decision, cell.reviewer, _time(cell.decided_at) or "",
        cell.confirmed_by, fit(cell.reason), " | ".join(fit(one_line(quote.quote)) for quote in quotes),
        " | ".join(page_words(quote) for quote in quotes), link, cell.note,
        str(answer.version) if answer else "", (_time(answer.finished_at) or "") if answer else "",
        str(len(cell.earlier)), cell.document.sha256, str(cell.document.pk),
        str(cell.asked.question.pk) if cell.asked.question else "", str(answer.pk) if answer else "",
    )  # fmt: skip


def write_json(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """One object: what it is, the questions, a claim for each answer, what was not examined, what it held."""
    export = content.export
    file.write(b'{"shape": ' + _json(SHAPE) + b', "matter": ')
    file.write(_json({"id": str(export.matter_id), "name": export.matter.name}))
    file.write(b', "of": ' + _json(export.title) + b', "made_by": ' + _json(name_of(export.made_by)))
    file.write(b', "requested_at": ' + _json(_time(export.created_at)) + b', "questions": ')
    file.write(_json([_question(content, number) for number in range(len(content.asked))]))
    file.write(b', "claims": [')
    comma = b"\n"
    for cells in _some(content, tick):
        for claim in claims_with_review(content, cells):
            file.write(comma + _json(claim))
            comma = b",\n"
    file.write(b'\n], "not_examined": ')
    file.write(_json({label: dict(states) for label, states in content.tally.without.items()}))
    file.write(b', "not_read": ' + _json([{"name": name, "why": why} for name, why in content.not_read()]))
    file.write(b', "held": ' + _json(content.held()) + b"}\n")


def claims_with_review(content: Content, cells: Mapping[UUID, Cell]) -> Iterator[dict[str, Any]]:
    """The claims of answers, by their ids, each with its page, what counts, its review and what was before it."""
    claims = {claim.id: claim for claim in claims_of(Answer.objects.filter(pk__in=list(cells)), boxes=False)}
    for key, cell in cells.items():
        # NB: an answer that went meanwhile, with its document, is no claim any more.
        if str(key) in claims and cell.answer is not None:
            yield claims[str(key)].model_dump(mode="json") | _beside(content, cell, cell.answer)


def _some(content: Content, tick: Callable[[], None]) -> Iterator[dict[UUID, Cell]]:
    """The cells that have an answer, by its id, some hundred at a time."""
    cells: dict[UUID, Cell] = {}
    for row in content.rows():
        cells |= {cell.answer.pk: cell for cell in row.cells if cell.answer is not None}
        tick()
        if len(cells) >= CELLS_AT_ONCE:
            yield cells
            cells = {}
    yield cells


def _beside(content: Content, cell: Cell, answer: Answer) -> dict[str, Any]:
    review = cell.review
    return {
        "address": content.cell_address(answer),
        "counts": cell.value or None,
        "review": review and {
            "decision": review.kind, "by": cell.reviewer, "at": _time(cell.decided_at),
            "confirmed_by": cell.confirmed_by or None,
        },
        "decisions": [
            {
                "number": made.number, "decision": made.kind, "by": name_of(made.by), "at": _time(made.created_at),
                "text": made.text, "reason": made.reason,
            }
            for made in answer.decisions.all()
        ],
        "earlier": [
            {
                "id": str(old.pk), "asked": old.version, "state": old.state, "answer": old.text or None,
                "answered_at": _time(old.finished_at), "superseded_at": _time(old.superseded_at),
            }
            for old in cell.earlier
        ],
    }  # fmt: skip


def _question(content: Content, number: int) -> dict[str, Any]:
    asked = content.asked[number]
    return {
        "id": str(asked.question.pk) if asked.question else None,
        "label": asked.label,
        "wording": asked.wording,
        "type": asked.type,
        "version": asked.question.version if asked.question else None,
    }


def _json(value: object) -> bytes:
    # NB: a half of a character cannot be written in UTF-8; as an escape it can.
    return json.dumps(value).encode()


def _time(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None

"""What version 1 answers of grids, reviews and exports.

Written from docs/openapi.json by `python -m scripts.client_shapes --write`.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from reviewapp.client.shapes import (
    Claim,
    Operation,
    Person,
    Value,
)


class Assignment(BaseModel):
    """A member's part of a grid: one of its columns, or one of its rows."""

    column_id: str | None
    document_id: str | None
    grid_id: str
    id: str
    member: Person


class AssignmentList(BaseModel):
    """All parts of a grid that are assigned."""

    items: list[Assignment]


class Cell(BaseModel):
    """A cell of a grid: what one document answers to one column, with its proof and its review."""

    claim: Claim
    column: int
    column_id: str
    document_id: str
    id: str
    review: Review | None


class Column(BaseModel):
    """A column of a grid. `question_id` is the question that is asked of the documents, once the grid was run."""

    choices: list[str]
    grid_id: str
    id: str
    label: str
    number: int
    question_id: str | None
    standing: str
    type: str
    wording: str


class Comment(BaseModel):
    """A note beside a claim; it stays with question and document when the claim is replaced."""

    by: Person
    created_at: datetime
    document_id: str
    id: str
    question_id: str
    text: str


class Decision(BaseModel):
    """What somebody decided about a claim; never changed. `kind` "undo" takes back the newest one before."""

    by: Person
    created_at: datetime
    id: str
    kind: str
    number: int
    reason: str
    text: str
    value: Value | None


class Export(BaseModel):
    """A file of answers, and whether it is there."""

    created_at: datetime
    file_name: str
    format: str
    grid_id: str | None
    id: str
    made_at: datetime | None
    matter_id: str
    note: str
    order: str
    question_id: str | None
    sha256: str
    size_bytes: int
    status: str
    title: str


class ExportBegun(BaseModel):
    """A file that is being made."""

    export: Export
    operation: Operation


class Grid(BaseModel):
    """A table of documents and questions: of the documents chosen, else of all of the matter, those to come too."""

    columns: list[Column]
    created_at: datetime
    id: str
    instructions: str
    matter_id: str
    name: str
    of: str
    progress: GridProgress | None = None
    question_set_id: str | None
    question_set_version: int | None
    run_at: datetime | None
    seconds_left: float | None = None
    status: str


class GridBegun(BaseModel):
    """A grid that is being asked."""

    grid: Grid
    operation: Operation


class GridProgress(BaseModel):
    """How many cells there are, how many are answered and reviewed, and how many are in which state."""

    counts: dict[str, int]
    done: int
    reviewed: int
    total: int


class QuestionSet(BaseModel):
    """Questions that are asked together: of one matter, or of the firm's where `matter_id` is null."""

    columns: list[SetColumn]
    created_at: datetime
    external_id: str
    id: str
    instructions: str
    key: str
    matter_id: str | None
    name: str
    version: int


class Review(BaseModel):
    """Where a claim stands after its decisions. `number` is the newest one's, 0 before any."""

    by: Person | None
    changed_at: datetime | None
    claim_id: str
    comments: list[Comment] | None = None
    confirmed_by: Person | None
    decision: str | None
    decisions: list[Decision] | None = None
    document_id: str
    number: int
    question_id: str
    text: str
    value: Value | None


class Sample(BaseModel):
    """Claims drawn at random to be reviewed, and what the decisions on them show so far."""

    agreement: Share | None = None
    claim_ids: list[str] | None = None
    created_at: datetime
    decided: int | None = None
    drawn_by: Person
    drawn_from: int
    id: str
    matter_id: str
    precision: Share | None = None
    question_id: str | None
    seed: int
    supported: Share | None = None


class SetColumn(BaseModel):
    """A column of a question set."""

    choices: list[str]
    label: str
    standing: str
    type: str
    wording: str


class Share(BaseModel):
    """`right` of `number`, with the 95 % interval (Wilson)."""

    high: float
    low: float
    number: int
    right: int


class View(BaseModel):
    """What of a grid somebody looks at, under a name: the query of its page's address."""

    created_at: datetime
    grid_id: str
    id: str
    made_by: Person
    name: str
    query: str

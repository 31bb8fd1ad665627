"""What version 1 answers.

Written from docs/openapi.json by `python -m scripts.client_shapes --write`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class Alternative(BaseModel):
    """A likely answer that differs from the one given."""

    confidence: float
    text: str


class Asked(BaseModel):
    """A question that is being asked."""

    operation: Operation
    question: Question


class Batch(BaseModel):
    """Files received together."""

    accepted: int
    created_at: datetime
    duplicates: int
    files: int
    id: str
    label: str
    matter_id: str
    pending: int
    problems: int
    source: str


class BatchBegun(BaseModel):
    """A batch that was received and is being read."""

    batch: Batch
    operation: Operation


class Box(BaseModel):
    """A rectangle on a page, as shares of its width and height from 0 to 1, the origin at its upper left."""

    bottom: float
    left: float
    page: int
    right: float
    top: float


class Claim(BaseModel):
    """What one document answers to one question, with its proof.

    `state` is "supported" where a judge that did not make the answer agrees with it, "check" where something was
    found that a person has to check, "not_found" where the document does not say it, "not_examined" where it could
    not be asked, "failed" and "waiting" where there is no answer yet.
    """

    alternatives: list[Alternative]
    answer: str | None
    answered_at: datetime | None
    asked: int
    condition: str | None = None
    confidence: float
    cost: Cost
    document_id: str
    document_name: str
    examined: Examined
    external_id: str
    id: str
    matter_id: str
    model: Model
    note: str
    question_id: str
    quotes: list[Quote]
    state: str
    superseded_at: datetime | None
    value: Value | None
    version_sha256: str


class Cost(BaseModel):
    """What the answer cost."""

    seconds: float
    tokens: int


class Document(BaseModel):
    """A document: one file as received, identified in its matter by the SHA-256 of its bytes."""

    brief: dict[str, Any] | None = None
    characters: int
    coding: list[str] | None = None
    created_at: datetime
    external_id: str
    id: str
    matter_id: str
    media_type: str
    name: str
    notes: list[dict[str, Any]] | None = None
    pages: int
    replaced_at: datetime | None
    sha256: str
    size_bytes: int
    state: str
    states: list[dict[str, Any]] | None = None
    text_sha256: str
    text_version: str
    updated_at: datetime
    version_of: str | None


class Examined(BaseModel):
    """What was looked into before this was said."""

    document_id: str
    passages_read: int
    read_as: str | None = None
    reckoned: str | None = None
    states: int
    version_sha256: str


class Item(BaseModel):
    """One item of an operation: a file, a question or a document. `code` says for programs what became of it."""

    code: str
    detail: str
    document_id: str | None
    id: str
    name: str
    status: str


class Known(BaseModel):
    """Whether a file is here: then it need not be sent."""

    document_id: str | None
    here: bool
    sha256: str


class KnownList(BaseModel):
    """Which files are here, in the order asked."""

    items: list[Known]


class Matter(BaseModel):
    """A matter: the unit of access."""

    archived_at: datetime | None
    created_at: datetime
    documents: int
    external_id: str
    id: str
    name: str
    role: str


class Model(BaseModel):
    """What the answer was made with, by hashes; all empty until there is one."""

    answers_sha256: str
    found_by: list[str]
    memory: str
    reads_sha256: str
    state_ids: list[str]


class Myself(BaseModel):
    """Who calls, and what for."""

    client: str
    matter_ids: list[str] | None
    person: Person
    scopes: list[str]


class Operation(BaseModel):
    """Something long that was begun, and how far it is."""

    batch_id: str | None
    created_at: datetime
    errors: list[Item]
    id: str
    kind: str
    matter_id: str
    progress: Progress
    question_ids: list[str]
    seconds_left: float | None
    status: str


class Person(BaseModel):
    """Somebody who has an account."""

    id: str
    name: str
    username: str


class Progress(BaseModel):
    """How many items of an operation are where."""

    done: int
    failed: int
    succeeded: int
    total: int


class Question(BaseModel):
    """A question, how far it is, and how many documents say what of it."""

    asked: int
    asked_because: str
    claims: list[Claim] | None = None
    counts: dict[str, int]
    created_at: datetime
    document_ids: list[str]
    finished_at: datetime | None
    id: str
    left_aside: list[str] | None = None
    matter_id: str
    note: str
    reach: str
    status: str
    summary: dict[str, Any]
    text: str
    understood_as: str | None = None


class Quote(BaseModel):
    """Words of the document, verbatim: `kind` "quote" bears the answer out, "passage" is the closest that was found.

    `start` and `end` count characters of the document's text, `page_start` and `page_end` those of the page on
    which it starts; `marked` are the ranges of the answer's words in `text`, `left_out`
    those of running headers and footers in it, which are not shown to people.
    """

    boxes: list[Box] | None = None
    document_id: str
    end: int
    heading: str
    id: str
    kind: str
    last_page: int
    left_out: list[tuple[int, int]] | None = None
    marked: list[tuple[int, int]]
    page: int
    page_end: int
    page_label: str
    page_start: int
    start: int
    text: str
    verification: str
    version_sha256: str


class Upload(BaseModel):
    """A file that comes in parts: the next one begins at `received_bytes`.

    One that is "here" already need not be sent; "complete" says that it became a batch.
    """

    batch_id: str | None
    document_id: str | None
    expires_at: datetime | None
    id: str | None
    name: str
    received_bytes: int
    sha256: str
    size_bytes: int
    state: str


class Value(BaseModel):
    """An answer as it can be computed with: equal `comparable` mean equal values; `order` ranks those of one unit."""

    comparable: str
    order: float | None = None
    shown: str
    text: str
    type: str
    unit: str | None = None

"""What version 1 answers of nights and of comparisons of ways to keep documents.

Written from docs/openapi.json by `python -m scripts.client_shapes --write`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from reviewapp.client.shapes import Operation, Person


class Compared(BaseModel):
    """A document of a comparison: `measured`, or not yet, or not at all for a `reason`."""

    document_id: str
    document_name: str
    measured: bool
    questions: int
    reason: str
    seconds: float


class Comparison(BaseModel):
    """Documents asked the same questions through each way to keep them."""

    created_at: datetime
    documents: list[Compared] | None = None
    expected_seconds: float
    figures: dict[str, Any] | None = None
    finished_at: datetime | None
    id: str
    left_out: list[LeftOut] | None = None
    made_by: Person
    matter_id: str
    most_minutes: int
    source: str
    status: str
    title: str


class ComparisonBegun(BaseModel):
    """A comparison that is being measured."""

    comparison: Comparison
    operation: Operation


class LeftOut(BaseModel):
    """A question, or a row of the file, that cannot be asked, and why."""

    reason: str
    where: str


class NightHours(BaseModel):
    """The hours of the night in UTC, from `first` until `last` (0 to 23)."""

    first: int
    last: int


class Nights(BaseModel):
    """Whether a matter's documents are consolidated at night alone, and what the next night would do."""

    allowed: bool
    allowed_at: datetime | None
    allowed_by: Person | None
    documents: int
    hours: NightHours | None
    left: int
    matter_id: str
    seconds: float

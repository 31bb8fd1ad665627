"""Comparisons of ways to keep documents, and nights, as others see them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from reviewapp.api.shapes import Person
from reviewapp.api.shapes_work import OperationShape


class ComparedShape(BaseModel):
    """A document of a comparison: `measured`, or not yet, or not at all for a `reason`."""

    document_id: str
    document_name: str
    questions: int
    seconds: float
    measured: bool
    reason: str


class LeftOutShape(BaseModel):
    """A question, or a row of the file, that cannot be asked, and why."""

    where: str
    reason: str


class ComparisonShape(BaseModel):
    """Documents asked the same questions through each way to keep them."""

    id: str
    matter_id: str
    title: str
    source: Literal["own", "reviewed", "shipped"]
    status: Literal["draft", "running", "done", "cancelled", "failed"]
    made_by: Person
    most_minutes: int = Field(description="Nothing is worked on any more once they are over.")
    expected_seconds: float = Field(description="About how long it takes on one processor core.")
    created_at: datetime
    finished_at: datetime | None
    documents: list[ComparedShape] = Field(default_factory=list, description="Not in lists.")
    left_out: list[LeftOutShape] = Field(default_factory=list, description="Not in lists.")
    figures: dict[str, Any] = Field(
        default_factory=dict,
        description="Of all documents that are measured, by way and figure. Not in lists.",
    )


class ComparisonBegun(BaseModel):
    """A comparison that is being measured."""

    comparison: ComparisonShape
    operation: OperationShape


class NightHours(BaseModel):
    """The hours of the night in UTC, from `first` until `last` (0 to 23)."""

    first: int
    last: int


class NightsShape(BaseModel):
    """Whether a matter's documents are consolidated at night alone, and what the next night would do."""

    matter_id: str
    hours: NightHours | None = Field(description="Null where the installation has no nights.")
    allowed: bool
    allowed_by: Person | None
    allowed_at: datetime | None
    documents: int = Field(description="That are not consolidated yet; failed ones are not among them.")
    seconds: float = Field(description="About how long these take.")
    left: int = Field(
        description="Documents whose consolidation failed: the night leaves them until somebody has them tried again."
    )

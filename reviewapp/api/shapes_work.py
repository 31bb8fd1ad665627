"""What is asked and worked on, as others see it: questions, operations, batches."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from reviewapp.api.shapes import Given, Id, QuestionText
from reviewapp.claims import Claim


class NewQuestion(Given):
    """A question. Without `document_ids` it is asked of the matter: of the likeliest documents, or of `all`."""

    text: QuestionText
    document_ids: list[Id] = Field(default_factory=list, max_length=1000)
    reach: Literal["likeliest", "all"] = "likeliest"


class NewQuestions(Given):
    """Many questions of many documents; without `document_ids` of all."""

    texts: list[QuestionText] = Field(min_length=1, max_length=200)
    document_ids: list[Id] = Field(default_factory=list, max_length=1000)


class QuestionShape(BaseModel):
    """A question, how far it is, and how many documents say what of it."""

    id: str
    matter_id: str
    text: str
    reach: Literal["likeliest", "all"]
    document_ids: list[str] = Field(description="What it was asked of; empty for the matter.")
    asked_because: str
    understood_as: str = Field(
        "", description="The question in the words in which it was asked; empty where these are its own."
    )
    left_aside: list[str] = Field(
        default_factory=list, description="Parts of the text that `understood_as` does not take into account."
    )
    asked: int = Field(description="How often it was asked.")
    status: Literal["waiting", "routing", "finding", "reading", "judging", "done", "failed", "cancelled"]
    counts: dict[str, int] = Field(description="Documents by the state of their claim.")
    summary: dict[str, Any] = Field(description="What the claims say together.")
    note: str
    created_at: datetime
    finished_at: datetime | None
    claims: list[Claim] = Field(default_factory=list, description="The first 100, once it is done.")


class ClaimPage(BaseModel):
    """A part of a matter's claims. `until` is the `updated_since` to ask with next time."""

    items: list[Claim]
    next_cursor: str | None = Field(description='Also as a link: `Link: <...>; rel="next"`.')
    until: datetime


class Progress(BaseModel):
    """How many items of an operation are where."""

    total: int
    done: int
    succeeded: int
    failed: int


class ItemShape(BaseModel):
    """One item of an operation: a file, a question or a document. `code` says for programs what became of it."""

    id: str
    name: str
    status: Literal["waiting", "running", "succeeded", "failed", "cancelled"]
    code: str
    detail: str
    document_id: str | None


class OperationShape(BaseModel):
    """Something long that was begun, and how far it is."""

    id: str
    matter_id: str
    kind: Literal[
        "batch",
        "questions",
        "consolidation",
        "coding",
        "export",
        "load",
        "production",
        "archive",
        "comparison",
    ]
    status: Literal["running", "succeeded", "partly_failed", "failed", "cancelled"]
    progress: Progress
    seconds_left: float | None
    batch_id: str | None
    question_ids: list[str]
    errors: list[ItemShape] = Field(description="The first 20 items that failed; all under `items`.")
    created_at: datetime


class Asked(BaseModel):
    """A question that is being asked."""

    question: QuestionShape
    operation: OperationShape


class BatchItemShape(BaseModel):
    """A file of a batch, and what became of it."""

    id: str
    parent_id: str | None
    name: str
    external_id: str
    size_bytes: int
    sha256: str
    disposition: str
    reason: str
    document_id: str | None


class BatchShape(BaseModel):
    """Files received together."""

    id: str
    matter_id: str
    label: str
    source: str
    files: int
    pending: int
    accepted: int
    duplicates: int
    problems: int
    created_at: datetime

"""What people decided and noted, and what documents are coded as, as others see it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from reviewapp.api.shapes import Given, Id, Person, Plain
from reviewapp.claims import Value

ColumnTypeName = Literal["text", "yes_no", "date", "duration", "party", "amount", "choice", "list"]
#: The actions of the rooms know how long such texts may be; these are bounds for requests alone.
Sentence = Annotated[str, StringConstraints(max_length=4000), Plain]
CodeName = Annotated[str, StringConstraints(min_length=1, max_length=60), Plain]


class DecisionShape(BaseModel):
    """What somebody decided about a claim; never changed. `kind` "undo" takes back the newest one before."""

    id: str
    number: int = Field(description="From 1, for each claim.")
    kind: Literal["accept", "correct", "reject", "confirm", "undo"]
    by: Person
    text: str = Field(description="The corrected value.")
    value: Value | None
    reason: str
    created_at: datetime


class CommentShape(BaseModel):
    """A note beside a claim; it stays with question and document when the claim is replaced."""

    id: str
    question_id: str
    document_id: str
    by: Person
    text: str
    created_at: datetime


class ReviewShape(BaseModel):
    """Where a claim stands after its decisions. `number` is the newest one's, 0 before any."""

    claim_id: str
    question_id: str
    document_id: str
    number: int
    decision: Literal["accept", "correct", "reject"] | None = Field(
        description="The decision that counts; null where there is none, or all are undone."
    )
    by: Person | None
    confirmed_by: Person | None
    text: str = Field(description="The corrected value.")
    value: Value | None
    changed_at: datetime | None
    decisions: list[DecisionShape] = Field(
        default_factory=list, description="Of one claim, the oldest first."
    )
    comments: list[CommentShape] = Field(default_factory=list, description="Of one claim, the oldest first.")


class ReviewPage(BaseModel):
    """A part of the list of reviews. `until` is the `updated_since` to ask with next time."""

    items: list[ReviewShape]
    next_cursor: str | None = Field(description='Also as a link: `Link: <...>; rel="next"`.')
    until: datetime


class NewDecision(Given):
    """A correction needs `text`, a rejection a `reason`; `seen` is the `number` of the review as read."""

    kind: Literal["accept", "correct", "reject", "confirm", "undo"]
    seen: int = Field(ge=0, le=2**31 - 1)
    text: Sentence = ""
    reason: Sentence = ""


class NewComment(Given):
    """A note beside a claim."""

    text: Sentence


class CodeShape(BaseModel):
    """Something that documents can be coded as: a value of a field, or an issue of the matter."""

    name: str = Field(description='"field:value", or "issue:" and the id of the issue.')
    says: str = Field(description="In words for people.")
    field: Literal["responsive", "privileged", "confidentiality", "issue"]


class NewIssue(Given):
    """An issue that documents of the matter can be coded with."""

    name: Sentence


class DocumentCoding(BaseModel):
    """What a document is coded as, by the names of the codes."""

    document_id: str
    codes: list[str]


class CodingChange(Given):
    """Codes to set, each in the place of another value of its field, and codes to take off."""

    set: list[CodeName] = Field(default_factory=list, max_length=100)
    clear: list[CodeName] = Field(default_factory=list, max_length=100)


class NewCoding(Given):
    """One code to set on many documents, or with `clear` to take off."""

    code: CodeName
    clear: bool = False
    document_ids: list[Id] = Field(min_length=1, max_length=1000)

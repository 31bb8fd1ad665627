"""The records of version 1 as others see them; they only ever gain fields."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from reviewapp.claims import Box

StateOfDocument = Literal["none", "waiting", "consolidating", "ready", "failed", "cancelled", "stale"]


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


#: Texts of bounded length that databases can keep.
Plain = AfterValidator(_plain)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), Plain]
Username = Annotated[str, StringConstraints(min_length=1, max_length=150), Plain]
ExternalId = Annotated[str, StringConstraints(max_length=200), Plain]
QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=2000), Plain]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=1000), Plain]
Id = Annotated[str, StringConstraints(max_length=64), Field(description="Opaque.")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Given(BaseModel):
    """What a request brings: unknown fields are refused, and numbers are not taken for texts."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Person(BaseModel):
    """Somebody who has an account."""

    id: str
    username: str
    name: str


class Myself(BaseModel):
    """Who calls, and what for."""

    person: Person
    client: str = Field(description="Name of the token or application.")
    scopes: list[str]
    matter_ids: list[str] | None = Field(
        description="The matters it is bound to; null for all of its person's."
    )


class MatterShape(BaseModel):
    """A matter: the unit of access."""

    id: str
    name: str
    external_id: str = Field(description="What another system calls it.")
    created_at: datetime
    archived_at: datetime | None
    role: Literal["reviewer", "admin"]
    documents: int


class NewMatter(Given):
    """A matter to create, or to rename where the caller has one with this `external_id`."""

    name: Name
    external_id: ExternalId = ""


class MatterChange(Given):
    """What to change of a matter. What is left out stays; an empty `external_id` takes it away."""

    name: Name | None = None
    external_id: ExternalId | None = None


class Member(BaseModel):
    """A person's place in a matter."""

    id: str
    person: Person
    role: Literal["reviewer", "admin"]
    created_at: datetime


class NewMember(Given):
    """A member to add, by user name."""

    username: Username
    role: Literal["reviewer", "admin"]


class MemberChange(Given):
    """What to change of a membership."""

    role: Literal["reviewer", "admin"]


class NoteShape(BaseModel):
    """What people have to know of a document beside its text."""

    kind: str
    page: int = Field(description="From 1; 0 for the whole document.")
    text: str
    dismissed_at: datetime | None


class StateShape(BaseModel):
    """A state: what was consolidated of a document. `state_id` is the hash of all that it was built from."""

    id: str
    state_id: str
    memory: str
    status: Literal["waiting", "consolidating", "ready", "failed", "cancelled", "stale"]
    model_sha256: str
    tokenizer_sha256: str
    passes: int
    window_tokens: int
    segment_windows: int
    dtype: str
    tokens: int
    windows: int
    bytes: int
    seconds: float
    created_at: datetime


class PlacedQuote(BaseModel):
    """Words of a document and their range in its text."""

    text: str
    start: int
    end: int
    page: int
    last_page: int
    marked: list[tuple[int, int]]
    left_out: list[tuple[int, int]] = Field([], description="Running headers and footers within the words.")


class BriefField(BaseModel):
    """One fact of a brief. Clauses are facts too: their `type` begins with "clause:"."""

    id: str
    type: str
    value: str = Field(description="In comparable form: dates in ISO 8601, amounts with their currency.")
    written: str
    called: list[str]
    quotes: list[PlacedQuote]
    confidence: float
    rule: str


class BriefShape(BaseModel):
    """What a document says of itself."""

    document_id: str
    version: str
    title: str
    parties: list[str]
    date: str
    law: str
    expiry: str
    fields: list[BriefField]
    created_at: datetime


class HeadedQuote(PlacedQuote):
    """Words of a document under a heading of it."""

    heading: str


class ClauseShape(BaseModel):
    """Whether a document has a clause of one kind, and where; `value` is what the passage holds."""

    id: str
    document_id: str
    kind: str
    state: Literal["supported", "check", "not_found"]
    answer: str
    value: str
    confidence: float
    quotes: list[HeadedQuote]
    passages: list[HeadedQuote] = Field(description="The closest ones where there is no such clause.")


class DocumentShape(BaseModel):
    """A document: one file as received, identified in its matter by the SHA-256 of its bytes."""

    id: str
    matter_id: str
    name: str
    external_id: str
    sha256: str
    media_type: str
    size_bytes: int
    pages: int
    characters: int
    text_sha256: str
    text_version: str
    state: StateOfDocument
    created_at: datetime
    updated_at: datetime
    version_of: str | None = Field(description="Of an earlier version: the document that it was.")
    replaced_at: datetime | None
    notes: list[NoteShape] = Field(default_factory=list, description="With include=notes.")
    states: list[StateShape] = Field(default_factory=list, description="With include=states.")
    brief: BriefShape | None = Field(default=None, description="With include=brief.")
    coding: list[str] = Field(default_factory=list, description="Names of codes. With include=coding.")


class DocumentPage(BaseModel):
    """A part of the list of documents. `until` is the `updated_since` to ask with next time."""

    items: list[DocumentShape]
    next_cursor: str | None = Field(description='Also as a link: `Link: <...>; rel="next"`.')
    until: datetime


class DocumentChange(Given):
    """What to change of a document."""

    external_id: ExternalId


class Tombstone(BaseModel):
    """A document that is no longer there."""

    id: str
    sha256: str
    external_id: str
    removed_at: datetime
    sequence: int


class TombstonePage(BaseModel):
    """Documents that are gone; `after` is what to ask with next."""

    items: list[Tombstone]
    after: int


class Hashes(Given):
    """Files that may be here already, by the SHA-256 of their bytes."""

    sha256: list[Sha256] = Field(min_length=1, max_length=1000)


class Known(BaseModel):
    """Whether a file is here: then it need not be sent."""

    sha256: str
    here: bool
    document_id: str | None


class KnownList(BaseModel):
    """Which files are here, in the order asked."""

    items: list[Known]


class Word(BaseModel):
    """A word of a page's text and the rectangle it stands in."""

    start: int
    end: int
    box: Box


class TextPage(BaseModel):
    """The text of a page. `start` and `end` are its range in the document's text."""

    document_id: str
    number: int
    label: str
    start: int
    end: int
    text: str
    words: list[Word] = Field(default_factory=list, description="With include=words.")

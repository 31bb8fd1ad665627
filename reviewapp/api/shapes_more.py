"""Further records of version 1: uploads, hits, events, usage."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from reviewapp.api.shapes import ExternalId, FileName, Given, Id, Sha256
from reviewapp.api.shapes_work import BatchShape, OperationShape


class BatchBegun(BaseModel):
    """A batch that was received and is being read."""

    batch: BatchShape
    operation: OperationShape


class NewUpload(Given):
    """A file that will come in parts."""

    name: FileName
    sha256: Sha256
    size_bytes: int = Field(ge=0, le=2**40)
    external_id: ExternalId = ""


class UploadShape(BaseModel):
    """A file that comes in parts: the next one begins at `received_bytes`.

    One that is "here" already need not be sent; "complete" says that it became a batch.
    """

    id: str | None = Field(description="Null where nothing has to be sent.")
    state: Literal["open", "here", "complete"]
    name: str
    sha256: str
    size_bytes: int
    received_bytes: int
    document_id: str | None
    batch_id: str | None
    expires_at: datetime | None


class NewConsolidation(Given):
    """Documents to consolidate; without any, all of the matter that want it."""

    document_ids: list[Id] = Field(default_factory=list, max_length=1000)


class HitShape(BaseModel):
    """A page that holds the words searched for. `marks` are their ranges in `snippet`."""

    document_id: str
    document_name: str
    page: int
    page_label: str
    snippet: str
    snippet_start: int = Field(description="Where the snippet begins in the page's text.")
    marks: list[tuple[int, int]]
    score: float


class HitList(BaseModel):
    """The best pages, the best first."""

    items: list[HitShape]


class EventShape(BaseModel):
    """Something that happened. `sequence` counts all events without gaps; read on from the last one."""

    sequence: int
    id: str
    type: str
    at: datetime
    matter_id: str | None
    person_id: str | None
    client: str
    object_type: str
    object_id: str
    detail: dict[str, Any]


class EventPage(BaseModel):
    """Events in their order; `after` is what to ask with next."""

    items: list[EventShape]
    after: int


class EventElsewhereShape(BaseModel):
    """Something that happened before the matter came here, in the installation of this number: 1 is the first.

    `type` may be one that is not known here, or `page.read`; `person` is what the archive calls them, empty for the
    system itself.
    """

    id: str
    installation: int
    type: str
    at: datetime
    person: str
    client: str
    object_type: str
    object_id: str
    detail: dict[str, Any]


class Usage(BaseModel):
    """What a matter holds and has cost so far."""

    documents: int
    pages: int
    characters: int
    bytes_stored: int
    states_ready: int
    state_bytes: int
    questions: int
    answers: int
    answer_seconds: float
    reading_seconds: float
    consolidation_seconds: float

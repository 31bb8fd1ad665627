"""Question sets, grids and exports as others see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from reviewapp.api.shapes import ExternalId, Given, Id, Name, Plain, QuestionText
from reviewapp.api.shapes_review import ColumnTypeName, ReviewShape, Sentence
from reviewapp.api.shapes_work import OperationShape
from reviewapp.claims import Claim

Label = Annotated[str, StringConstraints(max_length=200), Plain]


class AskedColumn(Given):
    """A column as it is asked. `standing` names what briefs hold already, as the sets that are shipped do."""

    label: Label = ""
    wording: QuestionText
    type: ColumnTypeName = "text"
    standing: Label = ""
    choices: list[Label] = Field(default_factory=list, max_length=100)


class SetColumn(BaseModel):
    """A column of a question set."""

    label: str
    wording: str
    type: ColumnTypeName
    standing: str
    choices: list[str]


class QuestionSetShape(BaseModel):
    """Questions that are asked together: of one matter, or of the firm's where `matter_id` is null."""

    id: str
    matter_id: str | None
    key: str = Field(description="Of a set that is shipped; such a one is not changed.")
    external_id: str = Field(description="What another system calls it.")
    name: str
    version: int = Field(description="The newest version's number; its columns are these.")
    instructions: str
    columns: list[SetColumn]
    created_at: datetime


class SetVersionShape(BaseModel):
    """What a question set asked from one change to the next; never changed."""

    id: str
    question_set_id: str
    number: int
    instructions: str
    columns: list[SetColumn]
    created_at: datetime


class NewQuestionSet(Given):
    """A question set of the matter, or what it is from now on where the matter has one with this `external_id`."""

    name: Name
    external_id: ExternalId = ""
    columns: list[AskedColumn] = Field(min_length=1, max_length=200)
    instructions: Sentence = ""


class QuestionSetChange(Given):
    """What to change of a question set: a new version of it. What is left out stays."""

    name: Name | None = None
    external_id: ExternalId | None = None
    columns: list[AskedColumn] | None = Field(default=None, min_length=1, max_length=200)
    instructions: Sentence | None = None


class ColumnShape(BaseModel):
    """A column of a grid. `question_id` is the question that is asked of the documents, once the grid was run."""

    id: str
    grid_id: str
    number: int
    label: str
    wording: str
    type: ColumnTypeName
    standing: str
    choices: list[str]
    question_id: str | None


class GridProgress(BaseModel):
    """How many cells there are, how many are answered and reviewed, and how many are in which state."""

    total: int
    done: int
    reviewed: int
    counts: dict[str, int]


class GridShape(BaseModel):
    """A table of documents and questions: of the documents chosen, else of all of the matter, those to come too."""

    id: str
    matter_id: str
    name: str
    instructions: str
    question_set_id: str | None
    question_set_version: int | None
    of: Literal["all", "chosen"] = Field(description="Which documents are its rows.")
    status: Literal["new", "running", "paused", "done"]
    columns: list[ColumnShape]
    created_at: datetime
    run_at: datetime | None
    progress: GridProgress | None = Field(default=None, description="Of one grid; not in lists.")
    seconds_left: float | None = Field(default=None, description="Of one grid; not in lists.")


class NewGrid(Given):
    """A grid with the columns of a question set, in its newest version unless one is named."""

    name: Name
    question_set_id: Id
    version: int | None = Field(default=None, ge=1, le=2**31 - 1)
    document_ids: list[Id] = Field(default_factory=list, max_length=1000)


class GridBegun(BaseModel):
    """A grid that is being asked."""

    grid: GridShape
    operation: OperationShape


class CellShape(BaseModel):
    """A cell of a grid: what one document answers to one column, with its proof and its review."""

    id: str = Field(description="That of the claim; another one when it is asked again.")
    column_id: str
    column: int
    document_id: str
    claim: Claim
    review: ReviewShape | None = Field(description="Null where nobody has decided yet.")


class CellPage(BaseModel):
    """A part of a grid's cells, by document. `until` is the `updated_since` to ask with next time."""

    items: list[CellShape]
    next_cursor: str | None = Field(description='Also as a link: `Link: <...>; rel="next"`.')
    until: datetime


class NewExport(Given):
    """A file to make: of one grid, of one question, or, without either, of all answers of the matter."""

    format: Literal["xlsx", "csv", "json", "docx", "pdf"]
    grid_id: Id | None = None
    question_id: Id | None = None
    order: Literal["question", "document"] = Field(default="question", description="Sections of a report.")


class ExportShape(BaseModel):
    """A file of answers, and whether it is there."""

    id: str
    matter_id: str
    title: str
    format: str
    order: str
    grid_id: str | None
    question_id: str | None
    status: Literal["making", "made", "failed", "gone"]
    note: str = Field(description="A sentence for people where there is no file.")
    file_name: str
    size_bytes: int
    sha256: str
    created_at: datetime
    made_at: datetime | None


class ExportBegun(BaseModel):
    """A file that is being made."""

    export: ExportShape
    operation: OperationShape

"""Load files, productions, archives of matters, views, assignments and samples, as others see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from reviewapp.api.shapes import Given, Id, Name, Person, Plain
from reviewapp.api.shapes_work import OperationShape

ColumnName = Annotated[str, StringConstraints(max_length=200), Plain]
FieldName = Annotated[str, StringConstraints(max_length=20), Plain]
Prefix = Annotated[str, StringConstraints(min_length=1, max_length=40), Plain]


class LoadShape(BaseModel):
    """A load file on its way in: first a dry run, then, when it is started, its documents."""

    id: str
    matter_id: str
    source: str
    table_name: str
    columns: list[str]
    mapping: dict[str, str] = Field(description="What columns are taken as.")
    status: Literal["unmapped", "checking", "checked", "loading", "loaded", "stopped"]
    note: str
    counts: dict[str, int] = Field(description="What the dry run found.")
    rows_done: int
    batch_id: str | None
    created_at: datetime


class LoadBegun(BaseModel):
    """A load file with the work on it; none where its columns must be mapped first."""

    load: LoadShape
    operation: OperationShape | None


class NewMapping(Given):
    """What each column is taken as; columns that are left out are kept with the documents all the same."""

    mapping: dict[ColumnName, FieldName] = Field(max_length=1000)


class LoadProblemShape(BaseModel):
    """What is wrong with a row, counted from 1 below the header; 0 is the file itself."""

    row: int
    column: str
    code: str
    detail: str
    rejected: bool = Field(description="Whether the row is not taken in.")


class LoadedFieldsShape(BaseModel):
    """What a load file said of a document: its numbers, and every column that held something."""

    load_id: str
    row: int
    begin: str
    end: str
    parent: str
    custodian: str
    confidentiality: str
    values: dict[str, str]


class LoadedFieldsOf(BaseModel):
    """What load files said of one document."""

    items: list[LoadedFieldsShape]


class NewProduction(Given):
    """Documents to go out as a load file with their files: all, or those of a grid with its answers."""

    prefix: Prefix
    grid_id: Id | None = None
    by_page: bool = False
    table: Literal["dat", "csv"] = "dat"
    images: bool = Field(default=False, description="With pages as JPEG and an Opticon file.")


class ProductionShape(BaseModel):
    """A production: a ZIP with a load file, natives, texts, perhaps images, and a report."""

    id: str
    matter_id: str
    grid_id: str | None
    prefix: str
    by_page: bool
    table: Literal["dat", "csv"]
    images: bool
    status: Literal["making", "made", "gone", "failed"]
    note: str
    counts: dict[str, int]
    size_bytes: int
    created_at: datetime
    made_at: datetime | None


class ProductionBegun(BaseModel):
    """A production that is being written."""

    production: ProductionShape
    operation: OperationShape


class NewArchive(Given):
    """A whole matter to go out."""

    states: bool = Field(default=True, description="With what was consolidated of its documents.")


class ArchiveShape(BaseModel):
    """An archive of a whole matter."""

    id: str
    matter_id: str
    file_name: str
    states: bool
    status: Literal["making", "made", "gone", "failed"]
    note: str
    counts: dict[str, int]
    size_bytes: int
    sha256: str
    created_at: datetime
    made_at: datetime | None


class ArchiveBegun(BaseModel):
    """An archive that is being written."""

    archive: ArchiveShape
    operation: OperationShape


class ArrivalShape(BaseModel):
    """A matter that comes of an archive; `matter_id` is there once it is one. What fails leaves nothing."""

    id: str
    matter_id: str | None
    name: str
    sha256: str
    size_bytes: int
    status: Literal["waiting", "working", "done", "failed"]
    note: str
    counts: dict[str, int]
    left_out: int = Field(description="Records that belonged to something that the archive does not hold.")
    created_at: datetime


class ViewShape(BaseModel):
    """What of a grid somebody looks at, under a name: the query of its page's address."""

    id: str
    grid_id: str
    name: str
    query: str
    made_by: Person
    created_at: datetime


class NewView(Given):
    """A view to keep, in the place of an earlier one of this name."""

    name: Name
    query: Annotated[str, StringConstraints(max_length=4000), Plain] = ""


class AssignmentShape(BaseModel):
    """A member's part of a grid: one of its columns, or one of its rows."""

    id: str
    grid_id: str
    member: Person
    column_id: str | None
    document_id: str | None


class AssignmentList(BaseModel):
    """All parts of a grid that are assigned."""

    items: list[AssignmentShape]


class NewAssignment(Given):
    """A column or a row, and whose part it is; nobody's with null."""

    person_id: Id | None
    column_id: Id | None = None
    document_id: Id | None = None


class ShareShape(BaseModel):
    """`right` of `number`, with the 95 % interval (Wilson)."""

    right: int
    number: int
    low: float
    high: float


class SampleShape(BaseModel):
    """Claims drawn at random to be reviewed, and what the decisions on them show so far."""

    id: str
    matter_id: str
    question_id: str | None
    drawn_by: Person
    seed: int
    drawn_from: int
    claim_ids: list[str] = Field(default_factory=list, description="Of one sample.")
    decided: int | None = Field(default=None, description="Of one sample, as all below.")
    precision: ShareShape | None = None
    supported: ShareShape | None = None
    agreement: ShareShape | None = None
    created_at: datetime


class NewSample(Given):
    """How many claims to draw, of all or of one question; the same seed draws the same while there are the same."""

    size: int = Field(ge=1, le=1000)
    question_id: Id | None = None
    seed: int | None = Field(default=None, ge=0, lt=2**31)

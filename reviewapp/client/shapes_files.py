"""What version 1 answers of load files, productions, and matters that go out and come in whole.

Written from docs/openapi.json by `python -m scripts.client_shapes --write`.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from reviewapp.client.shapes import Operation


class Archive(BaseModel):
    """An archive of a whole matter."""

    counts: dict[str, int]
    created_at: datetime
    file_name: str
    id: str
    made_at: datetime | None
    matter_id: str
    note: str
    sha256: str
    size_bytes: int
    states: bool
    status: str


class ArchiveBegun(BaseModel):
    """An archive that is being written."""

    archive: Archive
    operation: Operation


class Arrival(BaseModel):
    """A matter that comes of an archive; `matter_id` is there once it is one. What fails leaves nothing."""

    counts: dict[str, int]
    created_at: datetime
    id: str
    left_out: int
    matter_id: str | None
    name: str
    note: str
    sha256: str
    size_bytes: int
    status: str


class Load(BaseModel):
    """A load file on its way in: first a dry run, then, when it is started, its documents."""

    batch_id: str | None
    columns: list[str]
    counts: dict[str, int]
    created_at: datetime
    id: str
    mapping: dict[str, str]
    matter_id: str
    note: str
    rows_done: int
    source: str
    status: str
    table_name: str


class LoadBegun(BaseModel):
    """A load file with the work on it; none where its columns must be mapped first."""

    load: Load
    operation: Operation | None


class LoadProblem(BaseModel):
    """What is wrong with a row, counted from 1 below the header; 0 is the file itself."""

    code: str
    column: str
    detail: str
    rejected: bool
    row: int


class Production(BaseModel):
    """A production: a ZIP with a load file, natives, texts, perhaps images, and a report."""

    by_page: bool
    counts: dict[str, int]
    created_at: datetime
    grid_id: str | None
    id: str
    images: bool
    made_at: datetime | None
    matter_id: str
    note: str
    prefix: str
    size_bytes: int
    status: str
    table: str


class ProductionBegun(BaseModel):
    """A production that is being written."""

    operation: Operation
    production: Production

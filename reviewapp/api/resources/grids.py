"""Grids: made of question sets, run, paused, and their columns."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun, shape_of_operation, tell_of
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.resources.questions import documents_named
from reviewapp.api.resources.sets import asked_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_grids import (
    AskedColumn,
    ColumnShape,
    GridBegun,
    GridProgress,
    GridShape,
    NewGrid,
)
from reviewapp.frame.actor import Scope
from reviewapp.grids import actions
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.policy import (
    access_column_by_id,
    access_grid_by_id,
    access_set_by_id,
    may_run_grids,
    visible_grid_cells,
    visible_grid_documents,
    visible_grids,
)
from reviewapp.grids.progress import progress_of
from reviewapp.matters.policy import NotAvailable, access_matter_by_id

resource = Resource("Grids")


def shape_of_column(column: Column) -> ColumnShape:
    """A column as others see it."""
    return ColumnShape(
        id=str(column.pk),
        grid_id=str(column.grid_id),
        number=column.order,
        label=column.label,
        wording=column.wording,
        type=column.type,  # type: ignore[arg-type]
        standing=column.standing,
        choices=list(column.choices),
        question_id=str(column.question_id) if column.question_id else None,
    )


def shape_of_grid(grid: Grid, columns: Sequence[Column]) -> GridShape:
    """A grid as others see it; the columns with their questions are read before."""
    asked = [column.question for column in columns if column.question is not None]
    if grid.paused_at is not None:
        status = "paused"
    elif any(not question.is_final for question in asked):
        status = "running"
    else:
        status = "done" if asked else "new"
    return GridShape(
        id=str(grid.pk),
        matter_id=str(grid.matter_id),
        name=grid.name,
        instructions=grid.instructions,
        question_set_id=str(grid.made_of.set_id) if grid.made_of else None,
        question_set_version=grid.made_of.number if grid.made_of else None,
        of="chosen" if grid.chosen else "all",
        status=status,  # type: ignore[arg-type]
        columns=[shape_of_column(column) for column in columns],
        created_at=grid.created_at,
        run_at=grid.run_at,
    )


def _whole(request: ApiRequest, grid: Grid) -> GridShape:
    """A grid with how far it is."""
    columns = list(grid.columns.select_related("question").order_by("order"))
    shape = shape_of_grid(grid, columns)
    cells = visible_grid_cells(request.actor, grid)
    found = progress_of(grid, columns, cells, visible_grid_documents(request.actor, grid))
    shape.progress = GridProgress(
        total=found.total, done=found.done, reviewed=found.reviewed, counts=dict(found.counts)
    )
    shape.seconds_left = found.seconds_left
    return shape


@resource.get("/matters/{matter_id}/grids", PageOf[GridShape])
def list_grids(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[GridShape]:
    """The grids of a matter, the newest first."""
    rows = visible_grids(request.actor, access_matter_by_id(request.actor, matter_id))
    rows = rows.select_related("made_of").prefetch_related("columns__question")
    return listed(
        request,
        response,
        rows,
        ("-created_at", "-id"),
        cursor,
        min(limit, 100),
        lambda found: [shape_of_grid(grid, list(grid.columns.all())) for grid in found],
    )


@resource.post("/matters/{matter_id}/grids", {201: GridShape}, scope=Scope.ASK)
def create_grid(request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewGrid) -> Status[Any]:
    """A grid of these documents, or of all of the matter's. Nothing is asked before it is run."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_run_grids)
    try:
        chosen = access_set_by_id(request.actor, matter, payload.question_set_id)
    except NotAvailable:
        raise wrong_field("/question_set_id", "there is no question set of this id for the matter") from None
    version = chosen.versions.filter(number=payload.version or chosen.version).first()
    if version is None:
        raise wrong_field("/version", "the question set has no version of this number")
    documents = documents_named(request, matter, payload.document_ids)
    grid = actions.create_grid(matter, payload.name, version, actor=request.actor, documents=documents)
    response.headers["Location"] = f"/v1/grids/{grid.pk}"
    return Status(201, _whole(request, grid))


@resource.get("/grids/{grid_id}", GridShape)
def get_grid(request: ApiRequest, grid_id: str) -> GridShape:
    """One grid, and how far it is."""
    return _whole(request, access_grid_by_id(request.actor, grid_id))


@resource.post("/grids/{grid_id}/preview", {202: GridBegun}, scope=Scope.ASK)
def preview_grid(request: ApiRequest, response: HttpResponse, grid_id: str) -> Status[Any]:
    """Ask some of the documents what was not asked yet."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    actions.preview(grid, actor=request.actor)
    return _begun(request, response, grid)


@resource.post("/grids/{grid_id}/run", {202: GridBegun}, scope=Scope.ASK)
def run_grid(request: ApiRequest, response: HttpResponse, grid_id: str) -> Status[Any]:
    """Ask everything that was not asked yet, and again what changed since; its claims stream with the operation."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    actions.run(grid, actor=request.actor)
    return _begun(request, response, grid)


def _begun(request: ApiRequest, response: HttpResponse, grid: Grid) -> Status[Any]:
    """The answer (202): the grid, and the operation of the questions that are being asked."""
    grid = access_grid_by_id(request.actor, grid.pk)
    asked = [column.question for column in grid.columns.select_related("question").order_by("order")]
    keys = [str(question.pk) for question in asked if question is not None and not question.is_final]
    operation = begun(Operation.Kind.QUESTIONS, grid.matter, request.actor, subjects=keys)
    tell_of(operation, response)
    return Status(202, GridBegun(grid=_whole(request, grid), operation=shape_of_operation(operation)))


@resource.post("/grids/{grid_id}/pause", GridShape, scope=Scope.ASK)
def pause_grid(request: ApiRequest, grid_id: str) -> GridShape:
    """Stop asking until it is run again; what was answered stays."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    actions.pause(grid, actor=request.actor)
    return _whole(request, access_grid_by_id(request.actor, grid_id))


@resource.post("/grids/{grid_id}/cancel", GridShape, scope=Scope.ASK)
def cancel_grid(request: ApiRequest, grid_id: str) -> GridShape:
    """Stop asking; what was answered stays."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    actions.cancel(grid, actor=request.actor)
    return _whole(request, access_grid_by_id(request.actor, grid_id))


@resource.post("/grids/{grid_id}/columns", {201: ColumnShape}, scope=Scope.ASK)
def add_column(
    request: ApiRequest, response: HttpResponse, grid_id: str, payload: AskedColumn
) -> Status[Any]:
    """Add a column at the end; it is asked when the grid is run."""
    grid = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    column = actions.add_column(grid, asked_of(payload), actor=request.actor)
    response.headers["Location"] = f"/v1/columns/{column.pk}"
    return Status(201, shape_of_column(column))


@resource.get("/columns/{column_id}", ColumnShape)
def get_column(request: ApiRequest, column_id: str) -> ColumnShape:
    """One column of a grid."""
    return shape_of_column(access_column_by_id(request.actor, column_id))


@resource.patch("/columns/{column_id}", ColumnShape, scope=Scope.ASK)
def change_column(request: ApiRequest, column_id: str, payload: AskedColumn) -> ColumnShape:
    """Write a column anew; another wording is asked at once where the old one was. Needs If-Match."""
    column = access_column_by_id(request.actor, column_id, may=may_run_grids)
    require_match(request, shape_of_column(column))
    return shape_of_column(actions.change_column(column, asked_of(payload), actor=request.actor))

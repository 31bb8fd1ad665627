"""Load files of e-discovery: in with a dry run and a report of each row, out as productions."""

from typing import Annotated, Any

from django.http import HttpResponse, HttpResponseBase
from ninja import File, Form, Status, UploadedFile

from reviewapp.api.files import FILE, handed_out
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun_with, shape_of_operation
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.service import ApiRequest, Resource, prepares, require_form
from reviewapp.api.shapes_loads import (
    LoadBegun,
    LoadedFieldsOf,
    LoadedFieldsShape,
    LoadProblemShape,
    LoadShape,
    NewMapping,
    NewProduction,
    ProductionBegun,
    ProductionShape,
)
from reviewapp.documents.policy import access_current_document
from reviewapp.frame.actor import Scope
from reviewapp.grids.policy import access_grid_by_id
from reviewapp.jobs.models import Job
from reviewapp.jobs.selectors import newest_job
from reviewapp.loads import actions, producing
from reviewapp.loads.models import Load, LoadProblem, Production
from reviewapp.loads.policy import (
    access_load_by_id,
    access_production_by_id,
    may_load,
    may_produce,
    may_see_loads,
    visible_load_problems,
    visible_loaded_fields,
    visible_loads,
    visible_productions,
)
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, may_view

resource = Resource("Load files")

ROUTE = "/matters/{matter_id}/loads"


def _status(load: Load, job: Job | None) -> str:
    if load.finished_at is not None:
        return "loaded"
    under_way = job is not None and job.is_under_way
    if load.started_at is not None:
        return "loading" if under_way else "stopped"
    if under_way:
        return "checking"
    return "checked" if load.checked_at is not None else "stopped" if job is not None else "unmapped"


def _load(load: Load) -> LoadShape:
    """A load file as others see it; its jobs are read before."""
    job = newest_job(load)
    return LoadShape(
        id=str(load.pk),
        matter_id=str(load.matter_id),
        source=load.source,
        table_name=load.table_name,
        columns=load.columns,
        mapping=load.mapping,
        status=_status(load, job),  # type: ignore[arg-type]
        note=job.reason if job else "",
        counts=load.counts,
        rows_done=load.rows_done,
        batch_id=str(load.batch_id) if load.batch_id else None,
        created_at=load.created_at,
    )


def _begun(request: ApiRequest, response: HttpResponse, load: Load) -> Status[Any]:
    load = access_load_by_id(request.actor, load.pk)
    job, operation = newest_job(load), None
    if job is not None:
        begun = begun_with(Operation.Kind.LOAD, load.matter, request.actor, [job], response)
        operation = shape_of_operation(begun)
    return Status(202, LoadBegun(load=_load(load), operation=operation))


@resource.get(ROUTE, PageOf[LoadShape], scope=Scope.UPLOAD)
def list_loads(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[LoadShape]:
    """The load files of a matter, the newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_see_loads)
    rows = visible_loads(request.actor, matter).prefetch_related("jobs")
    order = ("-created_at", "-id")
    return listed(request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(_load, found)])


@prepares("POST", ROUTE)
def look_at_load(request: ApiRequest, matter_id: str) -> None:
    """Refuse what is no form before it is read."""
    require_form(request, "Send the load file as multipart/form-data, as `table`.")


@resource.post(ROUTE, {202: LoadBegun}, scope=Scope.UPLOAD)
def add_load(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    table: Annotated[UploadedFile, File(..., description="Concordance DAT, or CSV.")],
    images: Annotated[UploadedFile | None, File(None, description="An Opticon file.")],
    files: Annotated[UploadedFile | None, File(None, description="A ZIP of natives, texts and images.")],
    source: Annotated[str, Form("", max_length=100, description="Who it comes from.")],
) -> Status[Any]:
    """Add a load file (admins); nothing is taken in yet. The dry run begins where names tell what its columns are."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_load)
    load = actions.create_load(
        matter,
        actions.Sent(_name(table), table.chunks()),
        actor=request.actor,
        images=actions.Sent(_name(images), images.chunks()) if images else None,
        files=actions.Sent(_name(files), files.chunks()) if files else None,
        source=source.replace("\x00", ""),
    )
    return _begun(request, response, load)


def _name(file: UploadedFile) -> str:
    return (file.name or "unnamed").replace("\x00", "")


@resource.get("/loads/{load_id}", LoadShape, scope=Scope.UPLOAD)
def get_load(request: ApiRequest, load_id: str) -> LoadShape:
    """A load file: its columns, what they are taken as, what the dry run found, how far it is (admins)."""
    return _load(access_load_by_id(request.actor, load_id))


@resource.post("/loads/{load_id}/columns", {202: LoadBegun}, scope=Scope.UPLOAD)
def map_load_columns(
    request: ApiRequest, response: HttpResponse, load_id: str, payload: NewMapping
) -> Status[Any]:
    """Say what the columns are, which is kept for the source, and have the dry run done (again)."""
    load = access_load_by_id(request.actor, load_id, may=may_load)
    return _begun(request, response, actions.map_columns(load, payload.mapping, actor=request.actor))


@resource.post("/loads/{load_id}/start", {202: LoadBegun}, scope=Scope.UPLOAD)
def start_load(request: ApiRequest, response: HttpResponse, load_id: str) -> Status[Any]:
    """Take the rows in that the dry run did not reject; their documents are read as those of `batch_id`."""
    load = access_load_by_id(request.actor, load_id, may=may_load)
    return _begun(request, response, actions.start_load(load, actor=request.actor))


@resource.get("/loads/{load_id}/problems", PageOf[LoadProblemShape], scope=Scope.UPLOAD)
def list_load_problems(
    request: ApiRequest, response: HttpResponse, load_id: str, cursor: Cursor, limit: Limit
) -> PageOf[LoadProblemShape]:
    """What is wrong with which row: by the dry run, and once the load was started, by the load itself."""
    load = access_load_by_id(request.actor, load_id)
    rows = visible_load_problems(request.actor, load)
    return listed(
        request, response, rows, ("row", "id"), cursor, limit, lambda found: [*map(_problem, found)]
    )


def _problem(problem: LoadProblem) -> LoadProblemShape:
    return LoadProblemShape(
        row=problem.row,
        column=problem.column,
        code=problem.code,
        detail=problem.sentence,
        rejected=problem.rejected,
    )


@resource.get("/documents/{document_id}/loaded-fields", LoadedFieldsOf)
def get_loaded_fields(request: ApiRequest, document_id: str) -> LoadedFieldsOf:
    """What load files said of a document: Bates numbers, custodian, and every other column."""
    document = access_current_document(request.actor, document_id, may=may_view)
    return LoadedFieldsOf(
        items=[
            LoadedFieldsShape(
                load_id=str(row.load_id),
                row=row.row,
                begin=row.begin,
                end=row.end,
                parent=row.parent,
                custodian=row.custodian,
                confidentiality=row.confidentiality,
                values=row.values,
            )
            for row in visible_loaded_fields(request.actor, document)
        ]
    )


def _production(production: Production) -> ProductionShape:
    """A production as others see it; its jobs are read before."""
    job = newest_job(production)
    if production.removed_at is not None:
        status, note = "gone", "A document was withdrawn from the matter. Make it again."
    elif production.finished_at is not None:
        status, note = "made", ""
    else:
        status = "making" if job is not None and job.is_under_way else "failed"
        note = job.reason if job else ""
    return ProductionShape(
        id=str(production.pk),
        matter_id=str(production.matter_id),
        grid_id=str(production.grid_id) if production.grid_id else None,
        prefix=production.prefix,
        by_page=production.by_page,
        table="csv" if production.as_csv else "dat",
        images=production.with_images,
        status=status,  # type: ignore[arg-type]
        note=note,
        counts=production.counts,
        size_bytes=production.size_bytes,
        created_at=production.created_at,
        made_at=production.finished_at,
    )


@resource.get("/matters/{matter_id}/productions", PageOf[ProductionShape], scope=Scope.MANAGE)
def list_productions(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ProductionShape]:
    """The productions of a matter, the newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_produce)
    rows = visible_productions(request.actor, matter).prefetch_related("jobs")
    order = ("-created_at", "-id")
    return listed(
        request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(_production, found)]
    )


@resource.post("/matters/{matter_id}/productions", {202: ProductionBegun}, scope=Scope.MANAGE)
def start_production(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewProduction
) -> Status[Any]:
    """Have documents written as a load file with their files, and a grid's answers (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_produce)
    try:
        grid = access_grid_by_id(request.actor, payload.grid_id) if payload.grid_id else None
    except NotAvailable:
        raise wrong_field("/grid_id", "the matter has no grid of this id") from None
    production = producing.request_production(
        matter,
        actor=request.actor,
        prefix=payload.prefix,
        by_page=payload.by_page,
        grid=grid,
        as_csv=payload.table == "csv",
        with_images=payload.images,
    )
    operation = begun_with(Operation.Kind.PRODUCTION, matter, request.actor, production.jobs.all(), response)
    return Status(
        202, ProductionBegun(production=_production(production), operation=shape_of_operation(operation))
    )


@resource.get("/productions/{production_id}", ProductionShape, scope=Scope.MANAGE)
def get_production(request: ApiRequest, production_id: str) -> ProductionShape:
    """One production, and whether its file is there (admins)."""
    return _production(access_production_by_id(request.actor, production_id))


@resource.get("/productions/{production_id}/file", {200: None}, scope=Scope.MANAGE, openapi_extra=FILE)
def get_production_file(request: ApiRequest, production_id: str) -> HttpResponseBase:
    """The ZIP of a production (admins)."""
    production = access_production_by_id(request.actor, production_id)
    file = producing.open_production(production, actor=request.actor)
    name = f"production-{production.pk}.zip"
    return handed_out(request, file, name, production.size_bytes, f'"{production.pk}"')

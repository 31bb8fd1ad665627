"""Exports: files of answers, made in the background."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from ninja import Status

from reviewapp.api.files import FILE, handed_out, has_it
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun_with, shape_of_operation
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_grids import ExportBegun, ExportShape, NewExport
from reviewapp.exports.actions import open_export, request_export
from reviewapp.exports.models import Export
from reviewapp.exports.policy import access_export_by_id, may_export, visible_exports
from reviewapp.grids.models import Grid
from reviewapp.grids.policy import access_grid_by_id
from reviewapp.jobs.selectors import newest_job
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id
from reviewapp.questions.models import Question
from reviewapp.questions.policy import access_question_by_id

resource = Resource("Exports")


def shape_of_export(export: Export) -> ExportShape:
    """An export as others see it; its jobs are read before."""
    job = newest_job(export)
    if export.gone:
        status, note = "gone", export.gone
    elif export.made_at is not None:
        status, note = "made", ""
    elif job is not None and job.is_under_way:
        status, note = "making", ""
    else:
        status, note = "failed", job.reason if job else ""
    return ExportShape(
        id=str(export.pk),
        matter_id=str(export.matter_id),
        title=export.title,
        format=export.format,
        order=export.order,
        grid_id=str(export.grid_id) if export.grid_id else None,
        question_id=str(export.question_id) if export.question_id else None,
        status=status,  # type: ignore[arg-type]
        note=note,
        file_name=export.file_name,
        size_bytes=export.size_bytes,
        sha256=export.sha256,
        created_at=export.created_at,
        made_at=export.made_at,
    )


@resource.get("/matters/{matter_id}/exports", PageOf[ExportShape])
def list_exports(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ExportShape]:
    """The exports of a matter, the newest first."""
    rows = visible_exports(request.actor, access_matter_by_id(request.actor, matter_id))
    rows = rows.select_related("matter").prefetch_related("jobs")
    order = ("-created_at", "-id")
    return listed(
        request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(shape_of_export, found)]
    )


@resource.post("/matters/{matter_id}/exports", {202: ExportBegun})
def start_export(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewExport
) -> Status[Any]:
    """Have a file of answers made; it is taken when the operation has succeeded."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_export)
    address = request.build_absolute_uri("/")
    export = request_export(
        _of(request, matter, payload),
        payload.format,
        actor=request.actor,
        order=payload.order,
        address=address,
    )
    operation = begun_with(Operation.Kind.EXPORT, matter, request.actor, export.jobs.all(), response)
    begun = ExportBegun(export=shape_of_export(export), operation=shape_of_operation(operation))
    return Status(202, begun)


def _of(request: ApiRequest, matter: Matter, payload: NewExport) -> Matter | Grid | Question:
    """What is to be exported, within this matter. Raises Refused for what it has not."""
    if payload.grid_id and payload.question_id:
        raise wrong_field("/question_id", "an export is of a grid or of a question, not of both")
    found: Matter | Grid | Question = matter
    try:
        if payload.grid_id:
            found = access_grid_by_id(request.actor, payload.grid_id)
        if payload.question_id:
            found = access_question_by_id(request.actor, payload.question_id)
        if not isinstance(found, Matter) and found.matter_id != matter.pk:
            raise NotAvailable
    except NotAvailable:
        name = "grid" if payload.grid_id else "question"
        raise wrong_field(f"/{name}_id", f"the matter has no {name} of this id") from None
    return found


@resource.get("/exports/{export_id}", ExportShape)
def get_export(request: ApiRequest, export_id: str) -> ExportShape:
    """One export, and whether its file is there."""
    return shape_of_export(access_export_by_id(request.actor, export_id))


@resource.get("/exports/{export_id}/file", {200: None}, openapi_extra=FILE)
def get_export_file(request: ApiRequest, export_id: str) -> HttpResponseBase:
    """The file of an export; its ETag is its SHA-256."""
    export = access_export_by_id(request.actor, export_id, may=may_export)
    tag = f'"{export.sha256}"'
    if export.sha256 and not export.gone and (unchanged := has_it(request, tag)) is not None:
        return unchanged
    file = open_export(export, actor=request.actor)
    return handed_out(request, file, export.file_name, export.size_bytes, tag)

"""Whole matters: archives that go out, and new matters that come of archives."""

from typing import Annotated, Any

from django.http import HttpResponse, HttpResponseBase
from ninja import File, Form, Status, UploadedFile

from reviewapp.api.files import FILE, handed_out, has_it
from reviewapp.api.models import Operation
from reviewapp.api.operations import begun_with, shape_of_operation
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import Refused
from reviewapp.api.service import ApiRequest, Resource, prepares, require_form
from reviewapp.api.shapes_loads import ArchiveBegun, ArchiveShape, ArrivalShape, NewArchive
from reviewapp.frame.actor import Scope
from reviewapp.jobs.selectors import newest_job
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.moving import actions
from reviewapp.moving.models import Archive, Arrival
from reviewapp.moving.policy import (
    access_archive_by_id,
    access_arrival_by_id,
    may_bring_in,
    may_take_out,
    visible_archives,
    visible_arrivals,
)

resource = Resource("Archives")

ARRIVALS = "/arrivals"


def _archive(archive: Archive) -> ArchiveShape:
    """An archive as others see it; its jobs are read before."""
    job = newest_job(archive)
    if archive.gone:
        status, note = "gone", archive.gone
    elif archive.made_at is not None:
        status, note = "made", ""
    else:
        status = "making" if job is not None and job.is_under_way else "failed"
        note = job.reason if job else ""
    return ArchiveShape(
        id=str(archive.pk),
        matter_id=str(archive.matter_id),
        file_name=archive.file_name,
        states=archive.with_states,
        status=status,  # type: ignore[arg-type]
        note=note,
        counts=archive.counts,
        size_bytes=archive.size_bytes,
        sha256=archive.sha256,
        created_at=archive.created_at,
        made_at=archive.made_at,
    )


@resource.get("/matters/{matter_id}/archives", PageOf[ArchiveShape], scope=Scope.MANAGE)
def list_archives(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[ArchiveShape]:
    """The archives of a matter, the newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_take_out)
    rows = visible_archives(request.actor, matter).select_related("matter").prefetch_related("jobs")
    order = ("-created_at", "-id")
    return listed(
        request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(_archive, found)]
    )


@resource.post("/matters/{matter_id}/archives", {202: ArchiveBegun}, scope=Scope.MANAGE)
def start_archive(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewArchive
) -> Status[Any]:
    """Have all that a matter holds written into one open archive (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_take_out)
    archive = actions.request_archive(matter, actor=request.actor, with_states=payload.states)
    operation = begun_with(Operation.Kind.ARCHIVE, matter, request.actor, archive.jobs.all(), response)
    return Status(202, ArchiveBegun(archive=_archive(archive), operation=shape_of_operation(operation)))


@resource.get("/archives/{archive_id}", ArchiveShape, scope=Scope.MANAGE)
def get_archive(request: ApiRequest, archive_id: str) -> ArchiveShape:
    """One archive, and whether its file is there (admins)."""
    return _archive(access_archive_by_id(request.actor, archive_id))


@resource.get("/archives/{archive_id}/file", {200: None}, scope=Scope.MANAGE, openapi_extra=FILE)
def get_archive_file(request: ApiRequest, archive_id: str) -> HttpResponseBase:
    """The archive, a ZIP (admins); its ETag is its SHA-256."""
    archive = access_archive_by_id(request.actor, archive_id)
    tag = f'"{archive.sha256}"'
    if archive.sha256 and not archive.gone and (unchanged := has_it(request, tag)) is not None:
        return unchanged
    file = actions.open_archive(archive, actor=request.actor)
    return handed_out(request, file, archive.file_name, archive.size_bytes, tag)


def _arrival(arrival: Arrival) -> ArrivalShape:
    """An arrival as others see it; its jobs are read before."""
    job = newest_job(arrival)
    if arrival.finished_at is not None:
        status = "done"
    elif arrival.undone_at is not None or job is None or job.kind != "take_in_matter" or not job.is_under_way:
        status = "failed"
    else:
        status = "working" if job.attempts else "waiting"
    counts = dict(arrival.counts)
    left_out = counts.pop("left_out", 0)
    return ArrivalShape(
        id=str(arrival.pk),
        matter_id=str(arrival.matter_id) if arrival.finished_at else None,
        name=arrival.matter.name,
        sha256=arrival.sha256,
        size_bytes=arrival.size_bytes,
        status=status,  # type: ignore[arg-type]
        note=arrival.reason,
        counts=counts,
        left_out=left_out,
        created_at=arrival.created_at,
    )


def _staff(request: ApiRequest) -> None:
    if not may_bring_in(request.actor):
        message = "Matters are made by staff, with a token that is not bound to matters."
        raise Refused("may-not-create-matters", message, 403)


@resource.get(ARRIVALS, PageOf[ArrivalShape], scope=Scope.MANAGE)
def list_arrivals(
    request: ApiRequest, response: HttpResponse, cursor: Cursor, limit: Limit
) -> PageOf[ArrivalShape]:
    """The matters that the caller made of archives, the newest first."""
    _staff(request)
    rows, order = visible_arrivals(request.actor), ("-created_at", "-id")
    return listed(
        request, response, rows, order, cursor, min(limit, 100), lambda found: [*map(_arrival, found)]
    )


@prepares("POST", ARRIVALS)
def keep_archive(request: ApiRequest) -> None:
    """Put the archive on the disk, before the transaction that names it."""
    require_form(request, "Send the archive as multipart/form-data, as `archive`.")
    sent = request.FILES.get("archive")
    if sent is not None and request.actor.holds(Scope.MANAGE) and may_bring_in(request.actor):
        request.prepared = actions.keep_arrival(sent.chunks())


@resource.post(ARRIVALS, {202: ArrivalShape}, scope=Scope.MANAGE)
def bring_in_matter(
    request: ApiRequest,
    response: HttpResponse,
    archive: Annotated[UploadedFile, File(..., description="A ZIP that an archive was.")],
    name: Annotated[str, Form("", max_length=200, description="Its own name where none is given.")],
) -> Status[Any]:
    """Make a new matter of an archive (staff). The caller becomes its admin; look at the arrival until it is done."""
    _staff(request)
    file_name = (archive.name or "unnamed").replace("\x00", "")
    plain = name.replace("\x00", "")
    arrival = actions.bring_in(request.prepared, file_name, actor=request.actor, name=plain)
    response.headers["Location"] = f"/v1/arrivals/{arrival.pk}"
    return Status(202, _arrival(arrival))


@resource.get("/arrivals/{arrival_id}", ArrivalShape, scope=Scope.MANAGE)
def get_arrival(request: ApiRequest, arrival_id: str) -> ArrivalShape:
    """How far an archive is that becomes a matter."""
    return _arrival(access_arrival_by_id(request.actor, arrival_id))


@resource.post("/arrivals/{arrival_id}/give-up", ArrivalShape, scope=Scope.MANAGE)
def give_up_arrival(request: ApiRequest, arrival_id: str) -> ArrivalShape:
    """Stop making a matter of an archive; nothing of it stays."""
    actions.give_up(access_arrival_by_id(request.actor, arrival_id), actor=request.actor)
    return _arrival(access_arrival_by_id(request.actor, arrival_id))

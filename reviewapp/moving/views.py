"""Pages of whole matters: archives that go out, and matters that come of archives."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.documents.actions import chunks_of
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.saving import to_save
from reviewapp.jobs.selectors import newest_job
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.moving import actions
from reviewapp.moving.policy import (
    access_archive_by_id,
    access_arrival_by_id,
    may_take_out,
    visible_archives,
    visible_arrivals,
)

PART = 20


@require_http_methods(["GET", "POST"])
@signed_in
def archives(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Archives of a matter, and having one made (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_take_out)
    if request.method == "POST":
        try:
            with_states = request.POST.get("with_states") == "on"
            actions.request_archive(matter, actor=request.actor, with_states=with_states)
        except actions.ArchiveError as error:
            messages.error(request, str(error))
        return redirect("archives", matter.pk)
    listed = visible_archives(request.actor, matter).select_related("made_by", "matter")
    context = matter_frame(request, matter, "settings") | _listed(request, listed.prefetch_related("jobs"))
    if request.headers.get("HX-Request"):
        return live_part(request, "moving/archive_rows.html", context)
    return render(request, "moving/archives.html", context)


@require_GET
@signed_in
def archive_file(request: SignedInRequest, archive_id: UUID) -> HttpResponseBase:
    """The file of an archive, to be saved."""
    archive = access_archive_by_id(request.actor, archive_id)
    try:
        file = actions.open_archive(archive, actor=request.actor)
    except actions.ArchiveError as error:
        messages.error(request, str(error))
        return redirect("archives", archive.matter_id)
    response = StreamingHttpResponse(chunks_of(file), content_type="application/zip")
    return to_save(response, archive.file_name, archive.size_bytes)


@require_POST
@signed_in
def remove_archive(request: SignedInRequest, archive_id: UUID) -> HttpResponse:
    """Remove an archive's file."""
    archive = access_archive_by_id(request.actor, archive_id)
    try:
        actions.remove_archive(archive, actor=request.actor)
    except actions.ArchiveError as error:
        messages.error(request, str(error))
    return redirect("archives", archive.matter_id)


@require_http_methods(["GET", "POST"])
@signed_in
def arrivals(request: SignedInRequest) -> HttpResponse:
    """Matters that come of archives, and bringing one in (those who may make matters)."""
    listed, error = visible_arrivals(request.actor), None
    if request.method == "POST":
        try:
            sent = request.FILES.get("archive")
            if sent is None:
                raise actions.ArchiveError("archive-absent", "Choose the archive.")
            kept = actions.keep_arrival(sent.chunks())
            name = request.POST.get("name", "")
            actions.bring_in(kept, str(sent.name), actor=request.actor, name=name)
        except actions.ArchiveError as refused:
            error = refused
        else:
            return redirect("arrivals")
    context = _listed(request, listed) | {"error": error}
    if request.headers.get("HX-Request"):
        return live_part(request, "moving/arrival_rows.html", context)
    return render(request, "moving/arrivals.html", context, status=error.status if error else 200)


@require_POST
@signed_in
def give_up(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """Stop making a matter of an archive."""
    arrival = access_arrival_by_id(request.actor, arrival_id)
    try:
        actions.give_up(arrival, actor=request.actor)
    except actions.ArchiveError as error:
        messages.error(request, str(error))
    return redirect("arrivals")


def _listed(request: SignedInRequest, listed: Any) -> dict[str, Any]:
    part = page_of(request, listed, PART)
    rows = [(one, newest_job(one)) for one in part]
    shown = [(str(one.pk), job and (job.status, job.progress_done, job.reason)) for one, job in rows]
    return {
        "part": part,
        "rows": rows,
        "is_live": any(job is not None and job.is_under_way for _, job in rows),
        "version": version_of(part.number, shown, [str(getattr(one, "gone", "")) for one, _ in rows]),
    }

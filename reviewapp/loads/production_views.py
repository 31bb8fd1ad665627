"""Pages of productions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from reviewapp.documents.actions import chunks_of
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.saving import to_save
from reviewapp.grids.policy import access_grid_by_id, visible_grids
from reviewapp.jobs.selectors import newest_job
from reviewapp.loads import producing
from reviewapp.loads.fields import LoadError
from reviewapp.loads.policy import access_production_by_id, may_produce, visible_productions
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id


@require_http_methods(["GET", "POST"])
@signed_in
def productions(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Productions of a matter, and a way to have one written (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_produce)
    if request.method == "POST":
        key = request.POST.get("grid", "")
        grid = access_grid_by_id(request.actor, key, may=may_produce) if key else None
        try:
            producing.request_production(
                matter,
                actor=request.actor,
                prefix=request.POST.get("prefix", ""),
                by_page=request.POST.get("by_page") == "on",
                grid=grid,
                as_csv=request.POST.get("table") == "csv",
                with_images=request.POST.get("with_images") == "on",
            )
        except LoadError as error:
            messages.error(request, str(error))
        return redirect("productions", matter.pk)
    listed = visible_productions(request.actor, matter).select_related("grid").prefetch_related("jobs")
    part = page_of(request, listed, 20)
    rows = [(production, newest_job(production)) for production in part]
    shown = [
        (str(production.pk), str(production.removed_at), job and (job.status, job.progress_done, job.reason))
        for production, job in rows
    ]
    context = matter_frame(request, matter, "documents") | {
        "part": part,
        "rows": rows,
        "grids": visible_grids(request.actor, matter),
        "is_live": any(job is not None and job.is_under_way for _, job in rows),
        "version": version_of(part.number, shown),
    }
    if request.headers.get("HX-Request"):
        return live_part(request, "loads/production_rows.html", context)
    return render(request, "loads/productions.html", context)


@require_GET
@signed_in
def download(request: SignedInRequest, production_id: UUID) -> HttpResponseBase:
    """The ZIP of a production."""
    found = access_production_by_id(request.actor, production_id)
    try:
        file = producing.open_production(found, actor=request.actor)
    except LoadError as error:
        messages.error(request, str(error))
        return redirect("productions", found.matter_id)
    response = StreamingHttpResponse(chunks_of(file), content_type="application/zip")
    return to_save(response, f"production-{found.created_at:%Y-%m-%d}.zip", found.size_bytes)

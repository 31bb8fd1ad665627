"""Pages of exports: asking for one, the list of those that were made, their files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from reviewapp.documents.actions import chunks_of
from reviewapp.exports.actions import ExportError, open_export, request_export
from reviewapp.exports.models import Export
from reviewapp.exports.policy import access_export_by_id, may_export, visible_exports
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.saving import to_save
from reviewapp.frame.words_exports import FORMATS, NOTHING_CHOSEN, STATES
from reviewapp.grids.models import Grid
from reviewapp.grids.policy import access_grid_by_id, visible_grids
from reviewapp.jobs.selectors import newest_job
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, may_view
from reviewapp.questions.models import Question
from reviewapp.questions.policy import access_question_by_id

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
#: Grids that are offered; a grid's own page offers it too.
MOST_GRIDS, PART = 100, 50


@require_http_methods(["GET", "POST"])
@signed_in
def exports(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What was exported, and exporting (POST); `?of=` chooses what beforehand."""
    may = may_export if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    if request.method == "POST":
        return _request(request, matter)
    chosen = request.GET.get("of", "")
    of = _of(request, matter, chosen) if chosen else matter
    context = matter_frame(request, matter, "exports") | _made(request, matter)
    context |= {
        "grids": visible_grids(request.actor, matter)[:MOST_GRIDS],
        "question": of if isinstance(of, Question) else None,
        "of": of,
        "formats": FORMATS,
        "orders": Export.Order.choices,
        "may_export": may_export(request.actor, matter),
    }
    return render(request, "exports/exports.html", context)


@require_GET
@signed_in
def made(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The list of exports; refreshes itself while one is made."""
    matter = access_matter_by_id(request.actor, matter_id)
    return live_part(request, "exports/made.html", {"matter": matter} | _made(request, matter))


@require_GET
@signed_in
def file(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    """The file of an export, to be saved."""
    export = access_export_by_id(request.actor, export_id, may=may_export)
    try:
        opened = open_export(export, actor=request.actor)
    except ExportError as error:
        messages.error(request, str(error))
        return redirect("exports", export.matter_id)
    response = StreamingHttpResponse(chunks_of(opened), content_type=MEDIA_TYPES[export.format])
    return to_save(response, export.file_name, export.size_bytes)


def _request(request: SignedInRequest, matter: Matter) -> HttpResponse:
    try:
        chosen = request.POST.get("of", "")
        if not chosen:
            raise ExportError("export-subject-missing", NOTHING_CHOSEN)
        request_export(
            _of(request, matter, chosen),
            request.POST.get("format", ""),
            actor=request.actor,
            order=request.POST.get("order", Export.Order.QUESTION),
            address=request.build_absolute_uri("/"),
        )
    except ExportError as error:
        messages.error(request, str(error))
    return redirect("exports", matter.pk)


def _of(request: SignedInRequest, matter: Matter, chosen: str) -> Matter | Grid | Question:
    """What `matter`, `grid:ID` or `question:ID` names, within this matter. Raises NotAvailable."""
    kind, _, key = chosen.partition(":")
    if kind == "matter":
        return matter
    found: Grid | Question
    if kind == "grid":
        found = access_grid_by_id(request.actor, key)
    elif kind == "question":
        found = access_question_by_id(request.actor, key)
    else:
        raise NotAvailable
    if found.matter_id != matter.pk:
        raise NotAvailable
    return found


def _made(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    listed = (
        visible_exports(request.actor, matter).select_related("made_by", "matter").prefetch_related("jobs")
    )
    part = page_of(request, listed, PART)
    rows = [_row(export) for export in part]
    shown = [[*map(str, row.values())] for row in rows]
    return {
        "part": part,
        "rows": rows,
        "is_live": any(row["is_live"] for row in rows),
        "version": version_of(shown),
    }


def _row(export: Export) -> dict[str, Any]:
    job = newest_job(export)
    states = export.held.get("states", {})
    return {
        "export": export,
        "is_live": job is not None and job.is_under_way,
        "done": job.progress_done if job else 0,
        "total": job.progress_total if job else 0,
        "reason": job.reason if job else "",
        "is_made": bool(export.name),
        "gone": export.gone,
        "states": [(words, number) for state, words in STATES.items() if (number := states.get(state))],
    }

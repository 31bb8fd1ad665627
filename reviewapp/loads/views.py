"""Pages of load files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.loads import actions
from reviewapp.loads.fields import Field, LoadError
from reviewapp.loads.forms import LoadForm
from reviewapp.loads.models import Load
from reviewapp.loads.policy import (
    access_load_by_id,
    may_load,
    may_see_loads,
    visible_load_problems,
    visible_loads,
)
from reviewapp.loads.report import report_rows
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id


@require_http_methods(["GET", "POST"])
@signed_in
def loads(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Load files of a matter, and a way to add one (admins)."""
    may = may_load if request.method == "POST" else may_see_loads
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.create_load(
                matter,
                actions.Sent(given["table"].name, given["table"].chunks()),
                actor=request.actor,
                images=_sent(given["images"]),
                files=_sent(given["archive"]),
                source=given["source"],
            )
        except LoadError as error:
            form.add_error("table", str(error))
        else:
            return redirect("load", made.pk)
    context = matter_frame(request, matter, "upload") | {
        "form": form,
        "part": page_of(request, visible_loads(request.actor, matter), 20),
        "sources": sorted(set(visible_loads(request.actor, matter).values_list("source", flat=True)) - {""}),
        "may_load": may_load(request.actor, matter),
    }
    return render(request, "loads/loads.html", context, status=422 if form.errors else 200)


def _sent(file: "UploadedFile[Any] | None") -> actions.Sent | None:
    return actions.Sent(str(file.name), file.chunks()) if file else None


@require_GET
@signed_in
def load(request: SignedInRequest, load_id: UUID) -> HttpResponse:
    """A load file: what its columns are, what the dry run found, and how far it is (admins)."""
    found = access_load_by_id(request.actor, load_id)
    context = _state(request, found) | {
        "columns": [(column, found.mapping.get(column, "")) for column in found.columns],
        "fields": Field.choices,
    }
    return render(request, "loads/load.html", context)


@require_GET
@signed_in
def state(request: SignedInRequest, load_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while the load file is worked on."""
    return live_part(request, "loads/state.html", _state(request, access_load_by_id(request.actor, load_id)))


def _state(request: SignedInRequest, load: Load) -> dict[str, Any]:
    job = load.jobs.order_by("-created_at").first()
    problems = visible_load_problems(request.actor, load)
    part = page_of(request, problems, 50)
    shown = (job.status, job.progress_done, job.progress_total, job.reason) if job else ()
    return matter_frame(request, load.matter, "upload") | {
        "load": load,
        "job": job,
        "is_live": job is not None and job.is_under_way,
        "part": part,
        "version": version_of(
            shown, part.number, part.paginator.count, str(load.checked_at), str(load.finished_at)
        ),
        "may_load": may_load(request.actor, load.matter),
    }


@require_POST
@signed_in
def columns(request: SignedInRequest, load_id: UUID) -> HttpResponse:
    """Say what the columns are, and check the load file again."""
    found = access_load_by_id(request.actor, load_id, may=may_load)
    given = {column: request.POST.get(f"column-{n}", "") for n, column in enumerate(found.columns, 1)}
    try:
        actions.map_columns(found, given, actor=request.actor)
    except LoadError as error:
        messages.error(request, str(error))
    return redirect("load", found.pk)


@require_POST
@signed_in
def start(request: SignedInRequest, load_id: UUID) -> HttpResponse:
    """Take the rows in."""
    found = access_load_by_id(request.actor, load_id, may=may_load)
    try:
        actions.start_load(found, actor=request.actor)
    except LoadError as error:
        messages.error(request, str(error))
    return redirect("load", found.pk)


@require_GET
@signed_in
def report(request: SignedInRequest, load_id: UUID) -> InParts:
    """Everything that was found wrong, as a CSV file."""
    found = access_load_by_id(request.actor, load_id)
    rows = report_rows(visible_load_problems(request.actor, found).iterator(1000))
    return csv_file(f"load-{found.pk}.csv", rows)

"""Pages of grids."""

from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.briefs.selectors import listed
from reviewapp.documents.policy import access_document_by_id, visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.paging import page_of
from reviewapp.frame.words_grids import ASKED_AGAIN, FILTERS
from reviewapp.frame.words_numbers import count_words
from reviewapp.grids import actions
from reviewapp.grids.advice import advice_words, reckoned_words
from reviewapp.grids.forecast import forecast
from reviewapp.grids.look import Look, looked_at
from reviewapp.grids.models import Grid
from reviewapp.grids.policy import (
    access_grid_by_id,
    access_set_by_id,
    may_run_grids,
    visible_grid_cells,
    visible_grids,
    visible_sets,
)
from reviewapp.grids.progress import Progress
from reviewapp.grids.sets import newest
from reviewapp.grids.showing import showing_of
from reviewapp.grids.table import cells_on, group_sizes, open_on, table_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_view, visible_members
from reviewapp.reviews.actions import accept_all
from reviewapp.reviews.policy import may_review
from reviewapp.states.nights import has_nights

#: What is written in a transaction that began earlier may be seen later: cells are looked back for so long.
BACK = timedelta(seconds=30)


@require_http_methods(["GET", "POST"])
@signed_in
def grids(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's grids, and making one (POST)."""
    may = may_run_grids if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    if request.method == "POST":
        return _create(request, matter)
    context = matter_frame(request, matter, "grids") | {
        "part": page_of(
            request, visible_grids(request.actor, matter).select_related("made_of__set", "made_by"), 50
        ),
        "sets": visible_sets(request.actor, matter),
        "documents": visible_documents(request.actor, matter).count(),
        "may_run": may_run_grids(request.actor, matter),
    }
    return render(request, "grids/grids.html", context)


def _create(request: SignedInRequest, matter: Matter) -> HttpResponse:
    if not request.POST.get("set"):
        messages.error(request, "Choose a question set first.")
        return redirect("grids", matter.pk)
    chosen = access_set_by_id(request.actor, matter, request.POST.get("set", ""))
    find = request.POST.get("find", "").strip()
    documents = list(listed(visible_documents(request.actor, matter), "name", find)) if find else []
    if find and not documents:
        messages.error(request, "No document has this in its name or brief. Nothing was made.")
        return redirect("grids", matter.pk)
    name = request.POST.get("name", "").strip() or chosen.name
    try:
        made = actions.create_grid(matter, name, newest(chosen), actor=request.actor, documents=documents)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("grids", matter.pk)
    return redirect("grid", made.pk)


@require_GET
@signed_in
def grid(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """A grid: a hundred documents with their cells, as the address says."""
    found = access_grid_by_id(request.actor, grid_id)
    showing = showing_of(request.actor, found, request.GET)
    look, names, progress = showing.look, showing.assignees(), showing.progress()
    part = page_of(request, showing.rows)
    sizes = group_sizes(showing.rows) if look.grouped else {}
    context = matter_frame(request, found.matter, "grids") | {
        "grid": found,
        "look": look,
        "columns": showing.columns,
        "heads": showing.heads(progress, names),
        "part": part,
        "rows": table_of(list(part), showing.cells, look, sizes, names),
        "query": look.query,
        "filters": FILTERS,
        "options": showing.options,
        "is_coded": showing.is_coded(),
        "views": found.views.all(),
        "members": visible_members(request.actor, found.matter),
        "may_run": may_run_grids(request.actor, found.matter),
        "may_review": may_review(request.actor, found.matter),
    }
    if not found.run_at:
        plan = forecast(showing.documents, showing.columns)
        context |= {
            "plan": advice_words(plan, at_night=has_nights(found.matter)),
            "reckoned": reckoned_words(plan),
        }
    return render(request, "grids/grid.html", context | _live(found, progress, part.number, look))


@require_GET
@signed_in
def live(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """How far the grid is and the cells of a page that changed since; nothing (204) when none did."""
    found = access_grid_by_id(request.actor, grid_id)
    showing = showing_of(request.actor, found, request.GET)
    progress = showing.progress()
    if request.GET.get("since") == progress.version:
        return HttpResponse(status=204)
    part = page_of(request, showing.rows)
    at, newer = _time(request.GET.get("at", "")), Q()
    if at is not None:
        for field in ("created_at", "finished_at", "review__changed_at"):
            newer |= Q(**{f"{field}__gt": at - BACK})
    changed = cells_on(list(part), showing.cells.filter(newer), showing.look)
    rows = {cell.document for cell in changed}
    still_open = open_on(rows, showing.cells)
    context = {
        "grid": found,
        "changed": changed,
        "rests": [(document, document.pk in still_open) for document in part if document.pk in rows],
        "may_run": may_run_grids(request.actor, found.matter),
        "may_review": may_review(request.actor, found.matter),
    }
    return render(request, "grids/live.html", context | _live(found, progress, part.number, showing.look))


def _live(grid: Grid, progress: Progress, part: int, look: Look) -> dict[str, Any]:
    """How far the grid is, how it is looked at, and the address that asks for what changed since."""
    at = timezone.now().isoformat().replace("+00:00", "Z")
    where = reverse("grid_live", args=[grid.pk])
    kept = f"{look.query}part={part}"
    return {"progress": progress, "kept": kept, "live": f"{where}?{kept}&since={progress.version}&at={at}"}


class Change(Protocol):
    """A change of a grid. Raises ActionError."""

    def __call__(self, grid: Grid, *, actor: Actor) -> object: ...


CHANGES: dict[str, Change] = {
    "preview": actions.preview,
    "run": actions.run,
    "pause": actions.pause,
    "cancel": actions.cancel,
}


@require_POST
@signed_in
def run(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """Preview, run, pause or cancel a grid."""
    found = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    change = CHANGES.get(request.POST.get("do", ""))
    try:
        if change is None:
            raise ActionError("grid-change-unknown", "A grid is previewed, run, paused or cancelled.")
        if change(found, actor=request.actor) == 0:
            messages.info(request, ASKED_AGAIN)
    except ActionError as error:
        messages.error(request, str(error))
    return redirect(looked_at(found, request.POST))


@require_POST
@signed_in
def verify_row(request: SignedInRequest, grid_id: UUID, document_id: UUID) -> HttpResponse:
    """Accept every answer of a row about which nobody has decided."""
    found = access_grid_by_id(request.actor, grid_id, may=may_review)
    document = access_document_by_id(request.actor, document_id)
    number = accept_all(
        found.matter, visible_grid_cells(request.actor, found).filter(document=document), actor=request.actor
    )
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Trigger": "cell-decided"})
    messages.success(request, f"{count_words(number, 'answer')} accepted in this row.")
    return redirect(looked_at(found, request.POST))


def _time(written: str) -> datetime | None:
    try:
        at = parse_datetime(written)
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) else None

"""Pages of the memory lab: comparisons of a matter, one of them, its files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.frame.paging import page_of
from reviewapp.frame.saving import to_save
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.frame.words_lab import NOT_REACHED, REMOVED, SOURCES, STATUSES, left_out_words
from reviewapp.lab.actions import (
    MINUTES,
    QuestionFile,
    begin_comparison,
    cancel_comparison,
    prepare_comparison,
    remove_comparison,
)
from reviewapp.lab.files import as_json, table_rows
from reviewapp.lab.intervals import LEAST_DOCUMENTS, has_intervals
from reviewapp.lab.models import Comparison
from reviewapp.lab.plots import plots_of
from reviewapp.lab.policy import access_comparison_by_id, may_compare, visible_comparisons
from reviewapp.lab.progress import cut_short, how_it_stands, progress_of
from reviewapp.lab.questions import MOST_BYTES, LabError
from reviewapp.lab.tables import apart_of, paying_of, tables_of
from reviewapp.lab.times import has_later, not_kept
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_view

PART, DEFAULT_MINUTES, MOST_DIGITS = 50, 15, 9
OWN = Comparison.Source.OWN


@require_http_methods(["GET", "POST"])
@signed_in
def lab(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's comparisons, and preparing one (POST)."""
    matter = access_matter_by_id(
        request.actor, matter_id, may=may_compare if request.method == "POST" else may_view
    )
    if request.method == "POST":
        return _prepare(request, matter)
    return _lab(request, matter)


@require_GET
@signed_in
def comparison(request: SignedInRequest, comparison_id: UUID) -> HttpResponse:
    """A comparison: what it will ask, how far it is, what came of it."""
    found = access_comparison_by_id(request.actor, comparison_id)
    context = matter_frame(request, found.matter, "lab") | _shown(request, found)
    return render(request, "lab/comparison.html", context)


@require_GET
@signed_in
def live(request: SignedInRequest, comparison_id: UUID) -> HttpResponse:
    """The part of the page that refreshes itself while documents are measured."""
    found = access_comparison_by_id(request.actor, comparison_id)
    return live_part(request, "lab/live.html", _shown(request, found))


@require_POST
@signed_in
def begin(request: SignedInRequest, comparison_id: UUID) -> HttpResponse:
    """Have a comparison measured."""
    found = access_comparison_by_id(request.actor, comparison_id, may=may_compare)
    try:
        begin_comparison(found, actor=request.actor)
    except LabError as error:
        messages.error(request, str(error))
    return redirect("comparison", found.pk)


@require_POST
@signed_in
def cancel(request: SignedInRequest, comparison_id: UUID) -> HttpResponse:
    """Stop a comparison."""
    found = access_comparison_by_id(request.actor, comparison_id, may=may_compare)
    cancel_comparison(found, actor=request.actor)
    return redirect("comparison", found.pk)


@require_POST
@signed_in
def remove(request: SignedInRequest, comparison_id: UUID) -> HttpResponse:
    """Remove a comparison."""
    found = access_comparison_by_id(request.actor, comparison_id, may=may_compare)
    try:
        remove_comparison(found, actor=request.actor)
    except LabError as error:
        messages.error(request, str(error))
        return redirect("comparison", found.pk)
    messages.success(request, REMOVED)
    return redirect("lab", found.matter_id)


@require_GET
@signed_in
def table(request: SignedInRequest, comparison_id: UUID) -> InParts:
    """What each question gave through each way, as CSV."""
    found = access_comparison_by_id(request.actor, comparison_id)
    return csv_file(f"{_file_name(found)}.csv", table_rows(found))


@require_GET
@signed_in
def figures(request: SignedInRequest, comparison_id: UUID) -> HttpResponseBase:
    """All figures, as JSON."""
    found = access_comparison_by_id(request.actor, comparison_id)
    return to_save(HttpResponse(as_json(found), content_type="application/json"), f"{_file_name(found)}.json")


def _file_name(found: Comparison) -> str:
    """What its figures are saved as: a title that is a file's name has its ending already."""
    return found.title.removesuffix(".csv")


def _prepare(request: SignedInRequest, matter: Matter) -> HttpResponse:
    sent, minutes = request.FILES.get("file"), request.POST.get("minutes", "")
    # NB: one byte more than is taken, so that what is too large is told so
    file = QuestionFile(sent.name or "questions.csv", sent.read(MOST_BYTES + 1)) if sent else None
    try:
        made = prepare_comparison(
            matter,
            request.POST.get("source", ""),
            int(minutes) if minutes.isdecimal() and len(minutes) < MOST_DIGITS else 0,
            actor=request.actor,
            file=file,
        )
    except LabError as error:
        return _lab(request, matter, error)
    return redirect("comparison", made.pk)


def _lab(request: SignedInRequest, matter: Matter, error: LabError | None = None) -> HttpResponse:
    part = page_of(request, visible_comparisons(request.actor, matter), PART)
    short = cut_short(list(part))
    context = matter_frame(request, matter, "lab") | {
        "part": part,
        "rows": [(one, STATUSES[how_it_stands(one, short)]) for one in part],
        "may_compare": may_compare(request.actor, matter),
        "sources": SOURCES,
        "source": request.POST.get("source", "own"),
        "minutes": MINUTES,
        "chosen_minutes": request.POST.get("minutes", str(DEFAULT_MINUTES)),
        "error": error,
    }
    return render(request, "lab/lab.html", context, status=error.status if error else 200)


def _shown(request: SignedInRequest, found: Comparison) -> dict[str, Any]:
    parts = list(found.parts.select_related("document"))
    progress = progress_of(found, parts)
    is_live = found.status == Comparison.Status.RUNNING
    stands = how_it_stands(found, cut_short([found]))
    not_reached = NOT_REACHED.get(stands, "")
    return {
        "comparison": found,
        "matter": found.matter,
        "status": STATUSES[stands],
        "not_reached": not_reached,
        "parts": [
            (part, len(part.asked), part.reason or ("" if part.rows else not_reached)) for part in parts
        ],
        "left_out": left_out_words(_number_left_out(found), of_file=found.source == OWN),
        "questions": sum(len(part.asked) for part in parts),
        "progress": progress,
        "tables": tables_of(found.figures),
        "has_intervals": has_intervals(found.figures),
        "has_later": has_later(found.figures),
        "not_kept": not_kept(found.figures),
        "least_documents": LEAST_DOCUMENTS,
        "apart": apart_of(found.figures),
        "paying": paying_of(found.figures),
        "plots": plots_of(found.figures),
        "is_live": is_live,
        "may_compare": may_compare(request.actor, found.matter),
        "version": version_of(found.status, progress.percent, progress.done, progress.waits),
    }


def _number_left_out(found: Comparison) -> int | None:
    """How many rows or questions are left out; None where that was not kept."""
    numbers = [number for _, _, *rest in found.left_out for number in rest]
    return sum(numbers) if len(numbers) == len(found.left_out) else None

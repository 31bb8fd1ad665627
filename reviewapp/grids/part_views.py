"""Pages of a grid's parts: columns, views, who has what; and of question sets."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.documents.policy import access_current_document
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.errors import ActionError
from reviewapp.grids import actions
from reviewapp.grids.models import ColumnType, QuestionSet, SetVersion
from reviewapp.grids.policy import (
    access_column_by_id,
    access_grid_by_id,
    access_set_by_id,
    access_view_by_id,
    may_edit_set,
    may_run_grids,
    may_share_sets,
    visible_sets,
)
from reviewapp.grids.sets import Asked, columns_of, newest, save_set
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, may_view, visible_members

#: Rows of the form of a set that are empty, for further questions.
FURTHER = 3


@require_http_methods(["GET", "POST"])
@signed_in
def column(request: SignedInRequest, column_id: UUID) -> HttpResponse:
    """A column's wording, type and source; a POST changes it and asks a new wording at once."""
    may = may_run_grids if request.method == "POST" else may_view
    found = access_column_by_id(request.actor, column_id, may=may)
    error = None
    if request.method == "POST":
        try:
            actions.change_column(found, _asked(request, ""), actor=request.actor)
            return redirect("grid", found.grid_id)
        except ActionError as refused:
            error = refused
    context = matter_frame(request, found.grid.matter, "grids") | {
        "grid": found.grid,
        "column": found,
        "asked": _asked(request, "") if error else found,
        "types": ColumnType.choices,
        "standing": STANDING.values(),
        "statements": STATEMENTS.values(),
        "error": error,
        "may_run": may_run_grids(request.actor, found.grid.matter),
    }
    return render(request, "grids/column.html", context, status=422 if error else 200)


@require_POST
@signed_in
def add_column(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """Add a question at the end of a grid."""
    found = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    try:
        actions.add_column(found, _asked(request, ""), actor=request.actor)
    except ActionError as error:
        messages.error(request, str(error))
    return redirect("grid", found.pk)


@require_POST
@signed_in
def save_view(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """Keep how the grid is looked at under a name."""
    found = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    names = ("show", "in", "sort", "group", "find", "mine", "coded")
    kept = {name: request.POST[name] for name in names if request.POST.get(name)}
    kept |= {"hide": ",".join(request.POST.getlist("hide"))} if request.POST.get("hide") else {}
    query = urlencode(kept)
    try:
        actions.save_view(found, request.POST.get("name", ""), query, actor=request.actor)
        messages.success(request, "The view is saved.")
    except ActionError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('grid', args=[found.pk])}?{query}")


@require_POST
@signed_in
def delete_view(request: SignedInRequest, view_id: UUID) -> HttpResponse:
    """Forget a view."""
    found = access_view_by_id(request.actor, view_id, may=may_run_grids)
    actions.delete_view(found, actor=request.actor)
    return redirect("grid", found.grid_id)


@require_POST
@signed_in
def assign(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """Give a column or a row to a member, or to nobody."""
    found = access_grid_by_id(request.actor, grid_id, may=may_run_grids)
    key = request.POST.get("member", "")
    members = {str(each.user_id): each.user for each in visible_members(request.actor, found.matter)}
    if key and key not in members:
        raise NotAvailable
    column_key, document_key = request.POST.get("column", ""), request.POST.get("document", "")
    try:
        actions.assign(
            found,
            members.get(key),
            actor=request.actor,
            column=access_column_by_id(request.actor, column_key) if column_key else None,
            document=access_current_document(request.actor, document_key, may=may_view)
            if document_key
            else None,
        )
    except ActionError as error:
        messages.error(request, str(error))
    return redirect("grid", found.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def sets(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The question sets that the matter can use; a POST saves a new one."""
    may = may_run_grids if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    return _edit(request, matter, None)


@require_http_methods(["GET", "POST"])
@signed_in
def question_set(request: SignedInRequest, matter_id: UUID, set_id: UUID) -> HttpResponse:
    """A question set; a POST saves a new version of it, or a set of the matter's own where it cannot be edited."""
    may = may_run_grids if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    return _edit(request, matter, access_set_by_id(request.actor, matter, set_id))


def _edit(request: SignedInRequest, matter: Matter, found: QuestionSet | None) -> HttpResponse:
    version = newest(found) if found else None
    may_edit = found is None or may_edit_set(request.actor, matter, found)
    error = None
    columns = columns_of(version) if version else []
    if request.method == "POST":
        columns = [asked for asked in _all_asked(request) if asked.wording.strip()]
        firm = request.POST.get("firm") == "on" and may_share_sets(request.actor)
        try:
            saved = save_set(
                None if firm else matter, request.POST.get("name", ""), columns, actor=request.actor,
                instructions=request.POST.get("instructions", ""), of=found if may_edit else None,
            )  # fmt: skip
            return redirect("question_set", matter.pk, saved.set_id)
        except ActionError as refused:
            error = refused
    context = matter_frame(request, matter, "grids") | {
        "set": found,
        "version": version,
        "columns": [*columns, *[Asked("", "")] * FURTHER],
        "sets": visible_sets(request.actor, matter),
        "types": ColumnType.choices,
        "standing": STANDING.values(),
        "statements": STATEMENTS.values(),
        "error": error,
        "may_edit": may_edit,
        "may_run": may_run_grids(request.actor, matter),
        "may_share": may_share_sets(request.actor),
        "earlier": _earlier(found),
    }
    return render(request, "grids/set.html", context, status=422 if error else 200)


def _earlier(found: QuestionSet | None) -> list[SetVersion]:
    return list(found.versions.select_related("made_by")[:50]) if found else []


def _all_asked(request: SignedInRequest) -> list[Asked]:
    written = request.POST.get("columns", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    return [_asked(request, f"-{place}") for place in range(number)]


def _asked(request: SignedInRequest, suffix: str) -> Asked:
    sent = request.POST
    return Asked(
        label=sent.get(f"label{suffix}", ""),
        wording=sent.get(f"wording{suffix}", ""),
        type=sent.get(f"type{suffix}", ColumnType.TEXT),
        standing=sent.get(f"standing{suffix}", ""),
        choices=[choice for choice in sent.get(f"choices{suffix}", "").split(",") if choice.strip()],
    )

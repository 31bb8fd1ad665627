"""Pages of the ending of matters."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.ending import actions
from reviewapp.ending.policy import access_deleted_matter_by_id, may_delete_matter, visible_deleted_matters
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.actions import MatterError
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import NotAvailable, access_matter_by_id, may_create_matters


@require_http_methods(["GET", "POST"])
@signed_in
def delete_matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Delete a closed matter, whose name is written to confirm (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_delete_matter)
    context, status = matter_frame(request, matter, "settings"), 200
    if request.method == "POST":
        try:
            actions.delete_matter(matter, request.POST.get("name", ""), actor=request.actor)
        except MatterError as error:
            context |= {"error": error, "written": request.POST.get("name", "")}
            status = error.status
        else:
            messages.success(request, f"“{matter.name}” is deleted. What it held is being removed.")
            return redirect("matters")
    return render(request, "ending/delete.html", context, status=status)


@require_GET
@signed_in
def deleted_matters(request: SignedInRequest) -> HttpResponse:
    """Which matters were deleted, and how far what they held is removed (those who may make matters)."""
    if not may_create_matters(request.actor):
        raise NotAvailable
    part = page_of(request, visible_deleted_matters(request.actor))
    return render(request, "ending/deleted.html", {"part": part})


@require_POST
@signed_in
def remove_again(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Try again to remove what a deleted matter held (those who may make matters)."""
    matter = access_deleted_matter_by_id(request.actor, matter_id)
    try:
        actions.remove_again(matter, actor=request.actor)
    except MatterError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Removing what “{matter.name}” held is tried again.")
    return redirect("deleted_matters")

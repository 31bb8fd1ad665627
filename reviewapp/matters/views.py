"""Pages of matters and their members."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters import actions
from reviewapp.matters.counts import with_documents, with_ready
from reviewapp.matters.forms import MatterForm, MemberForm, RoleForm
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import (
    access_matter_by_id,
    access_membership_by_id,
    may_administer,
    may_create_matters,
    may_manage_members,
    visible_matters,
    visible_members,
)


@require_GET
@signed_in
def matters(request: SignedInRequest) -> HttpResponse:
    """The matters the user is a member of."""
    counted = with_ready(with_documents(visible_matters(request.actor)), settings.MEMORY)
    context = {
        "part": page_of(request, counted.order_by("name", "created_at")),
        "may_create": may_create_matters(request.actor),
    }
    return render(request, "matters/matters.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new_matter(request: SignedInRequest) -> HttpResponse:
    """Create a matter (staff)."""
    if not may_create_matters(request.actor):
        raise PermissionDenied
    form = MatterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.create_matter(form.cleaned_data["name"], actor=request.actor)
        except actions.MatterError as error:
            form.add_error("name", str(error))
        else:
            return redirect("upload", matter.pk)
    return render(request, "matters/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@signed_in
def matter_settings(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Renaming, closing and reopening the matter (admins)."""
    found = access_matter_by_id(request.actor, matter_id, may=may_administer)
    context = matter_frame(request, found, "settings") | {"knows_clio": bool(settings.CLIO_CLIENT_ID)}
    return render(request, "matters/settings.html", context)


@require_POST
@signed_in
def rename_matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Give the matter another name (admins)."""
    found = access_matter_by_id(request.actor, matter_id, may=may_administer)
    form = MatterForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_matter(found, form.cleaned_data["name"], actor=request.actor)
        except actions.MatterError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "The matter has its new name.")
            return redirect("matter_settings", found.pk)
    context = matter_frame(request, found, "settings") | {"form": form}
    return render(request, "matters/settings.html", context, status=422)


@require_POST
@signed_in
def close_matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Close the matter (admins)."""
    found = access_matter_by_id(request.actor, matter_id, may=may_administer)
    actions.archive_matter(found, actor=request.actor)
    return redirect("matter_settings", found.pk)


@require_POST
@signed_in
def reopen_matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Open the matter again (admins)."""
    found = access_matter_by_id(request.actor, matter_id, may=may_administer)
    try:
        actions.reopen_matter(found, actor=request.actor)
        messages.success(request, "The matter is open again.")
    except actions.MatterError as error:
        messages.error(request, str(error))
    return redirect("matter_settings", found.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def members(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The members of a matter, and adding one (admins)."""
    found = access_matter_by_id(request.actor, matter_id, may=may_manage_members)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(found, form.user, form.cleaned_data["role"], actor=request.actor)
        except actions.MatterError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, f"{form.user.get_username()} is now a member.")
            return redirect("members", found.pk)
    context = matter_frame(request, found, "members")
    context |= {"form": form, "members": visible_members(request.actor, found)}
    return render(request, "matters/members.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def change_role(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Give a member another role."""
    membership = access_membership_by_id(request.actor, membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(membership, form.cleaned_data["role"], actor=request.actor)
            messages.success(request, f"{membership.user.get_username()} now has the new role.")
        except actions.MatterError as error:
            messages.error(request, str(error))
    return _after_member_change(request, membership.matter)


@require_POST
@signed_in
def remove_member(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Take a member out of the matter."""
    membership = access_membership_by_id(request.actor, membership_id)
    try:
        actions.remove_member(membership, actor=request.actor)
        messages.success(request, f"{membership.user.get_username()} is no longer a member.")
    except actions.MatterError as error:
        messages.error(request, str(error))
    return _after_member_change(request, membership.matter)


def _after_member_change(request: SignedInRequest, matter: Matter) -> HttpResponse:
    if may_manage_members(request.actor, matter):
        return redirect("members", matter.pk)
    return redirect("matters")

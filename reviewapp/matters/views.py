"""Pages of matters and their members."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.frame import matter_frame
from reviewapp.matters import actions
from reviewapp.matters.forms import MatterForm, MemberForm, RoleForm
from reviewapp.matters.models import Matter


@require_GET
@signed_in
def matters(request: SignedInRequest) -> HttpResponse:
    """The matters the user is a member of."""
    ready = Count("documents__states", filter=Q(documents__states__status="ready"), distinct=True)
    counted = policy.visible_matters(request.user).annotate(
        document_count=Count("documents", distinct=True), ready_count=ready
    )
    context = {
        "matters": counted.order_by("name", "created_at"),
        "may_create": policy.may_create_matters(request.user),
    }
    return render(request, "matters/matters.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new_matter(request: SignedInRequest) -> HttpResponse:
    """Create a matter (staff)."""
    if not policy.may_create_matters(request.user):
        raise PermissionDenied
    form = MatterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.create_matter(form.cleaned_data["name"], acting_user=request.user)
        except actions.MatterError as error:
            form.add_error("name", str(error))
        else:
            return redirect("upload", matter.pk)
    return render(request, "matters/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def members(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The members of a matter, and adding one (admins)."""
    found = policy.access_matter_by_id(request.user, matter_id, may=policy.may_manage_members)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(found, form.user, form.cleaned_data["role"], acting_user=request.user)
        except actions.MatterError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, f"{form.user.get_username()} is now a member.")
            return redirect("members", found.pk)
    context = matter_frame(request, found, "members")
    context |= {"form": form, "members": policy.visible_members(request.user, found)}
    return render(request, "matters/members.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def change_role(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Give a member another role."""
    membership = policy.access_membership_by_id(request.user, membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(membership, form.cleaned_data["role"], acting_user=request.user)
            messages.success(request, f"{membership.user.get_username()} now has the new role.")
        except actions.MatterError as error:
            messages.error(request, str(error))
    return _after_member_change(request, membership.matter)


@require_POST
@signed_in
def remove_member(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Take a member out of the matter."""
    membership = policy.access_membership_by_id(request.user, membership_id)
    try:
        actions.remove_member(membership, acting_user=request.user)
        messages.success(request, f"{membership.user.get_username()} is no longer a member.")
    except actions.MatterError as error:
        messages.error(request, str(error))
    return _after_member_change(request, membership.matter)


def _after_member_change(request: SignedInRequest, matter: Matter) -> HttpResponse:
    if policy.may_manage_members(request.user, matter):
        return redirect("members", matter.pk)
    return redirect("matters")

"""Pages of matters and their members."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.frame import matter_frame, page_of
from reviewapp.matters import actions
from reviewapp.matters import overview as overviews
from reviewapp.matters.forms import MatterForm, MemberForm, RoleForm
from reviewapp.matters.models import Matter
from reviewapp.questions.forms import AskForm
from reviewapp.states import progress as progresses

RECENT_QUESTIONS = 3


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


@require_GET
@signed_in
def matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """A matter's home: ask, what state its documents are in, what to do next."""
    found = policy.access_matter_by_id(request.user, matter_id)
    context = _overview(request, found)
    questions = policy.visible_questions(request.user, found).select_related("answer", "asked_by")
    documents = policy.visible_documents(request.user, found)
    context |= {
        "form": AskForm(documents),
        "questions": questions[:RECENT_QUESTIONS],
        "may_ask": policy.may_ask(request.user, found),
    }
    return render(request, "matters/matter.html", context)


@require_GET
@signed_in
def overview(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The part of the home that refreshes itself while work is under way."""
    found = policy.access_matter_by_id(request.user, matter_id)
    return render(request, "matters/overview.html", _overview(request, found))


def _overview(request: SignedInRequest, matter: Matter) -> dict[str, Any]:
    parts = progresses.of_documents(policy.visible_documents(request.user, matter))
    progress = progresses.of_matter(matter)
    frame = matter_frame(request, matter, "home")
    being_read = overviews.files_being_read(matter)
    to_mend = overviews.files_to_mend(matter)
    step = overviews.next_step(progress, being_read=being_read, to_mend=to_mend, is_admin=frame["is_admin"])
    return frame | {
        "part": page_of(request, parts),
        "progress": progress,
        "strip": overviews.strip_of(parts),
        "step": step,
        "being_read": being_read,
        "to_mend": to_mend,
        "is_live": progress.is_under_way or being_read > 0,
    }


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

"""Pages of the directory: going to the company's sign-in, its tokens, what groups give in a matter."""

from uuid import UUID

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.directory import actions, groups
from reviewapp.directory.policy import (
    access_group_role_by_id,
    access_scim_token_by_id,
    visible_group_roles,
    visible_scim_tokens,
)
from reviewapp.directory.providers import COMPANY
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.errors import ActionError
from reviewapp.matters.forms import MemberForm
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id, may_manage_members


@require_GET
def sign_in_by(request: HttpRequest, kind: str) -> HttpResponse:
    """Go to the company's sign-in. Where it does not answer, a page says so, and how to sign in without it."""
    try:
        app = get_adapter().get_app(request, provider="saml" if kind == "saml" else COMPANY, client_id=None)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        return app.get_provider(request).redirect(  # type: ignore[no-any-return]
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    except (requests.RequestException, ValueError, KeyError, OSError):
        return not_answered(request)


@require_GET
def answered_oidc(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the company's sign-in."""
    try:
        response: HttpResponse = oidc.callback(request, provider_id)
    except ImmediateHttpResponse as error:
        response = error.response
    except (requests.RequestException, ValueError, KeyError):
        return not_answered(request)
    return response


def not_answered(request: HttpRequest) -> HttpResponse:
    """The company's sign-in is down, or says what it should not."""
    return render(request, "directory/not_answered.html", status=503)


@require_GET
def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody turned back at the company's sign-in."""
    return redirect("login")


@require_http_methods(["GET", "POST"])
@signed_in
def directory(request: SignedInRequest) -> HttpResponse:
    """The tokens of the directory; a POST makes one, whose secret is shown in its answer and never again."""
    tokens, secret, said = visible_scim_tokens(request.actor), "", ""
    if request.method == "POST":
        try:
            _, secret = actions.make_scim_token(request.POST.get("name", ""), actor=request.actor)
        except actions.DirectoryError as error:
            said = str(error)
    context = {"tokens": tokens, "secret": secret, "said": said}
    context["address"] = request.build_absolute_uri("/scim/v2")
    return render(request, "directory/directory.html", context, status=422 if said else 200)


@require_POST
@signed_in
def revoke_scim_token(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    """End a token of the directory at once."""
    token = access_scim_token_by_id(request.actor, token_id)
    actions.revoke_scim_token(token, actor=request.actor)
    messages.success(request, f"The token {token.name} no longer works.")
    return redirect("directory")


@require_http_methods(["GET", "POST"])
@signed_in
def matter_groups(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What groups of the directory give in a matter (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_manage_members)
    said = ""
    if request.method == "POST":
        try:
            groups.give_role(
                matter, request.POST.get("group", ""), request.POST.get("role", ""), actor=request.actor
            )
        except ActionError as error:
            said = str(error)
        else:
            messages.success(request, "The members of the group are members of the matter.")
            return redirect("matter_groups", matter.pk)
    context = matter_frame(request, matter, "members") | {
        "given": visible_group_roles(request.actor, matter),
        "said": said,
        "group": request.POST.get("group", ""),
        "form": MemberForm(),
    }
    return render(request, "directory/matter_groups.html", context, status=422 if said else 200)


@require_POST
@signed_in
def take_group_role(request: SignedInRequest, role_id: UUID) -> HttpResponse:
    """Take what a group gives away (admins)."""
    given = access_group_role_by_id(request.actor, role_id)
    groups.take_role(given, actor=request.actor)
    messages.success(request, f"The group {given.group.name} gives nothing here any more.")
    if may_manage_members(request.actor, given.matter):
        return redirect("matter_groups", given.matter_id)
    return redirect("matters")

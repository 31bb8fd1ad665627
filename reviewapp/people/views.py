"""Pages of people."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.events.names import Happened
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Actor
from reviewapp.frame.paging import page_of
from reviewapp.matters.policy import NotAvailable
from reviewapp.people import actions
from reviewapp.people.factors import has_factor, is_required_of
from reviewapp.people.forms import FirstPasswordForm, InvitationForm, PasswordForm, ProfileForm
from reviewapp.people.models import preferences_of
from reviewapp.people.policy import (
    access_person_by_id,
    access_person_by_link,
    visible_account_events,
    visible_people,
)
from reviewapp.people.sessions import note_session
from reviewapp.people.signing_in import way_in

WORDS = dict(Happened.choices)
MOST_EVENTS = 50
LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86_400


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """One's own name, address and preferences."""
    form = ProfileForm.of(request.user, preferences_of(request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.save_profile(request.user, form.profile(), actor=request.actor)
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    context = {"form": form, "has_factor": has_factor(request.user)}
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def change_password(request: SignedInRequest) -> HttpResponse:
    """One's own password; sessions elsewhere end with the old one."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_password(request.user, form.cleaned_data["new_password1"], actor=request.actor)
        update_session_auth_hash(request, request.user)
        note_session(request)
        messages.success(
            request, "Your new password is set. Wherever else you were signed in, you are no longer."
        )
        return redirect("profile")
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The page of a link: the person it was made for sets a password, once."""
    try:
        person = access_person_by_link(key, token)
    except NotAvailable:
        return render(request, "people/link_ended.html", status=404)
    form = FirstPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_password(person, form.cleaned_data["new_password1"], actor=Actor(person))
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("login")
    context = {"form": form, "person": person}
    return render(request, "people/set_password.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def people(request: SignedInRequest) -> HttpResponse:
    """All accounts, and inviting (those who manage people)."""
    part = page_of(request, visible_people(request.actor))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            invited = actions.invite(
                asked["username"], email=asked["email"], is_staff=asked["is_staff"], actor=request.actor
            )
        except actions.PersonError as error:
            form.add_error("username", str(error))
        else:
            return _show_link(request, invited)
    return render(
        request, "people/people.html", {"part": part, "form": form}, status=422 if form.errors else 200
    )


@require_GET
@signed_in
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One account, and what happened to it (those who manage people)."""
    found = access_person_by_id(request.actor, person_id)
    events = visible_account_events(request.actor, found)[:MOST_EVENTS]
    rows = [(event, WORDS.get(event.action, event.action)) for event in events]
    context = {"person": found, "rows": rows, "has_factor": has_factor(found)}
    context["required"] = is_required_of(found)
    return render(request, "people/person.html", context)


@require_POST
@signed_in
def change_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Reset, close or reopen an account, or change whether it manages people."""
    found = access_person_by_id(request.actor, person_id)
    changes: dict[str, tuple[Callable[..., User], str]] = {
        "reset": (actions.reset, ""),
        "reactivate": (actions.reactivate, ""),
        "deactivate": (actions.deactivate, "The account is closed."),
        "no-factors": (actions.reset_factors, "Their second factors are taken away."),
        "staff": (partial(actions.set_staff, is_staff=True), "They can make matters and manage people now."),
        "no-staff": (
            partial(actions.set_staff, is_staff=False),
            "They no longer make matters or manage people.",
        ),
    }
    if request.POST.get("do") not in changes:
        messages.error(request, "Nothing was changed: the page did not say what to do. Try again.")
        return redirect("person", found.pk)
    change, said = changes[request.POST["do"]]
    try:
        changed = change(found, actor=request.actor)
    except actions.PersonError as error:
        messages.error(request, str(error))
        return redirect("person", found.pk)
    if not said and not actions.is_of_directory(changed):
        return _show_link(request, changed)
    messages.success(request, said or "The account is open again.")
    return redirect("matters") if request.user.pk == found.pk else redirect("person", found.pk)


def _show_link(request: SignedInRequest, person: User) -> HttpResponse:
    # NB: shown in the answer to the form and nowhere kept, so that it cannot be looked up later.
    link = request.build_absolute_uri(way_in(person))
    return render(request, "people/link.html", {"person": person, "link": link, "days": LINK_DAYS})

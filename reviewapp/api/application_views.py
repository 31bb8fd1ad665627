"""The page on which those who manage people add and remove applications."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reviewapp.api import consents
from reviewapp.api.actions import TokenError
from reviewapp.api.forms import ApplicationForm
from reviewapp.api.policy import access_application_by_id, visible_applications
from reviewapp.frame.access import SignedInRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def applications(request: SignedInRequest) -> HttpResponse:
    """All applications, and adding one."""
    known = visible_applications(request.actor)
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = consents.add_application(
                form.cleaned_data["name"], form.addresses_list, actor=request.actor
            )
        except TokenError as error:
            form.add_error("name" if error.code == "application-name-wrong" else "addresses", str(error))
        else:
            messages.success(request, f"The application {added.name} is added. Its client id is {added.pk}.")
            return redirect("applications")
    context = {"applications": known, "form": form}
    return render(request, "api/applications.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def remove_application(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """End an application at once."""
    found = access_application_by_id(request.actor, application_id)
    consents.remove_application(found, actor=request.actor)
    messages.success(request, f"The application {found.name} can no longer act for anybody.")
    return redirect("applications")

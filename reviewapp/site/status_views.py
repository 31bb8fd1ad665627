"""The page about the installation."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part, version_of
from reviewapp.site.policy import access_status
from reviewapp.site.status import HEIGHT, WIDTH, status_now


@require_GET
@signed_in
def status(request: SignedInRequest) -> HttpResponse:
    """How the installation is (admins of the installation)."""
    access_status(request.actor)
    return render(request, "site/status.html", _status())


@require_GET
@signed_in
def status_part(request: SignedInRequest) -> HttpResponse:
    """The same as a part that refreshes itself; nothing (204) while nothing changes."""
    access_status(request.actor)
    return live_part(request, "site/status_now.html", _status())


def _status() -> dict[str, Any]:
    now = status_now()
    return {"now": now, "width": WIDTH, "height": HEIGHT, "version": version_of(now)}

"""Who gets past the door: every page but sign-in needs a signed-in user."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

from reviewapp.frame.actor import Actor

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request of a signed-in user, as views behind `signed_in` receive it."""

    user: User
    actor: Actor
    htmx: Any


def signed_in(view: View) -> View:
    """Send anonymous visitors to the sign-in page, before anything is looked up.

    A part of a page that refreshes itself cannot follow there: it makes the whole page go instead.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            known = cast(SignedInRequest, request)
            known.actor = Actor(known.user)
            return view(known, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": _sign_in_address(request)})
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")

    return guarded


def _sign_in_address(request: HttpRequest) -> str:
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    return redirect_to_login(here.path or "/", resolve_url("login")).headers["Location"]

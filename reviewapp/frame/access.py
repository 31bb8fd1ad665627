"""Who gets past the door: every page but sign-in needs a signed-in user."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import resolve_url

from reviewapp.frame.actor import Actor

UNSENT = "unsent"
UNSENT_CHARACTERS = 20_000
#: What is kept beside the text: the documents that a question is about, and the question that it goes on from.
ABOUT = ("scope", "follows")
KEY_CHARACTERS = 36

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request of a signed-in user, as views behind `signed_in` receive it."""

    user: User
    actor: Actor
    htmx: Any


def signed_in(view: View) -> View:
    """Send anonymous visitors to the sign-in page, before anything is looked up.

    A part of a page that refreshes itself cannot follow there: it makes the whole page go instead. What was sent
    leads back to the page where it was written, and what was written and chosen is kept for `unsent`. What holds a
    character that cannot be kept is refused (400).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            if not _can_be_kept(request):
                raise BadRequest
            known = cast(SignedInRequest, request)
            known.actor = Actor(known.user)
            return view(known, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": _sign_in_address(request)})
        if request.method == "GET":
            return redirect_to_login(request.get_full_path())
        _keep(request)
        return redirect_to_login(_came_from(request))

    return guarded


def _can_be_kept(request: HttpRequest) -> bool:
    """Whether databases can keep what was sent, and look for it: not all of them can a NUL character."""
    sent = (values for given in (request.GET, request.POST) for _, values in given.lists())
    return not any("\x00" in value for values in sent for value in values)


def unsent(request: HttpRequest, address: str) -> QueryDict | None:
    """The text, and what it is about, as sent to this address when the session had ended: once; None without."""
    kept = request.session.get(UNSENT)
    if not isinstance(kept, dict) or kept.get("to") != address:
        return None
    del request.session[UNSENT]
    return QueryDict(kept.get("sent", ""), mutable=True)


def _keep(request: HttpRequest) -> None:
    text = request.POST.get("text", "")
    if text:
        sent = QueryDict(mutable=True)
        sent["text"] = text[:UNSENT_CHARACTERS]
        for name in ABOUT:
            sent.setlist(name, [key[:KEY_CHARACTERS] for key in request.POST.getlist(name)])
        # NB: signing in keeps what a session of nobody holds.
        request.session[UNSENT] = {"to": request.path, "sent": sent.urlencode()}


def _came_from(request: HttpRequest) -> str:
    """The page of this site where what was sent was written; the front page where that is not told."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return sent_from.path if sent_from.netloc == request.get_host() and sent_from.path else "/"


def _sign_in_address(request: HttpRequest) -> str:
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    return redirect_to_login(here.path or "/", resolve_url("login")).headers["Location"]

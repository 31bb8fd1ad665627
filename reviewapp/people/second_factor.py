"""Keeps people who owe a second factor from every page but those on which they add one."""

from collections.abc import Awaitable, Callable

from allauth.account.authentication import get_authentication_records
from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware

from reviewapp.people.factors import has_factor, is_required_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
GetResponseAsync = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def is_owed(request: HttpRequest) -> bool:
    """Whether who is signed in has to add a factor first. Who came by the company's sign-in showed theirs there."""
    person = request.user
    if not isinstance(person, User) or not is_required_of(person):
        return False
    came_by = {one.get("method") for one in get_authentication_records(request, person)}
    return "socialaccount" not in came_by and not has_factor(person)


@sync_and_async_middleware
def as_required(get_response: GetResponse | GetResponseAsync) -> GetResponse | GetResponseAsync:
    """Send people who owe a second factor to where they add one, from every other page."""

    if iscoroutinefunction(get_response):

        async def require_async(request: HttpRequest) -> HttpResponseBase:
            stopped = await sync_to_async(_stop)(request) if settings.TWO_FACTOR != "nobody" else None
            if stopped is not None:
                return stopped
            response: HttpResponseBase = await get_response(request)
            return response

        return require_async

    def require(request: HttpRequest) -> HttpResponseBase:
        stopped = _stop(request) if settings.TWO_FACTOR != "nobody" else None
        return stopped or get_response(request)  # type: ignore[return-value]

    return require


def _stop(request: HttpRequest) -> HttpResponse | None:
    where = reverse("mfa_index")
    if request.path_info.startswith((where, reverse("logout"), reverse("account_reauthenticate"))):
        return None
    if not is_owed(request):
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)

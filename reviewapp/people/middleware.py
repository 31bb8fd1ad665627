"""The pages as the person who is signed in wants them."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware

from reviewapp.people.models import Preferences, preferences_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
GetResponseAsync = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def _find(request: HttpRequest) -> Preferences:
    found = preferences_of(request.user)
    request.preferences = found  # type: ignore[attr-defined]
    return found


@sync_and_async_middleware
def as_preferred(get_response: GetResponse | GetResponseAsync) -> GetResponse | GetResponseAsync:
    """Put `request.preferences` there for templates, and show times in the person's zone."""
    if iscoroutinefunction(get_response):

        async def show_async(request: HttpRequest) -> HttpResponseBase:
            with timezone.override((await sync_to_async(_find)(request)).zone):
                response: HttpResponseBase = await get_response(request)
            return response

        return show_async

    def show(request: HttpRequest) -> HttpResponseBase:
        with timezone.override(_find(request).zone):
            return get_response(request)  # type: ignore[return-value]

    return show

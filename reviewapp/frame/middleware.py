"""Headers that keep pages from acting for anyone but this server."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

# NB: no 'unsafe-inline' anywhere: pages have no inline script and no style attribute, so that markup that
# slips in from a document can neither act nor load anything.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # NB: what a matter holds stays out of shared caches and of the browser's after signing out.
    "Cache-Control": "private, no-store",
}


def form_action_to(response: HttpResponseBase, address: str) -> None:
    """Let the forms of this page lead to an address of another server, which a browser would else not follow."""
    parts = urlsplit(address)
    place = f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {place}"
    )


GetResponse = Callable[[HttpRequest], HttpResponseBase]
GetResponseAsync = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def _set(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


@sync_and_async_middleware
def protect_pages(get_response: GetResponse | GetResponseAsync) -> GetResponse | GetResponseAsync:
    """Set the Content-Security-Policy and its companions on every response that does not bring its own."""
    if iscoroutinefunction(get_response):

        async def protect_async(request: HttpRequest) -> HttpResponseBase:
            return _set(await get_response(request))

        return protect_async

    def protect(request: HttpRequest) -> HttpResponseBase:
        return _set(get_response(request))  # type: ignore[arg-type]

    return protect

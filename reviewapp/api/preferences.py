"""What a caller prefers (RFC 7240): to wait for an end."""

import re

from django.http import HttpRequest, HttpResponseBase

MOST_SECONDS = 30
_WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*([0-9]{1,6})\s*(?:$|[,;])")


def wait_preferred(request: HttpRequest, response: HttpResponseBase | None = None) -> float:
    """How many seconds to wait at most; noted on the response when it is followed. 0 without the wish."""
    found = _WAIT.search(request.headers.get("Prefer", ""))
    seconds = min(int(found[1]), MOST_SECONDS) if found else 0
    if seconds and response is not None:
        response.headers["Preference-Applied"] = f"wait={seconds}"
    return float(seconds)

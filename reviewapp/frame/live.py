"""Parts of pages that refresh themselves: asked for with `?since=` what is shown, sent only when that changed."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def version_of(*shown: object) -> str:
    """A short name for what a part shows; values of plain types, or tuples and lists of them."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def live_part(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The part, or an empty answer (204) when `?since=` is the context's `version`: then nothing has changed."""
    if request.GET.get("since") == context["version"]:
        return HttpResponse(status=204)
    return render(request, template, context)

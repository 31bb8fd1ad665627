"""Pages about version 1 that need no token: its schema and its refusals."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.api.codes import CODES
from reviewapp.api.problems import title_of
from reviewapp.api.service import VERSION


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    from reviewapp.api.urls import SCHEMA

    return JsonResponse(SCHEMA, json_dumps_params={"ensure_ascii": False})


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """All operations, written from the OpenAPI document on this server, for reading without any other."""
    from reviewapp.api.urls import REFERENCE

    return render(request, "api/reference.html", {"groups": REFERENCE, "version": VERSION})


@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    """All codes of refusals."""
    rows = [(code, title_of(code), meant) for code, meant in sorted(CODES.items())]
    return render(request, "api/problems.html", {"rows": rows})


@require_GET
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """What one code means and what to do."""
    meant = CODES.get(code)
    if meant is None:
        raise Http404
    return render(request, "api/problem.html", {"code": code, "title": title_of(code), "meant": meant})

"""How a request is refused: problem documents (RFC 9457) with codes that never change."""

import json
import logging
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ninja.errors
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from pydantic import BaseModel, Field

from reviewapp.api.codes import CODES, POINTERS
from reviewapp.frame.errors import ActionError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    """What is wrong with one part of a request: of its body (`pointer`, RFC 6901) or a `parameter` or header."""

    pointer: str | None = Field(default=None, description="JSON pointer into the body.")
    parameter: str | None = Field(
        default=None, description="Name of a parameter of path or query, or a header."
    )
    code: str
    detail: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="Address of a page about this code.")
    title: str
    status: int
    detail: str = Field(description="What was wrong and what to do, in a sentence for people.")
    code: str = Field(description="For programs; none is ever renamed.")
    errors: list[FieldError] = Field(default_factory=list)
    request_id: str


class Refused(ActionError):  # noqa: N818  what it is, not an error to mend
    """A request that is not taken. `errors` say which of its parts are wrong, `headers` go with the answer."""

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 422,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, message, status)
        self.errors = list(errors)
        self.headers = dict(headers or {})


def wrong_parameter(name: str, detail: str) -> Refused:
    """A parameter of the query, or a header, that cannot be used."""
    error = FieldError(parameter=name, code="invalid", detail=detail)
    return Refused("input-invalid", f"{name}: {detail}", 422, [error])


def wrong_field(pointer: str, detail: str) -> Refused:
    """A field of the body that cannot be used."""
    error = FieldError(pointer=pointer, code="invalid", detail=detail)
    return Refused("input-invalid", f"{pointer}: {detail}", 422, [error])


def problem(request: HttpRequest, refused: ActionError) -> HttpResponse:
    """The refusal as an answer."""
    said = Problem(
        type=_page_of(request, refused.code),
        title=title_of(refused.code),
        status=refused.status,
        detail=refused.message,
        code=refused.code,
        errors=getattr(refused, "errors", []) or _pointed_at(request, refused),
        request_id=getattr(request, "request_id", ""),
    )
    body = said.model_dump(exclude={"errors": {"__all__": {"pointer", "parameter"}}})
    body["errors"] = [error.model_dump(exclude_none=True) for error in said.errors]
    response = HttpResponse(json.dumps(body), content_type=MEDIA_TYPE, status=refused.status)
    for name, value in getattr(refused, "headers", {}).items():
        response.headers[name] = value
    return response


def _pointed_at(request: HttpRequest, refused: ActionError) -> list[FieldError]:
    pointer = POINTERS.get(refused.code)
    if pointer is None or request.content_type != "application/json":
        return []
    return [FieldError(pointer=pointer, code=refused.code, detail=refused.message)]


def _page_of(request: HttpRequest, code: str) -> str:
    # NB: what RFC 9457 says where there is no page.
    return request.build_absolute_uri(f"/v1/problems/{code}") if code in CODES else "about:blank"


def title_of(code: str) -> str:
    """A short title: the code in words."""
    words = code.replace("-", " ").capitalize()
    return words.replace("Json", "JSON")


def refusal_of(error: Exception) -> ActionError:
    """The error as a refusal; what nobody foresaw is a fault of the server, logged by its type and place alone."""
    if isinstance(error, ActionError):
        return error
    if isinstance(error, Http404 | PermissionDenied):
        return Refused("not-available", "There is no such thing here, or it is not for this token.", 404)
    if isinstance(error, ninja.errors.ValidationError):
        return _invalid(error)
    if isinstance(error, ninja.errors.HttpError):
        return _http_error(error)
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return Refused("body-too-large", "The body holds more than is taken at once; send it in parts.", 413)
    if isinstance(error, SuspiciousOperation | MultiPartParserError | UnreadablePostError):
        return Refused(
            "body-unreadable", "The body could not be read; check its form and send it again.", 400
        )
    logger.error("request failed: %s", _place_of(error))
    return Refused("server-fault", "Something went wrong on the server; what was asked was not done.", 500)


def _http_error(error: ninja.errors.HttpError) -> ActionError:
    if isinstance(error.__context__, ActionError):
        return error.__context__
    if error.status_code == 400:
        return Refused("json-invalid", "The body is not JSON; check it and send it again.", 400)
    if error.status_code == 401:
        return Refused("token-invalid", "Send a good token: Authorization: Bearer ...", 401)
    return Refused("request-refused", str(error), error.status_code)


def _invalid(error: ninja.errors.ValidationError) -> ActionError:
    found = [_field_error(entry) for entry in error.errors]
    first = found[0] if found else None
    where = (first.pointer if first.pointer is not None else first.parameter) if first else ""
    detail = f"{where or 'The body'}: {first.detail}" if first else "The request cannot be used."
    return Refused("input-invalid", detail, 422, found)


def _field_error(entry: Mapping[str, Any]) -> FieldError:
    place, *path = entry.get("loc", ("body",))
    code, detail = str(entry.get("type", "invalid")), str(entry.get("msg", "cannot be used"))
    if place in {"body", "form", "file"}:
        # NB: in JSON, the first step is the name of the function's argument, which is no part of the body.
        inner = path[1:] if place == "body" else path
        steps = [str(step).replace("~", "~0").replace("/", "~1") for step in inner]
        return FieldError(pointer="".join(f"/{step}" for step in steps), code=code, detail=detail)
    # NB: what follows the name says by which of its types the parameter was tried.
    return FieldError(parameter=str(path[0] if path else place), code=code, detail=detail)


def _place_of(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" in {Path(ours[-1].filename).name} line {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"

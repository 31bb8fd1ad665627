"""Answers as they were: entity tags, and writes that must not overwrite what others changed meanwhile."""

import hashlib
import json
import re
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from pydantic import BaseModel

from reviewapp.api.problems import Refused
from reviewapp.frame import holding
from reviewapp.frame.holding import Held

_WEAK = "W/"
#: What follows the tag of the record in that of an answer with parts of it.
_SELECTED = re.compile(r'\.[0-9a-f]{32}"')


def etag_of(content: bytes) -> str:
    """The strong entity tag of a body."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def written(data: Any) -> str:
    """Plain values as JSON; times with a Z."""
    return json.dumps(data, default=_plain, ensure_ascii=False, separators=(",", ":"))


def body_of(shape: BaseModel) -> bytes:
    """The body that an answer with this shape has."""
    return written(shape.model_dump(exclude_unset=True)).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is no plain value")


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its tag; nothing (304) when the caller has it already."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or "ETag" in response.headers:
        return response
    tag = etag_of(response.content)
    if (record := getattr(request, "record_tag", tag)) != tag:
        tag = f"{record[:-1]}.{tag[1:]}"
    if _names(request.headers.get("If-None-Match", ""), tag):
        unchanged = HttpResponse(status=304)
        del unchanged.headers["Content-Type"]
        response = unchanged
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def tagged(response: HttpResponseBase) -> HttpResponseBase:
    """The answer to a change with the tag of what was changed, so that it can be changed again unread."""
    if response.status_code == 200 and isinstance(response, HttpResponse) and "ETag" not in response.headers:
        response.headers["ETag"] = etag_of(response.content)
    return response


def of_record(request: HttpRequest, shape: BaseModel) -> None:
    """Say which record it is that is told in part, or with more: its tag becomes the first part of the answer's."""
    request.record_tag = etag_of(body_of(shape))  # type: ignore[attr-defined]


def hold(request: HttpRequest) -> None:
    """In a change that names a tag, wait for other changes, on pages too, until the transaction ends."""
    if "If-Match" not in request.headers:
        return
    parts = request.path.strip("/").split("/")
    for kind, key in reversed([*pairwise(parts)]):
        if kind in set(Held) and (found := _uuid(key)) is not None:
            holding.hold(Held(kind), found)
            return


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def require_match(request: HttpRequest, shape: BaseModel) -> None:
    """Raises Refused unless the caller names the tag (`If-Match`) of the record as it is now, or any by `*`.

    The tag of an answer with parts of the record, or with more, names the record too, see `of_record`.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        message = "Send If-Match with the ETag of what you read, so that nothing is overwritten unseen."
        raise Refused("if-match-missing", message, 428)
    if not _names(_SELECTED.sub('"', given), etag_of(body_of(shape)), weak=False):
        message = "It was changed meanwhile; read it again and repeat your change."
        raise Refused("changed-meanwhile", message, 412)


def _names(header: str, tag: str, *, weak: bool = True) -> bool:
    tags = [part.strip() for part in header.split(",")]
    return "*" in tags or any((each.removeprefix(_WEAK) if weak else each) == tag for each in tags)

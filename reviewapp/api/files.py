"""Files as version 1 hands them out: whole, or what is missing of one that was cut off."""

import re
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from reviewapp.documents.actions import chunks_of
from reviewapp.frame.saving import to_save

_FROM = re.compile(r"bytes=([0-9]{1,15})-")
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
#: What an operation that hands a file out declares.
FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "The file.", "content": _BYTES},
        206: {"description": "The file from the byte that `Range` names.", "content": _BYTES},
    }
}


def handed_out(
    request: HttpRequest, file: IO[bytes], name: str, size_bytes: int, tag: str
) -> StreamingHttpResponse:
    """An open file to be saved, in parts; from a byte on (206) where `Range: bytes=N-` asks for that.

    Other ranges, and those of another file than `If-Range` names, get the whole (RFC 9110, section 14.2).
    """
    begin = _begin(request, size_bytes, tag) if file.seekable() else 0
    if begin:
        file.seek(begin)
    # NB: whatever the file says of itself, no browser is to run it.
    response = StreamingHttpResponse(
        chunks_of(file), status=206 if begin else 200, content_type="application/octet-stream"
    )
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    if begin:
        response.headers["Content-Range"] = f"bytes {begin}-{size_bytes - 1}/{size_bytes}"
    return to_save(response, name, size_bytes - begin)


def _begin(request: HttpRequest, size_bytes: int, tag: str) -> int:
    found = _FROM.fullmatch(request.headers.get("Range", "").strip())
    is_same = request.headers.get("If-Range", tag).strip() == tag
    begin = int(found[1]) if found and is_same else 0
    return begin if begin < size_bytes else 0


def has_it(request: HttpRequest, tag: str) -> HttpResponse | None:
    """The answer (304) to a caller that has the bytes of this tag; None to others."""
    if tag not in [part.strip() for part in request.headers.get("If-None-Match", "").split(",")]:
        return None
    unchanged = HttpResponse(status=304, headers={"ETag": tag})
    del unchanged.headers["Content-Type"]
    return unchanged

"""Requests that may be repeated: with one `Idempotency-Key` they have one effect and one answer.

The row of a request is written before its work begins; who writes it has the claim. The work and the answer are
one transaction that locks the row and first checks the claim, so that of two that believe they have it, only the
newer one has an effect. A claim whose process died can be taken over after `keys.PATIENCE`.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from reviewapp.api import keys
from reviewapp.api.models import Repeat
from reviewapp.api.problems import Refused

HEADER = "Idempotency-Key"
MOST_CHARACTERS = 255
#: Headers of an answer that are its own; the others are made anew for each repeat.
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Retry-After")
_CHUNK = 2**20


def once(
    request: HttpRequest,
    owner: str,
    path: Mapping[str, Any],
    prepare: Callable[[], None],
    work: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    """The answer of `work`, done once for the request's key, or the one it gave before.

    `path` are the ids in its address; with the matter that they lead to, the answer is deleted. `prepare` may take
    long and be done again; `work` is done in a transaction with the answer, which is kept when it is a success.
    Raises Refused for a key that cannot be used now (409) or was used for another request (422).
    """
    key = request.headers.get(HEADER, "").strip()
    if not key:
        prepare()
        return whole(work)
    if len(key) > MOST_CHARACTERS:
        raise Refused("idempotency-key-too-long", "An Idempotency-Key has at most 255 characters.", 422)
    claimed = keys.claim(owner, key, fingerprint_of(request))
    if claimed.finished_at is not None:
        return _replayed(claimed)
    try:
        prepare()
        response = _done(claimed, path, work)
    except BaseException:
        keys.release(claimed)
        raise
    if response.status_code >= 400:
        keys.release(claimed)
    return response


def whole(work: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of `work`, all of whose changes are made, or none when it refuses."""
    with transaction.atomic():
        response = work()
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def fingerprint_of(request: HttpRequest) -> str:
    """The hash of what is asked: method, address, and the body, of which files are read in chunks."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(f"{name}={values!r}\n".encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(f"{name}: {file.name!r} {file.size}\n".encode())
            for chunk in file.chunks(_CHUNK):
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _done(claimed: Repeat, path: Mapping[str, Any], work: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction.atomic():
        row = keys.locked(claimed)
        response = work()
        if response.status_code >= 400 or not isinstance(response, HttpResponse):
            transaction.set_rollback(True)
            return response
        kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        keys.finish(row, response.status_code, kept, response.content.decode(), path)
    return response


def _replayed(known: Repeat) -> HttpResponse:
    response = HttpResponse(known.body, status=known.status)
    for name, value in known.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response

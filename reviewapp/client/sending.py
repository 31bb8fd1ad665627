"""Requests to version 1 that are tried again while the server is away, busy or counts too many of them."""

import hashlib
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
from pydantic import BaseModel

TRIES = 6
LONGEST_PAUSE_SECONDS = 65.0
TIMEOUT_SECONDS = 60.0
#: What is missing of a file, not the whole.
_REST = 206
_AGAIN_STATUS = frozenset({429, 502, 503, 504})
Shape = TypeVar("Shape", bound=BaseModel)


class NightbriefError(Exception):
    """A request that came to nothing; `code` says why, for programs, and the words for people."""

    def __init__(self, code: str, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.code, self.status = code, status


class Sender:
    """Sends requests in the name of a token, each with one effect."""

    def __init__(self, address: str, token: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        self.address = address.rstrip("/")
        self._pause = pause
        self._http = httpx2.Client(
            base_url=f"{self.address}/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_SECONDS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def _all(self, shape: type[Shape], path: str, **query: str) -> Iterator[Shape]:
        cursor = ""
        while True:
            asked = {name: value for name, value in (query | {"cursor": cursor}).items() if value}
            page = self._answer("GET", path, params=asked).json()
            yield from (shape.model_validate(item) for item in page["items"])
            cursor = page["next_cursor"] or ""
            if not cursor:
                return

    def _one(self, shape: type[Shape], method: str, path: str, **sent: Any) -> Shape:
        return shape.model_validate(self._answer(method, path, **sent).json())

    def _answer(
        self,
        method: str,
        path: str,
        *,
        key: str = "",
        made: Callable[[], dict[str, Any]] = dict,
        headers: dict[str, str] | None = None,
        stream: bool = False,
        **sent: Any,
    ) -> httpx2.Response:
        """The answer of a success, tried TRIES times; `made` makes the body anew for each. A `stream` is not read."""
        headers = dict(headers or {})
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        for attempt in range(1, TRIES + 1):
            try:
                request = self._http.build_request(method, path, headers=headers, **made(), **sent)
                response = self._http.send(request, stream=stream)
                if not response.is_success:
                    response.read()
            except httpx2.TransportError as error:
                refused, wait = self._unreachable(error), None
            else:
                if response.is_success:
                    return response
                refused, wait = _refusal(response), _seconds(response.headers.get("Retry-After", ""))
                if not _passes(refused):
                    raise refused
            if attempt < TRIES:
                self._pause(min(LONGEST_PAUSE_SECONDS, wait if wait is not None else _pause_before(attempt)))
        raise refused

    def _saved(self, path: str, to: Path, progress: Callable[[int], None]) -> str:
        """Write what is at an address to a file, going on where it was cut off, with TRIES tries; its SHA-256."""
        digest, written, tag = hashlib.sha256(), 0, ""
        for attempt in range(1, TRIES + 1):
            headers = {"Range": f"bytes={written}-", "If-Range": tag} if written and tag else {}
            response = self._answer("GET", path, stream=True, headers=headers)
            if response.status_code != _REST:
                progress(-written)
                digest, written = hashlib.sha256(), 0
            tag = response.headers.get("ETag", "")
            try:
                with closing(response), to.open("ab" if written else "wb") as file:
                    for chunk in response.iter_bytes():
                        file.write(chunk)
                        digest.update(chunk)
                        written += len(chunk)
                        progress(len(chunk))
                return digest.hexdigest()
            except httpx2.TransportError as error:
                refused = self._unreachable(error)
            if attempt < TRIES:
                self._pause(_pause_before(attempt))
        raise refused

    def _unreachable(self, error: httpx2.TransportError) -> NightbriefError:
        return NightbriefError("unreachable", f"{self.address} does not answer ({type(error).__name__}).")


def _passes(refused: NightbriefError) -> bool:
    return refused.status in _AGAIN_STATUS or refused.code == "idempotency-in-flight"


def _pause_before(attempt: int) -> float:
    return float(2 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311  spreads repeats, keeps no secret


def _seconds(header: str) -> float | None:
    return float(header) if header.isascii() and header.isdigit() else None


def _refusal(response: httpx2.Response) -> NightbriefError:
    if response.headers.get("Content-Type", "").startswith("application/problem+json"):
        problem = response.json()
        return NightbriefError(problem["code"], problem["detail"], response.status_code)
    message = f"The server answered {response.status_code}; is this the address of Nightbrief?"
    return NightbriefError(f"http-{response.status_code}", message, response.status_code)

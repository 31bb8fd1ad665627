"""Version 1 from Python: typed answers; what fails for the moment is tried again, and has one effect."""

import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
from pydantic import BaseModel

from reviewapp.client.shapes import (
    Asked,
    BatchBegun,
    Claim,
    Document,
    Item,
    KnownList,
    Matter,
    Myself,
    Operation,
    Upload,
)

TRIES = 6
LONGEST_PAUSE_SECONDS = 65.0
TIMEOUT_SECONDS = 60.0
PART_BYTES = 8 * 2**20
MOST_HASHES = 1000
ENDED = frozenset({"succeeded", "partly_failed", "failed", "cancelled"})
_AGAIN_STATUS = frozenset({429, 502, 503, 504})
_PART = {"Content-Type": "application/offset+octet-stream"}
Shape = TypeVar("Shape", bound=BaseModel)


class NightbriefError(Exception):
    """A request that came to nothing; `code` says why, for programs, and the words for people."""

    def __init__(self, code: str, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.code, self.status = code, status


class Nightbrief:
    """An installation, as the owner of a token. Every method raises NightbriefError when it is refused.

    Requests are tried again while the server is away, busy or counts too many of them; each has one effect.
    """

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

    def me(self) -> Myself:
        """Who calls."""
        return self._one(Myself, "GET", "/me")

    def matters(self) -> Iterator[Matter]:
        """The matters that the token reaches, the oldest first."""
        return self._all(Matter, "/matters")

    def documents(self, matter_id: str) -> Iterator[Document]:
        """The documents of a matter, the longest unchanged first."""
        return self._all(Document, f"/matters/{matter_id}/documents")

    def known(self, matter_id: str, hashes: Sequence[str]) -> set[str]:
        """Those of the SHA-256 that the matter has already."""
        here: set[str] = set()
        for start in range(0, len(hashes), MOST_HASHES):
            body = {"sha256": list(hashes[start : start + MOST_HASHES])}
            found = self._one(KnownList, "POST", f"/matters/{matter_id}/documents/known", json=body)
            here |= {item.sha256 for item in found.items if item.here}
        return here

    def send(
        self, matter_id: str, files: Sequence[tuple[str, Path]], *, label: str = "", key: str = ""
    ) -> BatchBegun:
        """Send files, each with its name, in one request; with the same `key` they come only once."""

        def sent() -> dict[str, Any]:
            parts = [("files", (name, path.read_bytes(), "application/octet-stream")) for name, path in files]
            return {"files": parts, "data": {"label": label}}

        return self._one(BatchBegun, "POST", f"/matters/{matter_id}/batches", made=sent, key=key)

    def begin_upload(self, matter_id: str, name: str, sha256: str, size_bytes: int) -> Upload:
        """Announce a file that comes in parts; its state is "here" where it need not be sent."""
        body = {"name": name, "sha256": sha256, "size_bytes": size_bytes}
        return self._one(Upload, "POST", f"/matters/{matter_id}/uploads", json=body)

    def upload(self, upload_id: str) -> Upload:
        """How much of a file in parts is there."""
        return self._one(Upload, "GET", f"/uploads/{upload_id}")

    def send_parts(self, upload: Upload, path: Path, progress: Callable[[int], None]) -> BatchBegun:
        """Send what is missing of an upload, and complete it; `progress` hears of each part's bytes."""
        with path.open("rb") as file:
            while upload.received_bytes < upload.size_bytes:
                file.seek(upload.received_bytes)
                upload, before = self._part(upload, file.read(PART_BYTES)), upload.received_bytes
                progress(upload.received_bytes - before)
        return self._one(BatchBegun, "POST", f"/uploads/{upload.id}/complete", key=f"complete-{upload.id}")

    def ask(self, matter_id: str, text: str, document_ids: Sequence[str] = (), *, key: str = "") -> Asked:
        """Ask a question; the operation tells when it is answered, `claims` what was."""
        body = {"text": text, "document_ids": list(document_ids)}
        return self._one(Asked, "POST", f"/matters/{matter_id}/questions", json=body, key=key)

    def claims(self, question_id: str, state: str = "") -> Iterator[Claim]:
        """What each document answers."""
        return self._all(Claim, f"/questions/{question_id}/claims", boxes="false", state=state)

    def operation(self, operation_id: str, wait_seconds: int = 0) -> Operation:
        """How far an operation is, at its end or after so many seconds (at most 30)."""
        headers = {"Prefer": f"wait={wait_seconds}"} if wait_seconds else {}
        return self._one(Operation, "GET", f"/operations/{operation_id}", headers=headers)

    def items(self, operation_id: str) -> Iterator[Item]:
        """What became of each item of an operation."""
        return self._all(Item, f"/operations/{operation_id}/items")

    def _part(self, upload: Upload, part: bytes) -> Upload:
        headers = _PART | {"Upload-Offset": str(upload.received_bytes)}
        try:
            return self._one(Upload, "PATCH", f"/uploads/{upload.id}", content=part, headers=headers)
        except NightbriefError as error:
            # NB: the part may have come, and only its answer not.
            if error.code != "upload-offset-wrong" or upload.id is None:
                raise
            return self.upload(upload.id)

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
        **sent: Any,
    ) -> httpx2.Response:
        """The answer of a success, tried TRIES times; `made` makes the body anew for each."""
        headers = dict(headers or {})
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        for attempt in range(1, TRIES + 1):
            try:
                response = self._http.request(method, path, headers=headers, **made(), **sent)
            except httpx2.TransportError as error:
                refused = NightbriefError(
                    "unreachable", f"{self.address} does not answer ({type(error).__name__})."
                )
                wait = None
            else:
                if response.is_success:
                    return response
                refused, wait = _refusal(response), _seconds(response.headers.get("Retry-After", ""))
                if not _passes(refused):
                    raise refused
            if attempt < TRIES:
                self._pause(min(LONGEST_PAUSE_SECONDS, wait if wait is not None else _pause_before(attempt)))
        raise refused


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

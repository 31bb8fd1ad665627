"""Requests to Clio Manage, API version 4: its tokens, lists by cursor, documents, notes.

Source: Clio's published documentation of authorization, fields, pagination and rate limits, and its OpenAPI document
(docs.developers.clio.com).
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore2
from django.conf import settings

from reviewapp.frame.errors import ActionError
from reviewapp.webhooks.guard import AddressRefused, Guarded

AGENT = "Nightbrief-Clio/1"
PAGE = 200
_SECONDS, _DOWNLOAD_SECONDS, _LONGEST_PAUSE = 30.0, 1800.0, 120.0
_MOST_ANSWER = 16 * 2**20
_TRIES, _HOPS = 8, 5


class ClioError(ActionError):
    """Clio could not be asked, or refused. `passing` says whether asking later may help."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(code, message, status)

    @property
    def is_passing(self) -> bool:
        return self.code in {"clio-away", "clio-busy"}


Header = dict[bytes | str, bytes | str]
#: Waits so many seconds, or raises where nobody wants the answer any more.
Pause = Callable[[float], None]


def authorize_address(redirect_uri: str, state: str) -> str:
    """Where a person allows Nightbrief to act for them at Clio."""
    asked = {
        "response_type": "code", "client_id": settings.CLIO_CLIENT_ID, "redirect_uri": redirect_uri, "state": state,
    }  # fmt: skip
    return f"{settings.CLIO_ADDRESS}/oauth/authorize?{urlencode(asked)}"


def tokens(**given: str) -> dict[str, Any]:
    """Tokens for a code or for a token that refreshes. Raises ClioError."""
    asked = {"client_id": settings.CLIO_CLIENT_ID, "client_secret": settings.CLIO_CLIENT_SECRET, **given}
    headers: Header = {"content-type": "application/x-www-form-urlencoded"}
    with _asked(
        "POST", f"{settings.CLIO_ADDRESS}/oauth/token", headers, urlencode(asked).encode()
    ) as response:
        if response.status in (400, 401, 403):
            raise ClioError(
                "clio-not-allowed", "Clio does not accept the connection (any more). Connect again.", 409
            )
        _expect(response, 200)
        told = _json(response)
    if not isinstance(told.get("access_token"), str) or not told["access_token"]:
        raise ClioError("clio-unexpected", "Clio gave an answer that is not understood.", 502)
    return told


def deauthorize(access: str) -> None:
    """Have Clio forget a token. Raises ClioError."""
    address, headers = f"{settings.CLIO_ADDRESS}/oauth/deauthorize", Header(authorization=f"Bearer {access}")
    with _asked("POST", address, headers) as answer:
        _expect(answer, 200, 204, 401)


class Clio:
    """Clio as one account sees it. `access` gives the token that is good now, or, told so, a fresh one."""

    def __init__(self, access: Callable[[bool], str], pause: Pause = time.sleep) -> None:
        self._access, self._pause = access, pause

    def listed(self, path: str, **asked: str) -> Iterator[list[dict[str, Any]]]:
        """A list, page by page, by Clio's cursors. Raises ClioError."""
        query = urlencode({"limit": str(PAGE), "order": "id(asc)", **asked})
        address = f"{settings.CLIO_ADDRESS}/api/v4/{path}.json?{query}"
        while address:
            with self._answer("GET", address) as response:
                told = _json(response)
            rows = told.get("data")
            if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row for row in rows):
                raise ClioError("clio-unexpected", "Clio gave an answer that is not understood.", 502)
            yield rows
            address = _following(told)

    def download(self, document: str) -> Iterator[bytes]:
        """The bytes of a document's newest version. Raises ClioError."""
        address, headers = f"{settings.CLIO_ADDRESS}/api/v4/documents/{document}/download.json", None
        for _ in range(_HOPS):
            # NB: where Clio keeps the bytes is another machine, which is not to see the token.
            asked = (
                self._answer("GET", address, seconds=_DOWNLOAD_SECONDS)
                if headers is None
                else _asked("GET", address, headers, seconds=_DOWNLOAD_SECONDS)
            )
            with asked as response:
                if response.status in (301, 302, 303, 307, 308):
                    address, headers = urljoin(address, _header(response, b"location")), Header()
                    continue
                _expect(response, 200)
                yield from _chunks(response)
                return
        raise ClioError("clio-unexpected", "Clio leads from address to address without a document.", 502)

    def add_note(self, matter: str, subject: str, detail: str, date: str) -> str:
        """Write a note on a matter; returns its id. Raises ClioError."""
        note = {
            "type": "Matter",
            "matter": {"id": int(matter)},
            "subject": subject,
            "detail": detail,
            "date": date,
        }
        body = json.dumps({"data": note}).encode()
        with self._answer("POST", f"{settings.CLIO_ADDRESS}/api/v4/notes.json", body) as response:
            told = _json(response).get("data")
        if not isinstance(told, dict) or "id" not in told:
            raise ClioError("clio-unexpected", "Clio gave an answer that is not understood.", 502)
        return str(told["id"])

    @contextmanager
    def _answer(
        self, method: str, address: str, body: bytes = b"", seconds: float = _SECONDS
    ) -> Iterator[httpcore2.Response]:
        """A good answer, or a redirect; waits where Clio says so, and refreshes the token once."""
        fresh = False
        for _ in range(_TRIES):
            headers: Header = {
                "authorization": f"Bearer {self._access(fresh)}", "content-type": "application/json",
            }  # fmt: skip
            with _asked(method, address, headers, body, seconds) as response:
                if response.status == 429:
                    wait = _header(response, b"retry-after") or "1"
                elif response.status == 401 and not fresh:
                    fresh = True
                    continue
                else:
                    _expect(response, 200, 201, 301, 302, 303, 307, 308)
                    yield response
                    return
            self._pause(min(float(wait) if wait.isdecimal() else 1.0, _LONGEST_PAUSE))
        raise ClioError("clio-busy", "Clio takes no more requests for now. Try again later.", 503)


@contextmanager
def _asked(
    method: str, address: str, headers: Mapping[Any, Any], body: bytes = b"", seconds: float = _SECONDS
) -> Iterator[httpcore2.Response]:
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS)
    backend = Guarded(settings.WEBHOOK_NETWORKS, time.monotonic() + seconds)
    try:
        with (
            httpcore2.ConnectionPool(network_backend=backend) as pool,
            pool.stream(
                method, address, headers={"user-agent": AGENT, "accept": "application/json", **headers},
                content=body or None, extensions={"timeout": timeouts},
            ) as response,
        ):  # fmt: skip
            yield response
    except AddressRefused:
        raise ClioError("clio-address", "The address of Clio leads inside this network.", 502) from None
    except (
        httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol,
    ):  # fmt: skip
        raise ClioError("clio-away", "Clio cannot be reached. Try again later.", 502) from None


def _expect(response: httpcore2.Response, *statuses: int) -> None:
    if response.status in statuses:
        return
    if response.status in (401, 403):
        raise ClioError("clio-not-allowed", "Clio does not allow this to the account that is connected.", 409)
    if response.status == 404:
        raise ClioError("clio-not-there", "What was asked for is not at Clio (any more).", 404)
    if response.status >= 500:
        raise ClioError("clio-away", "Clio has a fault at the moment. Try again later.", 502)
    raise ClioError("clio-unexpected", f"Clio refused with the status {response.status}.", 502)


def _chunks(response: httpcore2.Response) -> Iterator[bytes]:
    yield from response.iter_stream()


def _json(response: httpcore2.Response) -> dict[str, Any]:
    content = b""
    for chunk in _chunks(response):
        content += chunk
        if len(content) > _MOST_ANSWER:
            raise ClioError("clio-unexpected", "Clio gave an answer that is larger than any can be.", 502)
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise ClioError("clio-unexpected", "Clio gave an answer that is not understood.", 502)
    return told


def _header(response: httpcore2.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


def _following(told: dict[str, Any]) -> str:
    """The address of the next page, which must be Clio's own."""
    paging = (told.get("meta") or {}).get("paging") or {}
    address = str(paging.get("next") or "")
    if address and urlsplit(address)[:2] != urlsplit(settings.CLIO_ADDRESS)[:2]:
        raise ClioError("clio-unexpected", "Clio names a next page that is not its own.", 502)
    return address

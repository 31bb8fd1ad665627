"""The address /mcp of the web application: stateless, with the tokens, scopes and rules of version 1.

What a tool does is a request to the application itself, in this process and with the caller's token, so that there
is one place where it is decided who may do what, how often, and what is recorded of it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from reviewapp.mcp.installation import CONNECTION
from reviewapp.mcp.tools import server

# NB: Django and the package spell the types of messages differently.
Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = "/mcp"
LONGEST_REQUEST = 2**20
_PASSED_ON = ("authorization", "host", "x-forwarded-proto", "x-request-id")


def with_mcp(application: Application) -> Application:
    """The application with the tools at /mcp."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") == PATH:
            await _serve(application, scope, receive, send)
        else:
            await application(scope, receive, send)

    return serve


async def _serve(application: Application, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["method"] != "POST":
        # NB: there are no sessions, so nothing to listen to and none to end.
        await _refuse(send, 405, "method-not-allowed", "This address takes POST only.", allow="POST")
        return
    if not _of_this_site(headers):
        await _refuse(send, 403, "origin-foreign", "Pages of other sites may not call the tools.")
        return
    passed = {name: headers[name] for name in _PASSED_ON if name in headers}
    transport = httpx2.ASGITransport(application)
    base = f"{scope['scheme']}://nightbrief"
    async with httpx2.AsyncClient(
        transport=transport, base_url=base, headers=passed, timeout=None
    ) as connection:
        known = await connection.get("/v1/me")
        if not known.is_success:
            await _pass_back(known, send)
            return
        CONNECTION.set(connection)
        # NB: a manager serves for one run; without sessions one for each request needs no start of the server.
        # The package gives one out for whole applications only.
        manager = StreamableHTTPSessionManager(
            server._lowlevel_server,
            json_response=True,
            stateless=True,
            max_request_body_size=LONGEST_REQUEST,
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


def _of_this_site(headers: Mapping[str, str]) -> bool:
    origin = headers.get("origin", "")
    return not origin or urlsplit(origin).netloc == headers.get("host", "")


async def _pass_back(response: httpx2.Response, send: Send) -> None:
    # NB: a client asks for the description of the address that it called, and compares the name in it.
    kept = [
        (name, value.replace(b"/oauth-protected-resource/v1", b"/oauth-protected-resource/mcp"))
        for name, value in response.headers.raw
        if name.lower() != b"content-length"
    ]
    await _send(send, response.status_code, kept, response.content)


async def _refuse(send: Send, status: int, code: str, detail: str, **headers: str) -> None:
    problem = {"type": "about:blank", "title": code.replace("-", " ").capitalize(), "status": status}
    named = {"content-type": "application/problem+json", **headers}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    await _send(send, status, raw, json.dumps(problem | {"detail": detail, "code": code}).encode())


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})

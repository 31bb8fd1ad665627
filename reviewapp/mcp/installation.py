"""The installation that tools work on: its API, called with the token of who calls the tool."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

#: The connection of the request being served, or of the process.
CONNECTION: ContextVar[httpx2.AsyncClient] = ContextVar("connection")


async def get(path: str, **query: Any) -> Any:
    """What the address below /v1 answers. Raises ToolError for a refusal."""
    return await _answer("GET", path, params={name: value for name, value in query.items() if value != ""})


async def post(path: str, body: Mapping[str, Any], **headers: str) -> Any:
    """What the address answers to this body; header names have `_` for `-`. Raises ToolError for a refusal."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await _answer("POST", path, json=dict(body), headers=named)


async def _answer(method: str, path: str, **sent: Any) -> Any:
    try:
        response = await CONNECTION.get().request(method, f"/v1{path}", **sent)
    except httpx2.TransportError as error:
        raise ToolError(f"unreachable: Nightbrief does not answer ({type(error).__name__}).") from None
    if response.is_success:
        return response.json()
    raise ToolError(_said_of(response))


def _said_of(response: httpx2.Response) -> str:
    if response.headers.get("Content-Type", "").startswith("application/problem+json"):
        problem = response.json()
        return f"{problem['code']}: {problem['detail']}"
    return f"http-{response.status_code}: Nightbrief refused the request."

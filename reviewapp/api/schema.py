"""The OpenAPI document of version 1: what the operations declare, and what holds for all of them."""

import json
from functools import cache
from typing import Any

from ninja import NinjaAPI

from reviewapp.api import problems, repeats
from reviewapp.api.door import REQUEST_ID
from reviewapp.api.leaving import Leaving
from reviewapp.api.paging import SELECTION
from reviewapp.api.preferences import MOST_SECONDS
from reviewapp.frame.actor import Scope

SCOPES = {
    Scope.READ: "Read what its person may read; every token has it.",
    Scope.ASK: "Ask questions.",
    Scope.REVIEW: "Decide about answers, note beside them and code documents.",
    Scope.UPLOAD: "Add files to matters.",
    Scope.CONSOLIDATE: "Have documents consolidated.",
    Scope.MANAGE: "Manage matters, members and work.",
    Scope.AUDIT: "Read what happened.",
}
#: What a status means wherever it is answered.
SAID = {
    400: "The body cannot be read.",
    401: "There is no good token.",
    403: "The token lacks the scope.",
    404: "There is no such thing, or it is not for this caller.",
    409: "It is in a state in which this cannot be done.",
    410: "It was there, and is gone for good.",
    412: "It was changed meanwhile.",
    413: "There are too many bytes.",
    415: "The body is of another type than is taken.",
    422: "Something in the request cannot be used.",
    428: "If-Match is missing.",
    429: "There were too many requests in a minute.",
    500: "A fault of the server; nothing was done.",
    503: "Too much waits to be answered; nothing was taken.",
}
ALWAYS = (401, 403, 404, 422, 429, 500)
ASKING = {"ask", "askMany", "askAgain", "runGrid", "previewGrid"}


@cache
def _problem_schemas() -> dict[str, Any]:
    whole = problems.Problem.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    return {**whole.pop("$defs"), "Problem": whole}


def schema_of(api: NinjaAPI) -> dict[str, Any]:
    """The whole document; it depends on the code alone."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="v1/"))
    found["servers"] = [{"url": "/"}]
    found["components"]["schemas"] |= _problem_schemas()
    scopes = {str(scope): said for scope, said in SCOPES.items()}
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of a person's."},
        "oauth": {
            "type": "oauth2",
            "description": (
                "Without a person, the id of a token is the client's id and the token its secret; "
                "an application asks a person for a code (PKCE)."
            ),
            "flows": {
                "clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes},
                "authorizationCode": {
                    "authorizationUrl": "/oauth/authorize",
                    "tokenUrl": "/oauth/token",
                    "refreshUrl": "/oauth/token",
                    "scopes": scopes,
                },
            },
        },
    }
    found["components"]["headers"] = HEADERS
    found["components"]["responses"] = {f"Refused{status}": _refused(status) for status in SAID}
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method, path)
    return _renamed(found)


def _renamed(found: dict[str, Any]) -> dict[str, Any]:
    """The document with schemas called by the words of the product: a `MatterShape` is a Matter."""
    named = {name: name.removesuffix("Shape") for name in found["components"]["schemas"]}
    text = json.dumps(found)
    for name, word in named.items():
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/{word}"')
        text = text.replace(f'"title": "{name}"', f'"title": "{word}"')
    renamed: dict[str, Any] = json.loads(text)
    schemas = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {named[name]: schemas[name] for name in sorted(schemas)}
    return renamed


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    scope = next(iter(operation.pop("x-scope", [])), None)
    leaving: Leaving | None = operation.pop("x-leaving", None)
    operation["security"] = [{"token": []}, {"oauth": [scope] if scope else []}]
    parameters = {(one["in"], one["name"]) for one in operation["parameters"]}
    operation["summary"], operation["description"] = _told(operation.get("description", ""))
    if method == "get":
        operation["responses"][304] = {"description": "It is as the caller has it (If-None-Match)."}
        operation["parameters"].append(_header("If-None-Match", "ETags of what the caller has."))
    if method == "post":
        operation["parameters"].append(
            _header(
                repeats.HEADER,
                "Your name for this request: a repeat within 24 hours has no second effect.",
                255,
            )
        )
    if method in {"patch", "delete"} and "uploads" not in path:
        operation["parameters"].append(_header("If-Match", "The ETag of what you read."))
    if 202 in operation["responses"] or path.endswith("/operations/{operation_id}"):
        said = f"`wait=N` waits up to N seconds (at most {MOST_SECONDS}) for the end."
        operation["parameters"].append(_header("Prefer", said))
    if ("query", "fields") in parameters:
        item = {"type": "object", "additionalProperties": True}
        operation["responses"][200]["content"][SELECTION] = {"schema": item}
    for status, response in operation["responses"].items():
        response["headers"] = _headers(operation["operationId"], int(status))
        if leaving is not None:
            response["headers"] |= {name: _header_of(name) for name in ("Deprecation", "Sunset")}
    if leaving is not None:
        operation["description"] += f"\n\n{leaving.told}"
        operation["x-sunset"] = leaving.until.date().isoformat()
    for status in _refusals(operation, method, path):
        operation["responses"][status] = {"$ref": f"#/components/responses/Refused{status}"}


def _told(description: str) -> tuple[str, str]:
    """The first sentence as the summary, and the whole."""
    first, _, _ = description.partition(". ")
    return first.rstrip(".").splitlines()[0] if first else "", description


def _refused(status: int) -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": SAID[status], "headers": _headers("", status), "content": content}


def _refusals(operation: dict[str, Any], method: str, path: str) -> list[int]:
    statuses = set(ALWAYS)
    if path.endswith("/file"):
        statuses |= {409, 410}
    if "requestBody" in operation:
        statuses |= {400, 413, 415}
    if method in {"post", "patch", "delete"}:
        statuses |= {409}
    if method == "post":
        statuses |= {400, 413}
    if operation["operationId"] in ASKING:
        statuses |= {503}
    if method in {"patch", "delete"}:
        statuses |= {412, 428}
    return sorted(statuses)


def _header(name: str, said: str, most: int | None = None) -> dict[str, Any]:
    bound = {} if most is None else {"maxLength": most}
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": said,
        "schema": {"type": "string", **bound},
    }


def _headers(operation_id: str, status: int) -> dict[str, Any]:
    names = [REQUEST_ID, "RateLimit", "RateLimit-Policy"]
    names += (
        ["ETag"] if status in {200, 206, 304} and operation_id.startswith(("get", "list", "change")) else []
    )
    names += ["Location"] if status in {201, 202} else []
    names += ["Retry-After"] if status in {202, 429, 503} else []
    names += ["WWW-Authenticate"] if status in {401, 403} else []
    return {name: _header_of(name) for name in names}


def _header_of(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}


HEADERS = {
    name: {"description": said, "schema": {"type": "string"}}
    for name, said in {
        REQUEST_ID: "Names the request in the server's messages; the caller's own if it sent one.",
        "RateLimit": "How many requests are left in this minute, and its seconds.",
        "RateLimit-Policy": "How many requests a minute are taken.",
        "ETag": "What If-None-Match and If-Match take.",
        "Location": "Where what was made is.",
        "Retry-After": "Seconds after which to ask again.",
        "WWW-Authenticate": "How to sign in.",
        "Deprecation": "Since when this is to go (RFC 9745).",
        "Sunset": "When it goes (RFC 8594).",
    }.items()
}


def written_schema(api: NinjaAPI) -> str:
    """The document as `docs/openapi.json` holds it."""
    return json.dumps(schema_of(api), indent=1, ensure_ascii=False, sort_keys=True) + "\n"

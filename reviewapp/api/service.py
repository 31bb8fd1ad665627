"""Version 1 as django-ninja serves it: how its operations are declared."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from reviewapp.api.callers import Caller, challenge
from reviewapp.api.conditions import written
from reviewapp.api.leaving import Leaving
from reviewapp.api.problems import Refused, problem, refusal_of
from reviewapp.frame.actor import Actor, Scope

VERSION = "1.0"
Function = TypeVar("Function", bound=Callable[..., Any])
#: What is done before the transaction of a request, by its method and route: storing files takes long.
FORM = "multipart/form-data"
PREPARED: dict[tuple[str, str], Callable[..., None]] = {}
#: Operations that are to go, by their method and route.
LEAVING: dict[tuple[str, str], Leaving] = {}
#: What callers of an operation need, by its method and route.
NEEDS: dict[tuple[str, str], "Needs"] = {}
#: The parameters that queries may have, by method and route.
PARAMETERS: dict[tuple[str, str], frozenset[str]] = {}


class ApiRequest(HttpRequest):
    """A request of a program that signed in, as operations receive it."""

    caller: Caller
    actor: Actor
    request_id: str
    #: What `prepares` made for the operation.
    prepared: Any


class Needs:
    """Lets in callers that hold the scope; others are told which one it is."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: ApiRequest) -> Caller:
        if not request.caller.actor.holds(self.scope):
            message = f"This needs a token with the scope “{self.scope}”."
            headers = challenge(request, "insufficient_scope", str(self.scope))
            raise Refused("scope-missing", message, 403, headers=headers)
        return request.caller


class JsonParser(Parser):
    """Takes JSON and nothing that only looks like it."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            message = "Send the body as JSON, with Content-Type: application/json."
            raise Refused("media-type-unsupported", message, 415, headers={"Accept": "application/json"})
        return super().parse_body(request)


class Resource:
    """The operations of one resource."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def operation(
        self,
        method: str,
        path: str,
        response: Any,
        scope: Scope = Scope.READ,
        leaving: Leaving | None = None,
        **declared: Any,
    ) -> Callable[[Function], Function]:
        """Declare the function an operation, with the scope that it needs, what it answers, and when it is to go."""
        if leaving is not None:
            LEAVING[method, _route(path)] = leaving
            declared["deprecated"] = not leaving.fields or None

        def declare(function: Function) -> Function:
            declared.setdefault("operation_id", _camel(function.__name__))
            extra = {"x-leaving": leaving} if leaving is not None else {}
            declared["openapi_extra"] = {
                "x-scope": [str(scope)],
                **extra,
                **declared.get("openapi_extra", {}),
            }
            NEEDS[method, _route(path)] = needs = Needs(scope)
            add = self.router.api_operation(
                [method], path, response=response, auth=needs, exclude_unset=True, **declared
            )
            return add(function)

        return declare

    def get(self, path: str, response: Any, **declared: Any) -> Callable[[Function], Function]:
        """Declare a reading operation."""
        return self.operation("GET", path, response, **declared)

    def post(self, path: str, response: Any, **declared: Any) -> Callable[[Function], Function]:
        """Declare one that makes something."""
        return self.operation("POST", path, response, **declared)

    def patch(self, path: str, response: Any, **declared: Any) -> Callable[[Function], Function]:
        """Declare one that changes something."""
        return self.operation("PATCH", path, response, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[Function], Function]:
        """Declare one that takes something away."""
        return self.operation("DELETE", path, {204: None}, **declared)


class JsonRenderer(BaseRenderer):
    """Writes answers as `conditions.body_of` does, so that their tags are alike."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        return written(data)


def prepares(method: str, route: str) -> Callable[[Function], Function]:
    """Have the function called before the operation's transaction, with the request and the parts of its path."""

    def note(function: Function) -> Function:
        PREPARED[method, _route(route)] = function
        return function

    return note


def require_form(request: HttpRequest, said: str, *others: str) -> None:
    """Refuse (415) what is no form of files, or of one of the other types, in these words, before it is read."""
    if request.content_type not in {FORM, *others}:
        raise Refused("media-type-unsupported", said, 415, headers={"Accept": FORM})


def _route(path: str) -> str:
    """The path as addresses are written in Django."""
    return path.strip("/").replace("{", "<").replace("}", ">")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def refuse(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The error as a problem document."""
    return problem(request, refusal_of(error if isinstance(error, Exception) else error()))


def made() -> NinjaAPI:
    """The API with the operations of all resources."""
    from reviewapp.api.resources import ALL

    return made_of(ALL, "v1")


def made_of(resources: Iterable[Resource], namespace: str) -> NinjaAPI:
    """An API with the operations of these resources."""
    api = NinjaAPI(
        title="Nightbrief",
        version=VERSION,
        urls_namespace=namespace,
        openapi_url=None,
        docs_url=None,
        parser=JsonParser(),
        renderer=JsonRenderer(),
        description=DESCRIPTION,
    )
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, refuse)
    for resource in resources:
        api.add_router("", resource.router)
        _note_parameters(resource)
    return api


def _note_parameters(resource: Resource) -> None:
    for path, view in resource.router.path_operations.items():
        for operation in view.operations:
            queries = [each for each in operation.models if each.__ninja_param_source__ == "query"]
            names = frozenset(name for each in queries for name in each.__ninja_flatten_map__)
            PARAMETERS.update({(method, _route(path)): names for method in operation.methods})


DESCRIPTION = """Push documents into matters, ask questions about them, and fetch answers with their proof.

Every refusal is a problem document (RFC 9457). Every POST takes an `Idempotency-Key`. Lists are paged by cursor.
What takes long answers 202 with an operation. Fields are only ever added to version 1."""

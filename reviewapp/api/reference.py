"""The OpenAPI document as people read it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    type: str
    required: bool
    says: str


@dataclass(frozen=True)
class Told:
    """An operation, with what it takes and what it gives."""

    id: str
    method: str
    path: str
    says: str
    scope: str
    parameters: tuple[Field, ...]
    body: str
    body_fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]
    answer_fields: tuple[Field, ...]


def reference_of(document: dict[str, Any]) -> list[tuple[str, list[Told]]]:
    """The operations by what they are about, in the order of the document."""
    groups: dict[str, list[Told]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_told(document, method, path, operation))
    return list(groups.items())


def _told(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Told:
    body = _schema(operation.get("requestBody", {}))
    good = {status: one for status, one in operation["responses"].items() if "content" in one}
    answer = _schema(next(iter(good.values()), {}))
    scopes = operation["security"][1]["oauth"]
    return Told(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        says=operation["description"],
        scope=scopes[0] if scopes else "read",
        parameters=tuple(
            Field(one["name"], _type(one["schema"]), one["required"], one.get("description", ""))
            for one in operation["parameters"]
        ),
        body=next(iter(operation.get("requestBody", {}).get("content", {})), ""),
        body_fields=_fields(document, body),
        answers=tuple((str(status), _type(_schema(one))) for status, one in good.items()),
        answer_fields=_fields(document, answer),
    )


def _schema(part: dict[str, Any]) -> dict[str, Any]:
    contents: list[dict[str, Any]] = list(part.get("content", {}).values())
    return contents[0].get("schema", {}) if contents else {}


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> tuple[Field, ...]:
    known = document["components"]["schemas"]
    whole = known[_name(schema)] if "$ref" in schema else schema
    required = whole.get("required", [])
    return tuple(
        Field(name, _type(one), name in required, one.get("description", ""))
        for name, one in whole.get("properties", {}).items()
    )


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _type(schema: dict[str, Any]) -> str:
    """The type in a few words."""
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format", schema.get("type", "any")))

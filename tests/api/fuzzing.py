"""Requests made from the OpenAPI document, good and bad, against the served version 1."""

import copy
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisException
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from reviewapp.api.urls import SCHEMA

CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
#: Streams: those of what is under way do not end by themselves.
STREAMS = ("streamQuestion", "streamClaims", "streamOperation", "streamCells")


@dataclass
class Found:
    """How many requests were made, how often each status was answered, and what was wrong, each once."""

    cases: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def fuzz(
    secret: str,
    ids: Mapping[str, Sequence[str]],
    forbidden: Sequence[str],
    *,
    examples: int,
    number: int = 0,
    only: Callable[[str], bool] = lambda operation: True,
) -> Found:
    """Make `examples` good and as many bad requests of each operation, with these ids among the invented ones.

    An answer that holds one of the `forbidden` texts is a failure, as is one that the document does not declare.
    """
    schema = schemathesis.openapi.from_dict(_unsigned(SCHEMA))
    schema.app = get_wsgi_application()
    found = Found()
    checks = [CHECKS.get_one(name) for name in CHECKED]
    for operation in _operations(schema):
        name = str(operation.definition.raw["operationId"])
        if name in STREAMS or not only(name):
            continue
        with _kept_connection():
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode, _trial(secret, ids, forbidden, found, checks, number), examples, number)
    return found


@contextmanager
def _kept_connection() -> Iterator[None]:
    """Requests use the caller's connection and leave it open, as those of Django's test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _unsigned(document: dict[str, Any]) -> dict[str, Any]:
    """The document without how to sign in: each request has the caller's own token."""
    unsigned = copy.deepcopy(document)
    del unsigned["components"]["securitySchemes"]
    for methods in unsigned["paths"].values():
        for operation in methods.values():
            del operation["security"]
    return unsigned


def _operations(schema: Any) -> Iterator[Any]:
    for result in schema.get_all_operations():
        yield result.ok()


def _trial(
    secret: str,
    ids: Mapping[str, Sequence[str]],
    forbidden: Sequence[str],
    found: Found,
    checks: Any,
    number: int,
) -> Callable[[Case[Any]], None]:
    chance = random.Random(number)

    def trial(case: Case[Any]) -> None:
        for name in case.path_parameters or {}:
            if name in ids and chance.random() < 0.8:
                case.path_parameters[name] = chance.choice(ids[name])
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        response = case.call(headers=headers)
        found.cases += 1
        found.statuses[response.status_code] = found.statuses.get(response.status_code, 0) + 1
        text = response.content.decode(errors="replace")
        where = f"{case.method} {case.operation.path}"
        for piece in forbidden:
            if piece in text:
                found.failures[f"{where}: tells what is not its caller's"] = text[:200]
        try:
            case.validate_response(response, checks=checks, headers=headers)
        except FailureGroup as error:
            title = getattr(error.exceptions[0], "title", type(error.exceptions[0]).__name__)
            found.failures.setdefault(f"{where} {response.status_code}: {title}", f"{error}"[:1500])

    return trial


def _try(
    operation: Any, mode: GenerationMode, trial: Callable[[Case[Any]], None], examples: int, number: int
) -> None:
    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Case[Any]) -> None:
        trial(case)

    try:
        run()
    except (schemathesis.errors.SchemathesisError, HypothesisException) as error:
        # NB: some operations cannot be asked wrongly, and some wrong ways are given up half-way.
        sys.stderr.write(f"{operation.label} {mode}: {type(error).__name__}\n")


def told(found: Found) -> str:
    """The failures, for who has to mend them."""
    return "\n\n".join(f"{name}\n{text}" for name, text in found.failures.items()) + json.dumps(
        found.statuses
    )

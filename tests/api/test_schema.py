"""The OpenAPI document is what the code says, and only ever gains."""

import copy
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from reviewapp.api.door import door
from reviewapp.api.keys import HOLDERS
from reviewapp.api.leaving import Leaving
from reviewapp.api.schema import schema_of, written_schema
from reviewapp.api.service import LEAVING, ApiRequest, Resource, made, made_of
from reviewapp.api.shapes import Myself, Person
from reviewapp.api.urls import SCHEMA
from reviewapp.client.grids import FORMATS
from reviewapp.exports.models import Export
from scripts.openapi import DOCUMENT, breaks


def test_the_document_in_docs_is_the_served_one() -> None:
    assert DOCUMENT.read_text() == written_schema(made()), "python -m scripts.openapi --write"
    served = Client().get("/v1/openapi.json").json()
    assert served == SCHEMA and served["openapi"] == "3.1.0"


def test_programs_and_the_command_line_export_what_pages_do() -> None:
    kinds = SCHEMA["components"]["schemas"]["NewExport"]["properties"]["format"]["enum"]
    assert set(kinds) == set(FORMATS) == set(Export.Format.values)


def test_what_would_break_programs_is_named() -> None:
    new: dict[str, Any] = copy.deepcopy(SCHEMA)
    assert breaks(SCHEMA, new) == []
    del new["paths"]["/v1/me"]
    del new["components"]["schemas"]["Document"]["properties"]["sha256"]
    new["components"]["schemas"]["Document"]["required"].remove("name")
    new["components"]["schemas"]["NewMatter"]["required"].append("client")
    new["paths"]["/v1/matters"]["get"]["parameters"].append({"in": "query", "name": "q", "required": True})
    assert breaks(SCHEMA, new) == [
        "GET /v1/me is gone",
        "GET /v1/matters asks for q",
        "Document no longer has sha256",
        "Document no longer always has name",
        "NewMatter asks for client",
    ]
    more = copy.deepcopy(SCHEMA)
    more["components"]["schemas"]["Document"]["properties"]["custodian"] = {"type": "string"}
    assert breaks(SCHEMA, more) == []


def test_what_may_be_repeated_leads_to_its_matter() -> None:
    paths = [path for path, methods in SCHEMA["paths"].items() if "post" in methods]
    named = [re.findall(r"{(\w+)}", path) for path in paths]
    assert all(one == [] or one[0] == "matter_id" or (one[0] in HOLDERS and len(one) == 1) for one in named)
    assert [path for path, one in zip(paths, named, strict=True) if not one] == [
        "/v1/matters",
        "/v1/arrivals",
    ]


def test_what_is_to_go_is_told_a_year_before(db: None) -> None:
    since = datetime(2026, 1, 15, tzinfo=UTC)
    with pytest.raises(ValueError, match="a year before"):
        Leaving(since, since + timedelta(days=90))
    gone, field = (Leaving(since, datetime(2027, 3, 1, tzinfo=UTC), instead="/v1/me", fields=names)
                   for names in ((), ("client",)))  # fmt: skip
    old = Resource("Old")

    def whoever(request: ApiRequest) -> Myself:
        return Myself(person=Person(id="1", username="a", name="A"), client="", scopes=[], matter_ids=None)

    for name, leaving in (("old", gone), ("half", field)):
        old.get(f"/{name}", Myself, leaving=leaving, operation_id=name)(whoever)
    api = made_of([old], "old")
    paths = schema_of(api)["paths"]
    assert paths["/v1/old"]["get"]["deprecated"] and "deprecated" not in paths["/v1/half"]["get"]
    for name, says in (("old", "This goes on 1 March 2027."), ("half", "The field client goes")):
        operation = paths[f"/v1/{name}"]["get"]
        assert says in operation["description"] and operation["x-sunset"] == "2027-03-01"
        assert {"Deprecation", "Sunset"} <= set(operation["responses"]["200"]["headers"])
        view: Any = next(one.callback for one in api.urls[0] if str(one.pattern) == name)
        told = door(view, name)(RequestFactory().get(f"/v1/{name}"))
        assert told.headers["Deprecation"] == "@1768435200"
        assert told.headers["Sunset"] == "Mon, 01 Mar 2027 00:00:00 GMT"
        assert '</v1/me>; rel="successor-version"' in told.headers["Link"]
    del LEAVING["GET", "old"], LEAVING["GET", "half"]


def test_the_reference_has_every_operation() -> None:
    page = Client().get("/v1/docs").content.decode()
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page and f'id="{operation["operationId"]}"' in page

"""The OpenAPI document is what the code says, and only ever gains."""

import copy
import re
from typing import Any

from django.test import Client

from reviewapp.api.keys import HOLDERS
from reviewapp.api.schema import written_schema
from reviewapp.api.service import made
from reviewapp.api.urls import SCHEMA
from scripts.openapi import DOCUMENT, breaks


def test_the_document_in_docs_is_the_served_one() -> None:
    assert DOCUMENT.read_text() == written_schema(made()), "python -m scripts.openapi --write"
    served = Client().get("/v1/openapi.json").json()
    assert served == SCHEMA and served["openapi"] == "3.1.0"


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
    assert [path for path, one in zip(paths, named, strict=True) if not one] == ["/v1/matters"]


def test_the_reference_has_every_operation() -> None:
    page = Client().get("/v1/docs").content.decode()
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page and f'id="{operation["operationId"]}"' in page

"""What holds for every request: refusals, tags, keys, scopes, limits."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from reviewapp.api.actions import make_token, revoke_token
from reviewapp.api.codes import CODES
from reviewapp.api.models import Repeat, Token
from reviewapp.api.schema import SAID
from reviewapp.api.urls import SCHEMA
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from tests.api.conftest import Program, program_of
from tests.api.worlds import ids_of
from tests.pages.world import World
from tests.records.test_errors import CODES as CODES_IN_CODE


def refusal(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, which has to be whole."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = response.json()
    assert said["code"] == code and said["status"] == status == CODES[code].status
    assert said["request_id"] == response.headers["X-Request-Id"]
    assert Client().get(said["type"].removeprefix("http://testserver")).status_code == 200
    return said


def test_refusals_are_problem_documents_everywhere(world: World, admin: Program) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    nobody = Program("")
    missing = nobody.get("/v1/matters")
    refusal(missing, 401, "token-missing")
    assert "resource_metadata=" in missing.headers["WWW-Authenticate"]
    refusal(Program("nb_wrong").get(matter), 401, "token-invalid")
    for path in (
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/matters/",
        f"/v1/matters/{uuid4()}",
        "/v1/matters/%00",
        "/v1/a%0A",
        "/v1/%0A/b",
    ):
        refusal(admin.get(path), 404, "not-available")
    wrong = admin.send("put", matter, {})
    refusal(wrong, 405, "method-not-allowed")
    assert set(wrong.headers["Allow"].split(", ")) >= {"GET", "PATCH"}
    said = refusal(admin.post("/v1/matters", {"name": 7, "nme": "x"}), 422, "input-invalid")
    assert {error["pointer"] for error in said["errors"]} == {"/name", "/nme"}
    said = refusal(admin.get(f"{matter}/documents?limit=0&updated_since=x"), 422, "input-invalid")
    assert {error["parameter"] for error in said["errors"]} == {"limit", "updated_since"}
    said = refusal(admin.get(f"/v1/questions/{uuid4()}/claims?state=x"), 422, "input-invalid")
    assert {error["parameter"] for error in said["errors"]} == {"state"}
    headers = {"Authorization": f"Bearer {admin.secret}"}
    broken = Client().post("/v1/matters", "{", content_type="application/json", headers=headers)
    refusal(broken, 400, "json-invalid")
    form = Client().post("/v1/matters", {"name": "x"}, headers=headers)
    refusal(form, 415, "media-type-unsupported")
    assert refusal(admin.post(f"{matter}/batches", {}), 415, "media-type-unsupported")
    long = Client().post("/v1/matters", " " * 3_000_000, content_type="application/json", headers=headers)
    refusal(long, 413, "body-too-large")
    for cursor in ("x", "W10", "WyJ4Il0", "WzEsMl0"):
        refusal(admin.get(f"{matter}/documents?cursor={cursor}"), 422, "input-invalid")


def test_a_fault_says_nothing_of_itself(
    world: World, admin: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **named: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("reviewapp.matters.identity.create_matter", fail)
    world.admin.is_staff = True
    world.admin.save()
    response = admin.post("/v1/matters", {"name": "One"}, Idempotency_Key="k")
    refusal(response, 500, "server-fault")
    assert "secret detail" not in response.content.decode() + caplog.text
    assert not Repeat.objects.exists()


def test_every_code_has_a_page_and_every_status_is_declared() -> None:
    assert {code: meant.status for code, meant in CODES.items()}.items() <= CODES_IN_CODE.items()
    assert {meant.status for meant in CODES.values()} - {405} <= set(SAID)
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            assert operation["security"] and operation["description"], f"{method} {path}"


def test_what_is_not_yours_is_as_what_is_not(world: World, admin: Program) -> None:
    """Each address with an id, with ids of a matter that the caller is no member of: 404, and not a byte more."""
    outsider = program_of(world.outsider)
    bound = program_of(world.admin, matters=[create_matter("Other", actor=Actor(world.admin))])
    keys: dict[str, object] = {name: found[0] for name, found in ids_of(world, admin, {}).items()}
    before = Event.objects.count()
    for path, methods in SCHEMA["paths"].items():
        if "{" not in path:
            continue
        for method in methods:
            absent = path.format(**{name: uuid4() if name != "number" else 1 for name in keys})
            if "person_id" in path:
                continue
            for program in (outsider, bound):
                there = _bare(program.send(method, path.format(**keys), BODIES.get(path, {})))
                assert there[0] in {404, 415, 422}, f"{method} {path}"
                assert there == _bare(program.send(method, absent, BODIES.get(path, {}))), f"{method} {path}"
    assert Event.objects.count() == before


ASKED = {"wording": "Which law?"}
BODIES = {
    "/v1/matters/{matter_id}/question-sets": {"name": "Set", "columns": [ASKED]},
    "/v1/matters/{matter_id}/question-sets/{question_set_id}": {"name": "Set"},
    "/v1/matters/{matter_id}/grids": {"name": "Grid", "question_set_id": str(uuid4())},
    "/v1/grids/{grid_id}/columns": ASKED,
    "/v1/columns/{column_id}": ASKED,
    "/v1/claims/{claim_id}/decisions": {"kind": "accept", "seen": 0},
    "/v1/claims/{claim_id}/comments": {"text": "Look."},
    "/v1/matters/{matter_id}/issues": {"name": "Rent"},
    "/v1/documents/{document_id}/coding": {"set": ["privileged:yes"]},
    "/v1/matters/{matter_id}/codings": {"code": "privileged:yes", "document_ids": [str(uuid4())]},
    "/v1/matters/{matter_id}/exports": {"format": "csv"},
    "/v1/matters/{matter_id}/webhooks": {"url": "https://example.org/"},
    "/v1/webhooks/{webhook_id}": {"on": False},
    "/v1/loads/{load_id}/columns": {"mapping": {}},
    "/v1/matters/{matter_id}/productions": {"prefix": "NB-"},
    "/v1/matters/{matter_id}/samples": {"size": 1},
    "/v1/grids/{grid_id}/views": {"name": "Mine"},
    "/v1/grids/{grid_id}/assignments": {"person_id": "1", "column_id": str(uuid4())},
    "/v1/matters/{matter_id}": {"name": "x"},
    "/v1/matters/{matter_id}/members": {"username": "oscar", "role": "admin"},
    "/v1/members/{member_id}": {"role": "admin"},
    "/v1/documents/{document_id}": {"external_id": "x"},
    "/v1/matters/{matter_id}/documents/known": {"sha256": ["0" * 64]},
    "/v1/matters/{matter_id}/questions": {"text": "Who?"},
    "/v1/matters/{matter_id}/questions/many": {"texts": ["Who?"]},
    "/v1/matters/{matter_id}/uploads": {"name": "x", "sha256": "0" * 64, "size_bytes": 1},
}


def _bare(response: Any) -> tuple[int, str]:
    body = json.loads(response.content)
    return response.status_code, json.dumps({**body, "request_id": ""})


def test_scopes_bound_what_a_token_may(world: World) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    reader = program_of(world.admin, "read")
    assert reader.get(matter).status_code == 200
    response = reader.post(f"{matter}/questions", {"text": "Who?"})
    refusal(response, 403, "scope-missing")
    assert 'scope="ask"' in response.headers["WWW-Authenticate"]
    refusal(reader.post(f"{matter}/archive"), 403, "scope-missing")
    assert program_of(world.admin, "ask").post(f"{matter}/questions", {"text": "Who?"}).status_code == 202
    assert reader.get("/v1/me").json()["scopes"] == ["read"]


def test_tokens_end(world: World) -> None:
    actor = Actor(world.admin)
    token, secret = make_token("short", ["read"], actor=actor, expires_at=timezone.now() + timedelta(hours=1))
    program = Program(secret)
    assert program.get("/v1/me").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None and secret not in str(vars(token))
    Token.objects.update(expires_at=timezone.now())
    refusal(program.get("/v1/me"), 401, "token-invalid")
    Token.objects.update(expires_at=None)
    revoke_token(token, actor=actor)
    refusal(program.get("/v1/me"), 401, "token-invalid")
    closed = program_of(world.reviewer)
    world.reviewer.is_active = False
    world.reviewer.save()
    refusal(closed.get("/v1/me"), 401, "token-invalid")


def test_too_many_requests_are_told_when_to_go_on(
    world: World, reader: Program, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewapp.api.limits.time.time", lambda: 1_000_000.0)
    settings.API_REQUESTS_PER_MINUTE = 2
    assert reader.get("/v1/me").headers["RateLimit"] == '"caller";r=1;t=20'
    reader.get("/v1/me")
    refused = reader.get("/v1/me")
    refusal(refused, 429, "too-many-requests")
    assert refused.headers["Retry-After"] == "20"
    refusal(program_of(world.reviewer, "read", name="second").get("/v1/me"), 429, "too-many-requests")
    assert program_of(world.admin, "read").get("/v1/me").status_code == 200
    strangers = [Program("nb_wrong").get("/v1/me") for _ in range(3)]
    assert [stranger.status_code for stranger in strangers] == [401, 401, 429]
    assert strangers[0].headers["RateLimit"] == '"caller";r=1;t=20'


def test_matters_are_made_named_and_closed(world: World, admin: Program) -> None:
    refusal(admin.post("/v1/matters", {"name": "New"}), 403, "may-not-create-matters")
    staff = program_of(world.staff)
    made = staff.post("/v1/matters", {"name": "New"})
    assert made.status_code == 201 and made.json()["role"] == "admin"
    path = made.headers["Location"]
    tag = staff.get(path).headers["ETag"]
    changed = staff.patch(path, {"name": "Newest"}, If_Match=tag)
    refusal(staff.patch(path, {"name": "Newer"}, If_Match=tag), 412, "changed-meanwhile")
    assert staff.patch(path, {"name": "Newer"}, If_Match=changed.headers["ETag"]).json()["name"] == "Newer"
    member = staff.post(f"{path}/members", {"username": "oscar", "role": "reviewer"})
    assert member.status_code == 201
    refusal(staff.post(f"{path}/members", {"username": "nobody", "role": "reviewer"}), 422, "input-invalid")
    where = member.headers["Location"]
    assert staff.patch(where, {"role": "admin"}, If_Match="*").json()["role"] == "admin"
    assert staff.send("delete", where, If_Match="*").status_code == 204
    assert staff.post(f"{path}/archive").json()["archived_at"]
    assert staff.get(f"{path}/usage").json()["documents"] == 0
    refusal(staff.post(f"{path}/questions", {"text": "Who?"}), 404, "not-available")
    assert Matter.objects.get(name="Newer").archived_at is not None


def test_addresses_of_version_1_are_those_of_the_schema() -> None:
    routes = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("v1_")
    }
    assert len(routes) == len(SCHEMA["paths"]) + 1

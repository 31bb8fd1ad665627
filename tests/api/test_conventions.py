"""What holds for every request: refusals, tags, keys, scopes, limits."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from reviewapp.api.actions import make_token, revoke_token
from reviewapp.api.codes import CODES
from reviewapp.api.models import Repeat, Token
from reviewapp.api.schema import SAID
from reviewapp.api.urls import SCHEMA
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.actions import set_external_id
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question
from tests.api.conftest import Program, program_of
from tests.api.worlds import ids_of
from tests.pages.world import World, add_document
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

    monkeypatch.setattr("reviewapp.api.resources.matters.actions.create_matter", fail)
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


def test_tags_spare_reading_and_keep_from_overwriting(world: World, admin: Program) -> None:
    path = f"/v1/documents/{world.documents['ready'].pk}"
    first = admin.get(path)
    unchanged = admin.get(path, If_None_Match=first.headers["ETag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    refusal(admin.patch(path, {"external_id": "A"}), 428, "if-match-missing")
    changed = admin.patch(path, {"external_id": "A"}, If_Match=first.headers["ETag"])
    assert (changed.status_code, changed.json()["external_id"]) == (200, "A")
    refusal(admin.patch(path, {"external_id": "B"}, If_Match=first.headers["ETag"]), 412, "changed-meanwhile")
    other = f"/v1/documents/{world.documents['waiting'].pk}"
    refusal(admin.patch(other, {"external_id": "A"}, If_Match="*"), 409, "external-id-taken")
    found = admin.get(f"/v1/matters/{world.matter.pk}/documents?external_id=A&fields=name").json()["items"]
    assert found == [{"id": first.json()["id"], "name": first.json()["name"]}]
    refusal(admin.get(f"{path}?fields=nme"), 422, "input-invalid")
    refusal(admin.get(f"{path}?update_since=2026-01-01"), 422, "input-invalid")


def test_a_mirror_sees_what_changed_and_what_is_gone(world: World, admin: Program) -> None:
    path = f"/v1/matters/{world.matter.pk}/documents"
    until = admin.get(path).json()["until"]
    world.matter.documents.update(updated_at=timezone.now() - timedelta(days=1))
    assert admin.get(f"{path}?updated_since={until.replace('+', '%2B')}").json()["items"] == []
    add_document(world.matter, "New.pdf")
    fresh = admin.get(f"{path}?updated_since={until.replace('+', '%2B')}").json()["items"]
    assert [row["name"] for row in fresh] == ["New.pdf"]
    known = {"sha256": [fresh[0]["sha256"], "0" * 64]}
    assert [row["here"] for row in admin.post(f"{path}/known", known).json()["items"]] == [True, False]
    assert admin.get(f"{path}/gone").json() == {"items": [], "after": 0}
    set_external_id(Document.objects.get(pk=fresh[0]["id"]), "DMS-7", actor=Actor(world.admin))
    withdraw_document(Document.objects.get(pk=fresh[0]["id"]), actor=Actor(world.admin))
    gone = admin.get(f"{path}/gone").json()
    (row,) = gone["items"]
    assert (row["id"], row["sha256"], row["external_id"]) == (fresh[0]["id"], fresh[0]["sha256"], "DMS-7")
    assert admin.get(f"{path}/gone?after={gone['after']}").json()["items"] == []


def test_a_repeat_has_no_second_effect(world: World, reader: Program) -> None:
    path, body = f"/v1/matters/{world.matter.pk}/questions", {"text": "Who pays?"}
    first = reader.post(path, body, Idempotency_Key="a")
    again = reader.post(path, body, Idempotency_Key="a")
    assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert Question.objects.filter(text="Who pays?").count() == 1
    refusal(reader.post(path, {"text": "Who?"}, Idempotency_Key="a"), 422, "idempotency-key-reused")
    other = program_of(world.admin).post(path, body, Idempotency_Key="a")
    assert other.json()["question"]["id"] != first.json()["question"]["id"]
    refusal(reader.post(path, {"text": " "}, Idempotency_Key="b"), 422, "question-missing")
    assert reader.post(path, {"text": "Now?"}, Idempotency_Key="b").status_code == 202
    Repeat.objects.update(finished_at=None)
    refusal(reader.post(path, body, Idempotency_Key="a"), 409, "idempotency-in-flight")
    Repeat.objects.update(claimed_at=timezone.now() - timedelta(minutes=2))
    assert reader.post(path, body, Idempotency_Key="a").status_code == 202


def test_every_post_is_done_once(world: World, admin: Program) -> None:
    """Whatever can be posted, twice with one key: what succeeds is replayed and happens once."""
    ids = {name: found[0] for name, found in ids_of(world, admin, {}).items()}
    chosen = {
        "/v1/matters/{matter_id}/grids": {"name": "Grid", "question_set_id": ids["question_set_id"]},
        "/v1/matters/{matter_id}/codings": {"code": "privileged:yes", "document_ids": [ids["document_id"]]},
    }
    replayed = []
    last = ("cancel", "archive")
    for path, methods in sorted(SCHEMA["paths"].items(), key=lambda found: found[0].endswith(last)):
        if "post" in methods and "multipart/form-data" not in str(methods["post"].get("requestBody")):
            sent = path.format(**ids), chosen.get(path, BODIES.get(path, {}))
            first = admin.post(*sent, Idempotency_Key=path)
            before = Event.objects.count()
            again = admin.post(*sent, Idempotency_Key=path)
            assert (again.status_code, Event.objects.count()) == (first.status_code, before), path
            if first.status_code < 300:
                assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true", path
                replayed.append(path)
    assert len(replayed) > 20, replayed


def test_repeated_files_are_compared_by_their_bytes(world: World, admin: Program) -> None:
    headers = {"Authorization": f"Bearer {admin.secret}", "Idempotency-Key": "f"}

    def send(content: bytes) -> Any:
        files = {"files": [SimpleUploadedFile("a.txt", content)]}
        return Client().post(f"/v1/matters/{world.matter.pk}/batches", files, headers=headers)

    first = send(b"One.")
    assert send(b"One.").json() == first.json()
    refusal(send(b"Two."), 422, "idempotency-key-reused")


def test_parts_go_on_where_they_were_cut_off(world: World, admin: Program) -> None:
    content = bytes(range(256)) * 40
    announced = {
        "name": "Binder.txt",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
    path = f"/v1/matters/{world.matter.pk}/uploads"
    upload = admin.post(path, announced).json()

    def part(offset: int, sent: bytes) -> Any:
        headers = {"Authorization": f"Bearer {admin.secret}", "Upload-Offset": str(offset)}
        return Client().patch(
            f"/v1/uploads/{upload['id']}", sent, content_type="application/octet-stream", headers=headers
        )

    assert part(0, content[:4000]).json()["received_bytes"] == 4000
    refusal(part(3999, content[3999:]), 409, "upload-offset-wrong")
    refusal(admin.post(f"/v1/uploads/{upload['id']}/complete"), 409, "upload-not-whole")
    refusal(part(4000, content[4000:] + b"x"), 413, "upload-too-long")
    assert part(4000, b"wrong" + content[4005:]).json()["received_bytes"] == len(content)
    refusal(admin.post(f"/v1/uploads/{upload['id']}/complete"), 422, "upload-hash-wrong")
    assert part(0, content).status_code == 200
    done = admin.post(f"/v1/uploads/{upload['id']}/complete")
    assert done.status_code == 202, done.content
    assert admin.post(f"/v1/uploads/{upload['id']}/complete").json()["batch"] == done.json()["batch"]
    row = admin.get(f"/v1/batches/{done.json()['batch']['id']}/items").json()["items"][0]
    assert row["sha256"] == announced["sha256"]
    known = {**announced, "sha256": world.documents["ready"].sha256}
    assert admin.post(path, known).json()["state"] == "here"


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
    assert staff.patch(path, {"name": "Newer"}, If_Match=tag).json()["name"] == "Newer"
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

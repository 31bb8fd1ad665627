"""What is asked again: tags that spare it, posts that are done once, uploads that go on."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reviewapp.api.models import Repeat, Upload
from reviewapp.api.uploads import store_upload
from reviewapp.api.urls import SCHEMA
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.actions import set_external_id
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.questions.models import Question
from tests.api.conftest import Program, program_of
from tests.api.test_conventions import BODIES, refusal
from tests.api.worlds import ids_of
from tests.pages.world import World, add_document, people_and_matter


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


def test_whatever_was_read_of_a_record_its_tag_lets_it_be_changed(world: World, admin: Program) -> None:
    path, tags = f"/v1/documents/{world.documents['ready'].pk}", set()
    for number, asked in enumerate(("", "?include=coding,brief", "?fields=external_id", "?include=notes")):
        read = admin.get(f"{path}{asked}")
        tags.add(read.headers["ETag"])
        same = admin.get(f"{path}{asked}", If_None_Match=read.headers["ETag"])
        assert (same.status_code, same.headers["ETag"]) == (304, read.headers["ETag"])
        changed = admin.patch(path, {"external_id": f"A-{number}"}, If_Match=read.headers["ETag"])
        assert changed.status_code == 200, asked
        outdated = admin.patch(path, {"external_id": "B"}, If_Match=read.headers["ETag"])
        refusal(outdated, 412, "changed-meanwhile")
    assert len(tags) == 4


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
    ready = world.documents["ready"]
    known = {**announced, "sha256": ready.sha256, "external_id": "DMS-1"}
    # as in a batch: a document that is here gets the name when it has none, from whichever had it
    set_external_id(world.documents["waiting"], "DMS-1", actor=Actor(world.admin))
    for name in ("DMS-1", "DMS-2"):
        here = admin.post(path, {**known, "external_id": name}).json()
        assert (here["state"], here["document_id"]) == ("here", str(ready.pk))
        assert admin.get(f"/v1/documents/{ready.pk}").json()["external_id"] == "DMS-1"
    told = Event.objects.filter(action="document.identified", object_id=str(ready.pk))
    assert [event.client for event in told] == ["archive"]
    assert Document.objects.filter(external_id="DMS-1").count() == 1


def test_of_two_completions_at_once_both_have_the_batch(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = people_and_matter()
    admin, content = program_of(world.admin), b"A long lease."
    announced = {
        "name": "Lease.txt",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
    where = admin.post(f"/v1/matters/{world.matter.pk}/uploads", announced).headers["Location"]
    headers = {"Authorization": f"Bearer {admin.secret}", "Upload-Offset": "0"}
    Client().patch(where, content, content_type="application/octet-stream", headers=headers)
    others: list[Any] = []

    def overtaken(upload: Upload) -> Any:
        """Another request completes the upload after this one has looked at it, and before it reads the bytes."""
        if not others:
            others.append(None)
            others.append(admin.post(f"{where}/complete"))
        return store_upload(upload)

    monkeypatch.setattr("reviewapp.api.resources.uploads.store_upload", overtaken)
    slow = admin.post(f"{where}/complete")
    assert (slow.status_code, others[1].status_code) == (202, 202), slow.content
    assert slow.json()["batch"]["id"] == others[1].json()["batch"]["id"]
    assert admin.get(where).json()["received_bytes"] == len(content)

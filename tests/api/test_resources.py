"""What programs get, make and change, through HTTP."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reviewapp.api.models import Operation
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Answer, Question
from tests.api.conftest import Program, program_of
from tests.api.test_conventions import refusal
from tests.intake.conftest import run_jobs
from tests.pages.world import World, add_document


def items(program: Program, path: str) -> list[dict[str, Any]]:
    """All items of a list, page after page."""
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        response = program.get(following)
        assert response.status_code == 200, response.content
        found += response.json()["items"]
        link = response.headers.get("Link", "")
        following = link.partition(">")[0].removeprefix("<http://testserver") if link else None
        assert bool(following) is (response.json()["next_cursor"] is not None)
    return found


def streamed(response: Any) -> bytes:
    """All that is sent of an answer in parts."""

    async def read() -> bytes:
        return b"".join([part async for part in response.streaming_content])

    return async_to_sync(read)()


def test_every_list_can_be_read_page_by_page(world: World, admin: Program) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    assert [row["name"] for row in items(admin, "/v1/matters")] == [world.matter.name]
    for name in ("documents", "members", "batches", "states", "questions", "operations", "claims"):
        whole = items(admin, f"{matter}/{name}?limit=100")
        assert items(admin, f"{matter}/{name}?limit=2") == whole, name
        assert len({row["id"] for row in whole}) == len(whole)
    documents = items(admin, f"{matter}/documents?include=notes,states,brief")
    assert len(documents) == 9
    ready = next(row for row in documents if row["id"] == str(world.documents["ready"].pk))
    assert ready["state"] == "ready" and ready["notes"][0]["kind"] == "covered"
    assert ready["states"][0]["state_id"]
    briefs = [row["brief"] for row in documents if row["brief"]]
    assert briefs and all(field["quotes"][0]["text"] for field in briefs[0]["fields"] if field["quotes"])
    assert items(admin, f"/v1/documents/{ready['id']}/pages?limit=1")[1]["number"] == 2
    assert world.batch is not None
    assert {row["disposition"] for row in items(admin, f"/v1/batches/{world.batch.pk}/items")} >= {"no-text"}


def test_a_claim_comes_with_its_proof(world: World, reader: Program) -> None:
    in_other_words = "Which contracts give somebody audit rights?"
    Question.objects.filter(pk=world.questions["not_found"].pk).update(
        in_full=in_other_words, left_aside=["on Mondays"]
    )
    other = reader.get(f"/v1/questions/{world.questions['not_found'].pk}").json()
    assert (other["understood_as"], other["text"] != in_other_words) == (in_other_words, True)
    assert other["left_aside"] == ["on Mondays"]
    question = reader.get(f"/v1/questions/{world.questions['answered'].pk}").json()
    assert question["understood_as"] == ""
    (claim,) = question["claims"]
    (quote,) = claim["quotes"]
    document = world.documents["ready"]
    assert (claim["state"], claim["answer"]) == ("check", "Massachusetts")
    assert claim["version_sha256"] == quote["version_sha256"] == document.sha256
    assert document.text()[quote["start"] : quote["end"]] == quote["text"]
    page = reader.get(f"/v1/documents/{document.pk}/pages/{quote['page']}").json()
    assert page["text"][quote["page_start"] : quote["page_end"]] == quote["text"]
    assert claim["model"]["state_ids"] and claim["cost"]["seconds"] > 0
    assert reader.get(f"/v1/claims/{claim['id']}").json() == claim
    absent = reader.get(f"/v1/questions/{world.questions['not_found'].pk}/claims").json()["items"][0]
    assert (absent["state"], absent["answer"]) == ("not_found", None)
    assert absent["quotes"][0]["kind"] == "passage"
    claims, since = f"/v1/matters/{world.matter.pk}/claims", timezone.now()
    Answer.objects.update(created_at=since - timedelta(days=2), finished_at=since - timedelta(days=1))
    changed = f"{claims}?{urlencode({'updated_since': since.isoformat()})}"
    first = reader.get(claims).json()
    assert claim["id"] in [row["id"] for row in first["items"]] and reader.get(changed).json()["items"] == []
    Answer.objects.filter(pk=claim["id"]).update(superseded_at=since)
    (gone,) = reader.get(changed).json()["items"]
    assert gone["id"] == claim["id"] and gone["superseded_at"]
    assert len(reader.get(claims).json()["items"]) == len(first["items"]) - 1
    refusal(program_of(world.outsider).get(changed), 404, "not-available")


def test_files_come_in_and_say_what_became_of_them(world: World, admin: Program) -> None:
    files = [SimpleUploadedFile("a/one.txt", b"One."), SimpleUploadedFile("two.txt", b"")]
    headers = {"Authorization": f"Bearer {admin.secret}", "Idempotency-Key": "files"}
    sent = {"files": files, "label": "Delivery 7", "external_ids": ["DMS-1", "DMS-2"]}
    response = Client().post(f"/v1/matters/{world.matter.pk}/batches", sent, headers=headers)
    assert response.status_code == 202, response.content
    begun = response.json()
    assert begun["batch"]["label"] == "Delivery 7" and begun["batch"]["files"] == 2
    assert response.headers["Location"] == f"/v1/operations/{begun['operation']['id']}"
    rows = items(admin, f"/v1/batches/{begun['batch']['id']}/items")
    assert [(row["name"], row["external_id"]) for row in rows] == [("one.txt", "DMS-1"), ("two.txt", "DMS-2")]
    operation = admin.get(response.headers["Location"]).json()
    assert (operation["status"], operation["progress"]["total"]) == ("running", 2)
    cancelled = admin.post(f"{response.headers['Location']}/cancel").json()
    assert (cancelled["status"], cancelled["progress"]["done"]) == ("cancelled", 2)


def test_a_file_under_a_known_external_id_is_a_new_version(world: World, admin: Program) -> None:
    def pushed(content: bytes) -> Any:
        files = [SimpleUploadedFile("lease.txt", content)]
        sent = {"files": files, "external_ids": ["DMS-9"]}
        begun = Client().post(
            f"/v1/matters/{world.matter.pk}/batches",
            sent,
            headers={"Authorization": f"Bearer {admin.secret}"},
        )
        run_jobs(Batch.objects.get(pk=begun.json()["batch"]["id"]))
        (item,) = items(admin, f"/v1/batches/{begun.json()['batch']['id']}/items")
        return item["disposition"], item["document_id"]

    disposition, document = pushed(b"The rent is 900.")
    assert disposition == "accepted"
    assert pushed(b"The rent is 950.") == ("accepted", document)
    assert pushed(b"The rent is 950.") == ("duplicate", document)
    assert pushed(b"The rent is 900.") == ("accepted", document)
    assert len(items(admin, f"/v1/documents/{document}/versions")) == 2
    (row,) = items(admin, f"/v1/matters/{world.matter.pk}/documents?external_id=DMS-9")
    assert row["id"] == document
    assert row["sha256"] == hashlib.sha256(b"The rent is 900.").hexdigest()
    original = f"/v1/documents/{document}/original"
    whole = admin.get(original)
    assert streamed(whole) == b"The rent is 900." and whole.headers["Accept-Ranges"] == "bytes"
    rest = admin.get(original, Range="bytes=4-", If_Range=whole.headers["ETag"])
    assert (rest.status_code, rest.headers["Content-Range"]) == (206, "bytes 4-15/16")
    assert streamed(rest) == b"rent is 900."
    for unfit in (
        {"Range": "bytes=4-", "If_Range": '"other"'},
        {"Range": "bytes=16-"},
        {"Range": "lines=1-"},
    ):
        assert streamed(admin.get(original, **unfit)) == b"The rent is 900."


def test_a_question_is_asked_in_the_name_of_the_program(world: World, reader: Program) -> None:
    path = f"/v1/matters/{world.matter.pk}/questions"
    response = reader.post(path, {"text": "Who is the landlord?"})
    assert response.status_code == 202, response.content
    asked = response.json()
    assert asked["question"]["status"] == "waiting"
    assert asked["operation"]["question_ids"] == [asked["question"]["id"]]
    events = items_of_audit(world)
    assert [event["client"] for event in events if event["type"] == "question.asked"][-1] == "archive"
    many = reader.post(f"{path}/many", {"texts": ["Rent?", "Term?"]}).json()
    assert many["progress"]["total"] == 2


def test_only_documents_of_the_matter_are_consolidated(world: World, admin: Program) -> None:
    path, here = f"/v1/matters/{world.matter.pk}/consolidations", str(world.documents["ready"].pk)
    elsewhere = add_document(create_matter("Theirs", actor=Actor(world.outsider)), "Theirs.pdf")
    before = Operation.objects.count()
    for unknown in (str(elsewhere.pk), str(uuid4()), "no id"):
        for keys in ([unknown], [here, unknown]):
            refused = admin.post(path, {"document_ids": keys})
            refusal(refused, 422, "input-invalid")
            where = f"/document_ids/{len(keys) - 1}"
            assert [error["pointer"] for error in refused.json()["errors"]] == [where]
    assert Operation.objects.count() == before
    assert admin.post(path, {"document_ids": [here]}).status_code == 202


def items_of_audit(world: World) -> list[dict[str, Any]]:
    auditor = program_of(world.admin, "audit")
    found: list[dict[str, Any]] = []
    after = 0
    while True:
        page = auditor.get(f"/v1/matters/{world.matter.pk}/events?after={after}&limit=20").json()
        if not page["items"]:
            return found
        assert [event["sequence"] for event in page["items"]] == sorted(e["sequence"] for e in page["items"])
        found, after = found + page["items"], page["after"]

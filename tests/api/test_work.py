"""Grids, reviews, coding, exports, versions and webhooks, as programs use them."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviewapp.documents.models import Document
from reviewapp.exports.tasks import make_export
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Question
from reviewapp.reviews.tasks import code_documents
from tests.api.conftest import Program, program_of
from tests.api.test_conventions import refusal
from tests.api.test_resources import items, streamed
from tests.pages.world import GOVERNED, World, finding, finish


def test_a_grid_from_its_set_to_its_cells(world: World, reader: Program) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    law = {"wording": "Which law governs?", "label": "Law"}
    made = reader.post(f"{matter}/question-sets", {"name": "Terms", "columns": [law]})
    assert made.status_code == 201 and made.json()["columns"][0]["type"] == "text"
    where = made.headers["Location"]
    end = {"wording": "When does the term end?", "type": "date"}
    tag = reader.get(where).headers["ETag"]
    changed = reader.patch(where, {"columns": [law, end]}, If_Match=tag)
    assert (changed.json()["version"], changed.json()["name"]) == (2, "Terms")
    refusal(reader.patch(where, {"name": "Other"}, If_Match=tag), 412, "changed-meanwhile")
    assert [row["number"] for row in items(reader, f"{where}/versions?limit=1")] == [2, 1]
    lease = world.documents["ready"]
    body: dict[str, Any] = {
        "name": "Leases", "question_set_id": made.json()["id"], "document_ids": [str(lease.pk)],
    }  # fmt: skip
    refusal(reader.post(f"{matter}/grids", {**body, "version": 9}), 422, "input-invalid")
    grid = reader.post(f"{matter}/grids", body)
    assert grid.status_code == 201 and grid.json()["status"] == "new"
    path = grid.headers["Location"]
    begun = reader.post(f"{path}/run", Idempotency_Key="run")
    assert begun.status_code == 202 and begun.json()["grid"]["status"] == "running"
    assert reader.post(f"{path}/run", Idempotency_Key="run").json() == begun.json()
    asked = begun.json()["operation"]["question_ids"]
    assert begun.json()["operation"]["progress"]["total"] == len(asked) == 2
    finish(Question.objects.get(pk=asked[0]), finding(lease, GOVERNED, supported=True))
    (cell,) = [row for row in items(reader, f"{path}/cells?limit=1") if row["claim"]["state"] == "supported"]
    assert (cell["column"], cell["claim"]["answer"], cell["review"]) == (1, "Massachusetts", None)
    assert reader.get(path).json()["progress"]["done"] == 1
    assert items(reader, f"{path}/cells?show=unreviewed")[0]["id"] == cell["id"]
    lines = streamed(reader.get(f"{path}/cells.ndjson")).decode().splitlines()
    assert cell in [json.loads(line) for line in lines]
    until = reader.get(f"{path}/cells").json()["until"].replace("+", "%2B")
    assert reader.get(f"{path}/cells?updated_since={until}").json()["items"]
    assert reader.post(f"{path}/pause").json()["status"] == "paused"
    assert reader.get(begun.headers["Location"]).json()["status"] == "cancelled"
    column = f"/v1/columns/{cell['column_id']}"
    refusal(reader.patch(column, law), 428, "if-match-missing")
    assert reader.patch(column, {**law, "label": "The law"}, If_Match="*").json()["label"] == "The law"
    assert reader.post(f"{path}/columns", end).json()["number"] == 3
    assert [row["name"] for row in items(reader, f"{matter}/grids")] == ["Leases", "Leases of Harbour Street"]
    refusal(program_of(world.reviewer, "read").post(f"{path}/run"), 403, "scope-missing")


def test_claims_are_reviewed_and_documents_coded(world: World, admin: Program) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    claim = f"/v1/claims/{world.questions['answered'].answers.get().pk}"
    reviewer = program_of(world.reviewer, "review")
    assert reviewer.get(f"{claim}/review").json()["number"] == 0
    said = {"kind": "correct", "seen": 0, "text": "Delaware"}
    decided = reviewer.post(f"{claim}/decisions", said, Idempotency_Key="d")
    assert decided.status_code == 201 and decided.json()["decision"] == "correct"
    assert reviewer.post(f"{claim}/decisions", said, Idempotency_Key="d").json() == decided.json()
    refusal(admin.post(f"{claim}/decisions", said), 409, "decision-conflict")
    refusal(reviewer.post(f"{claim}/decisions", {"kind": "confirm", "seen": 1}), 409, "second-person-needed")
    assert admin.post(f"{claim}/decisions", {"kind": "confirm", "seen": 1}).json()["confirmed_by"]
    assert reviewer.post(f"{claim}/comments", {"text": "See the side letter."}).status_code == 201
    whole = reviewer.get(f"{claim}/review").json()
    assert [made["kind"] for made in whole["decisions"]] == ["correct", "confirm"]
    assert [made["text"] for made in whole["comments"]] == ["See the side letter."]
    (row,) = items(reviewer, f"{matter}/reviews")
    assert (row["text"], row["by"]["username"]) == ("Delaware", "rhea")
    document = f"/v1/documents/{world.documents['ready'].pk}"
    before = Document.objects.get(pk=world.documents["ready"].pk).updated_at
    issue = reviewer.post(f"{matter}/issues", {"name": "Rent"}).json()["name"]
    assert issue in [row["name"] for row in items(reviewer, f"{matter}/codes?limit=3")]
    tag = reviewer.get(f"{document}/coding").headers["ETag"]
    sent = {"set": [issue, "privileged:yes"]}
    assert reviewer.patch(f"{document}/coding", sent, If_Match=tag).json()["codes"] == [
        issue,
        "privileged:yes",
    ]
    refusal(reviewer.patch(f"{document}/coding", sent, If_Match=tag), 412, "changed-meanwhile")
    assert admin.get(f"{document}?include=coding").json()["coding"] == [issue, "privileged:yes"]
    assert Document.objects.get(pk=world.documents["ready"].pk).updated_at > before
    many = {"code": "responsive:no", "document_ids": [str(world.documents["waiting"].pk)]}
    refusal(reviewer.post(f"{matter}/codings", {**many, "code": "responsive:perhaps"}), 422, "code-unknown")
    operation = reviewer.post(f"{matter}/codings", many)
    assert (operation.status_code, operation.json()["kind"]) == (202, "coding")
    code_documents(str(Job.objects.get(kind="code_documents").pk))
    assert reviewer.get(operation.headers["Location"]).json()["status"] == "succeeded"
    refusal(program_of(world.reviewer, "ask").post(f"{claim}/decisions", said), 403, "scope-missing")


def test_answers_are_exported(world: World, reader: Program) -> None:
    assert world.grid is not None
    matter = f"/v1/matters/{world.matter.pk}"
    begun = reader.post(f"{matter}/exports", {"format": "json", "grid_id": str(world.grid.pk)})
    assert (begun.status_code, begun.json()["export"]["status"]) == (202, "making")
    path = f"/v1/exports/{begun.json()['export']['id']}"
    refusal(reader.get(f"{path}/file"), 409, "export-not-ready")
    for job in Job.objects.filter(kind="make_export"):
        make_export(str(job.pk))
    assert reader.get(path).json()["status"] == "made"
    assert reader.get(begun.headers["Location"]).json()["status"] == "succeeded"
    taken = reader.get(f"{path}/file")
    assert json.loads(streamed(taken))["shape"] == "nightbrief-export/1"
    assert reader.get(f"{path}/file", If_None_Match=taken.headers["ETag"]).status_code == 304
    assert {row["status"] for row in items(reader, f"{matter}/exports?limit=1")} == {"made"}
    wrong = {"format": "csv", "question_id": "0" * 8}
    refusal(reader.post(f"{matter}/exports", wrong), 422, "input-invalid")


def test_documents_are_replaced_withdrawn_and_known_by_their_clauses(world: World, admin: Program) -> None:
    matter = f"/v1/matters/{world.matter.pk}"
    document = f"/v1/documents/{world.documents['ready'].pk}"
    kinds = {row["kind"]: row for row in items(admin, f"{document}/clauses?limit=1")}
    assert kinds["Minimum Commitment"]["value"] == "USD 12,500"
    assert kinds["Minimum Commitment"]["quotes"][0]["heading"] == "3. Rent"
    (absent,) = items(admin, f"{matter}/clauses?kind=Audit%20Rights&state=not_found")
    assert absent["passages"] and not absent["quotes"]
    assert admin.get(f"{document}/brief").json()["fields"]
    refusal(admin.get(f"/v1/documents/{world.documents['waiting'].pk}/brief"), 404, "not-available")
    refusal(admin.get(f"{document}/pages/1/image"), 404, "not-available")
    headers = {"Authorization": f"Bearer {admin.secret}", "Idempotency-Key": "v"}
    sent = [
        Client().post(
            f"{document}/versions", {"file": SimpleUploadedFile("new.txt", b"New.")}, headers=headers
        )
        for _ in range(2)
    ]
    assert [response.status_code for response in sent] == [202, 202] and sent[0].json() == sent[1].json()
    (item,) = items(admin, f"/v1/batches/{sent[0].json()['batch']['id']}/items")
    assert item["name"] == "new.txt" and items(admin, f"{document}/versions") == []
    refusal(admin.send("delete", document), 428, "if-match-missing")
    tag = admin.get(document).headers["ETag"]
    assert admin.send("delete", f"{document}?reason=Privileged", If_Match=tag).status_code == 204
    refusal(admin.get(document), 404, "not-available")
    assert len(admin.get(f"{matter}/documents/gone").json()["items"]) == 1


def test_people_and_webhooks(world: World, admin: Program, reader: Program) -> None:
    people = {row["username"]: row["id"] for row in items(reader, "/v1/people?limit=1")}
    assert set(people) == {"ada", "rhea"}
    assert reader.get(f"/v1/people/{people['ada']}").json()["name"] == "Ada Okafor"
    refusal(reader.get(f"/v1/people/{world.outsider.pk}"), 404, "not-available")
    bound = program_of(world.admin, matters=[create_matter("Other", actor=Actor(world.admin))])
    assert [row["username"] for row in items(bound, "/v1/people")] == ["ada"]
    matter = f"/v1/matters/{world.matter.pk}"
    sent = {"url": "https://example.org/told", "events": ["question.answered"]}
    refusal(reader.post(f"{matter}/webhooks", sent), 403, "scope-missing")
    refusal(admin.post(f"{matter}/webhooks", {**sent, "events": ["no.such"]}), 422, "webhook-kind-unknown")
    made = admin.post(f"{matter}/webhooks", sent)
    path = made.headers["Location"]
    assert made.status_code == 201 and "secret" not in admin.get(path).json()
    assert admin.post(f"{path}/secret").json()["secret"] != made.json()["secret"]
    assert admin.patch(path, {"on": False}, If_Match="*").json()["off_because"] == "by_hand"
    refusal(admin.patch(path, {"events": ["no.such"]}, If_Match="*"), 422, "webhook-kind-unknown")
    chosen = admin.patch(path, {"events": ["grid.created"]}, If_Match="*").json()
    assert (chosen["events"], chosen["on"]) == (["grid.created"], False)
    assert admin.post(f"{path}/test").json()["type"] == "webhook.test"
    (sent_once,) = items(admin, f"{path}/deliveries")
    refusal(admin.post(f"/v1/deliveries/{sent_once['id']}/again"), 409, "webhook-under-way")
    assert admin.send("delete", path, If_Match="*").status_code == 204
    assert items(admin, f"{matter}/webhooks") == []

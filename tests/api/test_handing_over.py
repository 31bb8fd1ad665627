"""What is handed over: load files, productions, whole matters; comparisons, nights, parts of grids, samples."""

import io
import zipfile
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviewapp.jobs import work
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.models import Compared
from reviewapp.lab.results import store_part
from reviewapp.loads.tasks import check_load, take_load, write_production
from reviewapp.moving.tasks import take_in_matter, undo_arrival, write_archive
from reviewapp.states.models import Night
from tests.api.conftest import Program, program_of
from tests.api.test_conventions import refusal
from tests.api.test_resources import items, streamed
from tests.loads.conftest import FILES, TABLE
from tests.pages.world import World

TASKS = (check_load, take_load, write_production, write_archive, take_in_matter, undo_arrival)


@pytest.fixture(autouse=True)
def no_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)


def worked() -> None:
    """Do what a worker does with load files, productions and archives."""
    tasks = {task.name.rpartition(".")[2]: task for task in TASKS}
    while job := Job.objects.filter(kind__in=tasks, status=Status.WAITING).first():
        tasks[job.kind](str(job.pk))


def sent(program: Program, path: str, **form: Any) -> Any:
    files = {
        key: SimpleUploadedFile(key, value) if isinstance(value, bytes) else value
        for key, value in form.items()
    }
    return Client().post(path, files, headers={"Authorization": f"Bearer {program.secret}"})


def test_a_load_file_comes_in_and_goes_out(world: World, admin: Program, reader: Program) -> None:
    matter, producer, admin = f"/v1/matters/{world.matter.pk}", admin, program_of(world.admin, "upload")
    refusal(sent(reader, f"{matter}/loads", table=TABLE), 403, "scope-missing")
    refusal(sent(admin, f"{matter}/loads", table=b"\n"), 422, "load-file-unreadable")
    begun = sent(admin, f"{matter}/loads", table=TABLE, files=FILES, source="Counsel")
    load = f"/v1/loads/{begun.json()['load']['id']}"
    assert begun.status_code == 202 and begun.json()["load"]["status"] == "checking"
    worked()
    looked = admin.get(load).json()
    assert (looked["status"], looked["mapping"]["BEGBATES"], looked["counts"]["rejected"]) == (
        "checked",
        "begin",
        3,
    )
    problems = items(admin, f"{load}/problems?limit=2")
    assert [(row["row"], row["code"]) for row in problems if row["rejected"]] == [
        (4, "number-repeated"), (5, "nothing-to-read"), (6, "number-missing"),
    ]  # fmt: skip
    refusal(admin.post(f"{load}/columns", {"mapping": {"BEGBATES": "x"}}), 422, "field-unknown")
    worked()
    mapped = admin.post(f"{load}/columns", {"mapping": looked["mapping"]}).json()
    worked()
    assert admin.get(f"/v1/operations/{mapped['operation']['id']}").json()["status"] == "succeeded"
    started = admin.post(f"{load}/start", Idempotency_Key="s")
    worked()
    assert started.status_code == 202
    assert admin.post(f"{started.headers['Location']}/cancel").json()["status"] == "succeeded"
    assert admin.post(f"{load}/start", Idempotency_Key="s").json() == started.json()
    refusal(admin.post(f"{load}/start"), 409, "load-finished")
    loaded = admin.get(load).json()
    assert (
        loaded["status"] == "loaded" and admin.get(f"/v1/batches/{loaded['batch_id']}").json()["files"] == 3
    )
    refusal(admin.post(f"{matter}/productions", {"prefix": "NB-"}), 403, "scope-missing")
    admin = producer
    production = admin.post(f"{matter}/productions", {"prefix": "NB-", "table": "csv", "images": True}).json()
    path = f"/v1/productions/{production['production']['id']}"
    refusal(admin.get(f"{path}/file"), 404, "production-missing")
    worked()
    asked = {"prefix": "NB-", "table": "csv", "images": True}
    ended = admin.post(f"{matter}/productions", asked, Idempotency_Key="p", Prefer="wait=1")
    assert ended.json()["production"]["status"] == "making"
    worked()
    ended = admin.post(f"{matter}/productions", asked, Idempotency_Key="p", Prefer="wait=1").json()
    assert (ended["production"]["status"], ended["operation"]["status"]) == ("made", "succeeded")
    with zipfile.ZipFile(io.BytesIO(streamed(admin.get(f"{path}/file")))) as archive:
        assert {"loadfile.csv", "loadfile.opt", "report.csv"} <= set(archive.namelist())
    assert [row["status"] for row in items(admin, f"{matter}/productions")] == ["made", "made"]
    refusal(program_of(world.reviewer).get(path), 404, "not-available")


def test_a_whole_matter_goes_out_and_comes_in(world: World, admin: Program) -> None:
    matter, staff = f"/v1/matters/{world.matter.pk}", program_of(world.staff)
    refusal(program_of(world.reviewer).post(f"{matter}/archives", {}), 404, "not-available")
    begun = admin.post(f"{matter}/archives", {"states": False})
    path = f"/v1/archives/{begun.json()['archive']['id']}"
    refusal(admin.get(f"{path}/file"), 409, "archive-not-ready")
    refusal(admin.post(f"{matter}/archives", {}), 409, "archive-under-way")
    stopped = f"{begun.headers['Location']}/cancel"
    refusal(program_of(world.reviewer).post(stopped), 404, "not-available")
    assert admin.post(stopped).json()["status"] == "cancelled"
    begun = admin.post(f"{matter}/archives", {"states": False})
    path = f"/v1/archives/{begun.json()['archive']['id']}"
    worked()
    file = admin.get(f"{path}/file")
    data = streamed(file)
    assert admin.get(f"{path}/file", If_None_Match=file.headers["ETag"]).status_code == 304
    refusal(sent(admin, "/v1/arrivals", archive=data), 403, "may-not-create-matters")
    refusal(sent(staff, "/v1/arrivals", archive=b"no zip"), 422, "archive-broken")
    arrival = sent(staff, "/v1/arrivals", archive=data, name="Elsewhere")
    assert (arrival.status_code, arrival.json()["status"], arrival.json()["matter_id"]) == (
        202,
        "waiting",
        None,
    )
    worked()
    done = staff.get(arrival.headers["Location"]).json()
    assert (done["status"], done["left_out"]) == ("done", 0)
    assert staff.get(f"/v1/matters/{done['matter_id']}").json()["name"] == "Elsewhere"
    refusal(staff.post(f"{arrival.headers['Location']}/give-up"), 409, "arrival-over")
    assert [row["id"] for row in items(staff, "/v1/arrivals")] == [done["id"]]


QUESTIONS = b"document,question,answer\nlease.pdf,Which law governs?,Massachusetts\nnone.pdf,Who pays?,\n"


def test_ways_to_keep_documents_are_compared(world: World, admin: Program, reader: Program) -> None:
    lab = f"/v1/matters/{world.matter.pk}/comparisons"
    refusal(admin.post(lab, {"source": "own"}), 415, "media-type-unsupported")
    refusal(sent(reader, lab, source="own", questions=QUESTIONS), 403, "scope-missing")
    refusal(sent(program_of(world.reviewer), lab, source="own", questions=QUESTIONS), 404, "not-available")
    refusal(sent(admin, lab, source="own"), 422, "questions-missing")
    refusal(sent(admin, lab, source="own", minutes=7, questions=QUESTIONS), 422, "lab-minutes-unknown")
    said = refusal(sent(admin, lab, minutes="x"), 422, "input-invalid")
    assert {error["pointer"] for error in said["errors"]} == {"/source", "/minutes"}
    name = world.documents["ready"].name.encode()
    made = sent(admin, lab, source="own", questions=QUESTIONS.replace(b"lease.pdf", name))
    path, draft = made.headers["Location"], made.json()
    assert (made.status_code, draft["status"], draft["documents"][0]["questions"]) == (201, "draft", 1)
    assert [left["where"] for left in draft["left_out"]] and draft["expected_seconds"] > 0
    refusal(reader.get(path), 404, "not-available")
    assert items(reader, lab) == [] and [row["id"] for row in items(admin, lab)] == [draft["id"]]
    refusal(program_of(world.reviewer).post(f"{path}/begin"), 404, "not-available")
    begun = admin.post(f"{path}/begin", Idempotency_Key="b")
    where = begun.headers["Location"]
    assert begun.status_code == 202 and begun.json()["comparison"]["status"] == "running"
    assert admin.post(f"{path}/begin", Idempotency_Key="b").json() == begun.json()
    refusal(admin.post(f"{path}/begin"), 409, "comparison-begun")
    refusal(admin.send("delete", path, If_Match="*"), 409, "comparison-under-way")
    (part,) = Compared.objects.filter(comparison=draft["id"])
    store_part(part, [{"question": "Which law governs?", "way": "product"}], 2.0)
    refusal(program_of(world.outsider).get(where), 404, "not-available")
    assert [(row["code"], row["status"]) for row in items(reader, f"{where}/items")] == [
        ("measured", "succeeded")
    ]
    store_part(part, [], 0.0)
    refusal(program_of(world.reviewer).post(f"{where}/cancel"), 404, "not-available")
    assert admin.post(f"{where}/cancel").json()["status"] == "cancelled"
    assert reader.get(path).json()["status"] == "cancelled"
    assert b"".join(reader.get(f"{path}/table").streaming_content) == b""
    refusal(reader.send("delete", path, If_Match="*"), 403, "scope-missing")
    tag = admin.get(path).headers["ETag"]
    assert admin.send("delete", path, If_Match=tag).status_code == 204
    assert admin.get(where).json()["errors"][0]["code"] == "gone"


def test_nights_are_allowed_and_ended(
    world: World, admin: Program, reader: Program, settings: LazySettings
) -> None:
    nights = f"/v1/matters/{world.matter.pk}/nights"
    settings.NIGHT = None
    assert reader.get(nights).json()["hours"] is None
    refusal(admin.post(f"{nights}/allow"), 409, "nights-off")
    settings.NIGHT = (20, 6)
    refusal(reader.post(f"{nights}/allow"), 403, "scope-missing")
    refusal(program_of(world.reviewer).post(f"{nights}/allow"), 404, "not-available")
    allowed = program_of(world.admin, "consolidate").post(f"{nights}/allow").json()
    assert (allowed["allowed"], allowed["allowed_by"]["username"]) == (True, "ada")
    assert reader.get(nights).json() == allowed and allowed["hours"] == {"first": 20, "last": 6}
    refusal(reader.post(f"{nights}/end"), 403, "scope-missing")
    waits = reader.get(nights).json()["documents"]
    assert waits
    ended = admin.post(f"{nights}/end").json()
    assert (ended["allowed"], ended["documents"]) == (False, 0) and not Night.objects.exists()
    assert len(set(Job.objects.filter(status="waiting").values_list("subject_id", flat=True))) >= waits


def test_views_assignments_and_samples(world: World, reader: Program) -> None:
    assert world.grid is not None
    grid, other = f"/v1/grids/{world.grid.pk}", program_of(world.outsider)
    kept = reader.post(f"{grid}/views", {"name": "To do", "query": "show=check"})
    assert kept.status_code == 201 and reader.get(kept.headers["Location"]).json() == kept.json()
    assert [row["name"] for row in items(reader, f"{grid}/views?limit=1")] == ["To check", "To do"]
    refusal(other.get(kept.headers["Location"]), 404, "not-available")
    tag = reader.get(kept.headers["Location"]).headers["ETag"]
    assert reader.send("delete", kept.headers["Location"], None, If_Match=tag).status_code == 204
    part = {"document_id": str(world.documents["ready"].pk), "person_id": str(world.reviewer.pk)}
    refusal(reader.post(f"{grid}/assignments", {"person_id": None}), 422, "input-invalid")
    refusal(
        reader.post(f"{grid}/assignments", {**part, "person_id": str(world.outsider.pk)}),
        422,
        "input-invalid",
    )
    assigned = reader.post(f"{grid}/assignments", part).json()["items"]
    assert [(row["member"]["username"], bool(row["column_id"])) for row in assigned].count(
        ("rhea", False)
    ) == 1
    assert (
        len(reader.post(f"{grid}/assignments", {**part, "person_id": None}).json()["items"])
        == len(assigned) - 1
    )
    samples, reviewer = f"/v1/matters/{world.matter.pk}/samples", program_of(world.reviewer, "review")
    drawn = reviewer.post(samples, {"size": 2, "seed": 5})
    assert drawn.status_code == 201 and len(drawn.json()["claim_ids"]) == 2 and drawn.json()["decided"] == 0
    assert reviewer.post(samples, {"size": 2, "seed": 5}).json()["claim_ids"] == drawn.json()["claim_ids"]
    reviewer.post(f"/v1/claims/{drawn.json()['claim_ids'][0]}/decisions", {"kind": "accept", "seen": 0})
    found = reviewer.get(drawn.headers["Location"]).json()
    assert (found["decided"], found["precision"]["right"], found["precision"]["number"]) == (1, 1, 1)
    refusal(program_of(world.reviewer, "read").post(samples, {"size": 1}), 403, "scope-missing")
    assert len(items(reviewer, samples)) == 3

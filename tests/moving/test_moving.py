"""Whole matters: what goes out comes in elsewhere, whole or not at all, and only by those who may."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.events.models import EventElsewhere
from reviewapp.events.reading import pages_read
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.identity import identify_matter
from reviewapp.matters.models import Membership
from reviewapp.moving import actions, reading
from reviewapp.moving.models import PersonElsewhere
from reviewapp.moving.tables import TABLES
from reviewapp.questions.models import Answer, Citation
from reviewapp.reviews.models import Decision
from tests.api.conftest import program_of
from tests.loads.conftest import FILES, MAIL
from tests.moving.conftest import (
    LEFT,
    brought_in,
    changed,
    files_of,
    tables_of,
    taken_out,
)
from tests.pages.world import World

pytestmark = pytest.mark.django_db


def test_what_comes_in_is_what_went_out(world: World, tmp_path: Path) -> None:
    pages_read(world.matter.pk, world.documents["ready"].pk, [2, 2], actor=Actor(world.reviewer))
    identify_matter(world.matter, "CMS-7", actor=Actor(world.admin))
    data = taken_out(world.matter, Actor(world.admin))
    held = files_of(data)
    told = map(json.loads, held["audit/1.ndjson"].splitlines())
    (read,) = [line for line in told if line["type"] == "page.read"]
    assert (read["by"], read["object_id"]) == ("rhea", str(world.documents["ready"].pk))
    assert read["detail"] == {"page": 2}
    assert {f"records/{table.name}.ndjson" for table in TABLES} <= set(held)
    empty = {table.name for table in TABLES if not held[f"records/{table.name}.ndjson"]}
    assert empty <= {"withdrawals", "question_withdrawn", "grid_documents"}, empty
    assert held[f"originals/{hashlib.sha256(MAIL).hexdigest()}"] == MAIL
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for line in archive.read("matter/manifest-sha256.txt").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(f"matter/{name}")).hexdigest() == digest
    arrival = brought_in(data, Actor(world.staff), "Elsewhere")
    assert arrival.finished_at and arrival.counts["left_out"] == 0, arrival.reason
    again = files_of(taken_out(arrival.matter, Actor(world.staff)))
    matter = json.loads(again.pop("matter.json"))
    assert (matter["name"], matter["external_id"]) == ("Elsewhere", "CMS-7") and held.pop("matter.json")
    since = [json.loads(line)["type"] for line in again.pop("audit/2.ndjson").splitlines()]
    assert "matter.arrived" in since and "question.asked" not in since
    assert set(held.pop("people.ndjson").splitlines()) < set(again.pop("people.ndjson").splitlines())
    assert {each for each in held if held[each] != again.get(each)} == set() and set(again) == set(held)
    # What happened there stands beside what happens here, for admins of the matter.
    happened = EventElsewhere.objects.filter(matter=arrival.matter)
    assert happened.count() == len(held["audit/1.ndjson"].splitlines()) > 20
    shown = Client()
    shown.force_login(world.staff)
    assert "Before it came here" in shown.get(reverse("audit", args=[arrival.matter_id])).content.decode()
    page = shown.get(reverse("elsewhere", args=[arrival.matter_id])).content.decode()
    lease = Document.objects.get(matter=arrival.matter, name=world.documents["ready"].name)
    assert reverse("document", args=[lease.pk]) in page and "Page read" in page and "<td" in page
    table = b"".join(shown.get(reverse("elsewhere_csv", args=[arrival.matter_id]))).decode()
    assert len(table.splitlines()) > happened.count() and str(lease.pk) in table
    listed = program_of(world.staff).get(f"/v1/matters/{arrival.matter_id}/events/elsewhere?limit=500").json()
    assert [row["at"] for row in listed["items"]] == sorted(row["at"] for row in listed["items"])
    assert {row["person"] for row in listed["items"]} == {"", "ada", "rhea"}
    read = next(row for row in listed["items"] if row["type"] == "page.read")
    assert (read["object_id"], read["installation"]) == (str(lease.pk), 1)
    member = next(row for row in listed["items"] if row["type"] == "member.added")
    assert member["detail"]["member"] in {"ada", "rhea"} and "user_id" not in member["detail"]
    # What came in is a matter like any other; the people whom the archive names are nobody here.
    assert Membership.objects.get(matter=arrival.matter).user == world.staff
    quote = Citation.objects.filter(document__matter=arrival.matter, kind="quote").select_related("document")[
        0
    ]
    assert quote.document.text_between(quote.start, quote.end) == quote.quote
    strangers = PersonElsewhere.objects.filter(matter=arrival.matter).select_related("user")
    assert {one.name for one in strangers} == {"ada", "rhea"} and not any(
        one.user.is_active for one in strangers
    )
    assert Decision.objects.get(answer__question__matter=arrival.matter).by.username.startswith("ada+")
    waiting = Job.objects.filter(matter=arrival.matter, kind="consolidate", status=Status.WAITING).count()
    assert waiting == Document.objects.filter(matter=arrival.matter).count() > 10
    assert storage.vault_of("bank").exists(f"{arrival.matter_id}/{states_in(held)[0]}")


def states_in(held: dict[str, bytes]) -> list[str]:
    return [name.removeprefix("states/") for name in held if name.startswith("states/")]


def test_an_interrupted_arrival_goes_on_and_a_broken_archive_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, staff = taken_out(world.matter, Actor(world.admin)), Actor(world.staff)
    whole, calls = reading._insert, 0

    def killed(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls in (5, 20):
            raise MemoryError
        whole(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_insert", killed)
        arrival = brought_in(data, staff)
    assert arrival.finished_at and arrival.jobs.get().attempts == 3
    assert {
        key: len(rows.splitlines()) for key, rows in tables_of(taken_out(arrival.matter, staff)).items()
    } == {key: len(rows.splitlines()) for key, rows in tables_of(data).items()}
    there = {model: model._base_manager.count() for model in LEFT}
    rows = files_of(data)["records/answers.ndjson"]
    answer = json.loads(rows.splitlines()[0])
    foreign = json.dumps(answer | {"id": str(Answer.objects.latest("created_at").pk)}).encode()
    for name, content, why in (
        ("records/answers.ndjson", b"{}\n", "other fields"),
        ("records/answers.ndjson", rows + b"\n" + rows, "contradict"),
        ("records/answers.ndjson", json.dumps(answer | {"state": "certain"}).encode(), "state is not"),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"of_later": 1}).encode(),
            "Row 1 of answers: the row has",
        ),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"parts": {"a": 1}}).encode(),
            "Row 1 of answers: parts",
        ),
        (
            "records/answers.ndjson",
            json.dumps(answer | {"parts": [{"state": []}]}).encode(),
            "answers: parts",
        ),
        ("records/answers.ndjson", json.dumps(answer | {"cost": [1]}).encode(), "Row 1 of answers: cost"),
        (
            "text/" + json.loads(files_of(data)["records/pages.ndjson"].splitlines()[0])["document"] + ".txt",
            b"x",
            "text",
        ),
        (f"originals/{'0' * 64}", b"other bytes", "not what its name says"),
        ("states/../../x.safetensors", b"x", "name that states do not have"),
    ):
        arrival = brought_in(changed(data, name, content), staff)
        assert arrival.undone_at and why in arrival.reason, (why, arrival.reason)
        assert not list(storage.vault_of("blobs").names(str(arrival.matter_id)))
        assert not Membership.objects.filter(matter=arrival.matter).exists()
    assert {model: model._base_manager.count() for model in LEFT} == there
    # A row of the id of another matter's record is another record here; one of nothing is left out, and told.
    arrival = brought_in(changed(data, "records/answers.ndjson", foreign), staff)
    assert arrival.counts["answers"] == 1 and arrival.counts["left_out"] > 1
    for wrong, code in (
        (b"no zip", "archive-broken"),
        (data[:-200], "archive-broken"),
        (FILES, "archive-broken"),
    ):
        with pytest.raises(ActionError) as refused:
            actions.bring_in(actions.keep_arrival([wrong]), "x.zip", actor=staff)
        assert refused.value.code == code
    bent = data.replace(MAIL[:40], MAIL[:39] + b"!", 1)
    assert bent != data and "cannot be unpacked" in brought_in(bent, staff).reason

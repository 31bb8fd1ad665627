"""Who takes matters out and brings them in, by page and by command, and what older archives lack."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.models import Withdrawal
from reviewapp.documents.signals import document_forgotten
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter
from reviewapp.moving import actions
from reviewapp.moving.models import Archive, Arrival
from reviewapp.moving.policy import may_bring_in, may_take_out
from reviewapp.moving.storage import archives_vault, name_of
from reviewapp.questions.models import Answer
from tests.moving.conftest import brought_in, changed, files_of, taken_out, worked
from tests.pages.world import World

pytestmark = pytest.mark.django_db
#: What an archive of the same format did not have when it was first written.
NEWER = {
    "answers": ("parts", "condition"),
    "citations": ("left_out",),
    "questions": ("of_any", "in_full", "left_aside", "thread", "scope_withdrawn"),
}


def test_an_older_archive_is_taken_with_the_defaults_of_what_it_lacks(world: World) -> None:
    data = taken_out(world.matter, Actor(world.admin))
    held = files_of(data)
    for table, lacking in NEWER.items():
        rows = [json.loads(line) for line in held[f"records/{table}.ndjson"].splitlines()]
        older = [{name: value for name, value in row.items() if name not in lacking} for row in rows]
        data = changed(data, f"records/{table}.ndjson", b"\n".join(json.dumps(row).encode() for row in older))
    arrival = brought_in(data, Actor(world.staff))
    assert arrival.finished_at and arrival.counts["left_out"] == 0, arrival.reason
    cells = Answer.objects.filter(question__matter=arrival.matter)
    assert cells.count() == len(held["records/answers.ndjson"].splitlines()) > 1
    assert [(cell.parts, cell.condition) for cell in cells] == [([], "")] * cells.count()
    # An id has no default: what would be another record each time is none.
    rows = [json.loads(line) for line in held["records/answers.ndjson"].splitlines()]
    del rows[1]["id"]
    nameless = changed(data, "records/answers.ndjson", b"\n".join(json.dumps(row).encode() for row in rows))
    assert "Row 2 of answers: the row has" in brought_in(nameless, Actor(world.staff)).reason


def test_only_admins_take_out_and_only_who_may_make_matters_brings_in(
    world: World, client: Client, settings: Settings
) -> None:
    assert [may_take_out(Actor(one), world.matter) for one in (world.admin, world.reviewer, world.staff)] == [
        True, False, False,
    ]  # fmt: skip
    assert [may_bring_in(Actor(one)) for one in (world.staff, world.admin, world.outsider)] == [
        True,
        False,
        False,
    ]
    page = reverse("archives", args=[world.matter.pk])
    client.force_login(world.admin)
    assert client.post(page, {"with_states": "on"}).status_code == 302
    worked()
    archive = Archive.objects.get()
    assert archive.file_name in client.get(page).content.decode()
    response = client.get(reverse("archive_file", args=[archive.pk]))
    assert response.streaming and int(response["Content-Length"]) == archive.size_bytes
    told = Event.objects.filter(matter=world.matter, action__startswith="archive.").values_list(
        "action", flat=True
    )
    assert sorted(told) == ["archive.downloaded", "archive.made", "archive.requested"]
    assert client.get(reverse("arrivals")).status_code == 404
    client.force_login(world.staff)
    assert client.get(reverse("arrivals")).status_code == 200
    with archives_vault().open(name_of(archive)) as sent:
        assert client.post(reverse("arrivals"), {"archive": sent, "name": "Copy"}).status_code == 302
    arrival = Arrival.objects.get()
    assert "Copy" not in client.get(reverse("matters")).content.decode()
    assert client.post(reverse("give_up_arrival", args=[arrival.pk])).status_code == 302
    worked()
    assert "Nothing of it was kept" in client.get(reverse("arrivals")).content.decode()
    # A document that is withdrawn takes the archives with it that hold it.
    withdraw_document(world.documents["ready"], reason="Privileged.", actor=Actor(world.admin))
    document_forgotten.send(Withdrawal, withdrawal=Withdrawal.objects.get())
    archive.refresh_from_db()
    assert archive.gone and not archives_vault().exists(name_of(archive))
    settings.ARCHIVE_MIB = 0
    with pytest.raises(ActionError, match="larger"):
        actions.keep_arrival([b"x"])


def test_the_command_takes_out_and_brings_in(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "matter.zip"
    call_command("archive", "out", str(world.matter.pk), str(file), "--user", "ada", "--without-states")
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if "/states/" in name]
    call_command("archive", "in", str(file), "--user", "stella", "--name", "Copy")
    assert "Copy: " in capsys.readouterr().out and Matter.objects.get(name="Copy").arrival.finished_at

"""Grids, exports, watched folders, load files and comparisons from the command line, against a served product."""

import csv
import hashlib
import os
import shlex
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.conf import settings
from typer.core import TyperGroup
from typer.main import get_command

from reviewapp.client.__main__ import app
from reviewapp.client.connection import Nightbrief
from reviewapp.client.watch import Watch
from reviewapp.exports.tasks import make_export
from reviewapp.frame.actor import Actor
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.models import Comparison
from reviewapp.lab.results import store_figures, store_part
from reviewapp.questions.models import Question
from reviewapp.states.models import State
from tests.api.conftest import program_of
from tests.api.test_handing_over import worked
from tests.client.test_client import done, started
from tests.loads.conftest import FILES, TABLE
from tests.pages.browsing import served
from tests.pages.world import GOVERNED, World, add_document, finding, finish, people_and_matter


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def world(transactional_db: None) -> World:
    return people_and_matter()


def until(true: Callable[[], Any], running: Any) -> Any:
    """What becomes true while a command runs."""
    while not (found := true()):
        assert running.poll() is None, done(running)
        time.sleep(0.05)
    return found


def test_a_grid_is_run_printed_and_exported(
    world: World, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = add_document(world.matter, "lease.pdf")
    save_set(world.matter, "Terms", [Asked("Law", "Which law governs?")], actor=Actor(world.admin))
    monkeypatch.setenv("NIGHTBRIEF_TOKEN", "")
    home = tmp_path / "home"
    with served() as address:
        secret = program_of(world.reviewer, "ask").secret
        assert done(started(repository, home, "login", "--address", address, "--token", secret))[0] == 0
        status, said = done(started(repository, home, "grid", "Leases", "--set", "Nothing"))
        assert (status, said.split(":")[0]) == (1, "set-unclear")
        running = started(repository, home, "grid", "Leases", "--set", "Terms")
        question = until(Question.objects.first, running)
        finish(question, finding(lease, GOVERNED))
        Job.objects.filter(subject_id=question.pk).update(status=Status.SUCCEEDED)
        status, said = done(running)
        assert status == 0 and "Massachusetts (to check)" in said and "lease.pdf" in said, said
        running = started(
            repository, home, "export", "-f", "csv", "--grid", "Leases", "-o", str(tmp_path / "a.csv")
        )
        make_export(str(until(Job.objects.filter(kind="make_export").first, running).pk))
        status, said = done(running)
        assert status == 0, said
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any("Massachusetts" in cell for row in csv.reader(file) for cell in row)
    assert not (tmp_path / "a.csv.part").exists()


def test_a_watched_folder_goes_on_where_it_was(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "one.txt").write_text("One.")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("The lease.")  # a name that is not UTF-8
    (folder / "growing.txt.part").write_text("Not yet")
    secret = program_of(world.admin, "upload").secret

    def begun(nightbrief: Nightbrief) -> Watch:
        return Watch(nightbrief, str(world.matter.pk), folder)

    with served() as address, Nightbrief(address, secret) as nightbrief:
        watched = begun(nightbrief)
        assert [watched.look() for _ in range(3)] == [0, 2, 0]
        (folder / "two.txt").write_text("Two")
        watched.look()
        (folder / "two.txt").write_text("Two, longer")  # it grew between two looks
        assert [watched.look(), watched.look()] == [0, 1]
        assert list(watched.problems()) == []
        again = begun(nightbrief)
        assert [again.look(), again.look()] == [0, 0] and again.is_waiting
        read = BatchItem.objects.filter(name__in=["one.txt", "café.txt"])
        read.update(disposition=Disposition.ACCEPTED)
        BatchItem.objects.filter(name="two.txt").update(
            disposition=Disposition.DAMAGED, reason="It is cut short."
        )
        assert list(again.problems()) == ["two.txt: It is cut short."]
        assert not begun(nightbrief).is_waiting
    assert sorted(BatchItem.objects.values_list("name", flat=True)) == ["café.txt", "one.txt", "two.txt"]


def test_load_files_and_whole_matters_come_in_and_go_out(
    world: World, repository: Path, tmp_path: Path
) -> None:
    home, table, files = tmp_path / "home", tmp_path / "delivery.dat", tmp_path / "files.zip"
    table.write_bytes(TABLE)
    files.write_bytes(FILES)
    secret, staff = program_of(world.admin).secret, program_of(world.staff).secret

    add_document(world.matter, "long.pdf", [os.urandom(150_000).hex()])
    heard: list[int] = []

    def cut_off_once(size: int) -> None:
        heard.append(size)
        if len(heard) == 3:
            raise httpx2.ReadError("cut off")

    def said(*command: str) -> tuple[int, str]:
        running = started(repository, home, *command)
        while running.poll() is None:
            worked()
            time.sleep(0.1)
        return done(running)

    with served() as address:
        assert said("login", "--address", address, "--token", secret)[0] == 0
        status, text = said("load", "in", str(table), "--files", str(files), "--check")
        assert (status, "3 would be taken in, 3 rejected" in text) == (1, True), text
        status, text = said("load", "in", str(table), "--files", str(files), "--map", "BEGBATES=begin")
        assert (status, "3 taken in, and being read, 3 rejected" in text) == (1, True), text
        assert said("load", "in", str(table), "--map", "BEGBATES")[1].startswith("map-unclear: ")
        out = tmp_path / "production.zip"
        status, text = said("load", "out", "--prefix", "NB-", "--table", "csv", "-o", str(out))
        assert status == 0 and zipfile.is_zipfile(out), text
        assert said("load", "out", "--prefix", "NB-", "--grid", "None")[1].startswith("grid-unknown: ")
        whole = tmp_path / "whole.zip"
        status, text = said("archive", "out", "--no-states", "-o", str(whole))
        assert status == 0 and hashlib.sha256(whole.read_bytes()).hexdigest() in text.replace("\n", ""), text
        with Nightbrief(address, secret, pause=lambda seconds: None) as nightbrief:
            made = next(nightbrief.archives(str(world.matter.pk)))
            nightbrief.save_archive(made, whole, cut_off_once)
        assert sum(heard) == whole.stat().st_size == made.size_bytes and min(heard) == 0
        assert "may-not-create-matters: " in said("archive", "in", str(whole))[1]
        assert said("login", "--address", address, "--token", staff)[0] == 0
        assert "archive-broken: " in said("archive", "in", str(out))[1]
        status, text = said("archive", "in", str(whole), "--name", "Elsewhere")
        assert status == 0 and "Elsewhere: " in text and "Elsewhere" in said("matters")[1], text
        case = ("--add", "Harbour Street", "--external-id", "CMS-7")
        assert "CMS-7" in said("matters", *case)[1] and said("matters", *case)[0] == 0
        assert said("matters", "--external-id", "CMS-7")[1].count("Harbour Street") == 1
        assert said("push", str(table), "--matter", "CMS-7", "--no-wait")[0] == 0


def test_ways_to_keep_documents_are_compared_and_nights_told(
    world: World, repository: Path, tmp_path: Path
) -> None:
    add_document(world.matter, "lease.pdf")
    asked, rows, home = tmp_path / "ours.csv", tmp_path / "rows.csv", tmp_path / "home"
    asked.write_text("document,question,answer\nlease.pdf,Which law governs?,Massachusetts\n")
    with served() as address:
        secret = program_of(world.admin).secret
        assert done(started(repository, home, "login", "--address", address, "--token", secret))[0] == 0
        said = done(started(repository, home, "nights"))[1]
        assert "Not at night (from 22:00 to 06:00 UTC)." in said and "a night would do: 1, about 1 s." in said
        said = " ".join(done(started(repository, home, "nights", "--allow"))[1].split())
        assert "from 22:00 to 06:00 UTC, as Ada Okafor allowed on " in said and "failed" not in said
        State.objects.create(document=world.matter.documents.get(), status="failed", memory=settings.MEMORY)
        said = done(started(repository, home, "nights"))[1]
        assert "Documents of the next night: 0." in said and "until they are tried again: 1." in said
        State.objects.all().delete()
        status, said = done(started(repository, home, "compare", str(asked), "--no-begin"))
        assert status == 0 and "Documents: 1, questions: 1" in said and not Job.objects.exists(), said
        running = started(repository, home, "compare", str(asked), "-o", str(rows))
        comparison = until(Comparison.objects.filter(status="running").first, running)
        store_part(comparison.parts.get(), [{"way": "product", "right": True}], 1.0)
        store_figures(comparison, {"product_question_ms": 12.0, "product_values_right": 100.0})
        Job.objects.filter(subject_id=comparison.pk).update(status=Status.SUCCEEDED)
        Comparison.objects.filter(pk=comparison.pk).update(status="done")
        status, said = done(running)
        assert status == 0 and "product" in said and "100" in said, said
    assert "Measured: documents 1 of 1, questions 1 of 1." in said
    assert rows.read_text().splitlines() == [
        "document_number,document,question_number,way,right", "1,lease.pdf,,product,True",
    ]  # fmt: skip


def test_commands_of_the_docs_are_commands(repository: Path) -> None:
    text = (repository / "docs" / "integrators.md").read_text().partition("## From the command line")[2]
    lines = [line.partition("#")[0] for line in text.partition("```sh\n")[2].partition("```")[0].splitlines()]
    assert len(lines) > 9
    for line in lines:
        name, *arguments = shlex.split(line)
        assert name == "./nightbrief"
        command = get_command(app)
        while isinstance(command, TyperGroup):
            command = command.commands[arguments.pop(0)]
        _, rest, _ = command.make_parser(command.context_class(command)).parse_args(arguments)
        assert not rest, line

"""The Python client and the command line against a served product."""

import hashlib
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from reviewapp.api.actions import revoke_token
from reviewapp.api.models import Token, Upload
from reviewapp.client import credentials
from reviewapp.client.connection import PART_BYTES, Nightbrief
from reviewapp.client.credentials import Credentials
from reviewapp.client.push import Pushed, files_in, look_at, push
from reviewapp.client.sending import NightbriefError
from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import BatchItem
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Question
from scripts import client_shapes
from tests.api.conftest import program_of
from tests.pages.browsing import served
from tests.pages.world import GOVERNED, World, add_document, finding, finish, people_and_matter


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def world(transactional_db: None) -> World:
    return people_and_matter()


def started(repository: Path, home: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A command of the command line, as a process of its own that knows no login but that in `home`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTBRIEF_")}
    environment |= {"XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(repository)}
    command = [sys.executable, "-m", "reviewapp.client", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def done(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit status, and all that it printed."""
    said, complained = process.communicate(timeout=120)
    return process.returncode, said + complained


def test_an_interrupted_push_goes_on(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "delivery"
    contents = {
        "a/lease.txt": b"A lease.",
        "b.txt": b"An agreement.",
        "here.txt": b"Known.",
        "large.txt": b"A long lease.\n" * (PART_BYTES // 10),
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / ".hidden").write_text("not ours")
    known = add_document(world.matter, "here.txt")
    Document.objects.filter(pk=known.pk).update(sha256=hashlib.sha256(contents["here.txt"]).hexdigest())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    program = program_of(world.admin, "upload")
    sent: list[int] = []

    def cut_off(size: int) -> None:
        sent.append(size)
        if sum(sent) > PART_BYTES:
            raise KeyboardInterrupt

    files = [look_at(path) for path in files_in(folder)]
    with served() as address, Nightbrief(address, program.secret) as nightbrief:
        with pytest.raises(KeyboardInterrupt):
            push(nightbrief, str(world.matter.pk), files, progress=cut_off)
        (upload,) = Upload.objects.all()
        assert upload.received_bytes == PART_BYTES and upload.batch_id is None
        pushed = push(nightbrief, str(world.matter.pk), files)
        assert pushed == Pushed(here=1, sent=3, operation_ids=pushed.operation_ids)
        assert nightbrief.operation(pushed.operation_ids[-1]).progress.total == 1
    items = {item.name: item for item in BatchItem.objects.all()}
    assert Upload.objects.count() == 1 and len(items) == BatchItem.objects.count() == 3
    for name in ("a/lease.txt", "b.txt", "large.txt"):
        with storage.entry_of(items[Path(name).name].blob).open() as stored:
            assert stored.read() == contents[name]
    assert not list((tmp_path / "home" / "nightbrief" / "uploads").iterdir())


def test_too_many_requests_are_waited_out_and_a_revoked_token_ends_it(world: World, settings: Any) -> None:
    program = program_of(world.reviewer, "read")
    settings.API_REQUESTS_PER_MINUTE = 1
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        settings.API_REQUESTS_PER_MINUTE = 1000

    with served() as address, Nightbrief(address, program.secret, pause=pause) as nightbrief:
        assert nightbrief.me().person.username == "rhea"
        assert [matter.name for matter in nightbrief.matters()] == [world.matter.name]
        assert len(waited) == 1 and 1 <= waited[0] <= 60
        with pytest.raises(NightbriefError, match="scope") as refused:
            nightbrief.ask(str(world.matter.pk), "Which law?")
        assert refused.value.code == "scope-missing"
        revoke_token(Token.objects.get(), actor=Actor(world.reviewer))
        with pytest.raises(NightbriefError) as ended:
            nightbrief.me()
        assert (ended.value.code, ended.value.status) == ("token-invalid", 401)
    assert len(waited) == 1


def test_the_command_line_signs_in_pushes_and_asks(world: World, repository: Path, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "delivery"
    folder.mkdir()
    (folder / "lease.txt").write_text("A lease.")
    lease = add_document(world.matter, "lease \x1b[31m.pdf")
    secret = program_of(world.admin, "ask", "upload").secret
    assert done(started(repository, home, "matters"))[1].startswith("not-signed-in: ")
    with served() as address:
        status, said = done(started(repository, home, "login", "--address", address, "--token", secret))
        assert status == 0 and "Ada Okafor" in said and secret not in said
        assert stat.S_IMODE((home / "nightbrief" / "login.json").stat().st_mode) == 0o600
        assert str(world.matter.pk) in done(started(repository, home, "matters"))[1]
        status, said = done(started(repository, home, "push", str(folder), "--no-wait"))
        assert status == 0 and "1 sent, 0 already here" in said
        asking = started(repository, home, "ask", "Which law governs?", "--document", str(lease.pk))
        while (question := Question.objects.first()) is None:
            assert asking.poll() is None, done(asking)
            time.sleep(0.05)
        finish(question, finding(lease, GOVERNED))
        Job.objects.filter(subject_id=question.pk).update(status=Status.SUCCEEDED)
        status, said = done(asking)
        assert status == 0 and "lease  [31m.pdf" in said and "\x1b" not in said
        assert "Massachusetts\n" in said and "p. 2: “This Agreement is governed" in said
        revoke_token(Token.objects.get(), actor=Actor(world.admin))
        status, said = done(started(repository, home, "matters"))
        assert status == 1 and said.startswith("token-invalid: ") and "Traceback" not in said


def test_a_token_goes_only_to_the_installation_that_it_is_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in (credentials.ADDRESS, credentials.TOKEN):
        monkeypatch.delenv(name, raising=False)
    kept = Credentials("https://here.example", "nb_kept")
    credentials.keep(kept)
    assert credentials.read() == kept
    monkeypatch.setenv(credentials.ADDRESS, "https://here.example/")
    assert credentials.read() == kept
    monkeypatch.setenv(credentials.ADDRESS, "https://elsewhere.example")
    assert credentials.read() is None
    monkeypatch.setenv(credentials.TOKEN, "nb_other")
    assert credentials.read() == Credentials("https://elsewhere.example", "nb_other")
    monkeypatch.delenv(credentials.ADDRESS)
    assert credentials.read() == Credentials("http://127.0.0.1:8000", "nb_other")


def test_types_are_those_of_the_openapi_document() -> None:
    assert client_shapes.main() == 0

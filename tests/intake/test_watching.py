"""A watched folder: nothing is taken twice and nothing lost, whatever is killed when."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from reviewapp.intake import actions, watching
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.intake.watching import Watch, folders_of
from reviewapp.matters.models import Matter
from tests.intake.conftest import run_jobs

pytestmark = pytest.mark.django_db


def paths(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_are_taken_in_when_whole_and_moved_when_settled(matter: Matter, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "lease.txt").write_text("The lease runs for ten years.")
    (tmp_path / "bad.pdf").write_text("%PDF-1.4 no")
    old = tmp_path / os.fsdecode(b"caf\xe9.txt")  # NB: a name that is not UTF-8, as old shares have them
    old.write_text("The café is let.")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "coming.pdf.part").write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")  # NB: who opens it waits for ever
    growing = tmp_path / "growing.txt"
    growing.write_text("It")
    watch = Watch(tmp_path, matter)
    assert watch.look() == 0
    growing.write_text("It grows still.")
    assert watch.look() == 3
    batch = Batch.objects.get()
    assert batch.items.filter(name="café.txt").exists()
    assert (batch.source, batch.created_by) == (Source.FOLDER, None)
    assert watch.look() == 1
    for made in Batch.objects.all():
        run_jobs(made)
    assert watch.look() == 0
    assert paths(tmp_path) == [
        ".hidden",
        "coming.pdf.part",
        os.fsdecode(b"done/caf\xe9.txt"),
        "done/deep/lease.txt",
        "done/growing.txt",
        "problems/bad.pdf",
    ]
    shutil.copy(tmp_path / "done/growing.txt", growing)
    other = Watch(tmp_path, matter)
    assert (other.look(), other.look()) == (0, 1)
    for made in Batch.objects.all():
        run_jobs(made)
    other.look()
    assert "done/growing (2).txt" in paths(tmp_path)
    assert matter.documents.count() == 3


def test_folders_that_were_emptied_go_once_nobody_may_be_filling_them(
    matter: Matter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("all/deep", "some", "bad", "new", "hidden"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("all/deep/a.txt", "some/b.txt", "some/c.txt.part", "hidden/d.txt", "hidden/.keep"):
        (tmp_path / name).write_text(f"The text of {name}.")
    (tmp_path / "bad" / "e.pdf").write_text("%PDF-1.4 no")
    watch = Watch(tmp_path, matter)
    watch.look(), watch.look()
    run_jobs(Batch.objects.get())
    watch.look(), watch.look()
    assert "done/all/deep/a.txt" in paths(tmp_path) and (tmp_path / "all/deep").is_dir(), "it may be filled"
    monkeypatch.setattr(watching, "EMPTY_SECONDS", -1)
    for _ in range(3):
        Watch(tmp_path, matter).look()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["done", "hidden", "new", "problems", "some"]
    shutil.rmtree(tmp_path / "some")
    shutil.rmtree(tmp_path / "hidden")
    Watch(tmp_path, matter).look()
    assert tmp_path.is_dir() and (tmp_path / "done/some/b.txt").exists()


def test_what_was_stored_before_a_kill_is_not_taken_again(
    matter: Matter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"This is file number {number}.")

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    watch = Watch(tmp_path, matter)
    watch.look()
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(actions, "record", killed)  # NB: the bytes are stored then, the rows are not
        watch.look()
    assert not BatchItem.objects.exists()
    watch = Watch(tmp_path, matter)
    assert (watch.look(), watch.look()) == (0, 3)
    watch = Watch(tmp_path, matter)
    assert (watch.look(), watch.look()) == (0, 0)
    run_jobs(Batch.objects.get())
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Path, "rename", killed)
        watch.look()
    Watch(tmp_path, matter).look()
    assert paths(tmp_path) == [f"done/{number}.txt" for number in range(3)]
    assert sorted(BatchItem.objects.values_list("name", flat=True)) == ["0.txt", "1.txt", "2.txt"]


def test_the_command_looks_at_the_folders_of_the_setting(
    matter: Matter, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "a.txt").write_text("The lease runs for ten years.")
    settings.WATCH, settings.WATCH_SECONDS = f"{tmp_path}={matter.name}", 0.1
    call_command("watch", "--once")
    assert BatchItem.objects.get().name == "a.txt"
    for wrong in (f"{tmp_path}=Nothing", f"{tmp_path / 'absent'}={matter.pk}", "no sign", ""):
        settings.WATCH = wrong
        with pytest.raises(CommandError):
            call_command("watch", "--once")
    assert folders_of("/a=b=c ; /d=e") == [(Path("/a=b"), "c"), (Path("/d"), "e")]

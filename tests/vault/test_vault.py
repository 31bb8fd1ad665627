"""A folder as a vault: whole bytes under safe names."""

import os
import time
from pathlib import Path

import pytest

from vault.vault import Entry, FolderVault


def test_what_is_written_is_read(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path)
    with vault.write("states/a/one") as file:
        file.write(b"first")
    with vault.write("states/a/one") as file:
        file.write(b"second")
    with vault.open("states/a/one") as file:
        assert file.read() == b"second"
    assert (vault.exists("states/a/one"), vault.size("states/a/one")) == (True, 6)
    with vault.write("states/b/two"):
        assert sorted(vault.names()) == ["states/a/one"]
    assert sorted(vault.names("states/b")) == ["states/b/two"]
    assert not list(vault.names("nothing"))
    vault.remove("states/a/one")
    vault.remove("states/a/one")
    assert not vault.exists("states/a/one")
    with pytest.raises(FileNotFoundError):
        vault.open("states/a/one")


def test_a_failed_write_leaves_the_earlier_bytes_and_no_draft(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path)
    with vault.write("one") as file:
        file.write(b"whole")

    def fail() -> None:
        with vault.write("one") as file:
            file.write(b"ha")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    with vault.open("one") as file:
        assert file.read() == b"whole"
    assert not list(vault.drafts().iterdir())


def test_drafts_of_killed_processes_are_removed_when_they_are_old(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path)
    assert vault.remove_drafts(hours=24) == 0
    for name, hours in (("old", 25), ("fresh", 23), ("uploads/old", 25), ("../kept", 25)):
        path = vault.drafts() / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"ha")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    assert vault.remove_drafts(hours=24) == 1
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"incoming/fresh", "incoming/uploads/old", "kept"}


def test_a_draft_is_named_when_it_is_known_and_earlier_bytes_stay(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path)
    for data in (b"first", b"later"):
        with vault.draft() as draft:
            draft.file.write(data)
            draft.keep("by hash")
    with Entry(vault, "by hash").open() as file:
        assert file.read() == b"first"
    assert not list(vault.drafts().iterdir())


@pytest.mark.parametrize("name", ["", ".", "..", "../out", "/etc/passwd", "a/../../out"])
def test_a_name_stays_inside(tmp_path: Path, name: str) -> None:
    vault = FolderVault(tmp_path / "vault")
    with pytest.raises(ValueError, match="vault"):
        vault.exists(name)
    with pytest.raises(ValueError, match="vault"), vault.write(name):
        pass

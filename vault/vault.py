"""Named bytes, and a folder that keeps them.

A name is a relative path with `/`. Bytes under a name are always whole: they are written to a draft, flushed to
disk and then given their name, and the folder is flushed too, so that the name outlives a power cut.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal, Protocol

DRAFTS = "incoming"


class Draft(Protocol):
    """Bytes under way; they get a name by `keep`, or are gone when the block that wrote them ends."""

    @property
    def file(self) -> IO[bytes]:
        """Where the bytes are written."""

    def keep(self, name: str, *, replace: bool = False) -> None:
        """Give the bytes a name. Where it is taken, the earlier bytes stay unless `replace`."""


class Vault(Protocol):
    """Named bytes. Each method raises ValueError for a name that leads outside, and OSError of the disk."""

    def open(self, name: str) -> IO[bytes]:
        """The bytes, for reading. Raises FileNotFoundError."""

    def draft(self) -> AbstractContextManager[Draft]:
        """Bytes whose name is known when they are written (their hash)."""

    def write(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Write bytes; they replace earlier ones when the block ends, and nothing changes when it fails."""

    def remove(self, name: str) -> None:
        """Delete the bytes; deleting what is absent is no error."""

    def exists(self, name: str) -> bool:
        """Whether there are bytes of this name."""

    def size(self, name: str) -> int:
        """How many bytes there are. Raises FileNotFoundError."""

    def names(self, folder: str = "") -> Iterator[str]:
        """The names that lie below a folder, all by default, in no order; drafts are none."""

    def local(self, name: str) -> Path | None:
        """The file of a name, whether or not it is there yet, for who maps it into memory and appends to it.

        A vault need not have it: None where bytes are not kept as they are (encrypted, elsewhere), and who asks does
        without. What is written there is written past the vault.
        """


@dataclass(frozen=True)
class Entry:
    """Bytes of a vault, as something that can be opened; equal to another of the same vault and name."""

    vault: Vault
    name: str

    def open(self, mode: Literal["rb"] = "rb") -> IO[bytes]:
        """The bytes, for reading. Raises FileNotFoundError, ValueError and OSError."""
        del mode
        return self.vault.open(self.name)


class _FileDraft:
    def __init__(self, vault: "FolderVault", path: Path, file: IO[bytes]) -> None:
        self.file = file
        self._vault, self._path = vault, path

    def keep(self, name: str, *, replace: bool = False) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        _move(self._path, self._vault.path(name), replace=replace)


@dataclass(frozen=True)
class FolderVault:
    """A vault in a folder, one file a name. Drafts lie on the same file system, in `incoming` below it."""

    folder: Path

    def path(self, name: str) -> Path:
        """The file of a name. Raises ValueError for one that leads outside the folder."""
        if not name or PurePosixPath(name).is_absolute():
            raise ValueError("a name in a vault is a relative path")
        root = self.folder.resolve()
        path = (root / name).resolve()
        if path == root or not path.is_relative_to(root):
            raise ValueError("a name in a vault does not lead outside it")
        return path

    def drafts(self) -> Path:
        """The folder of drafts; made when it is absent."""
        folder = self.folder / DRAFTS
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def open(self, name: str) -> IO[bytes]:
        return self.path(name).open("rb")

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        path = self.drafts() / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            with path.open("xb") as file:
                yield _FileDraft(self, path, file)
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def write(self, name: str) -> Iterator[IO[bytes]]:
        self.path(name)
        with self.draft() as draft:
            yield draft.file
            draft.keep(name, replace=True)

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return self.path(name).is_file()

    def size(self, name: str) -> int:
        return self.path(name).stat().st_size

    def names(self, folder: str = "") -> Iterator[str]:
        root = self.folder.resolve()
        for below, _, files in os.walk(self.path(folder) if folder else root):
            names = ((Path(below) / file).relative_to(root) for file in files)
            yield from (name.as_posix() for name in names if name.parts[0] != DRAFTS)

    def local(self, name: str) -> Path | None:
        return self.path(name)

    def remove_drafts(self, *, hours: float) -> int:
        """Remove the drafts that nobody has written to for so long: their process was killed. Returns how many."""
        latest, removed = time.time() - hours * 3600, 0
        folder = self.folder / DRAFTS
        for path in folder.iterdir() if folder.is_dir() else ():
            # NB: one that is kept or given up meanwhile is gone.
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime < latest:
                    path.unlink()
                    removed += 1
        return removed


def _move(draft: Path, path: Path, *, replace: bool) -> None:
    if not replace and path.exists():
        return
    made = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o400)
    if replace:
        draft.replace(path)
    else:
        # NB: link, not replace: bytes that another process kept meanwhile stay as they are.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    for folder in {path.parent, *(folder.parent for folder in made)}:
        _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Bytes as received, stored under the SHA-256 of their content, one folder per matter.

A blob is written to a temporary file, flushed to disk and then renamed, so that a file under its final name
is always whole; the folder is flushed too, so that the name outlives a power cut.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

_CHUNK = 2**20


class TooLargeError(Exception):
    """The bytes are more than the limit; nothing was stored."""


@dataclass(frozen=True)
class Stored:
    """A stored blob: its hash in hex, its size in bytes, its path relative to the data folder."""

    sha256: str
    size_bytes: int
    blob: str


def store(matter_id: UUID, chunks: Iterable[bytes], *, most_bytes: int) -> Stored:
    """Store bytes of a matter. Storing the same bytes again changes nothing.

    Raises TooLargeError past `most_bytes`, and OSError when the disk refuses.
    """
    folder = temporary_folder()
    draft = folder / f"{os.getpid()}-{secrets.token_hex(8)}"
    digest = hashlib.sha256()
    size = 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most_bytes:
                    raise TooLargeError
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        blob = _name(matter_id, digest.hexdigest())
        _move(draft, path_of(blob))
    finally:
        draft.unlink(missing_ok=True)
    return Stored(digest.hexdigest(), size, blob)


def path_of(blob: str) -> Path:
    """The file of a blob. Raises ValueError for a path outside the data folder."""
    path = (settings.DATA / blob).resolve()
    if not path.is_relative_to(settings.DATA):
        raise ValueError("a blob lies inside the data folder")
    return path


def temporary_folder() -> Path:
    """A folder on the blobs' file system for files under way."""
    folder: Path = settings.DATA / "blobs" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, in chunks."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _name(matter_id: UUID, sha256: str) -> str:
    return f"blobs/{matter_id}/{sha256}"


def _move(draft: Path, path: Path) -> None:
    if path.exists():
        return
    missing = [path.parent, *path.parent.parents]
    made = [folder for folder in missing if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o400)
    # NB: link before unlink, not replace: a blob that another worker stored meanwhile stays as it is.
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

"""The vaults of an installation; bytes as received, under the SHA-256 of their content, a folder per matter."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from vault.vault import Entry, FolderVault

#: No file takes as long to come in, nor an export to be written.
DRAFT_HOURS = 24
_CHUNK = 2**20
_BLOBS = "blobs"


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
    digest = hashlib.sha256()
    size = 0
    with vault_of(_BLOBS).draft() as draft:
        for chunk in chunks:
            size += len(chunk)
            if size > most_bytes:
                raise TooLargeError
            digest.update(chunk)
            draft.file.write(chunk)
        name = f"{matter_id}/{digest.hexdigest()}"
        draft.keep(name)
    return Stored(digest.hexdigest(), size, f"{_BLOBS}/{name}")


def entry_of(blob: str) -> Entry:
    """A blob, to be opened. Raises ValueError for a path that is no blob's."""
    folder, _, name = blob.partition("/")
    if folder != _BLOBS or not name:
        raise ValueError("a blob lies in the folder of blobs")
    return Entry(vault_of(_BLOBS), name)


def is_there(blob: str) -> bool:
    """Whether the bytes of a blob are kept. Raises ValueError for a path that is no blob's."""
    entry = entry_of(blob)
    return entry.vault.exists(entry.name)


def remove(blob: str) -> None:
    """Delete a blob; deleting an absent one is no error. Raises ValueError for a path that is no blob's."""
    entry = entry_of(blob)
    entry.vault.remove(entry.name)


def temporary_folder() -> Path:
    """A folder on the blobs' file system for files under way."""
    return vault_of(_BLOBS).drafts()


def read_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, in chunks."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def vaults() -> Iterator[FolderVault]:
    """Every vault of the installation that there is by now; each keeps a matter's bytes in a folder of its id."""
    yield from (FolderVault(path) for path in sorted(settings.DATA.iterdir()) if path.is_dir())


def remove_drafts() -> int:
    """Remove what killed processes have left half-written in any vault. Returns how many files."""
    return sum(vault.remove_drafts(hours=DRAFT_HOURS) for vault in vaults())


def vault_of(what: str) -> FolderVault:
    """Where bytes of a kind are kept, and the only place that says how: `blobs` as received, `bank` of states."""
    return FolderVault(settings.DATA / what)

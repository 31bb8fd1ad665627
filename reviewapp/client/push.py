"""Adding a folder's files to a matter: what is there already is not sent, and what was cut off goes on."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from readers.filenames import as_text
from reviewapp.client.connection import Nightbrief
from reviewapp.client.credentials import folder, write_private
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes import Upload

#: Files up to this size go together in requests; larger ones in parts.
SMALL_BYTES = 4 * 2**20
MOST_TOGETHER, MOST_BYTES_TOGETHER = 100, 16 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True)
class Found:
    """A file to push: where it is, its name in the matter, and what it holds."""

    path: Path
    name: str
    size_bytes: int
    sha256: str


@dataclass
class Pushed:
    """What became of a push: how many files were there already, and the operations that read the others."""

    here: int = 0
    sent: int = 0
    operation_ids: list[str] = field(default_factory=list)


def files_in(path: Path) -> list[Path]:
    """The files in a folder and below it, in their order; hidden ones and links are left out. A file is itself."""
    if path.is_file():
        return [path]
    inside = (each for each in sorted(path.rglob("*")) if each.is_file() and not each.is_symlink())
    return [each for each in inside if not any(p.startswith(".") for p in each.relative_to(path).parts)]


def look_at(path: Path) -> Found:
    """Read a file for its hash. Its name in the matter is without its folders, as with every other upload."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Found(path, as_text(path.name), size, digest.hexdigest())


def push(
    nightbrief: Nightbrief,
    matter_id: str,
    files: Sequence[Found],
    *,
    label: str = "",
    progress: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Send what the matter has not; `progress` hears of bytes that are sent or need not be.

    Interrupted, it goes on when it is called again. Raises NightbriefError when the server refuses.
    """
    pushed = Pushed()
    known = nightbrief.known(matter_id, list(dict.fromkeys(one.sha256 for one in files)))
    missing = []
    for one in files:
        if one.sha256 in known:
            pushed.here += 1
            progress(one.size_bytes)
        else:
            missing.append(one)
    for group in _together([one for one in missing if one.size_bytes <= SMALL_BYTES]):
        begun = nightbrief.send(
            matter_id, [(one.name, one.path) for one in group], label=label, key=_key(matter_id, label, group)
        )
        pushed.operation_ids.append(begun.operation.id)
        pushed.sent += len(group)
        progress(sum(one.size_bytes for one in group))
    for one in (one for one in missing if one.size_bytes > SMALL_BYTES):
        _push_large(nightbrief, matter_id, one, pushed, progress)
    return pushed


def _together(files: Sequence[Found]) -> Iterator[list[Found]]:
    """The files in groups that go in one request each."""
    group: list[Found] = []
    for one in files:
        full = sum(each.size_bytes for each in group) + one.size_bytes > MOST_BYTES_TOGETHER
        if group and (full or len(group) == MOST_TOGETHER):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _key(matter_id: str, label: str, group: Sequence[Found]) -> str:
    """The same for the same files, so that a push that is repeated adds nothing twice."""
    said = json.dumps([matter_id, label, [(one.name, one.sha256) for one in group]])
    return f"push-{hashlib.sha256(said.encode()).hexdigest()}"


def _push_large(
    nightbrief: Nightbrief, matter_id: str, one: Found, pushed: Pushed, progress: Callable[[int], None]
) -> None:
    journal = _Journal(f"{nightbrief.address} {matter_id} {one.sha256}")
    upload = _begun(nightbrief, journal)
    if upload is None:
        upload = nightbrief.begin_upload(matter_id, one.name, one.sha256, one.size_bytes)
        if upload.id is None:
            pushed.here += 1
            progress(one.size_bytes)
            return
        journal.write(upload.id)
    progress(upload.received_bytes)
    begun = nightbrief.send_parts(upload, one.path, progress)
    journal.remove()
    pushed.operation_ids.append(begun.operation.id)
    pushed.sent += 1


def _begun(nightbrief: Nightbrief, journal: "_Journal") -> Upload | None:
    """The upload that was begun the last time, if the server still has it."""
    upload_id = journal.read()
    if not upload_id:
        return None
    try:
        return nightbrief.upload(upload_id)
    except NightbriefError as error:
        if error.status != 404:
            raise
        return None


class _Journal:
    """Which upload a file is being sent by: a small file of its own, kept while it is not complete."""

    def __init__(self, what: str) -> None:
        self._path = folder() / "uploads" / hashlib.sha256(what.encode()).hexdigest()

    def read(self) -> str:
        return self._path.read_text().strip() if self._path.exists() else ""

    def write(self, upload_id: str) -> None:
        write_private(self._path, upload_id)

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

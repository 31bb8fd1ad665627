"""The bytes of a row's document out of the ZIP, and whether they are those that the load file says."""

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from reviewapp.intake.actions import Incoming, stored_item
from reviewapp.intake.models import BatchItem, place_of
from reviewapp.loads.fields import Field
from reviewapp.loads.judging import Judge, Judged, Trouble
from reviewapp.loads.models import Load
from reviewapp.loads.source import Files

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
_NAME_CHARACTERS = 400


class Hashing:
    """Chunks of a file on their way, with the hashes of what went by."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        # NB: MD5 is what producing programs write down; nothing is decided by it.
        self._hashes = {
            Field.SHA256: hashlib.sha256(),
            Field.MD5: hashlib.md5(usedforsecurity=False),
        }

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            for each in self._hashes.values():
                each.update(chunk)
            yield chunk

    def differing(self, judged: Judged) -> list[Field]:
        """The hashes that the row gives as others than the file has."""
        return [
            given
            for given, each in self._hashes.items()
            if len(judged.values.get(given, "")) == each.digest_size * 2
            and judged.values[given].lower() != each.hexdigest()
        ]


def verify(judged: Judged, judge: Judge, files: Files) -> None:
    """Read the row's native file, where the row says what its hash is; adds what is wrong with it to its troubles."""
    if judged.native is None or not (judged.values.get(Field.SHA256) or judged.values.get(Field.MD5)):
        return
    hashing = Hashing(files.chunks(judged.native))
    try:
        for _ in hashing:
            pass
    except BROKEN:
        judged.troubles.append(_broken(judged, judge))
    else:
        judged.troubles += _mismatches(hashing, judged, judge)


def taken(load: Load, judged: Judged, judge: Judge, files: Files) -> BatchItem | None:
    """The row's document as a file on its way in, its bytes stored; none where they cannot be taken out of the ZIP.

    What is wrong with them is added to the row's troubles. Raises OSError when the disk refuses.
    """
    member, name = _content(judged, files)
    hashing = Hashing(files.chunks(member))
    try:
        item = stored_item(load.matter, Incoming(name, iter(hashing)), place_of(judged.row.number))
    except BROKEN:
        judged.troubles.append(_broken(judged, judge))
        return None
    if member is judged.native:
        judged.troubles += _mismatches(hashing, judged, judge)
    return item


def _content(judged: Judged, files: Files) -> tuple[zipfile.ZipInfo, str]:
    """What the document is read from, and its name: the native file, else the text, else the image."""
    given = judged.values.get(Field.NAME, "")[:_NAME_CHARACTERS]
    if judged.native is not None:
        return judged.native, given or posixpath.basename(judged.native.filename)
    if judged.text is not None:
        return judged.text, f"{given or judged.begin}.txt"
    image = files.find(judged.images[0].path)
    if image is None:
        raise zipfile.BadZipFile
    return image, given or posixpath.basename(image.filename)


def _broken(judged: Judged, judge: Judge) -> Trouble:
    sentence = "The file cannot be taken out of the ZIP: it is incomplete or packed in an unknown way."
    return Trouble(judged.row.number, judge.column(Field.NATIVE), "file-broken", sentence, rejected=True)


def _mismatches(hashing: Hashing, judged: Judged, judge: Judge) -> Iterator[Trouble]:
    for given in hashing.differing(judged):
        sentence = (
            f"The native file has another {given.name} hash than the load file says: it is not the same file."
        )
        yield Trouble(judged.row.number, judge.column(given), "hash-mismatch", sentence)

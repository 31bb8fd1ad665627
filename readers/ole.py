"""Files of the compound kind (OLE) of older Office programs: what they are and what is packed in them."""

import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NATIVE = "\x01Ole10Native"
_PLAIN = ("CONTENTS", "Package")


def packaged(data: bytes, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of an embedded file; of an OLE object, what it packs. None when that is not known."""
    if not data.startswith(MAGIC):
        return name, data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            inner = stored(ole, "", name)
            if inner is not None or ole.exists(_NATIVE):
                return inner
            whole = ole.exists("WordDocument") or ole.exists("Workbook") or ole.exists("PowerPoint Document")
            return (name, data) if whole else None
    except (OSError, ValueError, IndexError, struct.error, AttributeError, TypeError):
        return None


def stored(ole: Any, place: str, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of what is packed in a storage, whose name ends in a slash; None when that is not known."""
    if ole.exists(f"{place}{_NATIVE}"):
        return _native(ole.openstream(f"{place}{_NATIVE}").read(), name)
    for stream in _PLAIN:
        if ole.exists(f"{place}{stream}"):
            return name, ole.openstream(f"{place}{stream}").read()
    return None


def runs_in_circles(data: bytes) -> bool:
    """Whether a chain of sectors of a compound file comes back to itself, so that what follows it never ends."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            ole.loadminifat()
            small = {one.isectStart for one in _streams(ole) if one.size < ole.minisectorcutoff}
            large = {one.isectStart for one in _streams(ole) if one.size >= ole.minisectorcutoff}
            large |= {ole.first_dir_sector, ole.first_mini_fat_sector, ole.root.isectStart}
            return _circles(ole.fat, large) or _circles(ole.minifat, small)
    except (OSError, ValueError, IndexError, struct.error, AttributeError, TypeError):
        return True


def _streams(ole: Any) -> list[Any]:
    return [one for one in ole.direntries if one is not None and one.entry_type == olefile.STGTY_STREAM]


def _circles(following: Sequence[int], starts: Iterable[int]) -> bool:
    whole: set[int] = set()
    for at in starts:
        chain: set[int] = set()
        while at < len(following) and at not in whole:
            if at in chain:
                return True
            chain.add(at)
            at = following[at]
        whole |= chain
    return False


def _native(data: bytes, name: str) -> tuple[str, bytes] | None:
    """The file in a stream `Ole10Native`: its label, its paths and its bytes (as Windows' packager writes them)."""
    try:
        at = 6
        label, at = _text(data, at)
        _, at = _text(data, at)
        at += 4
        (length,) = struct.unpack_from("<I", data, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", data, at)
    except (struct.error, ValueError):
        return None
    inner = data[at + 4 : at + 4 + size]
    return (label.replace("\\", "/").rpartition("/")[2] or name, inner) if inner else None


def _text(data: bytes, start: int) -> tuple[str, int]:
    end = data.index(b"\0", start)
    return data[start:end].decode("cp1252", "replace"), end + 1

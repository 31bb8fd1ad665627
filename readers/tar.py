"""TAR, packed (gzip, bzip2, xz) or not, and single files so packed: files become members, within the limits of ZIP.

Everything is read once from front to back, and nothing is written but to the spool.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from readers.archive import BOMB, JUNK, Spool, best_encoding, is_bomb, link_inside, opened, safe_name
from readers.result import (
    DAMAGED,
    MIB,
    TOO_LARGE,
    UNSUPPORTED,
    Limits,
    Member,
    Parsed,
    Refused,
    too_large_inside,
)

MEDIA_TYPE = "application/x-tar"
TEXT_VERSION = "tar-1"
_REST = (
    "The archive is incomplete or broken: only what stands before the broken place was taken out. Pack the files "
    "again, or upload them unpacked."
)
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 256 * 1024
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ"
PACKED = (_GZIP, _BZIP2, _XZ)
_BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError, IndexError)


class _BombError(Exception):
    """What comes out looks made to fill the disk."""


class _Unpacked(io.RawIOBase):
    """The bytes of a packed file, counted as they come. Raises `_BombError` beyond the limits."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self._packed = file.seek(0, io.SEEK_END)
        file.seek(0)
        self._source, self._limits, self._count = _source(file), limits, 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._count += len(data)
        if is_bomb(self._count, self._packed, self._limits):
            raise _BombError
        return data


def is_tar(head: bytes) -> bool:
    """Whether a file that begins so is a TAR, of any age: the first block has its right checksum."""
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def read_tar(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged or too_large."""
    if limits.container_depth < 1:
        raise Refused(
            TOO_LARGE, "The archive lies too deep inside other files. Take it out and upload it by itself."
        )
    members: list[Member] = []
    try:
        file.seek(0)
        if is_tar(_source(file).read(_BLOCK)):
            for member in _members(_Unpacked(file, limits), spool):
                members.append(member)
        else:
            members.append(_only(file, limits, spool))
    except _BombError:
        raise Refused(TOO_LARGE, BOMB) from None
    except _BROKEN:
        if not members:
            raise Refused(
                DAMAGED, "The archive is incomplete or broken. Pack the files again, or upload them unpacked."
            ) from None
        members.append(Member("(the rest of the archive)", disposition=DAMAGED, reason=_REST))
    if not members:
        raise Refused(DAMAGED, "The archive holds no files.")
    return opened(members, MEDIA_TYPE, TEXT_VERSION)


def _source(file: IO[bytes]) -> IO[bytes]:
    head = file.read(6)
    file.seek(0)
    if head.startswith(_GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if head.startswith(_BZIP2):
        return cast(IO[bytes], bz2.BZ2File(file))
    return cast(IO[bytes], lzma.LZMAFile(file)) if head.startswith(_XZ) else file


def _members(unpacked: _Unpacked, spool: Spool) -> Iterator[Member]:
    count = 0
    with tarfile.open(fileobj=unpacked, mode="r|", errorlevel=0) as archive:
        for entry in archive:
            name = _name(entry.name)
            if entry.isdir() or JUNK.search(name):
                continue
            count += 1
            if count > spool.limits.member_count:
                raise Refused(
                    TOO_LARGE,
                    f"The archive holds more than {spool.limits.member_count:,} files. Upload several smaller ones.",
                )
            yield _take(archive, entry, safe_name(name) or "unnamed", spool)


def _take(archive: tarfile.TarFile, entry: tarfile.TarInfo, name: str, spool: Spool) -> Member:
    if entry.issym() or entry.islnk():
        return link_inside(name)
    source = archive.extractfile(entry) if entry.isreg() else None
    if source is None:
        reason = "This is a device or the like and holds nothing that could be read."
        return Member(name, disposition=UNSUPPORTED, reason=reason)
    if entry.size > spool.limits.member_mib * MIB:
        return too_large_inside(name, spool.limits)
    start = spool.used
    while chunk := source.read(_CHUNK):
        spool.write(chunk)
    return Member(name, start, spool.used - start)


def _only(file: IO[bytes], limits: Limits, spool: Spool) -> Member:
    """The one file that was packed without an archive."""
    file.seek(0)
    start, unpacked = spool.used, _Unpacked(file, limits)
    while chunk := unpacked.read(_CHUNK):
        spool.write(chunk)
        if spool.used - start > limits.member_mib * MIB:
            spool.used = start
            return too_large_inside("unpacked", limits)
    return Member(_packed_name(file) or "unpacked", start, spool.used - start)


def _packed_name(file: IO[bytes]) -> str:
    """The name that gzip kept of the file (RFC 1952, section 2.3.1); empty when it did not."""
    file.seek(0)
    head = file.read(1024)
    if not head.startswith(_GZIP) or not head[3] & 0x08:
        return ""
    at = 10 + (2 + int.from_bytes(head[10:12], "little") if head[3] & 0x04 else 0)
    return safe_name(_name(head[at:].partition(b"\0")[0].decode("utf-8", "surrogateescape")))


def _name(name: str) -> str:
    """A name in the code page that it reads best in, where it is not UTF-8."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(best_encoding(raw, "cp1252"), "replace")

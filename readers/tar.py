"""TAR, also packed by gzip, bzip2 or xz: its files become members, as those of a ZIP; and single files so packed."""

import bz2
import gzip
import lzma
import posixpath
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from readers.archive import BOMB, JUNK, Spool, is_bomb, link_inside, safe_name
from readers.result import (
    DAMAGED,
    EXPANDED,
    MIB,
    TOO_LARGE,
    Limits,
    Member,
    Parsed,
    Refused,
    too_large_inside,
)

MEDIA_TYPE = "application/x-tar"
PACKED_TYPE = "application/gzip"
TEXT_VERSION = "tar-1"
_CHUNK = 256 * 1024
_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, IndexError)
_TAR_NAMES = (".tgz", ".tbz", ".tbz2", ".txz")


def read_tar(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged or too_large."""
    if limits.container_depth < 1:
        raise Refused(
            TOO_LARGE, "The archive lies too deep inside other files. Take it out and upload it by itself."
        )
    packed = file.seek(0, 2)
    file.seek(0)
    members: list[Member] = []
    broken = False
    try:
        with tarfile.open(fileobj=file, mode="r:*") as archive:
            for member in _members(archive, packed, spool):
                members.append(member)
                if len(members) > limits.member_count:
                    raise _too_many(limits)
            broken = not _is_whole(archive)
    except _BROKEN:
        broken = True
    if not members:
        raise _damaged()
    reason = f"Opened: {len(members)} file{'s' if len(members) != 1 else ''} inside."
    lost = sum(bool(member.disposition) for member in members)
    reason += f" {lost} of them could not be taken out." if lost else ""
    if broken:
        members.append(Member("the rest", disposition=DAMAGED, reason=_damaged().reason))
    return Parsed(EXPANDED, reason, MEDIA_TYPE, TEXT_VERSION, members=tuple(members))


def _is_whole(archive: tarfile.TarFile) -> bool:
    """Whether what was read last ends as a TAR does: with a block of zeros, or with the file."""
    source: Any = archive.fileobj
    if source.seek(0, 2) < archive.offset:
        return False
    source.seek(archive.offset)
    return source.read(tarfile.BLOCKSIZE) in (b"", bytes(tarfile.BLOCKSIZE))


def _members(archive: tarfile.TarFile, packed: int, spool: Spool) -> Iterator[Member]:
    for entry in archive:
        name = safe_name(entry.name) or "unnamed"
        if entry.isdir() or JUNK.search(entry.name):
            continue
        if not entry.isreg():
            yield link_inside(name)
        elif entry.size > spool.limits.member_mib * MIB:
            yield too_large_inside(name, spool.limits)
        else:
            source = archive.extractfile(entry)
            yield spool.add(name, source.read() if source is not None else b"")
            if is_bomb(spool.used, packed, spool.limits):
                raise Refused(TOO_LARGE, BOMB)


def is_packed_tar(file: IO[bytes]) -> bool:
    """Whether what is packed by gzip, bzip2 or xz is a TAR."""
    file.seek(0)
    try:
        with tarfile.open(fileobj=file, mode="r:*"):
            return True
    except _BROKEN:
        return False
    finally:
        file.seek(0)


def read_packed(file: IO[bytes], name: str, limits: Limits, spool: Spool) -> Parsed:
    """A file that is packed by itself, or a TAR that is. Raises Refused with damaged or too_large."""
    if is_packed_tar(file):
        return read_tar(file, limits, spool)
    if limits.container_depth < 1:
        raise Refused(TOO_LARGE, "The file lies packed too deep inside other files. Unpack it and upload it.")
    size = file.seek(0, 2)
    file.seek(0)
    stem, ending = posixpath.splitext(safe_name(name) or "unpacked.gz")
    inner = f"{stem}.tar" if ending.lower() in _TAR_NAMES else stem
    start = spool.used
    try:
        with _opened(file) as source:
            while chunk := source.read(_CHUNK):
                spool.write(chunk)
                if is_bomb(spool.used - start, size, limits):
                    raise Refused(TOO_LARGE, BOMB)
                if spool.used - start > limits.member_mib * MIB:
                    raise Refused(TOO_LARGE, too_large_inside(inner, limits).reason)
    except _BROKEN:
        raise _damaged() from None
    member = Member(inner, start, spool.used - start)
    return Parsed(EXPANDED, "Opened: 1 file inside.", PACKED_TYPE, TEXT_VERSION, members=(member,))


def _opened(file: IO[bytes]) -> "gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile":
    head = file.read(2)
    file.seek(0)
    if head == b"BZ":
        return bz2.BZ2File(file)
    return gzip.GzipFile(fileobj=file) if head == b"\x1f\x8b" else lzma.LZMAFile(file)


def _too_many(limits: Limits) -> Refused:
    return Refused(
        TOO_LARGE,
        f"The archive holds more than {limits.member_count:,} files. Upload several smaller ones.",
    )


def _damaged() -> Refused:
    return Refused(
        DAMAGED, "The archive is incomplete or broken. Pack the files again, or upload them unpacked."
    )

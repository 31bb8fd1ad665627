"""ZIP: its files become members, within limits on size, ratio, number and depth."""

import posixpath
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from readers.result import (
    DAMAGED,
    ENCRYPTED,
    EXPANDED,
    MIB,
    TOO_LARGE,
    UNSUPPORTED,
    Limits,
    Member,
    Parsed,
    Refused,
    too_large_inside,
)
from readers.text import clean

MEDIA_TYPE = "application/zip"
TEXT_VERSION = "zip-1"
NAME_CHARACTERS = 500
SMALL_BYTES = MIB
_CHUNK = 256 * 1024
_ENCRYPTED_FLAG = 0x1
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError)


class _OversizedError(Exception):
    """A file turns out larger than its container says."""


@dataclass
class Spool:
    """Where the bytes of members go, one after another; holds the limits over all of them."""

    file: IO[bytes]
    limits: Limits
    used: int = 0

    def add(self, name: str, data: bytes) -> Member:
        """Raises Refused when all members together are too large."""
        if len(data) > self.limits.member_mib * MIB:
            return too_large_inside(name, self.limits)
        start = self.used
        self.write(data)
        return Member(name, start, len(data))

    def write(self, data: bytes) -> None:
        """Raises Refused when all members together are too large."""
        if self.used + len(data) > self.limits.expanded_mib * MIB:
            raise unpacks_too_large(self.limits)
        self.file.seek(self.used)
        self.file.write(data)
        self.used += len(data)


def unpacks_too_large(limits: Limits) -> Refused:
    """The outcome for a container whose files are too large together."""
    return Refused(
        TOO_LARGE,
        f"The files inside come to more than {limits.expanded_mib} MiB. Upload them in smaller parts.",
    )


def safe_name(name: str) -> str:
    """A relative path for display: no drive, no leading slash, no '..', no invisible characters."""
    name = clean(name.replace("\\", "/")).replace("\n", " ").replace("\t", " ")
    name = "".join(character for character in name if unicodedata.category(character) not in {"Cc", "Cf"})
    parts = [part.strip() for part in posixpath.normpath(name).split("/")]
    kept = [
        part for part in parts if part and part not in {".", ".."} and not re.fullmatch(r"[A-Za-z]:", part)
    ]
    return "/".join(kept)[-NAME_CHARACTERS:]


def read_zip(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, encrypted or too_large."""
    if limits.container_depth < 1:
        raise Refused(
            TOO_LARGE, "The ZIP lies too deep inside other files. Take it out and upload it by itself."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if not entry.is_dir() and not _JUNK.search(entry.filename)
            ]
            _check(entries, limits)
            members = tuple(_take(archive, entry, spool) for entry in entries)
    except _BROKEN as error:
        raise _damaged(error) from None
    if not members:
        raise Refused(DAMAGED, "The ZIP holds no files.")
    if all(member.disposition == ENCRYPTED for member in members):
        raise Refused(ENCRYPTED, "The ZIP is protected by a password. Unpack it and upload the files.")
    reason = f"Opened: {len(members)} file{'s' if len(members) != 1 else ''} inside."
    return Parsed(EXPANDED, reason, MEDIA_TYPE, TEXT_VERSION, members=members)


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """By what the directory declares; what is really there is checked while it is unpacked."""
    if len(entries) > limits.member_count:
        raise Refused(
            TOO_LARGE,
            f"The ZIP holds {len(entries):,} files; at most {limits.member_count:,} are taken. "
            "Upload several smaller ZIPs.",
        )
    if sum(entry.file_size for entry in entries) > limits.expanded_mib * MIB:
        raise unpacks_too_large(limits)
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > SMALL_BYTES and unpacked > packed * limits.expansion_ratio:
        raise _bomb()


def _bomb() -> Refused:
    return Refused(
        TOO_LARGE,
        "The ZIP is packed so tightly that it looks made to fill the disk. Unpack it and upload the files.",
    )


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: Spool) -> Member:
    name = safe_name(entry.filename) or "unnamed"
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return Member(
            name,
            disposition=ENCRYPTED,
            reason="The file is protected by a password in the ZIP. Unpack it and upload it.",
        )
    if entry.file_size > spool.limits.member_mib * MIB:
        return too_large_inside(name, spool.limits)
    start = spool.used
    try:
        _unpack(archive, entry, spool)
    except NotImplementedError:
        return Member(
            name,
            disposition=UNSUPPORTED,
            reason="Packed in a way that cannot be read. Unpack the ZIP and upload the file.",
        )
    except _OversizedError:
        spool.used = start
        return too_large_inside(name, spool.limits)
    except _BROKEN as error:
        spool.used = start
        return Member(name, disposition=DAMAGED, reason=_damaged(error).reason)
    return Member(name, start, spool.used - start)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: Spool) -> None:
    start = spool.used
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            spool.write(chunk)
            taken = spool.used - start
            if taken > SMALL_BYTES and taken > max(1, entry.compress_size) * spool.limits.expansion_ratio:
                raise _bomb()
            if taken > spool.limits.member_mib * MIB:
                raise _OversizedError


def _damaged(error: BaseException) -> Refused:
    return Refused(
        DAMAGED,
        f"The ZIP is incomplete or broken ({type(error).__name__}). Pack the files again, or upload them "
        "unpacked.",
    )

"""ZIP: its files become members, within limits on size, ratio, number and depth."""

import hashlib
import posixpath
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
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
JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
BOMB = (
    "Packed so tightly that it looks made to fill the disk, and not unpacked: packed so tightly are logs and made-up "
    "files. Unpack it and upload the file."
)
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
# NB: Japanese is written with these and Chinese characters together.
_BESIDE_HAN = frozenset({"HIRAGANA", "KATAKANA"})
_OLD_NAMES = ("cp437", "cp850", "cp866", "cp1252", "cp1251", "shift_jis", "gbk", "big5", "euc_kr")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError)


class _BombError(Exception):
    """A file turns out packed so tightly that it looks made to fill the disk."""


class _OversizedError(Exception):
    """A file turns out larger than its container says."""


@dataclass
class Spool:
    """Where the bytes of members go, one after another; holds the limits over all of them.

    `kept` are the SHA-256 of what was added as a whole.
    """

    file: IO[bytes]
    limits: Limits
    used: int = 0
    kept: set[bytes] = field(default_factory=set)

    def add(self, name: str, data: bytes) -> Member:
        """Raises Refused when all members together are too large."""
        if len(data) > self.limits.member_mib * MIB:
            return too_large_inside(name, self.limits)
        start = self.used
        self.write(data)
        self.kept.add(hashlib.sha256(data).digest())
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


def _link_inside(name: str) -> Member:
    """The outcome for a file of a container that only leads to another one."""
    reason = "This is a link to another file and holds nothing. Pack the file itself, or upload it."
    return Member(name, disposition=UNSUPPORTED, reason=reason)


def safe_name(name: str) -> str:
    """A relative path for display: no drive, no leading slash, no '..', no invisible characters."""
    name = clean(name.replace("\\", "/")).replace("\n", " ").replace("\t", " ")
    name = "".join(character for character in name if unicodedata.category(character) not in {"Cc", "Cf"})
    parts = [part.strip() for part in posixpath.normpath(name).split("/")]
    kept = [
        part for part in parts if part and part not in {".", ".."} and not re.fullmatch(r"[A-Za-z]:", part)
    ]
    return "/".join(kept)[-NAME_CHARACTERS:]


def names_of(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of a ZIP's files; where it does not say so, in UTF-8 or in the code page that they read best in."""
    unnamed = [
        entry for entry in entries if not entry.flag_bits & _UTF8_FLAG and not entry.filename.isascii()
    ]
    raw = [entry.filename.encode("cp437", "replace") for entry in unnamed]
    usual = _best_encoding(b"\n".join(raw)) if raw else "cp437"
    found = {}
    for entry, name in zip(unnamed, raw, strict=True):
        try:
            found[id(entry)] = _unicode_path(entry) or name.decode("utf-8")
        except UnicodeDecodeError:
            found[id(entry)] = name.decode(usual, "replace")
    return [found.get(id(entry), entry.filename) for entry in entries]


def _unicode_path(entry: zipfile.ZipInfo) -> str:
    """The name that Info-ZIP keeps beside the old one; empty when there is none."""
    at = 0
    while at + 4 <= len(entry.extra):
        tag, size = struct.unpack_from("<HH", entry.extra, at)
        if tag == _UNICODE_PATH and size > 5:
            return entry.extra[at + 9 : at + 4 + size].decode("utf-8")
        at += 4 + size
    return ""


def _best_encoding(names: bytes) -> str:
    """The code page in which names have most letters, of one script and fewest signs."""

    def worth(encoding: str) -> float:
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            return -1.0
        foreign = [character for character in text if not character.isascii()]
        small = sum(character.islower() or unicodedata.category(character) == "Lo" for character in foreign)
        scripts = {unicodedata.name(character, "?").split()[0] for character in foreign} - _BESIDE_HAN
        # NB: Latin letters with marks stand among plain ones; words of nothing else are in another writing.
        marked = len(foreign) > 0.5 * sum(map(str.isalpha, text)) and "LATIN" in scripts
        return small / max(1, len(foreign)) - 0.2 * len(scripts) - 0.5 * marked

    return max(_OLD_NAMES, key=worth)


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
                if not entry.is_dir() and not JUNK.search(entry.filename)
            ]
            _check(entries, limits)
            names = names_of(entries)
            taken = zip(entries, names, strict=True)
            members = tuple(
                _take(archive, entry, safe_name(name) or "unnamed", spool) for entry, name in taken
            )
    except _BROKEN:
        raise _damaged() from None
    if not members:
        raise Refused(DAMAGED, "The ZIP holds no files.")
    if all(member.disposition == ENCRYPTED for member in members):
        raise Refused(ENCRYPTED, "The ZIP is protected by a password. Unpack it and upload the files.")
    if all(member.reason == BOMB for member in members):
        raise Refused(TOO_LARGE, BOMB)
    reason = f"Opened: {len(members)} file{'s' if len(members) != 1 else ''} inside."
    lost = sum(bool(member.disposition) for member in members)
    if lost:
        reason += f" {lost} of them could not be taken out."
    return Parsed(EXPANDED, reason, MEDIA_TYPE, TEXT_VERSION, members=tuple(members))


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """By what the directory declares; what is really there is checked while it is unpacked."""
    if len(entries) > limits.member_count:
        raise Refused(
            TOO_LARGE,
            f"The ZIP holds {len(entries):,} files; at most {limits.member_count:,} are taken. "
            "Upload several smaller ZIPs.",
        )
    taken = (entry.file_size for entry in entries if entry.file_size <= limits.member_mib * MIB)
    if sum(taken) > limits.expanded_mib * MIB:
        raise unpacks_too_large(limits)


def _is_bomb(unpacked: int, packed: int, limits: Limits) -> bool:
    """Whether so many bytes come out of so few that they look made to fill the disk."""
    return unpacked > SMALL_BYTES and unpacked > max(1, packed) * limits.expansion_ratio


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, spool: Spool) -> Member:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return Member(
            name,
            disposition=ENCRYPTED,
            reason="The file is protected by a password in the ZIP. Unpack it and upload it.",
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _link_inside(name)
    if entry.file_size > spool.limits.member_mib * MIB:
        return too_large_inside(name, spool.limits)
    if _is_bomb(entry.file_size, entry.compress_size, spool.limits):
        return Member(name, disposition=TOO_LARGE, reason=BOMB)
    start = spool.used
    try:
        _unpack(archive, entry, spool)
    except NotImplementedError:
        return Member(
            name,
            disposition=UNSUPPORTED,
            reason="Packed in a way that cannot be read. Unpack the ZIP and upload the file.",
        )
    except _BombError:
        spool.used = start
        return Member(name, disposition=TOO_LARGE, reason=BOMB)
    except _OversizedError:
        spool.used = start
        return too_large_inside(name, spool.limits)
    except _BROKEN:
        spool.used = start
        return Member(name, disposition=DAMAGED, reason=_damaged().reason)
    return Member(name, start, spool.used - start)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: Spool) -> None:
    start = spool.used
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            spool.write(chunk)
            taken = spool.used - start
            if _is_bomb(taken, entry.compress_size, spool.limits):
                raise _BombError
            if taken > spool.limits.member_mib * MIB:
                raise _OversizedError


def _damaged() -> Refused:
    return Refused(
        DAMAGED,
        "The ZIP is incomplete or broken. Pack the files again, or upload them unpacked.",
    )

"""Messages that Outlook packs into one attachment (winmail.dat, MS-OXTNEF), as those that mail programs send."""

import datetime
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import IO

from readers.archive import Spool
from readers.mail.bodies import text_of
from readers.mail.message import read_message
from readers.mail.outlook import bodies_of, file_part, message_of, person
from readers.mail.parts import headers_of
from readers.result import DAMAGED, UNREAD, UNSUPPORTED, Limits, Note, Parsed, Refused

MEDIA_TYPE = "application/ms-tnef"
MAGIC = b"\x78\x9f\x3e\x22"
_HEAD_BYTES = 6
#: Attributes, by their number and type (MS-OXTNEF, section 2.1.3.3).
_SUBJECT, _SENT, _BODY, _CODE_PAGE = 0x00018004, 0x00038005, 0x0002800C, 0x00069007
_PROPERTIES, _RECIPIENTS = 0x00069003, 0x00069004
_FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
#: Bytes of the values of properties, by their types; of others the length is said (MS-OXCDATA, section 2.11.1).
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_SEVERAL, _NAMED, _OBJECT, _WIDE = 0x1000, 0x8000, 0x0D, 0x1F
_IDENTITY_BYTES = 16
_MOST_NESTED = 20
_SINCE = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_DISPLAYED = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_EMPTY = (
    "This is a winmail.dat, which Outlook makes of attachments, but no text and no file was found in it. Have the "
    "message sent again as HTML or plain text, or save the attachments from Outlook and upload those."
)
_BROKEN = (struct.error, IndexError)
_Values = dict[int, tuple[int, bytes]]


@dataclass
class _File:
    title: bytes = b""
    data: bytes = b""
    values: _Values = field(default_factory=dict)


@dataclass
class _Packed:
    """The attributes of a message. `broken` says that it ends early, or that a part is not what it was."""

    values: _Values = field(default_factory=dict)
    attributes: dict[int, bytes] = field(default_factory=dict)
    recipients: list[_Values] = field(default_factory=list)
    files: list[_File] = field(default_factory=list)
    broken: bool = False

    def text(self, values: _Values, tag: int) -> str:
        """A property as text; empty where there is none."""
        kind, value = values.get(tag, (0, b""))
        return value.decode("utf-16-le", "replace").rstrip("\0") if kind == _WIDE else self.narrow(value)

    def narrow(self, value: bytes) -> str:
        """Bytes as text in the code page of the message."""
        (page,) = struct.unpack_from("<I", self.attributes.get(_CODE_PAGE, b"").ljust(4, b"\0"))
        return text_of(value.partition(b"\0")[0], f"cp{page}" if page else None)


def read_winmail(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, encrypted, no_text, unsupported or too_large."""
    packed = _unpacked(file.read())
    if packed.broken and not (packed.attributes or packed.values or packed.files):
        raise Refused(DAMAGED, "The winmail.dat is incomplete or broken. Have the message sent again.")
    message = _message(packed, 0)
    if not message.get_payload() and not headers_of(message):
        raise Refused(UNSUPPORTED, _EMPTY)
    parsed = read_message(message, limits, spool, MEDIA_TYPE)
    if packed.broken:
        note = Note(UNREAD, "The winmail.dat is incomplete or broken. What could be taken out of it is kept.")
        parsed = replace(parsed, notes=(*parsed.notes, note))
    return parsed


def _unpacked(data: bytes) -> _Packed:
    found = _Packed()
    try:
        for tag, value in _attributes(data, found):
            _add(found, tag, value)
    except _BROKEN:
        found.broken = True
    return found


def _attributes(data: bytes, found: _Packed) -> Iterator[tuple[int, bytes]]:
    at = _HEAD_BYTES
    while at < len(data):
        _, tag, length = struct.unpack_from("<BII", data, at)
        value = data[at + 9 : at + 9 + length]
        at += 9 + length
        yield tag, value
        (checked,) = struct.unpack_from("<H", data, at)
        found.broken |= sum(value) & 0xFFFF != checked
        at += 2


def _add(found: _Packed, tag: int, value: bytes) -> None:
    if tag == _PROPERTIES:
        found.values |= _properties(value, 0)[0]
    elif tag == _RECIPIENTS:
        (count,) = struct.unpack_from("<I", value)
        at = 4
        for _ in range(count):
            row, at = _properties(value, at)
            found.recipients.append(row)
    elif tag == _FILE_BEGINS:
        found.files.append(_File())
    elif tag not in (_FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES):
        found.attributes[tag] = value
    elif tag == _FILE_PROPERTIES:
        found.files[-1].values = _properties(value, 0)[0]
    elif tag == _FILE_TITLE:
        found.files[-1].title = value
    else:
        found.files[-1].data = value


def _properties(data: bytes, at: int) -> tuple[_Values, int]:
    """The properties that begin at a place, by their tags, and where they end (MS-OXTNEF, section 2.1.3.4)."""
    found: _Values = {}
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    for _ in range(count):
        kind, tag = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if tag >= _NAMED else at + 4
        size, times = _SIZES.get(kind & ~_SEVERAL), 1
        if size is None or kind & _SEVERAL:
            (times,) = struct.unpack_from("<I", data, at)
            at += 4
        for _ in range(times):
            length = size
            if length is None:
                (length,) = struct.unpack_from("<I", data, at)
                at += 4
            if at + length > len(data):
                raise IndexError
            found.setdefault(tag, (kind, data[at : at + length]))
            at += _padded(length)
    return found, at


def _after_name(data: bytes, at: int) -> int:
    """Where the name of a property ends, which has one in the place of a number."""
    is_text, length = struct.unpack_from("<II", data, at + _IDENTITY_BYTES)
    return at + _IDENTITY_BYTES + 8 + (_padded(length) if is_text else 0)


def _padded(length: int) -> int:
    return -(-length // 4) * 4


def _message(packed: _Packed, depth: int) -> "Message":
    plain = packed.text(packed.values, 0x1000) or packed.narrow(packed.attributes.get(_BODY, b""))
    html, rich = (packed.values.get(tag, (0, b""))[1] for tag in (0x1013, 0x1009))
    files = [_part(packed, one, depth) for one in packed.files] if depth < _MOST_NESTED else []
    return message_of(_headers(packed), bodies_of(plain, html, rich), files)


def _headers(packed: _Packed) -> Iterator[tuple[str, str]]:
    values = packed.values
    yield (
        "From",
        person(packed.text(values, 0x0C1A), packed.text(values, 0x5D01) or packed.text(values, 0x0C1F)),
    )
    people: dict[str, list[str]] = {}
    for row in packed.recipients:
        address = packed.text(row, 0x39FE) or packed.text(row, 0x3003)
        kind = int.from_bytes(row.get(0x0C15, (0, b"\1"))[1], "little")
        people.setdefault(_KINDS.get(kind, "To"), []).append(person(packed.text(row, 0x3001), address))
    for name, tag in _DISPLAYED.items():
        yield name, ", ".join(people.get(name, [])) or packed.text(values, tag)
    yield "Date", _date(packed)
    yield "Subject", packed.text(values, 0x0037) or packed.narrow(packed.attributes.get(_SUBJECT, b""))
    yield "Message-ID", packed.text(values, 0x1035)


def _date(packed: _Packed) -> str:
    ticks = int.from_bytes(packed.values.get(0x0039, (0, b""))[1], "little")
    try:
        if ticks:
            sent = _SINCE + datetime.timedelta(microseconds=ticks // 10)
        else:
            sent = datetime.datetime(*struct.unpack("<6H2x", packed.attributes.get(_SENT, b"")))
    except (struct.error, ValueError, OverflowError):
        return ""
    return sent.strftime("%a, %d %b %Y %H:%M:%S %z").strip()


def _part(packed: _Packed, file: _File, depth: int) -> "Message":
    values = file.values
    name = packed.text(values, 0x3707) or packed.text(values, 0x3704) or packed.narrow(file.title)
    kind, data = values.get(0x3701, (0, b""))
    data = file.data or (data[_IDENTITY_BYTES:] if kind == _OBJECT else data)
    if kind == _OBJECT and data.startswith(MAGIC):
        inner = _unpacked(data)
        packed.broken |= inner.broken
        return file_part(name, "", b"", message=_message(inner, depth + 1))
    return file_part(name, packed.text(values, 0x370E), data, packed.text(values, 0x3712))

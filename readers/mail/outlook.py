"""Messages that Outlook saves (.msg, MS-OXMSG), by oxmsg, as the messages that mail programs send."""

import datetime
import struct
from collections.abc import Iterable, Sequence
from email.encoders import encode_base64
from email.message import Message
from typing import IO, Any

from compressed_rtf import decompress
from oxmsg import Message as Saved
from oxmsg.properties import Properties

from readers.archive import Spool
from readers.mail.message import read_message
from readers.result import DAMAGED, Limits, Parsed, Refused

MEDIA_TYPE = "application/vnd.ms-outlook"
_EMBEDDED = "__substg1.0_3701000D"
_EMBEDDED_HEADER, _WHOLE_HEADER = 24, 32
_BROKEN = (OSError, ValueError, KeyError, IndexError, AssertionError, AttributeError, TypeError, struct.error)
_SUBJECT, _BODY, _BODY_HTML, _HTML = 0x0037, 0x1000, 0x1013, 0x1013
_RTF = 0x1009
_SENT, _DELIVERED = 0x0039, 0x0E06
_TRANSPORT = 0x007D
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_DISPLAYED = (("To", 0x0E04), ("Cc", 0x0E03), ("Bcc", 0x0E02))
_RECIPIENT_KIND, _NAME, _ADDRESS, _SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_LONG_NAME, _SHORT_NAME, _DATA, _MIME, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x370E, 0x3712
_MOST_NESTED = 20


def read_outlook(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, encrypted, no_text or too_large."""
    try:
        saved = Saved.load(file.read())
        message = _message(saved._storage, _WHOLE_HEADER, 0)
    except _BROKEN:
        raise Refused(
            DAMAGED, "The message cannot be read. Save it again from Outlook and upload that."
        ) from None
    return read_message(message, limits, spool, MEDIA_TYPE)


def _message(storage: Any, header: int, depth: int) -> "Message":
    properties = Properties(storage, properties_header_offset=header)
    attached = (
        [_attached(one, depth) for one in storage.iter_attachment_storages()] if depth < _MOST_NESTED else []
    )
    return message_of(_headers(storage, properties), _bodies(properties), attached)


def message_of(
    headers: Iterable[tuple[str, str]], bodies: "Sequence[Message]", attached: "Sequence[Message]"
) -> "Message":
    """A message of headers (those that say something), versions of its text and attached files."""
    message = Message()
    for name, value in headers:
        if value.strip():
            message[name] = " ".join(value.split())
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/mixed"
    alternative = Message()
    alternative["Content-Type"] = "multipart/alternative"
    alternative.set_payload([*bodies])
    message.set_payload([*([alternative] if bodies else []), *attached])
    return message


def _headers(storage: Any, properties: Any) -> list[tuple[str, str]]:
    found = []
    name, address = (
        (_string(properties, _SENDER_NAME) or ""),
        (_string(properties, _SENDER_SMTP) or _string(properties, _SENDER_ADDRESS) or ""),
    )
    found.append(("From", person(name, address)))
    people: dict[str, list[str]] = {}
    for recipient in storage.iter_recipient_storages():
        one = Properties(recipient, properties_header_offset=8)
        kind = _KINDS.get(one.int_prop_value(_RECIPIENT_KIND) or 1, "To")
        address = _string(one, _SMTP) or _string(one, _ADDRESS) or ""
        people.setdefault(kind, []).append(person(_string(one, _NAME) or "", address))
    for header, tag in _DISPLAYED:
        found.append((header, ", ".join(people.get(header, [])) or _string(properties, tag) or ""))
    sent = _date(properties, _SENT) or _date(properties, _DELIVERED)
    found.append(("Date", sent.strftime("%a, %d %b %Y %H:%M:%S %z") if sent else ""))
    found.append(("Subject", _string(properties, _SUBJECT) or ""))
    for line in (_string(properties, _TRANSPORT) or "").splitlines():
        if line.lower().startswith("reply-to:"):
            found.append(("Reply-To", line.partition(":")[2].strip()))
    return found


def _bodies(properties: Any) -> "list[Message]":
    html = properties.binary_prop_value(_HTML)
    if not html:
        html = (_string(properties, _BODY_HTML) or "").encode("utf-8", "replace")
    return bodies_of(_string(properties, _BODY) or "", html, properties.binary_prop_value(_RTF) or b"")


def bodies_of(plain: str, html: bytes, rich: bytes) -> "list[Message]":
    """The versions of a text; the compressed RTF (MS-OXRTFCP) only where there is no other."""
    bodies = []
    if plain:
        bodies.append(_part("text/plain", plain.encode("utf-8", "replace")))
    if html:
        bodies.append(_part("text/html", html))
    if rich and not bodies:
        bodies.append(_part("text/rtf", decompress(rich)))
    return bodies


def _attached(storage: Any, depth: int) -> "Message":
    properties = Properties(storage, properties_header_offset=8)
    name = _string(properties, _LONG_NAME) or _string(properties, _SHORT_NAME) or ""
    inner = next((one for one in storage.storages if one.name == _EMBEDDED), None)
    if inner is not None:
        return file_part(name, "", b"", message=_message(inner, _EMBEDDED_HEADER, depth + 1))
    data = properties.binary_prop_value(_DATA) or b""
    return file_part(name, _string(properties, _MIME) or "", data, _string(properties, _CONTENT_ID) or "")


def file_part(
    name: str, kind: str, data: bytes, identity: str = "", *, message: "Message | None" = None
) -> "Message":
    """An attached file by its name, its media type, its bytes and its Content-ID; or an attached message."""
    if message is not None:
        part = Message()
        part["Content-Type"] = "message/rfc822"
        part.set_payload([message])
    else:
        part = _part(" ".join(kind.split()) or "application/octet-stream", data)
        if identity:
            part["Content-ID"] = f"<{' '.join(identity.split())}>"
    part.add_header("Content-Disposition", "attachment", filename=" ".join(name.split()) or "attachment")
    return part


def _part(kind: str, data: bytes) -> "Message":
    part = Message()
    part["Content-Type"] = kind
    part.set_payload(data)
    encode_base64(part)
    return part


def person(name: str, address: str) -> str:
    """A person as headers write one."""
    name, address = name.strip(), address.strip()
    if not address or "@" not in address:
        return name or address
    return f"{name} <{address}>" if name and name != address else address


def _string(properties: Any, tag: int) -> str | None:
    try:
        value = properties.str_prop_value(tag)
    except _BROKEN:
        return None
    return str(value) if value else None


def _date(properties: Any, tag: int) -> datetime.datetime | None:
    try:
        value = properties.date_prop_value(tag)
    except (*_BROKEN, OverflowError):
        return None
    return value if isinstance(value, datetime.datetime) else None

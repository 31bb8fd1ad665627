"""The bytes and texts of the parts of a message, whatever is broken (RFC 2045, 3676)."""

import base64
import binascii
import re
from email.message import Message
from typing import Any

from readers.markup import html_shown
from readers.result import Note, Refused
from readers.rtf import rtf_text
from readers.text import clean, decode

#: Parts that only repeat a message for programs of one kind, as HTML of their own.
REPEATED = frozenset({"text/x-amp-html"})
_PAGES = frozenset({"text/html"}) | REPEATED
_PACKED_LINE = re.compile(r"[A-Za-z0-9+/=]*")
_ALWAYS_BESIDE = re.compile(
    r"multi-?part message|mime|cryptographically signed|s/mime|openpgp|mail (?:reader|program|client|system)",
    re.IGNORECASE,
)
_LONGEST_ALWAYS = 600


def payload(part: "Message") -> bytes:
    """The bytes of a part, decoded."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def payload_of(text: Any, way: str) -> bytes:
    """The bytes of text that is packed in a way of MIME; none where it is not."""
    part = Message()
    part["Content-Transfer-Encoding"] = way
    part.set_payload(text)
    return payload(part) if isinstance(text, str) else b""


def _payload_of_text(part: "Message") -> bytes:
    """The bytes of a text. Programs that hand messages on write lines after one that is packed, or pack nothing."""
    raw = part.get_payload()
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64" or not isinstance(raw, str):
        return payload(part)
    lines = raw.splitlines()
    end = next((at for at, line in enumerate(lines) if not _PACKED_LINE.fullmatch(line.strip())), len(lines))
    if end == len(lines):
        return payload(part)
    rest = "\n".join(lines[end:]).encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode("".join(lines[:end])) + b"\n" + rest
    except binascii.Error:
        return "\n".join(lines).encode("utf-8", "surrogateescape")


def beside_parts(part: "Message") -> tuple[str, str]:
    """What stands before the parts of a message and after them, which mail programs do not show.

    Without the sentence for programs that know of no parts.
    """
    before, after = (clean(str(text or "")).strip() for text in (part.preamble, part.epilogue))
    usual = len(before) < _LONGEST_ALWAYS and _ALWAYS_BESIDE.search(before)
    return "" if usual else before, after


def body(part: "Message") -> tuple[str, list[Note]]:
    """The text of a body, and what people have to know of it."""
    kind = part.get_content_type()
    data = _payload_of_text(part)
    if kind in ("text/rtf", "application/rtf"):
        return rtf_text(data), []
    text = text_of(data, _charset(part))
    if kind in ("text/enriched", "text/richtext"):
        return clean(re.sub(r"<[^>]*>", "", text)), []
    if kind in _PAGES:
        return html_shown(text)
    # NB: RFC 3676: a space before the end of a line says that it goes on, and here is not part of the text.
    flowed = str(part.get_param("delsp") or "").lower() == "yes"
    return re.sub(r" \r?\n", "", clean(text)) if flowed else clean(text), []


def _charset(part: "Message") -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, UnicodeError):
        return None


def text_of(data: bytes, charset: str | None) -> str:
    """Text in the encoding that is named, or in the one it is in where that does not fit."""
    if not data.isascii():
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode(charset) if charset else _guess(data)
    except (LookupError, UnicodeError, ValueError):
        return _guess(data)


def _guess(data: bytes) -> str:
    try:
        return decode(data)
    except Refused:
        return data.decode("utf-8", "replace")

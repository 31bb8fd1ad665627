"""The parts of a message (RFC 2045 to 2049, 2387, 5322): headers, bodies and what is attached, whatever is broken."""

import re
from dataclasses import dataclass, field
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value
from typing import Any

from readers.mail.bodies import REPEATED, beside_parts, body, payload, text_of
from readers.mail.signed import signed_content
from readers.mail.uuencoded import without_uuencoded
from readers.result import CHANGES, DAMAGED, ENCRYPTED, HIDDEN, TOO_LARGE, UNREAD, Note, Refused
from readers.text import clean

_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
_SENT_ON = ("Resent-From", "Resent-To", "Resent-Cc", "Resent-Date")
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_TEXTS = frozenset(
    {"text/plain", "text/html", "text/enriched", "text/richtext", "text/rtf", "application/rtf"}
)
# NB: pictures that are somewhere else stand in most messages, and few say anything.
_TOLD = frozenset({UNREAD, HIDDEN, CHANGES})
_PICTURE_BYTES = 50_000
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_LENGTH = re.compile(rb"\A(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]+:)")
_MOST_NESTED = 50
_SAME_WORDS = 0.8


@dataclass
class Contents:
    """A message taken apart: its bodies, and the parts that are files of their own.

    `pictures` are the small pictures that a body shows in its place, `differing` says that the versions of the
    text do not say the same, `sealed` that a body is encrypted, `notes` what people have to know of a body.
    """

    bodies: list[str] = field(default_factory=list)
    attached: "list[Message]" = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    differing: bool = False
    signed: bool = False
    sealed: bool = False
    notes: list[Note] = field(default_factory=list)


def without_length(data: bytes) -> bytes:
    """A message without the line before it that says how long it is, and what follows, as Apple Mail keeps them."""
    found = _LENGTH.match(data)
    return data[found.end() :][: int(found[1])] if found else data


def parsed(data: bytes) -> "Message":
    """A message of its bytes. Raises Refused with damaged."""
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        raise Refused(
            DAMAGED, "The message cannot be read. Save it again from the mail program and upload that."
        ) from None


def is_cut_off(message: "Message") -> bool:
    """Whether a part of a message, or of one within it, has no end."""
    return any(
        isinstance(defect, CloseBoundaryNotFoundDefect) for one in message.walk() for defect in one.defects
    )


def contents_of(message: "Message") -> Contents:
    """Take a message apart. Raises Refused with encrypted or too_large."""
    found = Contents()
    _take(message, found, 0)
    return found


def headers_of(message: "Message") -> list[str]:
    """The headers that people read, decoded, one a line."""
    lines = []
    for name in (*_HEADERS, *_SENT_ON):
        values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
        shown = ", ".join(filter(None, map(decoded, values)))
        if name == "Sender" and shown == decoded(_raw(message, "From")):
            continue
        if shown:
            lines.append(f"{name}: {shown}")
    return lines


def decoded(value: Any) -> str:
    """A header's value in one line: encoded words (RFC 2047) decoded, bytes in an unnamed encoding guessed."""
    text = str(value)
    try:
        pieces = decode_header(text)
    except (ValueError, LookupError):
        pieces = [(text, None)]
    shown = []
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            shown.append(text_of(piece, None if charset in (None, "unknown-8bit") else charset))
        elif any("\udc80" <= character <= "\udcff" for character in piece):
            shown.append(text_of(piece.encode("utf-8", "surrogateescape"), None))
        elif "\x1b" in piece:
            shown.append(text_of(piece.encode("utf-8", "replace"), "iso2022_jp_2"))
        else:
            shown.append(piece)
    return " ".join(clean("".join(shown) or text).split())


def file_name(part: "Message") -> str:
    """The name of an attached file; empty when it has none."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            value = _readable(part, header).get_param(parameter, None, header)
        except (ValueError, TypeError, LookupError, AttributeError):
            continue
        if value:
            name = collapse_rfc2231_value(value)
            return decoded(name)
    return ""


def _readable(part: "Message", name: str) -> "Message":
    """The part, or its header alone where that holds bytes in an encoding that it does not name."""
    raw = str(_raw(part, name))
    if raw.isascii() or not any("\udc80" <= character <= "\udcff" for character in raw):
        return part
    named = Message()
    named[name] = text_of(raw.encode("utf-8", "surrogateescape"), None)
    return named


def _raw(message: "Message", name: str) -> Any:
    return next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _take(part: "Message", found: Contents, depth: int) -> None:
    if depth > _MOST_NESTED:
        raise Refused(TOO_LARGE, f"The message is nested more than {_MOST_NESTED} deep.")
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind == "multipart/encrypted":
        _set_aside(part, found, depth)
    elif kind in _SEALED:
        _take_sealed(part, found, depth)
    elif part.get_content_maintype() == "multipart" and isinstance(inner, list):
        parts = [one for one in inner if isinstance(one, Message)]
        before, after = beside_parts(part)
        found.bodies += [before] if before else []
        if kind == "multipart/alternative":
            _take_alternative(parts, found, depth)
        elif kind == "multipart/related":
            _take_related(parts, found, depth)
        else:
            for one in parts:
                _take(one, found, depth + 1)
        found.bodies += [after] if after else []
    elif kind in _SIGNATURES:
        found.signed = True
    elif _is_body(part) or part.get_content_maintype() == "multipart":
        shown, notes = body(part)
        text, files = without_uuencoded(shown)
        found.sealed |= _ARMOUR in text
        found.bodies.append(text)
        found.notes += (note for note in notes if note.kind in _TOLD)
        found.attached += files
    else:
        found.attached.append(part)


def _take_sealed(part: "Message", found: Contents, depth: int) -> None:
    """A message in an envelope of S/MIME: what is only signed is read."""
    content = signed_content(payload(part))
    if content is None:
        _set_aside(part, found, depth)
        return
    found.signed = True
    _take(parsed(content), found, depth + 1)


def is_sealed(part: "Message") -> bool:
    """Whether a part is encrypted."""
    kind = part.get_content_type()
    return kind == "multipart/encrypted" or (kind in _SEALED and signed_content(payload(part)) is None)


def _set_aside(part: "Message", found: Contents, depth: int) -> None:
    """Keep an encrypted part apart from what can be read. Raises Refused where it is the whole message."""
    if depth == 0:
        raise Refused(
            ENCRYPTED, "The message is encrypted. Save it decrypted from the mail program and upload that."
        )
    found.attached.append(part)


def _take_alternative(parts: "list[Message]", found: Contents, depth: int) -> None:
    """Of versions of one text, the one that says most; what is attached within any of them is taken."""
    versions = []
    for one in [one for one in parts if one.get_content_type() not in REPEATED] or parts:
        version = Contents()
        _take(one, version, depth + 1)
        versions.append((one, version))
        found.attached += version.attached
        found.pictures += version.pictures
        found.signed |= version.signed
        found.sealed |= version.sealed
    bodies = [("\n\n".join(filter(str.strip, version.bodies)), version) for _, version in versions]
    bodies = [(text, version) for text, version in bodies if text.strip()]
    if not bodies:
        return
    best = bodies[0]
    for other in bodies[1:]:
        if _says_more(other[0], best[0]):
            found.differing = True
            best = other
    found.bodies.append(best[0])
    found.notes += best[1].notes
    found.differing |= best[1].differing


def _says_more(text: str, than: str) -> bool:
    words, others = _words(text), _words(than)
    return bool(words) and len(words & others) < _SAME_WORDS * len(words) and len(words) > 0.5 * len(others)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"https?://\S+", " ", text.lower())))


def _take_related(parts: "list[Message]", found: Contents, depth: int) -> None:
    """A body with what it shows; small pictures that it refers to are part of it, all else is attached."""
    before = len(found.attached)
    for one in parts:
        _take(one, found, depth + 1)
    markup = b"".join(
        payload(one) for part in parts for one in part.walk() if one.get_content_type() == "text/html"
    )
    kept = []
    for one in found.attached[before:]:
        identity = str(_raw(one, "Content-ID")).strip().strip("<>").encode("utf-8", "surrogateescape")
        shown = one.get_content_maintype() == "image" and identity and b"cid:" + identity in markup
        if shown and len(payload(one)) <= _PICTURE_BYTES:
            found.pictures.append(payload(one))
        else:
            kept.append(one)
    found.attached[before:] = kept


def _is_body(part: "Message") -> bool:
    disposition = str(part.get_content_disposition() or "")
    return (
        part.get_content_type() in _TEXTS | REPEATED and disposition != "attachment" and not file_name(part)
    )

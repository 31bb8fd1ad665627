"""EML: headers and body are the text, attachments are members."""

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import IO

from readers.archive import Spool, safe_name
from readers.markup import HTML_VERSION, html_text
from readers.result import (
    ACCEPTED,
    DAMAGED,
    ENCRYPTED,
    EXPANDED,
    NO_TEXT,
    TOO_LARGE,
    Limits,
    Member,
    Parsed,
    Refused,
)
from readers.text import check_pages, clean, decode, paginate

MEDIA_TYPE = "message/rfc822"
TEXT_VERSION = f"mail-1 {HTML_VERSION}"

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_MOST_NESTED = 50


def read_mail(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with encrypted, no_text, too_large or damaged."""
    message = _open(file)
    if message.get_content_type() in _SEALED and "signed-data" not in str(message.get("Content-Type", "")):
        raise Refused(
            ENCRYPTED, "The message is encrypted. Save it decrypted from the mail program and upload that."
        )
    bodies: list[str] = []
    members: list[Member] = []
    for part in _leaves(message, 0):
        if _is_attachment(part):
            _attach(part, members, limits, spool)
        else:
            bodies.append(_body(part))
    body = "\n\n".join(filter(str.strip, bodies))
    if not body.strip() and not members:
        raise Refused(NO_TEXT, "The message holds no text and no attachments.")
    return _result(message, body, members, limits)


def _result(message: EmailMessage, body: str, members: list[Member], limits: Limits) -> Parsed:
    attached = f"{len(members)} attachment{'s' if len(members) != 1 else ''}" if members else ""
    if not body.strip():
        reason = f"The message itself is empty; its {attached} became files of their own."
        return Parsed(EXPANDED, reason, MEDIA_TYPE, TEXT_VERSION, members=tuple(members))
    headers = [f"{name}: {message[name]}" for name in _HEADERS if message[name]]
    pages = paginate(clean("\n".join([*headers, "", body])).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The message holds no text.")
    reason = f"The message is a document; its {attached} became files of their own." if attached else ""
    return Parsed(ACCEPTED, reason, MEDIA_TYPE, TEXT_VERSION, pages, tuple(members))


def _open(file: IO[bytes]) -> EmailMessage:
    try:
        return BytesParser(policy=policy.default).parse(file)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Refused(
            DAMAGED,
            f"The message cannot be read ({type(error).__name__}). Save it again from the mail program and "
            "upload that.",
        ) from None


def _leaves(part: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """Parts with content of their own; of alternatives the plain text, else the last."""
    if depth > _MOST_NESTED:
        raise Refused(TOO_LARGE, f"The message is nested more than {_MOST_NESTED} deep.")
    if part.get_content_maintype() != "multipart":
        yield part
        return
    parts = [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
    if part.get_content_subtype() == "alternative" and parts:
        plain = next((inner for inner in parts if inner.get_content_type() == "text/plain"), None)
        parts = [plain if plain is not None else parts[-1]]
    for inner in parts:
        yield from _leaves(inner, depth + 1)


def _is_attachment(part: EmailMessage) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_type() not in {"text/plain", "text/html"}


def _attach(part: EmailMessage, members: list[Member], limits: Limits, spool: Spool) -> None:
    if limits.container_depth < 1:
        raise Refused(
            TOO_LARGE, "The message lies too deep inside other files. Take it out and upload it by itself."
        )
    # NB: pictures the body shows (signatures, logos) are part of its layout and not sent as files.
    if part.get_content_maintype() == "image" and part.get("Content-ID"):
        return
    if len(members) >= limits.member_count:
        raise Refused(TOO_LARGE, f"The message has more than {limits.member_count:,} attachments.")
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
        fallback = "message.eml"
    else:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        fallback = "attachment"
    members.append(spool.add(safe_name(part.get_filename() or "") or fallback, data))


def _body(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        text = data.decode(charset, "replace") if charset else decode(data)
    except LookupError:
        text = decode(data)
    return html_text(text) if part.get_content_type() == "text/html" else clean(text)

"""One message: headers and body are the text, attachments are members."""

from email.message import Message
from mimetypes import guess_extension
from typing import IO

from readers.archive import Spool, safe_name
from readers.mail.bodies import payload, payload_of
from readers.mail.parts import (
    Contents,
    contents_of,
    file_name,
    headers_of,
    is_cut_off,
    is_sealed,
    parsed,
    without_length,
)
from readers.mail.thread import ids_of, sent_of
from readers.markup import HTML_VERSION
from readers.result import (
    ACCEPTED,
    ENCRYPTED,
    EXPANDED,
    INSIDE,
    NO_TEXT,
    READING,
    TOO_LARGE,
    UNREAD,
    UNSUPPORTED,
    WHOLE,
    Limits,
    Member,
    Note,
    Parsed,
    Refused,
    told,
)
from readers.text import check_pages, clean, paginate
from readers.within import Pictures

MEDIA_TYPE = "message/rfc822"
TEXT_VERSION = f"mail-2 {HTML_VERSION}"
_MOST_WITHIN = 20
_UNNAMED = {
    "message/rfc822": "message.eml",
    "message/delivery-status": "delivery report.txt",
    "text/calendar": "invitation.ics",
    "text/rfc822-headers": "headers.txt",
    "application/octet-stream": "attachment",
}
_ELSEWHERE, _PARTIAL = "message/external-body", "message/partial"


def read_mail(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with encrypted, no_text, too_large or damaged."""
    return read_message(parsed(without_length(file.read())), limits, spool)


def read_message(message: "Message", limits: Limits, spool: Spool, media_type: str = MEDIA_TYPE) -> Parsed:
    """A message that is taken apart already. Raises Refused with encrypted, no_text or too_large."""
    contents = contents_of(message)
    notes: list[Note] = []
    within = ""
    if limits.container_depth < 1:
        within = _texts_within(contents, 0)
        members = _too_deep(contents, notes)
    else:
        members = _members(contents, limits, spool)
    body = "\n\n".join(filter(str.strip, [*contents.bodies, within]))
    headers = headers_of(message)
    is_empty = not body.strip() and not contents.pictures
    if is_empty and not members and not message["Subject"]:
        raise Refused(NO_TEXT, "The message holds no text and no attachments.")
    pictures = Pictures(limits)
    shown = pictures.lines(contents.pictures)
    notes = [*_notes(contents, members), *notes, *pictures.notes()]
    if is_cut_off(message):
        notes.append(Note(UNREAD, f"The message ends in the middle of its parts. {WHOLE}"))
    if is_empty and not headers:
        came = f"The message itself is empty; its {_attachments(len(members))} {_became(len(members))}."
        reason = " ".join(filter(None, [told(note for note in notes if note.kind == UNREAD), came]))
        return Parsed(EXPANDED, reason, media_type, TEXT_VERSION, members=tuple(members), notes=tuple(notes))
    pages = paginate(clean("\n".join([*headers, "", body, *shown])).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The message holds no text.")
    return Parsed(
        ACCEPTED,
        "",
        media_type,
        pictures.version(TEXT_VERSION),
        pages,
        tuple(members),
        tuple(notes),
        wants_ocr=pictures.wants_ocr,
        languages=pictures.languages(pages),
        ids=ids_of(message),
        sent=sent_of(message),
    )


def _members(contents: Contents, limits: Limits, spool: Spool) -> list[Member]:
    if len(contents.attached) > limits.member_count:
        raise Refused(TOO_LARGE, f"The message has more than {limits.member_count:,} attachments.")
    return [_member(part, spool) for part in contents.attached]


def _member(part: "Message", spool: Spool) -> Member:
    if part.get_content_type() == _ELSEWHERE:
        reason = "The message only says where this file lies. Get it from there and upload it."
        return Member(_name(part), disposition=UNSUPPORTED, reason=reason)
    if is_sealed(part):
        reason = (
            "This part of the message is encrypted. Save it decrypted from the mail program and upload that."
        )
        return Member(_name(part), disposition=ENCRYPTED, reason=reason)
    return spool.add(_name(part), _bytes(part))


def _name(part: "Message") -> str:
    kind = part.get_content_type()
    name = safe_name(file_name(part)) or _UNNAMED.get(kind) or f"attachment{guess_extension(kind) or ''}"
    # NB: the name tells that it is a message, where its headers are too few to.
    return (
        f"{name}.eml" if part.get_content_type() == "message/rfc822" and not name.endswith(".eml") else name
    )


def _bytes(part: "Message") -> bytes:
    if part.get_content_maintype() == "message":
        packed = _packed(part)
        if packed:
            return packed
        return b"\n".join(inner.as_bytes() for inner in _within(part)) or payload(part)
    return payload(part)


def _packed(part: "Message") -> bytes:
    """The bytes of a message that was packed against the standard (RFC 2046, section 5.2.1); else none."""
    way = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    inner = _within(part)
    if way not in ("base64", "quoted-printable") or len(inner) != 1 or inner[0].keys():
        return b""
    return payload_of(inner[0].get_payload(), way)


def _within(part: "Message") -> "list[Message]":
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _texts_within(contents: Contents, depth: int) -> str:
    """The text of messages within a message that lies too deep to have files of its own."""
    texts = []
    for part in contents.attached if depth < _MOST_WITHIN else ():
        for message in _within(part):
            inner = contents_of(message)
            texts += ["\n".join([*headers_of(message), "", *inner.bodies]), _texts_within(inner, depth + 1)]
    return "\n\n".join(filter(str.strip, texts))


def _too_deep(contents: Contents, notes: list[Note]) -> list[Member]:
    """The attachments of a message that lies too deep, each as a file that says so; messages are in the text."""
    messages = [part for part in contents.attached if part.get_content_type() == "message/rfc822"]
    if messages:
        stand = (
            "1 message within it stands"
            if len(messages) == 1
            else f"{len(messages)} messages within it stand"
        )
        notes.append(Note(READING, f"{stand} in the text, as it lies deep in other files."))
    return [
        Member(
            _name(part),
            disposition=TOO_LARGE,
            reason="The message lies too deep inside other files. Take it out and upload it by itself.",
        )
        for part in contents.attached
        if part not in messages
    ]


def _notes(contents: Contents, members: list[Member]) -> list[Note]:
    notes = list(contents.notes)
    if members:
        notes.append(
            Note(
                INSIDE,
                f"The message is a document; its {_attachments(len(members))} {_became(len(members))}.",
            )
        )
    if contents.differing:
        notes.append(
            Note(
                READING,
                "The message holds versions of its text that do not say the same. The one that says most is read.",
            )
        )
    if any(part.get_content_type() == _PARTIAL for part in contents.attached):
        text = "The message is one part of a longer one, which was sent in several. Upload it as a whole."
        notes.append(Note(UNREAD, text))
    if contents.sealed:
        notes.append(
            Note(
                UNREAD, "The text of the message is encrypted (PGP). Save it decrypted from the mail program."
            )
        )
    if contents.signed:
        notes.append(Note(READING, "The message is signed; who signed it is not checked."))
    if any(member.disposition for member in members):
        lost = sum(bool(member.disposition) for member in members)
        notes.append(Note(UNREAD, f"{_attachments(lost)} could not be taken."))
    return notes


def _became(count: int) -> str:
    return "became a file of its own" if count == 1 else "became files of their own"


def _attachments(count: int) -> str:
    return f"{count} attachment{'s' if count != 1 else ''}"

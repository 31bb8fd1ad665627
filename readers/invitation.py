"""Invitations and other entries of calendars (iCalendar, RFC 5545), and cards of people, as people read them."""

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from typing import IO

from readers.archive import Spool, safe_name
from readers.result import ACCEPTED, DAMAGED, INSIDE, READING, UNREAD, WHOLE, Limits, Member, Note, Parsed
from readers.text import check_pages, clean, decode, paginate

MEDIA_TYPE = "text/calendar"
CARD_TYPE = "text/vcard"
TEXT_VERSION = "calendar-2"

#: Name, parameters and value.
Line = tuple[str, dict[str, str], str]

# NB: values in quoted-printable, in cards of before 2006, go on where a line ends in "=".
_SOFT = re.compile(r"(?im)^([^:\n]*;ENCODING=QUOTED-PRINTABLE[^:\n]*:(?:[^\n]*=\r?\n)*[^\n]*)$")
_FOLDED = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r'(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)',
    re.DOTALL,
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_WORDS = {
    "SUMMARY": "Subject",
    "DTSTART": "Start",
    "DTEND": "End",
    "DUE": "Due",
    "DTSTAMP": "Written",
    "LAST-MODIFIED": "Changed",
    "LOCATION": "Place",
    "DESCRIPTION": "Description",
    "ORGANIZER": "Organiser",
    "ATTENDEE": "Invited",
    "COMMENT": "Comment",
    "STATUS": "Status",
    "METHOD": "Kind",
    "RRULE": "Repeats",
    "ATTACH": "Attachment",
    "N": "Name",
    "FN": "Full name",
    "ORG": "Firm",
    "TITLE": "Position",
    "ROLE": "Role",
    "TEL": "Telephone",
    "EMAIL": "E-mail",
    "ADR": "Address",
    "BDAY": "Born",
    "URL": "Web page",
}
#: Entries of their own, each set off by an empty line.
_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VCARD"})
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
#: Of cards: what is of several parts, set off by semicolons.
_SEVERAL = frozenset({"N", "ADR", "ORG", "GENDER"})
_FRAME = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "SEQUENCE", "TRANSP", "CLASS", "PRIORITY"}
)
_CLOCKS = "VTIMEZONE"
_METHODS = {"REQUEST": "Invitation", "CANCEL": "Cancelled", "REPLY": "Answer", "COUNTER": "Another proposal"}
_MAIL = re.compile("^mailto:", re.IGNORECASE)


def read_invitation(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with no_text, unsupported or too_large."""
    said = _said(file)
    notes = [Note(READING, "This is an entry of a calendar; what only programs need of it is left out.")]
    empty = "The entry of a calendar says nothing. Upload the one that does."
    return _read(said, notes, MEDIA_TYPE, empty, limits, spool)


def read_card(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Cards of people (vCard, RFC 6350 and its older versions). Raises as `read_invitation` does."""
    said = _said(file)
    pictures = any(name in _PICTURES for name, _, _ in said)
    notes = [Note(READING, "This is a card of an address book; what only programs need of it is left out.")]
    if pictures:
        notes.append(Note(READING, "Pictures, sounds and keys in it are left out."))
    said = [one for one in said if one[0] not in _PICTURES]
    return _read(said, notes, CARD_TYPE, "The card says nothing. Upload the one that does.", limits, spool)


def _read(
    said: list[Line], notes: list[Note], media_type: str, when_empty: str, limits: Limits, spool: Spool
) -> Parsed:
    pages = paginate(clean("\n".join(_lines(said))).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty=when_empty)
    if sum(name == "BEGIN" for name, _, _ in said) > sum(name == "END" for name, _, _ in said):
        notes.append(Note(UNREAD, f"The end of the file is missing. {WHOLE}"))
    packed = [one for one in said if one[0] == "ATTACH" and _is_packed(one[1])]
    members: list[Member] = []
    if packed and limits.container_depth < 1:
        notes.append(
            Note(UNREAD, f"{len(packed):,} files inside lie too deep in other files and are not read.")
        )
    elif packed:
        members = [_member(about, value, spool) for _, about, value in packed[: limits.member_count]]
        became = "1 file within it became a file of its own"
        if len(members) > 1:
            became = f"{len(members):,} files within it became files of their own"
        notes.append(Note(INSIDE, f"{became}."))
    return Parsed(ACCEPTED, "", media_type, TEXT_VERSION, pages, tuple(members), tuple(notes))


def _is_packed(about: dict[str, str]) -> bool:
    return about.get("VALUE") == "BINARY" or about.get("ENCODING", "").upper() in ("B", "BASE64")


def _member(about: dict[str, str], value: str, spool: Spool) -> Member:
    name = safe_name(about.get("FILENAME") or about.get("X-FILENAME") or "") or "attachment"
    try:
        return spool.add(name, base64.b64decode(value, validate=True))
    except binascii.Error:
        return Member(name, disposition=DAMAGED, reason="The file inside the entry cannot be taken out.")


def _said(file: IO[bytes]) -> list[Line]:
    text = _SOFT.sub(lambda found: re.sub(r"=\r?\n[ \t]?", "", found[1]), decode(file.read()))
    return [_parts(line) for line in _FOLDED.sub("", text).splitlines() if line.strip()]


def _parts(line: str) -> Line:
    """Name, parameters and value of a line; a line that is none is a value without a name."""
    found = _LINE.fullmatch(line)
    if found is None:
        return "", {}, line
    about = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(found[2])}
    value = found[3]
    if about.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value.encode()).decode(_known(about.get("CHARSET")), "replace")
    return found[1].upper(), about, value


def _known(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "utf-8").name
    except LookupError:
        return "utf-8"


def _lines(said: list[Line]) -> Iterator[str]:
    within: list[str] = []
    for name, about, value in said:
        if name == "BEGIN":
            within.append(value.strip().upper())
            if within[-1] in _ENTRIES:
                yield ""
        elif name == "END":
            within = within[:-1]
        elif _CLOCKS not in within and name not in _FRAME and not name.startswith("X-"):
            title = _WORDS.get(name, name.capitalize().replace("-", " "))
            shown = _shown(name, about, value)
            yield f"{title}: {shown}" if title else shown


def _shown(name: str, about: dict[str, str], value: str) -> str:
    if name == "ATTACH" and _is_packed(about):
        return about.get("FILENAME") or about.get("X-FILENAME") or "a file"
    if name == "METHOD":
        return _METHODS.get(value.strip().upper(), value)
    moment = _MOMENT.fullmatch(value.strip())
    if moment:
        clock = about.get("TZID") or ("UTC" if moment[7] else "")
        time = f" {moment[4]}:{moment[5]}" if moment[4] else ""
        return f"{moment[1]}-{moment[2]}-{moment[3]}{time}{f' ({clock})' if clock and time else ''}"
    if name in ("ORGANIZER", "ATTENDEE"):
        address = _MAIL.sub("", value.strip())
        person = f"{about['CN']} <{address}>" if about.get("CN") and about["CN"] != address else address
        answer = about.get("PARTSTAT", "").lower()
        return f"{person} ({answer})" if answer else person
    if name in _SEVERAL:
        value = ", ".join(part for part in re.split(r"(?<!\\);", value) if part)
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)

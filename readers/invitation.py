"""Invitations and other entries of calendars (iCalendar, RFC 5545), as people read them."""

import re
from collections.abc import Iterator
from typing import IO

from readers.result import ACCEPTED, READING, UNREAD, Limits, Note, Parsed
from readers.text import check_pages, clean, decode, paginate

MEDIA_TYPE = "text/calendar"
TEXT_VERSION = "calendar-1"

_FOLDED = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
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
}
#: Entries of their own, each set off by an empty line.
_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
_FRAME = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "SEQUENCE", "TRANSP", "CLASS", "PRIORITY"}
)
_CLOCKS = "VTIMEZONE"
_METHODS = {"REQUEST": "Invitation", "CANCEL": "Cancelled", "REPLY": "Answer", "COUNTER": "Another proposal"}
_MAIL = re.compile("^mailto:", re.IGNORECASE)


def read_invitation(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with no_text, unsupported or too_large."""
    said = [_parts(line) for line in _FOLDED.sub("", decode(file.read())).splitlines() if line.strip()]
    pages = paginate(clean("\n".join(_lines(said))).strip("\n"), limits)
    check_pages(
        pages, limits, least=1, when_empty="The entry of a calendar says nothing. Upload the one that does."
    )
    notes = [Note(READING, "This is an entry of a calendar; what only programs need of it is left out.")]
    packed = sum(
        name == "ATTACH" and "VALUE" in about and about["VALUE"] == "BINARY" for name, about, _ in said
    )
    if packed:
        what = "1 file within it is" if packed == 1 else f"{packed} files within it are"
        notes.append(Note(UNREAD, f"{what} not read. Save it from the calendar and upload it."))
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages, notes=tuple(notes))


def _parts(line: str) -> tuple[str, dict[str, str], str]:
    """Name, parameters and value of a line; a line that is none is a value without a name."""
    found = _LINE.fullmatch(line)
    if found is None:
        return "", {}, line
    about = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(found[2])}
    return found[1].upper(), about, found[3]


def _lines(said: list[tuple[str, dict[str, str], str]]) -> Iterator[str]:
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
    if name == "ATTACH" and about.get("VALUE") == "BINARY":
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
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)

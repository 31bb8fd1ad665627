"""What reading one file gives, and the limits it is read under. Both cross a process boundary as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Self

ACCEPTED = "accepted"
ENCRYPTED = "encrypted"
NO_TEXT = "no_text"
UNSUPPORTED = "unsupported"
DAMAGED = "damaged"
TOO_LARGE = "too_large"
EXPANDED = "expanded"
DISPOSITIONS = frozenset({ACCEPTED, ENCRYPTED, NO_TEXT, UNSUPPORTED, DAMAGED, TOO_LARGE, EXPANDED})

UNREAD = "unread"
COVERED = "covered"
INVISIBLE = "invisible"
GARBLED = "garbled"
FORM = "form"
CHANGES = "changes"
COMMENTS = "comments"
HIDDEN = "hidden"
INSIDE = "inside"
OCR = "ocr"
READING = "reading"
#: Kinds of note, the gravest first: what was not read, what is not shown to a person who opens the file, what is
#: beside the text, what came out of the file, how it was read.
NOTE_KINDS = (UNREAD, COVERED, INVISIBLE, GARBLED, HIDDEN, FORM, CHANGES, COMMENTS, OCR, INSIDE, READING)
REASON_CHARACTERS = 500
#: What to do about a file whose end is missing.
WHOLE = "What there is of it is read. Get the whole file and upload that."
_NOTES_OF_A_KIND = 30

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What one file may cost. Times in seconds, sizes in MiB (2^20 bytes).

    `container_depth` is how many more containers may be opened inside this one; 0 means the file itself may
    not be a container. `ocr_seconds` of processor time come on top where text is recognised in pictures, in
    `ocr_languages` (names of tesseract's, joined by `+`); with none of them no text is recognised. Of a PDF with
    more than `slice_pages` pages only so many are read, from `first_page` on, and the limits of time are for those;
    0 stands for all at once. `wall_seconds` are those after which a reading that does no work is given up; one that
    does has its time of the processor, however long a busy machine takes to give it that.
    """

    memory_mib: int = 1024
    cpu_seconds: int = 60
    wall_seconds: int = 90
    max_pages: int = 5000
    text_mib: int = 64
    container_depth: int = 3
    member_count: int = 2000
    member_mib: int = 100
    expanded_mib: int = 1024
    expansion_ratio: int = 200
    ocr_seconds: int = 0
    ocr_languages: str = "eng"
    first_page: int = 1
    slice_pages: int = 0


@dataclass(frozen=True)
class Member:
    """A file found in a container. Its bytes lie at `offset` of the spool, `size` of them.

    A member that could not be taken out has a disposition and a reason instead of bytes.
    """

    name: str
    offset: int = 0
    size: int = 0
    disposition: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Note:
    """Something about a file that people have to know beside its text: one sentence, of one of `NOTE_KINDS`.

    `page` is counted from 1; 0 stands for the whole file.
    """

    kind: str
    text: str
    page: int = 0


@dataclass(frozen=True)
class Parsed:
    """The outcome for one file: `disposition` and `reason` always, `pages` when it is accepted.

    `media_type` and `text_version` (extractor and library versions) are empty when the format is not known.
    `labels` are the numbers printed on the pages, as many as pages, or none where the file names none.
    `boxes` are those of the words of each page (`boxes.pack`), as many as pages, or none where pages have no look.
    `languages` are those that text of each page was recognised in, empty for a page without such text; as many as
    pages, or none where no text was recognised. `total_pages` are those of the whole file where these are only some
    of them, and 0 otherwise; then the pages are kept whatever the disposition is.
    `wants_ocr`: text recognition, which the limits left no time for, would find more.
    `ids` are, of a message, its Message-ID (perhaps empty) and those that it refers to; `sent` is when, in ISO 8601.
    """

    disposition: str
    reason: str
    media_type: str = ""
    text_version: str = ""
    pages: tuple[str, ...] = ()
    members: tuple[Member, ...] = field(default=())
    notes: tuple[Note, ...] = ()
    labels: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    wants_ocr: bool = False
    ids: tuple[str, ...] = ()
    sent: str = ""
    languages: tuple[str, ...] = ()
    total_pages: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError when `given` is not what `to_json` makes."""
        if given["disposition"] not in DISPOSITIONS:
            raise ValueError("unknown disposition")
        pages = tuple(given["pages"])
        labels = tuple(given["labels"])
        boxes = tuple(given["boxes"])
        ids = tuple(given["ids"])
        languages = tuple(given["languages"])
        texts = (given["reason"], given["media_type"], given["text_version"], *pages, *labels, *boxes)
        texts = (*texts, *ids, *languages, given["sent"])
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("text expected")
        return cls(
            disposition=given["disposition"],
            reason=given["reason"],
            media_type=given["media_type"],
            text_version=given["text_version"],
            pages=pages,
            members=tuple(Member(**member) for member in given["members"]),
            notes=tuple(_note(**note) for note in given["notes"]),
            labels=labels,
            boxes=boxes,
            wants_ocr=bool(given["wants_ocr"]),
            ids=ids,
            sent=given["sent"],
            languages=languages,
            total_pages=int(given["total_pages"]),
        )


def _note(kind: Any, text: Any, page: Any) -> Note:
    if kind not in NOTE_KINDS or not isinstance(text, str) or not isinstance(page, int):
        raise ValueError("no note")
    return Note(kind, text, page)


class Refused(Exception):  # noqa: N818  an outcome, not an error
    """The file cannot be accepted; `reason` tells a person why and what to do. `wants_ocr` as in `Parsed`."""

    def __init__(self, disposition: str, reason: str, *, wants_ocr: bool = False) -> None:
        super().__init__(reason)
        self.wants_ocr = wants_ocr
        self.disposition = disposition
        self.reason = reason


def too_long_in_time(limits: Limits) -> Parsed:
    """The outcome for a file whose reading was stopped by the clock."""
    return Parsed(
        TOO_LARGE,
        f"Reading this file took more than {limits.cpu_seconds} seconds. Split it into smaller files, or "
        "print it to a new PDF, and upload that.",
    )


def too_big_in_memory(limits: Limits) -> Parsed:
    """The outcome for a file whose reading ran out of memory."""
    return Parsed(
        TOO_LARGE,
        f"Reading this file needs more than {limits.memory_mib} MiB of memory. Split it into smaller files, "
        "or print it to a new PDF, and upload that.",
    )


def too_large_inside(name: str, limits: Limits) -> Member:
    """The outcome for one file of a container that is too large; the others are taken."""
    reason = f"The file is larger than {limits.member_mib} MiB. Split it into smaller files and upload those."
    return Member(name, disposition=TOO_LARGE, reason=reason)


def told(notes: Iterable[Note]) -> str:
    """Notes as one text, the gravest first, as far as `REASON_CHARACTERS` go."""
    said = " ".join(note.text for note in sorted(notes, key=lambda note: NOTE_KINDS.index(note.kind)))
    return (
        said if len(said) <= REASON_CHARACTERS else said[: REASON_CHARACTERS - 4].rpartition(" ")[0] + " ..."
    )


def few(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes; of a kind that most pages have, the first ones and how many more there are."""
    by_kind: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_kind[note.kind].append(note)
    for kind, found in by_kind.items():
        yield from found[:_NOTES_OF_A_KIND]
        if len(found) > _NOTES_OF_A_KIND:
            more = len(found) - _NOTES_OF_A_KIND
            yield Note(kind, f"The same is true of {more:,} more pages.")


def too_many_pages(count: int, limits: Limits) -> Refused:
    """The outcome for a file of `count` pages."""
    return Refused(
        TOO_LARGE,
        f"The file has {count:,} pages; at most {limits.max_pages:,} are read. Split it into smaller files.",
    )

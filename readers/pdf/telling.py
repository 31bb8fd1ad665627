"""What people are told of the pages of a PDF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readers.pdf.page import PageText
from readers.result import OCR, READING, UNREAD, Note

RUN_OCR = "Run text recognition (OCR) over it and upload the result."
PRINT = "Open the file in a PDF program, print it to a new PDF and upload that."
_LISTED = 10
_NOTES_OF_A_KIND = 30


def files(count: int) -> str:
    """A number of files in words."""
    return "1 file" if count == 1 else f"{count:,} files"


def of_pages(pages: Sequence[PageText], texts: Sequence[str], known: set[int]) -> Iterator[Note]:
    """Which pages hold no text or less than they show; `known` are pages that people are told of already."""
    numbered = list(enumerate(pages, start=1))
    empty = [n for n, text in enumerate(texts, start=1) if not text.strip() and n not in known]
    blank = [n for n in empty if pages[n - 1].is_blank]
    drawn = [n for n in empty if not pages[n - 1].is_blank]
    stamped = [n for n, page in numbered if page.is_scan and n not in empty]
    layered = [n for n, page in numbered if page.is_recognised]
    beside = [n for n, page in numbered if page.has_picture and n not in {*stamped, *empty, *layered}]
    total = f"of {len(texts)} pages"
    if layered:
        yield Note(
            OCR,
            f"{len(layered)} {total} are pictures with text from another program's text recognition (OCR, page "
            f"{_listed(layered)}): check quotes against the original.",
        )
    if drawn:
        yield Note(UNREAD, f"{len(drawn)} {total} hold no text (page {_listed(drawn)}): in need of OCR.")
    if stamped:
        yield Note(
            UNREAD,
            f"{len(stamped)} {total} are pictures with a few words of text over them (page {_listed(stamped)}): what "
            f"the pictures show is not read. {RUN_OCR}",
        )
    if beside:
        yield Note(
            READING,
            f"{len(beside)} {total} hold large pictures beside their text (page {_listed(beside)}), which are not "
            "read for text.",
        )
    if blank:
        yield Note(READING, f"{len(blank)} {total} hold no text (page {_listed(blank)}): blank.")


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_LISTED])) + (", ..." if len(numbers) > _LISTED else "")


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

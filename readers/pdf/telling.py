"""What people are told of the pages of a PDF."""

from collections.abc import Iterator, Sequence

from readers.ocr import MARK
from readers.pdf.page import PageText
from readers.result import OCR, READING, UNREAD, Note

RUN_OCR = "Run text recognition (OCR) over it and upload the result."
PRINT = "Open the file in a PDF program, print it to a new PDF and upload that."
_LISTED = 10


def files(count: int) -> str:
    """A number of files in words."""
    return "1 file" if count == 1 else f"{count:,} files"


def of_pages(
    pages: Sequence[PageText],
    texts: Sequence[str],
    known: set[int],
    first: int,
    *,
    are_some: bool,
    is_recognising: bool,
) -> Iterator[Note]:
    """Which pages, from `first` on, hold no text or less than they show; `known` are those that are told of already.

    `are_some`: there are other pages beside these. `is_recognising`: text in pictures was looked for.
    """
    numbered = list(enumerate(pages, start=first))
    empty = [n for n, text in enumerate(texts, start=first) if not text.strip() and n not in known]
    blank = [n for n in empty if pages[n - first].is_blank]
    drawn = [n for n in empty if not pages[n - first].is_blank]
    stamped = [n for n, page in numbered if page.is_scan and n not in empty]
    layered = [n for n, page in numbered if page.is_recognised]
    beside = [
        n
        for n, page in numbered
        if page.pictures and n not in {*known, *stamped, *empty} and MARK not in page.text
    ]
    total = f"of pages {first} to {first + len(texts) - 1}" if are_some else f"of {len(texts)} pages"
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
        told = f"{len(beside)} {total} hold pictures that seem to show text (page {_listed(beside)})"
        if is_recognising:
            yield Note(READING, f"{told}; none was recognised in them.")
        else:
            yield Note(UNREAD, f"{told}, which is not read. {RUN_OCR}")
    if blank:
        yield Note(READING, f"{len(blank)} {total} hold no text (page {_listed(blank)}): blank.")


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_LISTED])) + (", ..." if len(numbers) > _LISTED else "")

"""The outline of a contract, and the lines that its pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from consolidation.briefs.fields import Heading, Range
from consolidation.briefs.words import spaced, trimmed
from consolidation.text.spaces import plain_spaces

_NUMBER = (
    r"(?:(?:ARTICLE|Article|SECTION|Section)\s{1,4}(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,7})\b"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\b|[IVX]{1,5}(?=\.)|\([a-z]\)(?=\s+[A-Z][\w ]{1,50}\.))"
)
_WORDS = r"[A-Z][A-Za-z0-9&'\u2019/;,()\" -]{1,80}?"
#: A heading on its own line, or before the sentence that follows it on one line.
_LINE = re.compile(
    r"(?:^|\n)[ \t]{0,40}(?P<number>"
    + _NUMBER
    + r")[ \t]{0,3}[.:)\u2014-]?[ \t\n]{1,12}(?P<words>"
    + _WORDS
    + r")[ \t]{0,4}(?=[.:](?![A-Z]\.)|\n|$)"
)
_INLINE = re.compile(
    r"(?<=[.;:)\"\u201d\]])\s{1,8}(?P<number>(?:ARTICLE|Article|SECTION"
    r"|Section)\s{1,4}(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,7})\b|\d{1,2}(?:\.\d{1,2}){1,3}\b|\d{1,2}(?=\.))"
    r"\.?[.:\u2014-]?\s{1,8}(?P<words>[A-Z][A-Za-z&'\u2019/;, -]{2,70}?)(?=[.:]\s)"
)
_CAPITALS = re.compile(r"(?:^|\n)[ \t]{0,40}(?P<words>[A-Z][A-Z0-9&'\u2019/,() -]{3,70})[ \t]{0,20}(?=\n|$)")
#: Lines of a table of contents end in a page number.
_PAGE_NUMBER = re.compile(r"[\s.\u2026]{1,80}\d{1,3}\s{0,4}(?:\n|$|(?=\d{1,2}\.|ARTICLE|Section))")
_SENTENCE = re.compile(r"\b(?:shall|will|may|is|are|has|have|agrees?|hereby|means|must|be)\b")
_NAME_LIKE = re.compile(
    r"\b(?:INC|LLC|LTD|CORP|CORPORATION|L\.P)\b|^(?:EXHIBIT|SOURCE|BY|AND|BETWEEN|PAGE|NAME|TITLE|DATE)\b"
)
#: Most words of a heading.
_MOST_WORDS = 12


def _heading(text: str, match: re.Match[str]) -> Heading | None:
    words = match["words"]
    number = spaced(match["number"]) if "number" in match.re.groupindex else ""
    if (
        len(words.split()) > _MOST_WORDS
        or _SENTENCE.search(words)
        or _PAGE_NUMBER.match(text, match.end("words"))
    ):
        return None
    if sum(word[0].isupper() for word in words.split() if word[0].isalpha()) * 2 < len(words.split()):
        return None
    if not number and (_NAME_LIKE.search(words) or len(words.strip()) < 5):
        return None
    start = match.start("number") if number else match.start("words")
    low, high = trimmed(text, start, match.end("words"), ",;")
    return Heading(
        number.rstrip("."), spaced(text[match.start("words") : match.end("words")]).rstrip(" ,;"), (low, high)
    )


def headings(text: str) -> tuple[Heading, ...]:
    """Section headings in order, none inside another; a table of contents is left out.

    Headings are told by a number before a few capitalised words, on a line of their own or before a full stop, and
    by lines in capitals. Time is linear in the length of `text`.
    """
    text = plain_spaces(text)
    found: list[Heading] = []
    for pattern in (_LINE, _INLINE, _CAPITALS):
        for match in pattern.finditer(text):
            if one := _heading(text, match):
                found.append(one)
    found.sort(key=lambda h: (h.place[0], -h.place[1]))
    kept: list[Heading] = []
    for one in found:
        if not kept or one.place[0] >= kept[-1].place[1]:
            kept.append(one)
    return tuple(kept)


#: Lines at either end of a page that can be running ones, and the part of pages on which such a line must stand.
_EDGE_LINES, _LEAST_PAGES, _LEAST_PART = 3, 3, 0.3
_PAGE = re.compile(r"^\W*(?:page\s*)?(?:#\s*(?:of|/)\s*#|#|[ivxl]{1,6})\W*$", re.IGNORECASE)


def line_form(line: str) -> str:
    """The form in which a line is the same on all pages: single spaces, "#" for each number."""
    return re.sub(r"\d+", "#", spaced(line)).lower()


def _edges(page: str) -> Iterator[Range]:
    lines = [m.span() for m in re.finditer(r"[^\n]+", page) if m[0].strip()]
    yield from dict.fromkeys(lines[:_EDGE_LINES] + lines[-_EDGE_LINES:])


def running_lines(pages: Sequence[str]) -> set[str]:
    """Headers, footers and page numbers: lines at the edges of at least 3 pages, and of three pages in ten.

    Args:
        pages: the text of each page.

    Returns:
        The lines in the form of `line_form`.
    """
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({line_form(page[low:high]) for low, high in _edges(page)})
    least = max(_LEAST_PAGES, _LEAST_PART * len(pages))
    return {form for form, n in counts.items() if n >= least or (n >= 2 and _PAGE.match(form))}


def running_ranges(text: str, page_starts: Sequence[int]) -> tuple[Range, ...]:
    """Where the running lines of a document stand in its text, in order.

    Args:
        text: the document's text.
        page_starts: offset of each page.
    """
    bounds = [*page_starts, len(text)]
    pages = [text[low:high] for low, high in pairwise(bounds)]
    running = running_lines(pages)
    return tuple(
        (shift + low, shift + high)
        for shift, page in zip(page_starts, pages, strict=True)
        for low, high in sorted(_edges(page))
        if line_form(page[low:high]) in running
    )

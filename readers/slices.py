"""Long PDFs, read some pages at a time: each part within the limits of time and memory, then all of them together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from readers.result import ACCEPTED, UNREAD, Limits, Note, Parsed, Refused, few, told
from readers.text import check_pages

#: How many pages are read at once where the limits do not say.
PAGES = 200


def slice_of(limits: Limits, first: int) -> Limits:
    """The limits for reading the pages from `first` on, counted from 1."""
    return replace(limits, first_page=first, slice_pages=limits.slice_pages or PAGES)


def lost(first: int, total: int, outcome: Parsed, pages: int = PAGES) -> Parsed:
    """The part that begins with page `first` where reading it ended with an outcome for the whole file only."""
    last = min(total, first + pages - 1)
    count = last - first + 1
    note = Note(UNREAD, f"Pages {first} to {last} could not be read. {outcome.reason}", first)
    return replace(outcome, pages=("",) * count, boxes=("",) * count, notes=(note,), total_pages=total)


def joined(parts: Sequence[Parsed], limits: Limits) -> Parsed:
    """The outcome for a file whose parts were read, given in order; where none holds text it is that of the first."""
    last = parts[-1]
    shared = replace(
        last,
        media_type=next((part.media_type for part in parts if part.media_type), ""),
        text_version=max((part.text_version for part in parts), key=len),
        notes=tuple(few(chain.from_iterable(part.notes for part in parts))),
        wants_ocr=any(part.wants_ocr for part in parts),
        total_pages=0,
    )
    shared = replace(shared, reason=told(shared.notes), disposition=ACCEPTED)
    if all(part.disposition != ACCEPTED for part in parts):
        return _without_pages(shared, parts[0].disposition, parts[0].reason)
    pages = tuple(chain.from_iterable(part.pages for part in parts))
    try:
        check_pages(pages, limits, least=1, when_empty=parts[0].reason)
    except Refused as refused:
        return _without_pages(shared, refused.disposition, refused.reason)
    languages = tuple(chain.from_iterable(part.languages or ("",) * len(part.pages) for part in parts))
    return replace(
        shared,
        pages=pages,
        boxes=tuple(chain.from_iterable(part.boxes for part in parts)),
        languages=languages if any(languages) else (),
    )


def _without_pages(shared: Parsed, disposition: str, reason: str) -> Parsed:
    return replace(
        shared, disposition=disposition, reason=reason, pages=(), boxes=(), labels=(), languages=()
    )

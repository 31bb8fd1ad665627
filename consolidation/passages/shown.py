"""What of a document is shown to people: verbatim quotes, and passages to be read."""

from __future__ import annotations

from dataclasses import dataclass

from consolidation.text.windows import Range


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words: `quote == text[start:end]`; `marked` are the ranges of the text that answer.

    `left_out` are running headers, footers and the like within it, which are not shown.
    """

    start: int
    end: int
    quote: str
    marked: tuple[Range, ...] = ()
    left_out: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that bears on the question, to be read by people, and the heading it stands under.

    `left_out` are running headers, footers and the like within it, which are not shown.
    """

    start: int
    end: int
    text: str
    heading: str = ""
    left_out: tuple[Range, ...] = ()

"""Quotes as they are found, and as they are shown: one card for quotes that overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Range = tuple[int, int]

#: From the surest way in which a quote was found in the text to the least sure one.
SURENESS = ("exact", "tolerant", "read", "unverified")


@dataclass(frozen=True)
class QuoteFacts:
    """A quote: `start`, `end` and the answer's words in it, `marked`, in characters of the document's text.

    `left_out` are running headers and footers within it, which are not shown.
    """

    start: int
    end: int
    quote: str
    verification: str
    score: float
    marked: Sequence[Range] = ()
    kind: str = "quote"
    heading: str = ""
    left_out: Sequence[Range] = ()


def merged(quotes: Iterable[QuoteFacts]) -> list[QuoteFacts]:
    """The quotes with those that overlap made one, in the order in which the first of each came.

    What is merged is as sure as its least sure part. Passages are left as they are.
    """
    found: list[QuoteFacts] = []
    for quote in quotes:
        touched = [other for other in found if _overlap(other, quote)]
        if not touched:
            found.append(quote)
            continue
        place = found.index(touched[0])
        for other in touched:
            quote = _joined(other, quote)
            found.remove(other)
        found.insert(place, quote)
    return found


def _overlap(one: QuoteFacts, other: QuoteFacts) -> bool:
    return one.kind == other.kind == "quote" and one.start < other.end and other.start < one.end


def _joined(one: QuoteFacts, other: QuoteFacts) -> QuoteFacts:
    first, second = sorted((one, other), key=lambda quote: (quote.start, -quote.end))
    text = first.quote + second.quote[max(0, first.end - second.start) :]
    return replace(
        first,
        end=max(first.end, second.end),
        quote=text,
        verification=max(one.verification, other.verification, key=SURENESS.index),
        score=min(one.score, other.score),
        marked=sorted({*one.marked, *other.marked}),
        left_out=sorted({*one.left_out, *other.left_out}),
    )

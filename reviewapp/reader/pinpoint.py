"""Pinpoint citations: document, page, Bates number and quote, as one cites them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from reviewapp.frame.wrapping import joined

_EDGE_LINES = 3
_BATES = re.compile(r"(?P<prefix>[A-Z][A-Z0-9&._-]{0,24}?[A-Z_-]?[ _-]?)(?P<number>\d{4,12})")
_LEAST_PREFIX = 2
_LEAST_ALONE = 5


class Bates(NamedTuple):
    """A Bates number as it is printed, in its parts."""

    prefix: str
    digits: str

    @property
    def text(self) -> str:
        return self.prefix + self.digits


def bates_number(texts: Mapping[int, str], number: int) -> str:
    """The Bates number that page `number` shows; empty without one.

    It stands alone in one of the first or last lines; where a page before or after is among `texts`, one of them has
    to show the number before or after it, so that no other number is taken for it.
    """
    around = [bates for at in (number - 1, number + 1) if at in texts for bates in _candidates(texts[at])]
    alone = number - 1 not in texts and number + 1 not in texts
    for bates in _candidates(texts.get(number, "")):
        beside = any(_follows(bates, other) or _follows(other, bates) for other in around)
        if beside or (alone and len(bates.digits) >= _LEAST_ALONE):
            return bates.text
    return ""


def pinpoint(name: str, page: str, bates: str, quote: str) -> str:
    """A citation in one line; `page` as it is called, `quote` may be empty."""
    where = ", ".join(filter(None, (name, page, bates)))
    said = " ".join(joined(quote).split())
    return f"{where}: “{said}”" if said else where


def _candidates(text: str) -> list[Bates]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    edges = lines if len(lines) <= 2 * _EDGE_LINES else [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
    matches = (_BATES.fullmatch(line) for line in edges)
    return [
        Bates(match["prefix"], match["number"])
        for match in matches
        if match and sum(map(str.isalpha, match["prefix"])) >= _LEAST_PREFIX
    ]


def _follows(one: Bates, other: Bates) -> bool:
    return (
        one.prefix == other.prefix
        and len(one.digits) == len(other.digits)
        and int(other.digits) == int(one.digits) + 1
    )

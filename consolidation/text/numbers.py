"""Numbers as people and contracts write them: "2,000", "two thousand", "one and a half million", "thirty (30)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = (
    {"zero": 0}
    | {word: n for n, word in enumerate(UNITS, 1)}
    | {word: 10 * n for n, word in enumerate(TENS, 2)}
)
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "eighth": 8, "tenth": 10,
          "hundredth": 100}  # fmt: skip
_TOKEN = re.compile(r"\d{1,3}/\d{1,3}(?![\d/])|\.?\d[\d.,/]*|[a-z]+", re.IGNORECASE)
_FIGURES = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15}|(?=\.\d))(?:\.\d{1,12})?")
_BETWEEN = re.compile(r"\s{1,9}|\s?-\s?")
_OPENS = re.compile(r"\s{0,3}\(\s?")
#: Decimals that are kept of a part that has no end ("one third").
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its character range, its value, and whether it is written in figures."""

    start: int
    end: int
    value: Decimal
    figures: bool = False


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    word: str
    #: Whether it goes on from the token before, with no more than a space or a hyphen between.
    joins: bool
    figures: Decimal | None = None
    fraction: Decimal | None = None


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        word = match[0].rstrip(".,/") if match[0][-1] in ".,/" else match[0]
        joins = end >= 0 and bool(_BETWEEN.fullmatch(text, end, match.start()))
        end = match.start() + len(word)
        token = _Token(match.start(), end, word.lower(), joins)
        if "/" in word:
            token.fraction = _ratio(*word.split("/")) if word.count("/") == 1 else None
        elif not word.isalpha() and _FIGURES.fullmatch(word):
            token.figures = Decimal(word.replace(",", ""))
        found.append(token)
    return found


def _ratio(above: str, below: str) -> Decimal | None:
    """A proper fraction that figures write: "1/2", and not a date or a number of a house."""
    if not (above.isdecimal() and below.isdecimal() and 0 < int(above) < int(below) <= 100):
        return None
    return _part(Decimal(int(above)), int(below))


def _part(many: Decimal, of: int) -> Decimal:
    exact = many / of
    return exact if exact == exact.quantize(_PLACES) else exact.quantize(_PLACES)


class _Reader:
    """Reads one number from a token on; `at` is the token after it."""

    def __init__(self, tokens: Sequence[_Token], at: int, parts: Mapping[str, int]) -> None:
        self.tokens, self.first, self.at, self.parts = tokens, at, at, parts
        self.total, self.part = Decimal(0), Decimal(0)
        self.begun = self.figures = False
        #: The largest small number that may still follow, and the smallest scale so far.
        self.room, self.scale = 99, 10**15

    def _next(self, ahead: int = 0) -> _Token | None:
        at = self.at + ahead
        if at >= len(self.tokens) or (at > self.first and not self.tokens[at].joins):
            return None
        return self.tokens[at]

    def _word(self, ahead: int = 0) -> str:
        token = self._next(ahead)
        return token.word if token else ""

    def read(self) -> Decimal | None:
        """The value; None where no number begins."""
        while (token := self._next()) and self._take(token):
            self.begun = True
        return self.total + self.part if self.begun else None

    def _take(self, token: _Token) -> bool:
        word = token.word
        if token.figures is not None:
            return not self.begun and self._add(token.figures, room=0, figures=True)
        if word in _SMALL:
            return self._small(word)
        if word == "hundred" and 0 < self.part < 100:
            self.part, self.room, self.at = self.part * 100, 99, self.at + 1
            return True
        if word in SCALES and self.part and SCALES[word] < self.scale:
            self.total += self.part * SCALES[word]
            self.scale, self.part, self.room, self.at = SCALES[word], Decimal(0), 99, self.at + 1
            return True
        if word == "and" and self.begun:
            return self._after_and()
        if word in ("a", "an") and not self.begun and self._word(1) in {"hundred", *SCALES}:
            return self._add(Decimal(1), room=0)
        return self._fraction()

    def _add(self, value: Decimal, room: int, tokens: int = 1, *, figures: bool = False) -> bool:
        self.part, self.room, self.at = self.part + value, room, self.at + tokens
        self.figures = self.figures or figures
        return True

    def _small(self, word: str) -> bool:
        value = _SMALL[word]
        if (found := self._fraction_at(0)) and not self.begun:
            return self._add(*found)
        if value > self.room or (self.begun and not value):
            return False
        return self._add(Decimal(value), room=9 if value >= 20 else 0)

    def _after_and(self) -> bool:
        if self.part % 1 == 0 and (found := self._fraction_at(1)):
            return self._add(found[0], 0, found[2] + 1)
        value = _SMALL.get(self._word(1), 0)
        if self.room != 99 or not value:
            return False
        return self._add(Decimal(value), 9 if value >= 20 else 0, tokens=2)

    def _fraction(self) -> bool:
        """A fraction that begins a number ("half a million"), or figures that go on from others ("1 1/2")."""
        token = self._next()
        goes_on = token is not None and token.fraction is not None and self.part % 1 == 0
        if (self.begun and not goes_on) or (found := self._fraction_at(0)) is None:
            return False
        self._add(*found)
        if self._word() in ("a", "an") and self._word(1) in SCALES:
            self.at += 1
        return True

    def _fraction_at(self, ahead: int) -> tuple[Decimal, int, int] | None:
        """A fraction so many tokens on, the room after it, and how many tokens it takes."""
        token = self._next(ahead)
        if token is None:
            return None
        if token.fraction is not None:
            return token.fraction, 0, 1
        many, word = _SMALL.get(token.word), self._word(ahead + 1)
        if token.word == "half":
            return _part(Decimal(1), 2), 0, 1
        if token.word in ("a", "an"):
            many = 1
        of = self.parts.get(word) or self.parts.get(word.removesuffix("s"))
        return (_part(Decimal(many), of), 0, 2) if many and of else None


def numbers(text: str, *, quarters: bool = True) -> list[Number]:
    """Numbers of up to fifteen digits in `text`, in order; figures in brackets after words are one with them.

    Where words and the figures in brackets after them differ, the figures count.

    Args:
        text: any text; the cost is linear in it.
        quarters: whether a quarter is a part of one, and not a span of time.
    """
    parts = _PARTS if quarters else {word: of for word, of in _PARTS.items() if word != "quarter"}
    tokens = _tokens(text)
    found: list[Number] = []
    for one in _read(tokens, parts):
        before = found[-1] if found else None
        if before and not before.figures and one.figures and _OPENS.fullmatch(text, before.end, one.start):
            found[-1] = Number(before.start, one.end, one.value, figures=True)
        else:
            found.append(one)
    return found


def _read(tokens: Sequence[_Token], parts: Mapping[str, int]) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        reader = _Reader(tokens, at, parts)
        value = reader.read()
        if value is not None:
            yield Number(tokens[at].start, tokens[reader.at - 1].end, value, reader.figures)
        at = max(reader.at, at + 1)

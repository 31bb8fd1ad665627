"""The text of one page, and what people have to know about it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from readers.boxes import Placed, Share
from readers.pdf import beside
from readers.pdf.look import Picture
from readers.pdf.shown import drawn_on, hidden_words
from readers.pdf.words import LINE_HYPHEN, Box, RawPage, Word, in_reading_order, raw_page
from readers.result import CHANGES, COMMENTS, COVERED, FORM, HIDDEN, INVISIBLE, UNREAD, Note

#: Stands in the text where a word lies under a box.
BOX = "█"
SCAN_CHARACTERS = 300
_SCAN_SHARE = 0.5
_FEW = 30
_LEAST_RECOGNISED = 50
_COMPOUNDING = frozenset(
    "all anti bi co cross ex half long mid multi non pre self semi short sub third well".split()
)
_DIVIDED = re.compile(rf"(\w*){LINE_HYPHEN}\s*(?=(\w*))")


@dataclass
class PageText:
    """A page as it was read. `is_scan`: a picture that fills the page holds more than its text says.

    `is_recognised`: the text was put over a picture by another program's text recognition. `pictures`: boxes of
    pictures beside the text. `draws_words`: a stamp, a signature or the like may show words besides.
    """

    text: str = ""
    notes: list[Note] = field(default_factory=list)
    is_scan: bool = False
    is_blank: bool = False
    is_garbled: bool = False
    is_recognised: bool = False
    pictures: list[Box] = field(default_factory=list)
    draws_words: bool = False
    words: list[Placed] = field(default_factory=list)

    def needs_ocr(self) -> bool:
        """Whether its picture says more than its text."""
        return self.is_scan or self.is_garbled or not (self.text.strip() or self.is_blank)


def read_page(page: Any, number: int, form: Any) -> PageText:
    """The text of a page that a person sees, with the values of its form fields and its comments.

    It is not cleaned, and holds `LINE_HYPHEN` where the end of a line divides a word. Raises `pypdfium2.PdfiumError`.
    """
    raw = raw_page(page)
    drawn = drawn_on(page)
    hidden = hidden_words(page, raw, drawn)
    values = beside.form_values(page, form) if form is not None else []
    lines = in_reading_order(raw)
    shown = _Shown(raw, lines, hidden)
    text, left = shown.text(values)
    remarks = beside.comments(page)
    beneath = [*(f"{value.field}: {value.text}" if value.field else value.text for value in left), *remarks]
    read = PageText("\n".join(filter(None, [text, *beneath])))
    read.words = _placed(page, raw, lines, hidden)
    read.notes = [*_hidden_notes(raw, hidden, number), *_beside_notes(values, remarks, number)]
    read.notes += _other_notes(page, number, has_form=form is not None)
    # NB: less than a line is a stamp or a number that somebody put over a scan.
    read.is_recognised = (
        drawn.unpainted and drawn.pictures >= _SCAN_SHARE and len(text.strip()) >= _LEAST_RECOGNISED
    )
    read.is_scan = (
        not read.is_recognised and drawn.pictures >= _SCAN_SHARE and len(text.strip()) < SCAN_CHARACTERS
    )
    read.pictures = [] if read.is_scan or read.is_recognised else drawn.images
    read.draws_words = beside.draws_words(page, form)
    if not read.text.strip() and not hidden:
        read.is_blank = Picture(page, scale=0.5).is_blank()
    return read


def _placed(
    page: Any, raw: RawPage, lines: Sequence[tuple[Word, ...]], hidden: dict[Word, str]
) -> list[Placed]:
    """The words that are shown, in the order they are read, with their boxes on the page as it is turned."""
    words = (word for line in lines for word in line)
    shown = words if not hidden else (word for word in words if word not in hidden)
    left, bottom, right, top = page.get_bbox()
    width, height, turned = max(1.0, right - left), max(1.0, top - bottom), page.get_rotation()
    turn = _TURNED[turned] if turned else None
    placed = []
    for start, end, (x0, y0, x1, y1) in shown:
        box = ((x0 - left) / width, (top - y1) / height, (x1 - left) / width, (top - y0) / height)
        placed.append(Placed(raw.text[start:end], turn(box) if turn else box))
    return placed


_TURNED: dict[int, Callable[[Share], Share]] = {
    90: lambda box: (1 - box[3], box[0], 1 - box[1], box[2]),
    180: lambda box: (1 - box[2], 1 - box[3], 1 - box[0], 1 - box[1]),
    270: lambda box: (box[1], 1 - box[2], box[3], 1 - box[0]),
}


def _hidden_notes(raw: RawPage, hidden: dict[Word, str], number: int) -> list[Note]:
    covered, invisible = (
        _passages(raw, [word for word, kind in hidden.items() if kind == wanted])
        for wanted in (COVERED, INVISIBLE)
    )
    notes = []
    if covered:
        notes.append(
            Note(
                COVERED,
                f"On page {number}, {_places(covered)} covered by a box or marked to be redacted, but still in "
                f"the file. It is left out of the text; {BOX} stands in its place.",
                number,
            )
        )
    if invisible:
        notes.append(
            Note(
                INVISIBLE,
                f"On page {number}, {_places(invisible)} invisible (hidden in the colour of the paper, too small or "
                "off the page). It is left out of the text.",
                number,
            )
        )
    return notes


def _places(count: int) -> str:
    return "text in one place is" if count == 1 else f"text in {count} places is"


def _passages(raw: RawPage, words: Sequence[Word]) -> int:
    """How many runs of neighbouring words there are."""
    ordered = sorted(words, key=lambda word: word.start)
    breaks = sum(bool(raw.text[one.end : other.start].strip()) for one, other in pairwise(ordered))
    return breaks + 1 if ordered else 0


def _beside_notes(values: Sequence[beside.Value], remarks: Sequence[str], number: int) -> list[Note]:
    notes = []
    if len(values) == 1:
        notes.append(
            Note(FORM, f"On page {number}, a form field holds a value, which stands in the text.", number)
        )
    elif values:
        fields = f"{len(values)} form fields hold values, which stand"
        notes.append(Note(FORM, f"On page {number}, {fields} in the text.", number))
    if remarks:
        one = "1 comment or annotation stands"
        what = one if len(remarks) == 1 else f"{len(remarks)} comments or annotations stand"
        notes.append(Note(COMMENTS, f"On page {number}, {what} at the end of the text.", number))
    return notes


def _other_notes(page: Any, number: int, *, has_form: bool) -> Iterator[Note]:
    recordings = beside.recordings(page)
    if recordings:
        what = "a recording or model is" if recordings == 1 else f"{recordings} recordings or models are"
        yield Note(UNREAD, f"On page {number}, {what} not read. Upload a transcript.", number)
    struck = beside.struck_out(page)
    if struck:
        places = "one place" if struck == 1 else f"{struck} places"
        text = (
            f"On page {number}, text in {places} is struck out by a comment of somebody. It is in the text."
        )
        yield Note(CHANGES, text, number)
    fields = 0 if has_form else beside.fields_without_form(page)
    if fields:
        hold = "a form field holds a value" if fields == 1 else f"{fields} form fields hold values"
        yield Note(
            HIDDEN, f"On page {number}, {hold} that the page does not show. The text leaves that out.", number
        )


class Hyphens:
    """Whether a hyphen at the end of a line is one of the word, told by the other words of the document.

    Programs that divide words do so on many lines; where few lines end so, the hyphens are those of the words.
    """

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._lines = self._divided = 0

    def learn(self, text: str) -> None:
        """Take up the words of a page."""
        whole = re.sub(rf"\w*{LINE_HYPHEN}\s*\w*", " ", text)
        self._lines += text.count("\n") + 1
        self._divided += text.count(LINE_HYPHEN)
        self._words.update(re.findall(r"\w+(?:-\w+)*", whole.lower()))

    def join(self, text: str) -> str:
        """Text with its words whole."""
        return _DIVIDED.sub(lambda match: match[1] + self._between(match[1], match[2]), text)

    def _between(self, before: str, after: str) -> str:
        first, second = before.lower(), after.lower()
        if f"{first}-{second}" in self._words or not after[:1].islower():
            return "-"
        if f"{first}{second}" in self._words:
            return ""
        if self._divided * _FEW < self._lines or (first in self._words and second in self._words):
            return "-"
        return "-" if first in _COMPOUNDING else ""


@dataclass
class _Shown:
    raw: RawPage
    lines: list[tuple[Word, ...]]
    hidden: dict[Word, str]

    def text(self, values: Sequence[beside.Value]) -> tuple[str, list[beside.Value]]:
        """The text, with each value after the words to the left of its field; and the values without such."""
        lines = self.lines
        if not values and not self.hidden and lines == list(self.raw.lines):
            whole = (line.strip() for line in self.raw.text.split("\n"))
            return "\n".join(filter(None, whole)), []
        placed: dict[Word, list[str]] = {}
        left = []
        for value in values:
            word = _word_before(lines, value)
            if word is None:
                left.append(value)
            else:
                placed.setdefault(word, []).append(value.text)
        return "\n".join(filter(None, (self._line(line, placed) for line in lines))), left

    def _line(self, line: Sequence[Word], placed: dict[Word, list[str]]) -> str:
        parts: list[str] = []
        end = line[0].start if line else 0
        for word in line:
            parts += [self._between(end, word.start), self._word(word)]
            parts += [f" {text}" for text in placed.get(word, ())]
            end = word.end
        return "".join(parts).strip()

    def _between(self, start: int, end: int) -> str:
        between = self.raw.text[start:end] if start <= end else " "
        return between.replace("\r", "").replace("\n", " ").replace(LINE_HYPHEN, "")

    def _word(self, word: Word) -> str:
        kind = self.hidden.get(word)
        if kind is None:
            return self.raw.text[word.start : word.end + self.raw.text.startswith(LINE_HYPHEN, word.end)]
        return BOX if kind == COVERED else ""


def _word_before(lines: Sequence[tuple[Word, ...]], value: beside.Value) -> Word | None:
    """The last word to the left of a field, at its height."""
    left, bottom, _, top = value.box
    beside_it = [
        word
        for line in lines
        for word in line
        if word.box[2] <= left + 3 and bottom <= (word.box[1] + word.box[3]) / 2 <= top
    ]
    return max(beside_it, key=lambda word: word.box[2], default=None)

"""The numbers that Word puts before paragraphs (ECMA-376, part 1, section 17.9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from readers.word.symbols import of_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
seventeen eighteen nineteen".split()
)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
             "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letters(number: int) -> str:
    """A, B, ... Z, AA, BB: Word repeats the letter."""
    times, index = divmod(number - 1, 26)
    return chr(ord("A") + index) * min(times + 1, 20) if number > 0 else ""


def _words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _ordinal_words(number: int) -> str:
    before, _, last = _words(number).rpartition("-")
    last = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else f"{last}th")
    return f"{before}-{last}" if before else last


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ordinal": _ordinal,
    "cardinalText": lambda number: _words(number).capitalize(),
    "ordinalText": lambda number: _ordinal_words(number).capitalize(),
    "none": lambda number: "",
}


@dataclass
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""
    font: str = ""


@dataclass
class _List:
    levels: list[_Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass
class _Number:
    """An instance of a list: which list, the levels it replaces and the numbers it starts anew with."""

    list_id: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of a document, asked in their order."""

    def __init__(self, numbering: Any, styles: "Styles") -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, _Number] = {}
        if numbering is not None:
            self._learn(numbering)

    def _learn(self, root: Any) -> None:
        linked: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            identity = element.get(f"{W}abstractNumId", "")
            levels = [_Level() for _ in range(_LEVELS)]
            for level in element.iter(f"{W}lvl"):
                _set(levels, level)
            self._lists[identity] = _List(levels)
            link = _value(element, "numStyleLink")
            if link:
                linked[identity] = link
        for element in root.iter(f"{W}num"):
            number = _Number(_value(element, "abstractNumId"))
            for override in element.iter(f"{W}lvlOverride"):
                index = _integer(override.get(f"{W}ilvl"))
                start = _value(override, "startOverride")
                if start:
                    number.starts[index] = _integer(start)
                for level in override.iter(f"{W}lvl"):
                    levels = [_Level() for _ in range(_LEVELS)]
                    _set(levels, level)
                    number.levels[index] = levels[min(index, _LEVELS - 1)]
            self._numbers[element.get(f"{W}numId", "")] = number
        for identity, style in linked.items():
            target = self._numbers.get(self._styles.number_of(style)[0])
            if target is not None and target.list_id in self._lists:
                self._lists[identity] = self._lists[target.list_id]

    def before(self, properties: Any) -> str:
        """What Word shows before a paragraph of these properties (`w:pPr` or None), and the space after it."""
        style = _value(properties, "pStyle") if properties is not None else ""
        own = properties.find(f"{W}numPr") if properties is not None else None
        identity, level = self._styles.number_of(style or self._styles.usual)
        if own is not None:
            identity = _value(own, "numId") or identity
            level = _integer(_value(own, "ilvl")) if _value(own, "ilvl") else level
        number = self._numbers.get(identity)
        if number is None or number.list_id not in self._lists:
            return ""
        listed = self._lists[number.list_id]
        if own is None or not _value(own, "ilvl"):
            level = next(
                (i for i, one in enumerate(listed.levels) if style and one.paragraph_style == style), level
            )
        shown = self._count(listed, number, min(max(level, 0), _LEVELS - 1))
        return f"{shown} " if shown else ""

    def _count(self, listed: _List, number: _Number, level: int) -> str:
        levels = [number.levels.get(index, usual) for index, usual in enumerate(listed.levels)]
        counts = listed.counts
        if level in number.starts and level not in number.begun:
            counts[level] = number.starts[level]
            number.begun.add(level)
        else:
            before = counts[level]
            counts[level] = levels[level].start if before is None else before + 1
        for index in range(level):
            if counts[index] is None:
                counts[index] = levels[index].start
        for index in range(level + 1, _LEVELS):
            restart = levels[index].restart
            if restart is None or (restart and level < restart):
                counts[index] = None
        return self._shown(levels, counts, level)

    def _shown(self, levels: list[_Level], counts: list[int | None], level: int) -> str:
        this = levels[level]
        if this.style == "bullet":
            return of_font(this.font, this.text) if this.text.strip() else ""

        def one(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            style = "decimal" if this.legal else levels[index].style
            return FORMATS.get(style, str)(counts[index] or 0)

        return re.sub(r"%([1-9])", one, this.text).strip()


class Styles:
    """What styles of a document say of numbering and of hidden text."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self.usual = ""
        for style in () if root is None else root.iter(f"{W}style"):
            identity = style.get(f"{W}styleId", "")
            self._styles[identity] = style
            if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default", "0")):
                self.usual = identity

    def number_of(self, style: str) -> tuple[str, int]:
        """The list and level of a paragraph of a style; an empty list where it has none."""
        identity, level = "", -1
        for element in self._with_bases(style):
            number = element.find(f"{W}pPr/{W}numPr")
            if number is not None:
                identity = identity or _value(number, "numId")
                if level < 0 and _value(number, "ilvl"):
                    level = _integer(_value(number, "ilvl"))
            if identity:
                break
        return identity, max(level, 0)

    def is_hidden(self, style: str) -> bool:
        """Whether text of a style is not shown."""
        for element in self._with_bases(style):
            hidden = element.find(f"{W}rPr/{W}vanish")
            if hidden is not None:
                return is_on(hidden.get(f"{W}val", "1"))
        return False

    def _with_bases(self, style: str) -> list[Any]:
        found: list[Any] = []
        while style in self._styles and len(found) < 20:
            found.append(self._styles[style])
            style = _value(found[-1], "basedOn")
        return found


def is_on(value: str) -> bool:
    """The meaning of an on/off value (ECMA-376, part 1, section 17.17.4)."""
    return value not in {"0", "false", "off"}


def _set(levels: list[_Level], element: Any) -> None:
    index = _integer(element.get(f"{W}ilvl"))
    if not 0 <= index < _LEVELS:
        return
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    levels[index] = _Level(
        start=_integer(_value(element, "start") or "1"),
        style=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        restart=_integer(restart) if restart else None,
        legal=legal is not None and is_on(legal.get(f"{W}val", "1")),
        paragraph_style=_value(element, "pStyle"),
        font="" if fonts is None else fonts.get(f"{W}ascii", ""),
    )


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _integer(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0

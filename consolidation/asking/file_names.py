"""Documents that a question names by their files: "in OAK_AGREEMENT.pdf, who signed?", "plan b.txt: who signed?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.spelling import KINDS_OF_DOCUMENT, ordinary_words
from consolidation.text.windows import Range

EXTENSION = r"\.(?:pdf|docx?|txt|rtf|odt|html?|md|eml|msg|xlsx?|pptx?|csv)"
#: A name of a file as questions write it, in quotes or without a blank in it.
WRITTEN = re.compile(
    rf"[\"\u201c'\u2018](?P<quoted>[^\"\u201c\u201d?]{{1,120}}{EXTENSION})[\"\u201d'\u2019]|(?<!\S)[\"\u201c'\u2018(]?(?P<name>[^\s\"\u201c\u201d'\u2018()?:;,][^\s\"\u201c\u201d?:;,]*{EXTENSION})(?![^\W_])",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"{EXTENSION}$", re.IGNORECASE)
_PART = re.compile(r"[^\W_]+")
_SHORTEST, _SHORTEST_PART = 8, 5
#: A part of a name that more files have tells none of them.
_MOST_FILES = 3


@dataclass(frozen=True, slots=True)
class FilesSaid:
    """The numbers of the documents whose files a question names, where, and names that no file has."""

    numbers: frozenset[int]
    places: tuple[Range, ...] = ()
    unknown: tuple[str, ...] = ()


class FileNames:
    """The names of a matter's files, ready for questions."""

    def __init__(self, names: Sequence[str]) -> None:
        self._whole = [_one_word(name) for name in names]
        self._names = [name.lower() for name in names]
        self._stems = [_ENDS.sub("", name).lower() for name in names]
        self._fused = [_one_word(stem) for stem in self._stems]

    def said(self, question: str) -> FilesSaid:
        """The documents whose file name stands in a question: the longest that stand there, each in its own place.

        Signs between its words may differ where its extension is written. Without that its name is at least eight
        letters long and no ordinary word ("agreement.txt").
        """
        low = question.lower()
        found = self._with_extension(low)
        if not found:
            found = self._without_extension(low)
        written = [(one.span(), one["quoted"] or one["name"]) for one in WRITTEN.finditer(question)]
        rest = [(place, name) for place, name in written if not any(_meet(place, other) for other in found)]
        unknown = []
        for place, name in rest:
            if numbers := self._of_part(name):
                found[place] = numbers
            else:
                unknown.append(name)
        every = frozenset(number for of_place in found.values() for number in of_place)
        return FilesSaid(every, tuple(sorted(found)), tuple(unknown))

    def _with_extension(self, low: str) -> dict[Range, set[int]]:
        """Places of names with an extension; a place inside another's is none."""
        if not re.search(EXTENSION, low):
            return {}
        fused, found = _one_word(low), dict[Range, set[int]]()
        for number, (stem, whole) in enumerate(zip(self._fused, self._whole, strict=True)):
            if not stem or stem not in fused:
                continue
            ending = re.escape(self._names[number][len(self._stems[number]) :])
            spread = r"[\W_]{0,3}".join(map(re.escape, _PART.findall(self._stems[number])))
            for match in re.finditer(
                rf"(?<![^\W_]){spread}[)\]]?(?:{ending if whole != stem else EXTENSION}|{EXTENSION})(?![^\W_])",
                low,
            ):
                found.setdefault(match.span(), set()).add(number)
        return {
            place: self._of_own_kind(low, place, numbers)
            for place, numbers in found.items()
            if not any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in found)
        }

    def _of_own_kind(self, low: str, place: Range, numbers: set[int]) -> set[int]:
        """Of files that differ in their extension alone those with the one that is written, if any is."""
        own = {number for number in numbers if low[: place[1]].endswith(_ending(self._names[number]))}
        return own or numbers

    def _without_extension(self, low: str) -> dict[Range, set[int]]:
        """The place of the longest name without its extension."""
        found: dict[Range, set[int]] = {}
        for number, stem in enumerate(self._stems):
            if len(stem) >= _SHORTEST and stem in low and not _is_ordinary(stem):
                at = low.index(stem)
                found.setdefault((at, at + len(stem)), set()).add(number)
        longest = max((high - at for at, high in found), default=0)
        return {place: numbers for place, numbers in found.items() if place[1] - place[0] == longest}

    def _of_part(self, name: str) -> set[int]:
        """The few files in whose names another stands as a part: "OAK_AGREEMENT.pdf" for one with a date before."""
        stem = _one_word(_ENDS.sub("", name))
        if len(stem) < _SHORTEST_PART or _is_ordinary(_ENDS.sub("", name).lower()):
            return set()
        numbers = {number for number, fused in enumerate(self._fused) if stem in fused}
        return numbers if len(numbers) <= _MOST_FILES else set()


def _ending(name: str) -> str:
    match = _ENDS.search(name)
    return match[0] if match else ""


def _one_word(name: str) -> str:
    return "".join(_PART.findall(name.lower()))


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_ordinary(stem: str) -> bool:
    """Whether a file's name is a word that questions hold anyway, or only says that it is an agreement."""
    return stem in ordinary_words() or set(_PART.findall(stem)) <= KINDS_OF_DOCUMENT | {
        "this",
        "the",
        "an",
        "a",
        "said",
    }

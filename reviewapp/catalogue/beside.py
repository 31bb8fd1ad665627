"""Two texts beside each other: paragraphs that are the same, changed, or in one of them only."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewapp.documents.models import Document
from reviewapp.frame.marking import Piece, Range, cut

#: More characters of a text are not compared, so that the page comes at once.
MOST_CHARACTERS = 1_000_000
MOST_WORDS = 2_000
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:\d+(?:\.\d+)*\.?|\([a-z]+\)|Section|Article)\s)")
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Marked:
    """A pair of paragraphs in pieces, those that the other one does not have marked; either may be empty."""

    left: list[Piece]
    right: list[Piece]
    is_same: bool


@dataclass(frozen=True)
class Block:
    """A pair of paragraphs; empty where one text has none."""

    left: str
    right: str

    @property
    def is_same(self) -> bool:
        return self.left.split() == self.right.split()

    def marked(self) -> Marked:
        """The two with the words marked in which they differ."""
        if self.is_same:
            return Marked(cut(self.left, []), cut(self.right, []), True)
        left, right = _differences(self.left, self.right)
        return Marked(cut(self.left, left), cut(self.right, right), False)


@dataclass(frozen=True)
class Beside:
    """All paragraphs of two texts in pairs. `is_cut` says that a text was too long to be compared to its end."""

    blocks: tuple[Block, ...]
    is_cut: bool

    def changed_blocks(self) -> list[Block]:
        """The pairs that differ."""
        return [block for block in self.blocks if not block.is_same]


def beside(left: Document, right: Document) -> Beside:
    """The texts of two documents beside each other."""
    most = max(left.char_count, right.char_count)
    texts = (left.text_between(0, MOST_CHARACTERS), right.text_between(0, MOST_CHARACTERS))
    return Beside(tuple(pairs_of(*texts)), most > MOST_CHARACTERS)


def pairs_of(left: str, right: str) -> Iterator[Block]:
    """The paragraphs of two texts in pairs, in order."""
    one, other = _paragraphs(left), _paragraphs(right)
    same = SequenceMatcher(
        None, [_plain(part) for part in one], [_plain(part) for part in other], autojunk=False
    )
    for what, first, last, start, end in same.get_opcodes():
        a, b = one[first:last], other[start:end]
        if what == "equal" or len(a) == len(b):
            yield from map(Block, a, b)
        else:
            yield from _paired(a, b)


def _paired(left: Sequence[str], right: Sequence[str]) -> Iterator[Block]:
    """Paragraphs of a changed stretch: each beside the next one that shares half of its words."""
    rest = list(right)
    for part in left:
        place = next((n for n, other in enumerate(rest[:20]) if _likeness(part, other) >= 0.5), None)
        if place is None:
            yield Block(part, "")
            continue
        yield from (Block("", other) for other in rest[:place])
        yield Block(part, rest[place])
        rest = rest[place + 1 :]
    yield from (Block("", other) for other in rest)


def _likeness(one: str, other: str) -> float:
    a, b = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(a & b) / max(1, min(len(a), len(b)))


def _differences(left: str, right: str) -> tuple[list[Range], list[Range]]:
    """The ranges of each text whose words the other does not have at that place."""
    one, other = list(_WORD.finditer(left)), list(_WORD.finditer(right))
    if not one or not other or max(len(one), len(other)) > MOST_WORDS:
        return [(0, len(left))], [(0, len(right))]
    matcher = SequenceMatcher(None, [m[0] for m in one], [m[0] for m in other], autojunk=False)
    in_left: list[Range] = []
    in_right: list[Range] = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what != "equal":
            in_left += [(one[first].start(), one[last - 1].end())] if first < last else []
            in_right += [(other[start].start(), other[end - 1].end())] if start < end else []
    return in_left, in_right


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _BLOCK.split(text) if part.strip()]


def _plain(paragraph: str) -> str:
    return " ".join(paragraph.split())

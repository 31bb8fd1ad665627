"""Sequences of word pieces as the readers see them: questions, titles and answers, each apart, then a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.parts.encoder import WordPieces
from consolidation.parts.transformer import CLS, MARKED, NOTHING, PASSAGE, SEP
from consolidation.text.windows import Range

#: Longest sequence that is read, in word pieces.
MOST_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Composed:
    """A sequence of word pieces with the part of each; its passage's begin at `begin`, with characters `offsets`."""

    ids: list[int]
    part: list[int]
    begin: int
    offsets: list[Range]


def composed(
    pieces: WordPieces,
    parts: Sequence[tuple[list[int], int]],
    passage: str,
    marks: Sequence[Range] = (),
    most: int = MOST_TOKENS,
) -> Composed:
    """`[CLS] part [SEP] ... passage [SEP]`, cut to `most` tokens; what `marks` touch of the passage is marked."""
    ids, part = [CLS], [NOTHING]
    for values, name in parts:
        ids += [*values, SEP]
        part += [name] * len(values) + [NOTHING]
    begin = len(ids)
    offsets: list[Range] = []
    if passage:
        tokens, offsets = pieces.encode(passage)
        room = most - begin - 1
        tokens, offsets = tokens[:room], offsets[:room]
        ids += [*tokens, SEP]
        marked = [any(low < b and a < high for low, high in marks) for a, b in offsets]
        part += [MARKED if m else PASSAGE for m in marked] + [NOTHING]
    return Composed(ids, part, begin, offsets)

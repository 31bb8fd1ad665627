"""Words in other forms, taken for one by what they are without a common ending."""

from __future__ import annotations

from collections.abc import Iterable

#: Letters that a word keeps without its ending.
SHORTEST = 4


def without_ending(word: str, endings: Iterable[str]) -> str:
    """A word in lower case without the first of these endings that leaves enough of it; else the word.

    The endings are the caller's: full-text search wants many forms of a word as one ("manufacturer", "manufactured"),
    a denial only those of a verb (whoever assigns is not what may not be done), and the weights that judge statements
    were trained with few. Where the first letters alone tell a word in other forms, because these are looked for in a
    text, no ending is cut: five letters in titles and mentions, six in headings ("arbitration", "arbitrators").
    """
    for ending in endings:
        if len(word) - len(ending) >= SHORTEST and word.endswith(ending):
            return word.removesuffix(ending)
    return word

"""Questions that name a document: "the governing law of the Ashworth promotion agreement".

The name says where to look; the model is asked about "the agreement", as it was trained to be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KINDS = frozenset("agreement agreements contract contracts amendment lease license document deed".split())
_LEADS = frozenset("of in for under from with by to does did has".split())
_EMPTY = frozenset(
    "the of and or for in to an by with pdf docx txt html eml inc llc ltd corp company".split()
)


@lru_cache(maxsize=65536)
def telling_words(name: str) -> frozenset[str]:
    """The words of a document's name that tell it from others, in lower case."""
    return frozenset(w for w in _parts(name) if len(w) > 1 and not w.isdigit()) - _EMPTY - _KINDS


@lru_cache(maxsize=8)
def _used(names: tuple[str, ...]) -> Counter[str]:
    """How many of these documents each telling word names."""
    return Counter(word for name in names for word in telling_words(name))


def named(question: str, names: Sequence[str]) -> list[float]:
    """How clearly a question mentions each of these documents: matched words, rarer ones weighing more."""
    used = _used(tuple(names))
    said = frozenset[str]().union(*(_parts(mention[0]) for mention in _mentions(question, used.keys())))
    if not said & used.keys():
        return [0.0] * len(names)
    return [sum((1 / used[word] for word in telling_words(name) & said), 0.0) for name in names]


def unnamed(question: str, names: Sequence[str]) -> str:
    """The question with every mention of one of the documents replaced by "agreement"."""
    out, at = [], 0
    for _, start, end in _mentions(question, _used(tuple(names)).keys()):
        out += [question[at:start], "agreement"]
        at = end
    return "".join([*out, question[at:]])


def _mentions(question: str, telling: Set[str]) -> Iterator[tuple[str, int, int]]:
    """Runs of words of the names: text, start and end.

    A mention ends in a kind of document, or is capitalised and follows a word like "of" or "does": an ordinary
    word or a role ("the Distributor") which a name happens to use is none, nor is the question's first word.
    """
    runs: list[tuple[str, list[re.Match[str]]]] = [("", [])]
    for i, match in enumerate(_JOINED.finditer(question)):
        if i and (_parts(match[0]) & telling or _parts(match[0]) & _KINDS):
            runs[-1][1].append(match)
        else:
            runs.append((match[0].lower(), []))
    for before, run in runs:
        if any(_parts(m[0]) & telling for m in run) and (
            run[-1][0].lower() in _KINDS or (before in _LEADS and run[0][0][0].isupper())
        ):
            start, end = run[0].start(), run[-1].end()
            yield question[start:end], start, end


def _parts(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(_CAMEL.sub(" ", text)))

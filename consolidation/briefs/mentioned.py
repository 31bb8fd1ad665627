"""Names that a document mentions often, or with a legal form: whom a question may mean besides its parties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from consolidation.asking.spelling import is_plain
from consolidation.briefs.names import has_form, is_form
from consolidation.briefs.words import spaced
from consolidation.text.jurisdictions import written_jurisdictions
from consolidation.text.spaces import plain_spaces

#: Most names that are kept of a document, the most frequent first.
MOST = 60
#: A word alone, and several together, stand so often in the text of a document that they are a name of.
_LEAST_ALONE, _LEAST_TOGETHER = 3, 2
_SHORTEST, _MOST_WORDS = 3, 7
#: Where parties are named and sign, a name need not stand more than once.
_HEAD, _TAIL = 2_000, 3_000
_WORD = r"(?:[A-Z][\w&'\u2019/-]*(?:\.[A-Za-z][\w-]*)*|[A-Z]\.|i[A-Z]\w+|e[A-Z]\w+|\d+[A-Z]\w+)"
_GAP = r"(?:,?[ \t]{1,3}|[ \t]{0,3}\n[ \t]{0,3})(?:(?:&|of|de)[ \t]+)?"
_RUN = re.compile(rf"(?<![\w.&/-]){_WORD}(?:{_GAP}{_WORD}\.?)*")
_INNER = re.compile(r"[^\s,]+")
_POSSESSIVE = re.compile(r"(?:['\u2019]s|['\u2019])$")


def mentioned(text: str) -> tuple[str, ...]:
    """Names of organisations, persons and things that stand in a text, the most frequent first, at most `MOST`.

    Ordinary words, places of law and what stands there but once without a legal form are left out.
    """
    text = plain_spaces(text)
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    places = {
        word for (low, high), _ in written_jurisdictions(text) for word in text[low:high].lower().split()
    }
    for name, weight in _names(text, places):
        key = name.lower()
        counts[key] += weight
        written.setdefault(key, name)
    kept = [
        key
        for key, count in counts.most_common()
        if count >= (_LEAST_TOGETHER if " " in key else _LEAST_ALONE)
    ]
    return tuple(written[key] for key in kept[:MOST])


def _names(text: str, places: set[str]) -> Iterator[tuple[str, int]]:
    """Each name that stands in a text, with how much that counts: enough at once for one with a legal form."""
    for match in _RUN.finditer(text):
        words = [_POSSESSIVE.sub("", m[0].rstrip(".")) for m in _INNER.finditer(match[0])]
        telling = [w for w in words if _tells(w, places)]
        formed = max(
            (i for i, w in enumerate(words) if i and (is_form(w) or (telling and has_form(w)))), default=0
        )
        outer = match.start() < _HEAD or match.end() > len(text) - _TAIL
        if formed:
            yield spaced(" ".join(words[max(0, formed - _MOST_WORDS) : formed + 1])), _LEAST_TOGETHER
        elif telling and 1 < len(words) <= _MOST_WORDS:
            yield spaced(" ".join(words)), _LEAST_TOGETHER if outer else 1
        for word in telling:
            yield word, 1


def _tells(word: str, places: set[str]) -> bool:
    """Whether a word names somebody or something by itself."""
    low = word.lower()
    parts = re.findall(r"\w+", low)
    bare = "".join(parts)
    if len(bare) < _SHORTEST or bare.isdigit() or low in places:
        return False
    return not is_plain(bare) and not all(map(is_plain, parts))

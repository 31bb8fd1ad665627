"""Words that compare with a bound: "no later than", "not exceeding", "at least"; their negation is part of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MORE, _LESS = "longer|more|greater|later", "less|fewer|earlier"
LONGER, SHORTER = rf"(?:{_MORE}|higher|larger|bigger)", rf"(?:{_LESS}|shorter|lower|smaller)"
_AT_LEAST, _AT_MOST, _UP_TO = r"at\s+least", r"at\s+most", r"up\s+to"
_MINIMUM, _MAXIMUM = r"(?:an?\s+)?minimum", r"(?:an?\s+)?maximum"
_EQUAL = r"(?:\s+or\s+equal\s+to)?"
_Table = tuple[tuple[bool, bool, str], ...]
#: For each side of a bound, without and with it: words before a size, and words before a day.
_SIZES: _Table = (
    (True, False, rf"(?:{LONGER}|older)\s+than|over|above|beyond|exceed(?:s|ed|ing)?|(?:in\s+)?excess\s+of"),
    (True, True, rf"{_AT_LEAST}|{_MINIMUM}\s+of"),
    (False, False, rf"(?:{SHORTER}|newer)\s+than|under|below"),
    (False, True, rf"{_UP_TO}|{_AT_MOST}|{_MAXIMUM}\s+of"),
)
_DAYS: _Table = (
    (True, False, r"after|(?:later|newer)\s+than"),
    (True, True, r"since|on\s+or\s+after"),
    (False, False, r"before|prior\s+to|(?:earlier|sooner|older)\s+than"),
    (False, True, r"by|until|on\s+or\s+before"),
)
_NO = (
    r"(?:(?P<no>(?:(?:is|are|was|were|does|do|did|may|shall|must|can|will|should|could)(?:\s+not|\s+never|n['’]t)|"
    r"cannot|can['’]t|won['’]t|not|never|no)\s+(?:to\s+)?(?:(?:be|go)\s+)?(?:any\s+)?))?"
)


def _words(table: _Table) -> str:
    return rf"\b{_NO}(?P<than>(?:{'|'.join(words for _, _, words in table)}){_EQUAL})\b"


#: Words that compare sizes, lengths of time or how long ago something was, and those that compare days; as parts of
#: patterns, with groups `no` and `than`.
OF_SIZE, OF_DAY = _words(_SIZES), _words(_DAYS)
#: Words of a contract that make the figure behind them the least or the most and can be shown with it; a part of
#: patterns. They are fewer than people compare by: "more than" and "exceeding" alone say that it is not the figure, a
#: verb ("shall not exceed") is no part of it, and "no higher", "lower" or "smaller than" stand before grades and rates.
BEFORE_FIGURE = (
    rf"\b(?:{_UP_TO}(?:\s+an?\s+(?:aggregate\s+)?maximum\s+of)?|(?:not?|never)\s+(?:{_MORE}|{_LESS})\s+than"
    rf"|{_AT_LEAST}|{_AT_MOST}|(?:{_MINIMUM}|{_MAXIMUM})\s+(?:(?:period|amount|aggregate|total|term)\s+)?of"
    r"|not\s+(?:to\s+exceed|exceeding))"
)


@dataclass(frozen=True, slots=True)
class Comparator:
    """Whether what lies above the bound is meant, else what lies below, and whether the bound itself is."""

    above: bool
    equal: bool


def of_size(match: re.Match[str]) -> Comparator:
    """What a match of `OF_SIZE` means: "not more than" is met by what "more than" is not."""
    return _read(match, _SIZES)


def of_day(match: re.Match[str]) -> Comparator:
    """What a match of `OF_DAY` means: "no later than 2012" is met by all that is not later."""
    return _read(match, _DAYS)


def _read(match: re.Match[str], table: _Table) -> Comparator:
    said = " ".join(match["than"].lower().split())
    plain = re.sub(rf"{_EQUAL}$", "", said)
    above, equal = next((above, equal) for above, equal, words in table if re.fullmatch(words, plain))
    if not match["no"]:
        return Comparator(above, equal or plain != said)
    # NB: "not until 2012" begins with 2012.
    return Comparator(not above, said == "until" or not (equal or plain != said))


#: Words that make what they are said with not so, or leave some of it out.
_NEGATION = re.compile(
    r"n['’]t\b|\b(?:not|no|never|neither|nor|none|cannot|nothing|but|except\w*|unless|fail\w*|excluding|outside|other\s+than)\b(?!-)|^(?:(?:that|which|and|are|is|were|was)\s+)*(?:lack\w*|without|miss(?:ing|es)?|omit\w*)\b",
    re.IGNORECASE,
)


def is_negated(text: str) -> bool:
    """Whether something in the words is said not to be so, or not to be there."""
    return bool(_NEGATION.search(text.strip()))

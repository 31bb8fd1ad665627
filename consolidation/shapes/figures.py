"""Figures with the words that make them what they are: their bound, their unit, what they are the greater of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.asking.comparators import BEFORE_FIGURE, LONGER, SHORTER
from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.passages.enumerations import series_around
from consolidation.passages.passages import Passages
from consolidation.text.ranges import Range

#: Values that are figures; a day may be the earlier of two too.
_FIGURES: tuple[ValueType, ...] = ("percent", "amount", "duration", "number")
_REACH, _FAR, _LONGEST = 160, 400, 900
#: A figure alone has so many words at most.
_FEW = 8
_BOUND = re.compile(rf"{BEFORE_FIGURE}\s+$", re.IGNORECASE)
#: The same behind a figure: "(49%) or more".
_OR_MORE = re.compile(
    r"\)?\s+or\s+(?:more|less|fewer|greater|higher|lower|longer|over)\b(?!\s+than)", re.IGNORECASE
)
_EQUAL, _OR_EQUAL = r"(?:equal\s+to\s+or\s+)?", r"(?:or\s+equal\s+to\s+)?"
#: What bounds a figure from one side without it, and what makes the contrary of that.
_BELOW = re.compile(rf"\b{_EQUAL}{SHORTER}\s+than\s+{_OR_EQUAL}$", re.IGNORECASE)
_ABOVE = re.compile(rf"\b(?:{_EQUAL}{LONGER}\s+than|in\s+excess\s+of)\s+{_OR_EQUAL}$", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not?|never|nor|neither|cannot|without|nothing)\b|n['\u2019]t\b)[^,;.]{0,40}$", re.IGNORECASE
)
#: A subject whose bound is not denied, though what is said of it is: "in no event shall a holding of less than 2%".
_SUBJECT = re.compile(
    r"\bin\s+no\s+(?:event|case|way)\s+(?:shall|will|may|is|are)\s+(?:(?:the|an?|any|such)\s+)?[a-z]+\s+(?:of|in)\s+$",
    re.IGNORECASE,
)
#: Where the figure itself is asked for that something is more than.
_ASKS_LINE = re.compile(
    r"\b(?:threshold|deductible|basket|floor|cap|ceiling|limit|minimum|maximum|retention|excess|how\s+(?:much|many|long)\s+more)\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s+(?:(?:per|each|every|a|an)\s+(?:(?:calendar|fiscal|contract|lease|business)\s+)?(?:annum|year|quarter|month|week|day|hour)\b|(?:annually|monthly|weekly|daily)\b)",
    re.IGNORECASE,
)
#: What a share is more or less than, or added to: a rate, an index, a price.
_RATE = re.compile(
    r"\b(?:rates?|LIBOR|LIBO|SOFR|SONIA|EURIBOR|Eurodollar|prime|yield|index|CPI|benchmark|margin|costs?|price|value|par)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\s*,?\s*(?:above|over|below|under|plus|minus|in\s+(?:excess|addition)\s+(?:of|to)|(?:higher|lower|greater|more|less)\s+than)\s+(?=\S)",
    re.IGNORECASE,
)
_NOUNS_END = re.compile(
    r"[;:(]|,|\.(?!\d)|\)|\n\s*\n|\s(?:and|or|which|that|if|unless|from|on|until|for|as|per|provided|but|when|with|by|shall|is|are)\b",
    re.IGNORECASE,
)
#: A rate of which the words behind it say which it is: "the rate that would otherwise apply".
_BARE_RATE = re.compile(r"(?:the|an?|any|such)\s+rates?", re.IGNORECASE)
_PLUS = re.compile(
    r",?\s+(?:plus|minus)\s+(?:(?:an?|the)\s+)?(?:(?:\w+\s+){0,3}(?:margin|spread)\s+of\s+)?$", re.IGNORECASE
)
#: What an amount is added to, or adds to it.
_ADDS = re.compile(
    r",?\s+plus\s+(?:(?:an?|the)\s+)?(?:additional\s+)?(?:(?:[a-z-]+\s+){0,3}(?:payment|sum|amount|fee|bonus|allowance)\s+of\s+)?$",
    re.IGNORECASE,
)
_ADDED = re.compile(r",?\s+plus\s+(?=\S)", re.IGNORECASE)
_SUM_LEADS = re.compile(
    r"\b(?:equal\s+to|(?:payment|sum|amount|total|fee|price|rate|aggregate)\s+of|receives?|paid|pays?)\s+",
    re.IGNORECASE,
)
_MOST_ADDED = 25
_PLUS_FIRST = re.compile(r"(?:plus|minus)\s+", re.IGNORECASE)
_LEADS = re.compile(
    r"[;:,]\s+|\(|\n\s*\n|\s{3,}|\t|\b(?:equal\s+to|equals|(?:rate|sum|basis|total)\s+of|at|is|are|be|to|bears?|means|the\s+sum\s+of)\s+",
    re.IGNORECASE,
)
_MOST_BASE = 12
_DAYS = "earlier|later|sooner|earliest|latest"
_SIZES = "greater|lesser|larger|smaller|higher|lower|greatest|least|largest|smallest|highest|lowest"
_LENGTHS = f"longer|shorter|longest|shortest|greater|lesser|{_DAYS}"
#: Which of several it is, by what these are.
_OF_SEVERAL = {
    kind: re.compile(rf"\b(?:the\s+)?(?:{words})\s+of\b(?:\s+the\s+following)?(?=\s*:?\s)", re.IGNORECASE)
    for kind, words in (
        ("date", _DAYS),
        ("duration", _LENGTHS),
        ("amount", _SIZES),
        ("percent", _SIZES),
        ("number", _SIZES),
    )
}
_LETTER = re.compile(r"\s*:?\s*(?:\([A-Za-z0-9]{1,3}\)\s*)?")
_OTHERS = re.compile(r",?\s(?:or|and)\s", re.IGNORECASE)
_ALTERNATIVE_ENDS = re.compile(
    r"[;:?]|,(?!\d{3}|\s*(?:19|20)\d\d\b)|(?<!\b[A-Z])(?<!\bInc)(?<!\bCorp)(?<!\bNo)\.(?=\s|\Z)|\)|\n\s*\n|(?<!\b(?:in|on|of|at|to))(?<!\bfor)(?<!\bduring)\swhich\b|\s(?:and|if|unless|provided|but|shall|will|may)\b"
)


def figure_asked(asked: Understanding, said: str) -> ValueType | None:
    """The kind of figure that an answer is; of questions for no type, where it is a figure alone."""
    if asked.value in _FIGURES:
        return asked.value
    if asked.value != "free" or len(said.split()) > _FEW:
        return None
    return next((kind for kind in _FIGURES[:-1] if normalise(kind, said)), None)


def drawn_out(asked: Understanding, passages: Passages, place: Range, said: str) -> Range:
    """A figure's place with what says what it is; for a day, only that it is the earlier or later of some.

    With "at least" and "less than", "per year", the rate that it is above or added to, and all of those that it is
    the greater of.
    """
    kind = figure_asked(asked, said)
    if kind is None and asked.value != "date":
        return place
    text = passages.text
    if several := _of_several(kind or "date", passages, place):
        place = several
    if kind is None:
        return place
    if kind == "percent" and not several:
        place = _with_rate(text, place)
    if unit := _PER.match(text, place[1]):
        place = place[0], unit.end()
    if kind == "amount" and not several:
        place = _with_added(text, place)
    if kind == "percent" and not several:
        place = place[0], _over_rate(text, place[1])
    return bounded(text, place, above=kind != "duration" and not _ASKS_LINE.search(asked.each))


def bounded(text: str, place: Range, *, above: bool = True) -> Range:
    """A figure with what says that it is the most or the least; with "more than" only where `above` says so."""
    low, high = place
    if or_more := _OR_MORE.match(text, high):
        opens = or_more[0].startswith(")") and text[low - 1 : low] == "("
        return low - opens, or_more.end()
    reach = max(0, low - _REACH)
    if bound := _BOUND.search(text, reach, low):
        return bound.start(), high
    bound = _BELOW.search(text, reach, low) or (_ABOVE.search(text, reach, low) if above else None)
    if bound is None:
        return place
    before = text[reach : bound.start()]
    return place if _DENIED.search(before) and not _SUBJECT.search(before) else (bound.start(), high)


def _over_rate(text: str, high: int) -> int:
    """Where a share ends with the rate that it is above or below: "2% above the prime rate"."""
    over = _OVER.match(text, high)
    if over is None:
        return high
    ends = _NOUNS_END.search(text, over.end(), over.end() + _REACH)
    end = ends.start() if ends else high
    if _BARE_RATE.fullmatch(text, over.end(), end):
        end = _alternative_end(text, end, over.end())
    return end if _RATE.search(text, over.end(), end) else high


def _with_rate(text: str, place: Range) -> Range:
    """A share with the rate that it is added to: "the prime rate plus 2%"."""
    low, high = place
    first = _PLUS_FIRST.match(text, low, high)
    figure = first.end() if first else low
    before = max(0, figure - _REACH)
    plus = _PLUS.search(text, before, figure)
    if plus is None:
        return place
    leads = (lead.end() for lead in _LEADS.finditer(text, before, plus.start()))
    starts = [start for start in leads if _RATE.search(text, start, plus.start())]
    if not starts or len(text[starts[-1] : plus.start()].split()) > _MOST_BASE:
        return place
    return starts[-1], high


def is_summand(text: str, place: Range) -> bool:
    """Whether an amount is one of those that a sum is made of: "two years' salary plus $5,000"."""
    low, high = place
    return bool(_ADDS.search(text, max(0, low - _REACH), low) or _ADDED.match(text, high))


def _with_added(text: str, place: Range) -> Range:
    """An amount with what it is added to, from where that begins, and with what is added to it."""
    low, high = place
    reach = max(0, low - _REACH)
    if adds := _ADDS.search(text, reach, low):
        leads = [lead.end() for lead in _SUM_LEADS.finditer(text, reach, adds.start())]
        if leads and len(text[leads[-1] : low].split()) <= _MOST_ADDED:
            low = leads[-1]
    if added := _ADDED.match(text, high):
        high = _alternative_end(text, added.end(), added.end())
    return low, high


def _of_several(kind: ValueType, passages: Passages, place: Range) -> Range | None:
    """All of those of which a place is one, from "the greater of" to the last of them."""
    text = passages.text
    for several in reversed(list(_OF_SEVERAL[kind].finditer(text, max(0, place[0] - _FAR), place[1]))):
        if several.start() > place[0]:
            continue
        high = max((end for end in _ends(passages, several.end(), place)), default=0)
        if high >= place[1] and high - several.start() <= _LONGEST:
            return several.start(), high
    return None


def _ends(passages: Passages, low: int, place: Range) -> Iterator[int]:
    """Where those end that begin at a place of the text, if a place is of them: lettered ones, or two."""
    text = passages.text
    begins = _LETTER.match(text, low)
    first = begins.end() if begins else low
    for at in {max(first, place[0]), first}:
        found = series_around(passages, (at, at + 1))
        if found and found[0][0] == first and place[0] < found[-1][1]:
            low, high = found[-1]
            if high - low > _REACH:
                high = _alternative_end(text, low, low)
            if place[0] < high and not _ALTERNATIVE_ENDS.search(text, low, max(low, place[0])):
                yield max(high, place[1])
            return
    other = _OTHERS.search(text, first, min(len(text), max(first, place[1]) + _REACH))
    if other is None or _ALTERNATIVE_ENDS.search(text, first, other.start()):
        return
    if place[0] < other.start() and place[1] > other.end():
        yield place[1]
    elif place[0] < other.start() or not _ALTERNATIVE_ENDS.search(text, other.end(), place[0]):
        yield _alternative_end(text, max(other.end(), place[1]), other.end())


def _alternative_end(text: str, at: int, low: int) -> int:
    """Where an alternative ends that begins at `low`, not before `at`."""
    until = min(len(text), at + _REACH)
    for match in _ALTERNATIVE_ENDS.finditer(text, at, until):
        if match[0] == ")" and text.count("(", low, match.start()) > text.count(")", low, match.start()):
            continue
        return match.start()
    return at

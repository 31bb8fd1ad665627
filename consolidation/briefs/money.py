"""Amounts of money that an agreement has paid, and caps of liability."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.fields import Candidate, Field
from consolidation.briefs.source import Source
from consolidation.briefs.words import spaced
from consolidation.text.money import written_amounts

_PAID = re.compile(
    r"\b(?:pay\w*|paid|fees?|price|royalt\w+|compensation|salary|remuneration|purchase|consideration"
    r"|deposit|rent|instal\w+|minimum|commission|retainer|reimburse\w*|penalt\w+|damages|budget|milestone)\b",
    re.IGNORECASE,
)
_LIABLE = re.compile(r"\bliab(?:le|ility|ilities)\b", re.IGNORECASE)
_CAPPED = re.compile(
    r"\b(?:exceed|(?<!not\s)limited\s+to|in\s+excess\s+of|greater\s+of|lesser\s+of|cap(?:ped)?|maximum"
    r"|not\s+be\s+more\s+than)\b",
    re.IGNORECASE,
)
_BY_WORDS = re.compile(
    r"\b(?:exceed|(?<!not\s)limited\s+to|in\s+excess\s+of)\s{1,9}(?P<what>(?:the|an|all|any|amounts?|fees|one|two"
    r"|three|\w+)\b[^.;]{8,200}?\b(?:paid|payable|received|fees|price|due|owed|amounts?)\b[^.;]{0,140})",
    re.IGNORECASE,
)
#: What stands between an amount and the next item or row of its list, and its most characters.
_NEXT_ITEM = re.compile(
    r"(?:[^.]|\.(?!\s{1,4}[A-Z][a-z]+\s[a-z]))*?(?:[\n;,]|\band)\s{1,8}(?:\(?(?:[a-z]|[ivx]{1,4})[.)]|\(\d{1,2}\))\s"
    r"(?:[^.\n]|\.(?=[A-Za-z])|(?<=\b[A-Z])\.|\n(?!\n)){0,90}"
)
_IN_ROW = r"(?:[^.\n]|\.(?=\s?[\d,])|(?<=\b[A-Z])\.)"
_NEXT_ROW = re.compile(rf"{_IN_ROW}{{0,60}}\n{_IN_ROW}{{0,80}}(?:\n{_IN_ROW}{{0,60}})?")
_NEXT_CELL = re.compile(rf"[\s\d]{{1,12}}|{_IN_ROW}{{0,60}}?(?: {{3}}|\t){_IN_ROW}{{0,60}}")
#: Where a list ends: a blank line after what ends no item of it.
_APART = re.compile(r"(?<![;,])(?<!\band)(?<!\bor)[ \t]{0,9}\n[ \t]{0,9}\n", re.IGNORECASE)
_LIST_REACH = 320
#: So near to words of a cap the liability is spoken of that it limits, in characters.
_NEAR = 450
#: Most amounts and caps that are listed.
_MOST_AMOUNTS, _MOST_CAPS = 60, 6


def payments(source: Source) -> tuple[Field, ...]:
    """Amounts in sentences about payment and in lists that go on from there, in the text's order, each value once."""
    seen: dict[str, Candidate] = {}
    last = -_LIST_REACH
    for one in written_amounts(source.text):
        start, end = source.around((one.start, one.end))
        near = source.text[max(start, one.start - 400) : min(end, one.end + 200)]
        between = source.text[last : one.start] if 0 <= last > one.start - _LIST_REACH else ""
        if not (_PAID.search(near) or _goes_on(between)):
            continue
        last = one.end
        rule = "amount in a sentence about payment" if _PAID.search(near) else "amount in a list of payments"
        seen.setdefault(one.value, Candidate(one.value, ((one.start, one.end),), 0.7, rule))
    return tuple(source.field("amount", candidate) for candidate in list(seen.values())[:_MOST_AMOUNTS])


def _goes_on(between: str) -> bool:
    """Whether what stands between two amounts leads from one item, row or cell of a list to the next."""
    return not _APART.search(between) and any(
        pattern.fullmatch(between) for pattern in (_NEXT_ITEM, _NEXT_ROW, _NEXT_CELL)
    )


def _caps(source: Source) -> Iterator[Candidate]:
    for start, end in source.sentences_with(_LIABLE):
        sentence = source.text[start : min(end, start + 2_500)]
        capped = _CAPPED.search(sentence)
        if not capped or not _LIABLE.search(sentence, max(0, capped.start() - _NEAR), capped.end() + _NEAR):
            continue
        sums = [one for one in written_amounts(sentence) if one.start > capped.start()]
        if sums:
            yield Candidate(
                sums[0].value,
                ((start + sums[0].start, start + sums[0].end),),
                0.75,
                "amount that liability does not exceed",
            )
        elif words := _BY_WORDS.search(sentence):
            low, high = words.span("what")
            high = low + len(sentence[low:high].rstrip(" ,"))
            yield Candidate(
                spaced(sentence[low:high]),
                ((start + low, start + high),),
                0.65,
                "what liability does not exceed",
            )


def caps(source: Source) -> tuple[Field, ...]:
    """Caps of liability, as an amount or in the words that say what it must not exceed."""
    seen: dict[str, Candidate] = {}
    for candidate in _caps(source):
        seen.setdefault(candidate.value, candidate)
    return tuple(source.field("cap", candidate) for candidate in list(seen.values())[:_MOST_CAPS])

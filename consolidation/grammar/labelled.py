"""Things that are told apart by a letter or a number: "Tranche B", "Section 8(b)", "the Class A shares"."""

from __future__ import annotations

import re

from consolidation.text.ranges import Range

_KIND = (
    r"(?P<kind>tranche|class|series|sections?|articles?|paragraphs?|exhibits?|schedules?|appendix|annex|phase|tier|lot|building|option|"
    r"group|category|stage|period|year|quarter|zone|level|type|addendum|amendment(?:\s+no\.?)?|attachments?)"
)
_LABEL = r"(?:(?-i:[A-Z])|\d+(?:\.\d+)*|(?-i:[IVX]{1,4})|one|two|three|four|five)"
_PART = r"(?:\s?\((?:[a-z]{1,3}|\d{1,2}|[ivx]{1,4})\))*"
_ONE = rf"{_LABEL}{_PART}"
_LABELLED = re.compile(
    rf"\b{_KIND}\s+[\"'\u201c]?(?P<labels>{_ONE}(?:\s*(?:,|and|or|&|through|to)\s*{_ONE})*)(?![\w'\u2019])",
    re.IGNORECASE,
)
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


def labels(words: str) -> dict[str, set[str]]:
    """The letters and numbers by which things of a kind are called, by kind; "Sections 7 and 8(b)" are two."""
    found: dict[str, set[str]] = {}
    for match in _LABELLED.finditer(" ".join(words.split())):
        kind = re.sub(r"\s+no\.?$", "", match["kind"].lower()).rstrip("s")
        each = re.split(
            r"\s*(?:,|\band\b|\bor\b|&|\bthrough\b|\bto\b)\s*", match["labels"], flags=re.IGNORECASE
        )
        said = {re.sub(r"\s", "", one).lower() for one in each if one}
        found.setdefault(kind, set()).update(_NUMBERS.get(one, one) for one in said)
    return found


def is_of_another_label(question: str, sentence: str, within: Range | None = None) -> bool:
    """Whether a question asks of one of several such things, and a sentence speaks of others of that kind alone.

    What is said of a part is said of the whole: "Section 8(b)" is of "Section 8". Of a value, which is `within` the
    sentence, it is those that are named last before it, if any are.
    """
    whole, before = labels(sentence), _last_before(sentence, within[1]) if within else {}
    said = {**whole, **before}
    return any(
        kind in said and not any(_is_part(one, other) for one in asked for other in said[kind])
        for kind, asked in labels(question).items()
    )


def _last_before(sentence: str, place: int) -> dict[str, set[str]]:
    last: dict[str, set[str]] = {}
    for match in _LABELLED.finditer(sentence, 0, place):
        last.update(labels(match[0]))
    return last


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or re.match(rf"{re.escape(short)}[(.]", long) is not None

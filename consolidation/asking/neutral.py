"""Questions with the names of documents taken out, for a reader that reads one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.spelling import KINDS_OF_DOCUMENT, Word
from consolidation.text.windows import Range


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question from `first` to `last` that name documents: the best, and all `candidates`."""

    first: int
    last: int
    numbers: set[int]
    candidates: set[int]


FORMS = frozenset("inc incorporated corp corporation llc llp ltd limited plc gmbh ag sa nv bv lp".split())
_ARTICLES = frozenset("the this our that their a an".split())
_OF_DOCUMENT = frozenset("of in under".split())
#: What documents are called, where several are of a kind, and how many they are.
_MANY = frozenset(word for word in KINDS_OF_DOCUMENT if word.endswith("s"))
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())
#: What a document has and a party has not: "Ashworth's governing law" asks about the agreement.
_HAS = re.compile(
    r"\b(?:governing|law|term|expir\w*|effective|dates?|title|parties|renewal|notice|liability\s+cap|cap|venue|arbitration|signed|agreement|contract|clauses?|provisions?|termination|initial|"
    r"confidentiality|non-?compete|exclusivity|assignment)\b",
    re.IGNORECASE,
)


def neutral(question: str, said: Sequence[Word], mentions: Sequence[Mention]) -> str:
    """The question with each mention of a document replaced by "the agreement"; a party who acts keeps its name."""
    out, at = "", 0
    for mention in sorted(mentions, key=lambda m: m.first):
        first, last = mention.first, mention.last
        while last + 1 < len(said) and said[last + 1].fused in KINDS_OF_DOCUMENT | FORMS:
            last += 1
        last = _to_kind(said, last)
        start, end = said[first].start, said[last].end
        new = _replacement(question, said, first, last) if start >= at else None
        if new is None:
            continue
        begin = start
        if first > 0 and said[first - 1].fused in _ARTICLES and said[first - 1].start >= at:
            begin = said[first - 1].start
        out += question[at:begin] + new
        at = end
    text = " ".join((out + question[at:]).split())
    text = re.sub(r"\b(the agreement)(?:['’]s)?(?:,?\s+(?:and|or)\s+\1)+", r"\1", text)
    return text[:1].upper() + text[1:] if question[:1].isupper() else text


def of_these(question: str, said: Sequence[Word], mentions: Sequence[Mention]) -> str:
    """The question with kinds of documents as "the agreements", as in "of the leases, which end in 2012".

    Empty where none of the mentions is a kind that is said of many.
    """
    out, at = "", 0
    for mention in sorted(mentions, key=lambda m: m.first):
        last = _to_kind(said, mention.last)
        if said[last].fused not in _MANY or said[mention.first].start < at:
            continue
        first = mention.first
        while first > 0 and said[first - 1].fused in _ARTICLES | _NUMBERS:
            first -= 1
        out += question[at : said[first].start] + (
            "the agreements" if first < mention.first else "agreements"
        )
        at = said[last].end
    return " ".join((out + question[at:]).split()) if out else ""


def _to_kind(said: Sequence[Word], last: int) -> int:
    """The place of "agreement" where it follows a mention, one or two words of its title between."""
    for at in range(last + 1, min(last + 4, len(said))):
        if said[at].fused in KINDS_OF_DOCUMENT:
            return at
        if said[at].fused in _ARTICLES or at - last > 2:
            break
    return last


def _replacement(question: str, said: Sequence[Word], first: int, last: int) -> str | None:
    rest = question[said[last].end :]
    lead = said[first - 1].fused if first > 0 else ""
    lead = said[first - 2].fused if lead in _ARTICLES and first > 1 else lead
    kind = said[last].fused in KINDS_OF_DOCUMENT
    if said[last].possessive:
        return "the agreement's" if kind or _HAS.search(" ".join(rest.split()[:3])) else None
    if kind or (first == 0 and _HAS.match(rest.strip())):
        return "the agreement" if kind or rest.strip().startswith(("?", ":", ",")) else "the agreement's"
    if lead in _OF_DOCUMENT and (last + 1 == len(said) or rest.strip()[:1] in "?,;:" or not rest.strip()):
        return "the agreement"
    if lead in ("does", "did", "do") and re.match(
        r"\s+(?:have(?!\s+to\b)|contain|include|expire|renew)\b", rest
    ):
        return "the agreement"
    return None


def without_files(question: str, places: Sequence[Range]) -> str:
    """The question with the file names in some places replaced by "the agreement"."""
    for low, high in sorted(places, reverse=True):
        before = re.sub(r"(?:\b[Tt]he\s+)?[\"'\u201c\u2018]?$", "", question[:low])
        after = re.sub(r"^[\"'\u201d\u2019](?!s\b)", "", question[high:])
        question = f"{before}the agreement{after}"
    return re.sub(r"\b(the agreement)(?:,?\s+(?:and|or)\s+\1)+", r"\1", question)

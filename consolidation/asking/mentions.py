"""Words of a question that belong together and name documents, by name or by title."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.asking.name_hits import Hit
from consolidation.asking.name_index import NameIndex, stem
from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import (
    KINDS_OF_DOCUMENT,
    LEADS,
    LEGAL_FORMS,
    Word,
    is_plain,
    ordinary_words,
    without_possessive,
)
from consolidation.asking.title_hits import SPELT_OUT, by_what_it_is

#: Words before "agreement" that tell nothing of its title.
_NO_TITLE = frozenset(
    "this that the these those our my your their its a an any each every all both which what other "
    "another entire whole original existing new present current initial written such same old "
    "said final full signed executed main underlying first second third master's parties final every no".split()
)
_KINDS_BY_TITLE = frozenset(
    "agreement agreements contract contracts deal deals lease leases amendment amendments nda ndas "
    "addendum form forms".split()
)
_INDEFINITE = frozenset(
    "a an any each every all no some which what other another such further separate additional".split()
)
#: Before a title, some document is spoken of that may be none of these: "is there a license agreement".
_NONE_OF_THESE = frozenset("a an any no some another such further separate additional".split())
_ARTICLES = frozenset("the this that our their your".split())
_LONGEST_TITLE, _LONGEST_TITLE_PART = 14, 5


def mentions(index: NameIndex, said: Sequence[Word], hits: Sequence[Hit]) -> list[Mention]:
    """Runs of hits that belong together, each with the documents that its words name best."""
    by_place = sorted(hits, key=lambda h: (h.first, h.last))
    groups: list[list[Hit]] = []
    for hit in by_place:
        end = max((h.last for h in groups[-1]), default=-9) if groups else -9
        gap = [w.fused for w in said[end + 1 : hit.first]]
        joined = groups and (
            hit.first <= end + 1
            or all(g in LEGAL_FORMS and g not in ("and", "of", "for") for g in gap)
            or (len(gap) == 1 and said[end + 1].capital and gap[0] not in ordinary_words())
        )
        if joined:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return [m for group in groups if (m := _mention(index, said, group)) is not None]


def _foreign(index: NameIndex, said: Sequence[Word], i: int) -> bool:
    """Whether a word beside a mention is a name of its own that no document goes by."""
    if not 0 <= i < len(said):
        return False
    word = said[i]
    return (
        word.capital
        and not word.fused[0].isdigit()
        and not is_plain(word.fused)
        and word.fused not in KINDS_OF_DOCUMENT | index.roles
    )


def _mention(index: NameIndex, said: Sequence[Word], group: Sequence[Hit]) -> Mention | None:
    """The mention that a group of hits makes; None where none is strong, or a name that no document goes by holds
    it."""
    strong_hits = [hit for hit in group if hit.strong]
    if not strong_hits:
        return None
    first, last = min(h.first for h in group), max(h.last for h in group)
    beside = (
        first - 1 > 0
        and said[first - 1].capital
        and said[first - 1].fused not in LEADS | KINDS_OF_DOCUMENT | index.roles
    )
    if beside and not any(h.leading and h.exact for h in strong_hits):
        return None
    if (_foreign(index, said, first - 1) or _foreign(index, said, last + 1)) and not any(
        h.exact for h in strong_hits
    ):
        return None
    return _best(index, group, first, last)


def _best(index: NameIndex, group: Sequence[Hit], first: int, last: int) -> Mention:
    """The documents that the words of a group name best; rarer words weigh more, weak hits half."""
    scores: dict[int, dict[int, float]] = {}
    for hit in group:
        weight = index.rarity(hit.numbers) * (1.0 if hit.strong else 0.5)
        for number in hit.numbers:
            covered = scores.setdefault(number, {})
            for place in range(hit.first, hit.last + 1):
                covered[place] = max(covered.get(place, 0.0), weight)
    totals = {number: sum(covered.values()) for number, covered in scores.items()}
    strong = set[int]().union(*(hit.numbers for hit in group if hit.strong))
    best = max(totals[n] for n in strong)
    numbers = {n for n in strong if totals[n] >= best - 1e-9}
    return Mention(first, last, numbers, strong)


def narrowed(mentions: Sequence[Mention]) -> set[int]:
    """The documents of all mentions: those that hold every name, else those of any."""
    found: set[int] = set()
    for mention in mentions:
        if not found:
            found = set(mention.numbers)
        elif both := (found & mention.numbers) or (found & mention.candidates):
            found = both
        else:
            found |= mention.numbers
    return found


def titled(index: NameIndex, said: Sequence[Word], named_by: Sequence[Mention]) -> list[Mention]:
    """Words before "agreement" that stand in titles: "the promotion agreement"."""
    named = {i for m in named_by for i in range(m.first, m.last + 1)}
    found = [*_whole_titles(index, said), *_by_letters(index, said, named)]
    named |= {i for m in found for i in range(m.first, m.last + 1)}
    for at, word in enumerate(said):
        if word.fused not in _KINDS_BY_TITLE or at in named:
            continue
        first = at
        while (
            first > 0
            and at - first < _LONGEST_TITLE_PART
            and first - 1 not in named
            and _of_title(index, said, first - 1)
        ):
            first -= 1
        while first < at and said[first].fused in LEGAL_FORMS | _NO_TITLE:
            first += 1
        if first and said[first - 1].fused in _NONE_OF_THESE:
            continue
        if first > 1 and said[first].capital and said[first - 1].capital and first - 1 not in named:
            continue
        wanted = [p for w in said[first:at] for p in SPELT_OUT.get(w.fused, w.parts) if p not in LEGAL_FORMS]
        if wanted and (numbers := index.with_title(wanted)):
            found.append(Mention(first, at, numbers, numbers))
    return found or by_what_it_is(index, said, named)


def _whole_titles(index: NameIndex, said: Sequence[Word]) -> list[Mention]:
    """Words that are a document's whole title; the longest where one lies in another."""
    found: list[Mention] = []
    at = 0
    while at < len(said):
        ends = range(min(len(said), at + _LONGEST_TITLE) - 1, at, -1)
        last = next(
            (e for e in ends if "".join(w.fused for w in said[at : e + 1]) in index.by_whole_title),
            None,
        )
        some = at > 0 and said[at - 1].fused in _NONE_OF_THESE
        if last is not None and not some and any(w.fused in KINDS_OF_DOCUMENT for w in said[at : last + 1]):
            run = "".join(w.fused for w in said[at : last + 1])
            exact = all(
                w.capital for w in said[at : last + 1] if w.fused not in LEGAL_FORMS and w.fused != "to"
            )
            numbers = index.of_title(run, exact)
            found.append(Mention(at, last, numbers, numbers))
            at = last
        at += 1
    return found


def _by_letters(index: NameIndex, said: Sequence[Word], named: set[int]) -> list[Mention]:
    """Words that are the first letters of a title: "the MSA"; in small letters only after an article."""
    found = []
    for i, word in enumerate(said):
        before = said[i - 1] if i else None
        spoken = without_possessive(word.text).isupper() or (before and before.fused in _ARTICLES)
        if not spoken or i in named or (before and before.fused in _INDEFINITE):
            continue
        if before and before.capital and i - 1 not in named and not is_plain(before.fused):
            continue  # the short title of what another name names: "the Acme MSA"
        if numbers := index.of_letters(word.fused):
            found.append(Mention(i, i, numbers, numbers))
    return found


def _of_title(index: NameIndex, said: Sequence[Word], i: int) -> bool:
    word = said[i]
    if word.fused in ("of", "and", "for"):
        return i > 0 and any(stem(p) in index.by_title for p in said[i - 1].parts)
    if word.fused in _NO_TITLE or word.fused in LEADS or word.possessive:
        return False
    return all(stem(p) in index.by_title or p in LEGAL_FORMS for p in SPELT_OUT.get(word.fused, word.parts))

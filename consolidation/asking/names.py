"""Which documents a question means: those it names by party, short name, title, file name or date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from consolidation.asking import wording
from consolidation.asking.described import Described
from consolidation.asking.jurisdictions import jurisdiction_places
from consolidation.asking.name_index import NameIndex
from consolidation.asking.neutral import Mention, neutral, without_files
from consolidation.asking.spelling import KINDS_OF_DOCUMENT, LEGAL_FORMS, Word, ordinary_words, words
from consolidation.values import MONTHS, find_dates

By = Literal["name", "title", "date", "file name"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document that a question names: by which kind of name, and the words of the question that name it."""

    document_id: str
    by: By
    words: str


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a question means.

    `chosen` are the documents it names, several where it names several or cannot be told apart; empty means that it
    names none, so all are meant. `unknown` are names that no document goes by. `neutral` is the question with the
    names of documents replaced, for reading. `sentence` says why, for people; empty where nothing is named.
    """

    chosen: tuple[Chosen, ...]
    unknown: tuple[str, ...]
    neutral: str
    sentence: str


_LEADS = frozenset(
    "of in for under from with by to does did has is do can may must between and versus against was will should could would at per".split()
)
_MONTH_WORDS = frozenset(m.lower() for m in MONTHS) | {m[:3].lower() for m in MONTHS}
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday nda ceo cfo coo cto ip sec fda irs usd eur gbp vat gst eu us usa uk api sla msa sow rfp llc english chinese spanish "
    "french german russian japanese ebitda gaap ifrs erisa gdpr hipaa ucc icc aaa jams nasdaq nyse tier q1 q2 q3 q4 i mr mrs ms dr esq ok faq pdf html url http https www tv cd dvd "
    "hr pr roi kpi aka eta tbd faa fcc epa osha dod nato un who".split()
)
#: Words before "agreement" that tell nothing of its title.
_NO_TITLE = frozenset(
    "this that the these those our my your their its a an any each every all both which what other another entire whole original existing new present current initial written such same old "
    "said final full signed executed main underlying first second third master's parties final every no".split()
)
_SHORTEST_BEGINNING = 5
_KINDS_BY_TITLE = frozenset(
    "agreement agreements contract contracts deal deals lease leases amendment amendments nda ndas addendum".split()
)
_LONGEST_RUN, _LONGEST_TITLE = 8, 14


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


@dataclass(slots=True)
class _Hit:
    """The documents that one word of a question, or a run of them, names; `strong` where it does so on its own."""

    first: int
    last: int
    numbers: set[int]
    strong: bool
    exact: bool = True
    leading: bool = False


class Names:
    """The names of a matter's documents, ready for questions. Build it once; it is read only after that."""

    def __init__(self, documents: Sequence[Described]) -> None:
        self._index = NameIndex(documents)
        self._documents = documents

    def meant(self, question: str, in_text: Callable[[str], bool] | None = None) -> Meant:
        """The documents that a question names.

        `in_text` tells whether a name stands anywhere in the matter's text; one that does is not called unknown.
        """
        if of_file := self._index.of_file(question):
            chosen = tuple(
                Chosen(self._documents[n].document_id, "file name", self._documents[n].file_name)
                for n in sorted(of_file)
            )
            return Meant(
                chosen, (), without_files(question, [c.words for c in chosen]), wording.meant(chosen, ())
            )
        said = words(question)
        hits = self._hits(question, said)
        mentions = self._mentions(said, hits)
        found = self._narrowed(question, said, mentions)
        titled = self._titled(said, mentions)
        known = {i for hit in hits for i in range(hit.first, hit.last + 1)} | {
            i for m in (*mentions, *titled) for i in range(m.first, m.last + 1)
        }
        unknown = tuple(n for n in self._unknown(said, known, question) if in_text is None or not in_text(n))
        chosen = self._chosen(question, said, found, mentions, titled, bool(unknown))
        spoken = [m for m in mentions if m.numbers] if any(c.by == "name" for c in chosen) else []
        spoken += [m for m in titled if any(c.by == "title" for c in chosen) or spoken]
        return Meant(chosen, unknown, neutral(question, said, spoken), wording.meant(chosen, unknown))

    def _hits(self, question: str, said: Sequence[Word]) -> list[_Hit]:
        """What each word and each run of words may name."""
        spans = jurisdiction_places(question)
        places = {i for i, w in enumerate(said) for a, b in spans if a <= w.start < b}
        hits: list[_Hit] = []
        for i in range(len(said)):
            if hit := self._hit(said, i, places):
                hits.append(hit)
            hits += self._runs(said, i, places)
        return hits

    def _plain(self, word: str) -> bool:
        """Whether a word is an ordinary one, a month or an abbreviation that names no document."""
        return word in ordinary_words() or word in _MONTH_WORDS or word in _NO_NAMES

    def _hit(self, said: Sequence[Word], i: int, places: set[int]) -> _Hit | None:
        """The documents that one word names; weak where the word is an ordinary one in no place of a name."""
        index, word = self._index, said[i]
        if word.fused in KINDS_OF_DOCUMENT | LEGAL_FORMS | _LEADS or (
            word.fused in index.roles and len(said) > 1
        ):
            return None
        numbers = index.of_word(word.fused)
        leading = set(index.by_leading.get(word.fused, ()))
        if i in places or self._plain(word.fused):
            strong = bool(leading) and i not in places and self._placed_as_name(said, i)
            return (
                _Hit(i, i, numbers, strong, True, bool(leading))
                if numbers and (strong or word.capital)
                else None
            )
        begun = index.of_fused(word.fused, len(word.fused) >= _SHORTEST_BEGINNING)
        numbers, leading, exact = numbers | begun, leading | begun, True
        if not numbers:
            numbers, exact = self._near(said, i)
            leading = numbers
        strong = word.capital or bool(leading)
        return _Hit(i, i, numbers, strong, exact, bool(leading)) if numbers else None

    def _near(self, said: Sequence[Word], i: int) -> tuple[set[int], bool]:
        """The documents that a word names in the plural or by one of its pieces, or, not exactly, misspelt."""
        index, word = self._index, said[i]
        if word.fused.endswith("s") and len(word.fused) > 4 and (found := index.of_word(word.fused[:-1])):
            return found, True
        pieces = [p for p in word.parts if len(word.parts) > 1 and len(p) > 2 and p not in ordinary_words()]
        if named := set[int]().union(*(index.by_word.get(piece, set()) for piece in pieces)):
            return named, True
        lead = i == 0 or said[i - 1].fused in _LEADS
        before_kind = any(w.fused in KINDS_OF_DOCUMENT for w in said[i + 1 : i + 4])
        if (word.capital or lead or before_kind) and (right := index.respelled(word.fused, word.capital)):
            return index.of_word(right) | index.of_fused(right, False), False
        return set(), False

    def _runs(self, said: Sequence[Word], first: int, places: set[int]) -> list[_Hit]:
        """Runs of words from one on that are a whole name, or a file's name run together."""
        hits = []
        index, ordinary = self._index, ordinary_words()
        for last in range(first + 1, min(first + _LONGEST_RUN, len(said))):
            run = [w for w in said[first : last + 1] if w.fused not in LEGAL_FORMS or w.fused in ("the",)]
            forms = tuple(w.fused for w in run)
            if any(f in KINDS_OF_DOCUMENT for f in forms):
                break
            if len(forms) < 2 or forms[-1] != said[last].fused:
                continue
            told = [
                f
                for i, f in zip(range(first, last + 1), forms, strict=False)
                if f not in ordinary and i not in places
            ]
            joined = "".join(forms)
            numbers = index.of_fused(
                joined, len(joined) >= 8 and (bool(told) or len(forms) > 1 and run[0].capital)
            )
            if numbers and not (set(range(first, last + 1)) <= places and forms not in index.whole):
                whole = joined in index.by_fused and self._stands_as_name(said, first, last)
                hits.append(_Hit(first, last, numbers, bool(told) or whole or run[0].capital, True, True))
        return hits

    def _stands_as_name(self, said: Sequence[Word], first: int, last: int) -> bool:
        """Whether ordinary words in lower case stand where a name may: "go call's deposit", "of go call"."""
        nearby = [w.fused for w in said[last + 1 : last + 3]]
        lead = first == 0 or said[first - 1].fused in _LEADS
        return lead or said[last].possessive or any(w in KINDS_OF_DOCUMENT for w in nearby)

    def _placed_as_name(self, said: Sequence[Word], i: int) -> bool:
        """Whether an ordinary word stands where names stand: capitalised inside a question, or before "agreement"."""
        word = said[i]
        if word.fused not in self._index.by_word and not self._index.by_fused.get(word.fused):
            return False
        if word.fused in self._index.roles:
            return False
        whole = (word.fused,) in self._index.whole
        followed = i + 1 < len(said) and said[i + 1].capital
        together = followed and bool(
            self._index.by_word.get(said[i + 1].fused, set()) & self._index.by_leading.get(word.fused, set())
        )
        before_kind = any(w.fused in KINDS_OF_DOCUMENT for w in said[i + 1 : i + 4])
        if together and word.capital:
            return True
        if not whole or followed:
            return False
        after_lead = i > 0 and said[i - 1].fused in _LEADS
        return word.possessive or (word.capital and (before_kind or (i > 0 and after_lead)))

    def _mentions(self, said: Sequence[Word], hits: Sequence[_Hit]) -> list[Mention]:
        """Runs of hits that belong together, each with the documents that its words name best."""
        by_place = sorted(hits, key=lambda h: (h.first, h.last))
        groups: list[list[_Hit]] = []
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
        return [m for group in groups if (m := self._mention(said, group)) is not None]

    def _foreign(self, said: Sequence[Word], i: int) -> bool:
        """Whether a word beside a mention is a name of its own that no document goes by."""
        if not 0 <= i < len(said):
            return False
        word = said[i]
        return (
            word.capital
            and not word.fused[0].isdigit()
            and word.fused
            not in ordinary_words() | _NO_NAMES | _MONTH_WORDS | KINDS_OF_DOCUMENT | self._index.roles
        )

    def _mention(self, said: Sequence[Word], group: Sequence[_Hit]) -> Mention | None:
        strong_hits = [hit for hit in group if hit.strong]
        if not strong_hits:
            return None
        first, last = min(h.first for h in group), max(h.last for h in group)
        beside = (
            first - 1 > 0
            and said[first - 1].capital
            and said[first - 1].fused not in _LEADS | KINDS_OF_DOCUMENT | self._index.roles
        )
        if beside and not any(h.leading and h.exact for h in strong_hits):
            return None
        if (self._foreign(said, first - 1) or self._foreign(said, last + 1)) and not any(
            h.exact for h in strong_hits
        ):
            return None
        scores: dict[int, dict[int, float]] = {}
        for hit in group:
            weight = self._index.rarity(hit.numbers) * (1.0 if hit.strong else 0.5)
            for number in hit.numbers:
                covered = scores.setdefault(number, {})
                for place in range(hit.first, hit.last + 1):
                    covered[place] = max(covered.get(place, 0.0), weight)
        totals = {number: sum(covered.values()) for number, covered in scores.items()}
        strong: set[int] = set().union(*(hit.numbers for hit in group if hit.strong))
        best = max(totals[n] for n in strong)
        numbers = {n for n in strong if totals[n] >= best - 1e-9}
        return Mention(min(h.first for h in group), max(h.last for h in group), numbers, strong)

    def _narrowed(self, question: str, said: Sequence[Word], mentions: Sequence[Mention]) -> set[int]:
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

    def _titled(self, said: Sequence[Word], mentions: Sequence[Mention]) -> list[Mention]:
        """Words before "agreement" that stand in titles: "the promotion agreement"."""
        named = {i for m in mentions for i in range(m.first, m.last + 1)}
        found = self._whole_titles(said)
        named |= {i for m in found for i in range(m.first, m.last + 1)}
        for at, word in enumerate(said):
            if word.fused not in _KINDS_BY_TITLE or at in named:
                continue
            first = at
            while first > 0 and at - first < 5 and first - 1 not in named and self._of_title(said, first - 1):
                first -= 1
            while first < at and said[first].fused in LEGAL_FORMS | _NO_TITLE:
                first += 1
            if first > 1 and said[first].capital and said[first - 1].capital and first - 1 not in named:
                continue
            wanted = [p for w in said[first:at] for p in w.parts if p not in LEGAL_FORMS]
            if wanted and (numbers := self._index.with_title(wanted)):
                found.append(Mention(first, at, numbers, numbers))
        return found

    def _whole_titles(self, said: Sequence[Word]) -> list[Mention]:
        """Words that are a document's whole title; the longest where one lies in another."""
        found: list[Mention] = []
        at = 0
        while at < len(said):
            ends = range(min(len(said), at + _LONGEST_TITLE) - 1, at, -1)
            last = next(
                (e for e in ends if "".join(w.fused for w in said[at : e + 1]) in self._index.by_whole_title),
                None,
            )
            if last is not None and any(w.fused in KINDS_OF_DOCUMENT for w in said[at : last + 1]):
                run = "".join(w.fused for w in said[at : last + 1])
                exact = all(
                    w.capital for w in said[at : last + 1] if w.fused not in LEGAL_FORMS and w.fused != "to"
                )
                numbers = self._index.of_title(run, exact)
                found.append(Mention(at, last, numbers, numbers))
                at = last
            at += 1
        return found

    def _of_title(self, said: Sequence[Word], i: int) -> bool:
        word = said[i]
        if word.fused in ("of", "and", "for"):
            return i > 0 and any(p[:5] in self._index.by_title for p in said[i - 1].parts)
        if word.fused in _NO_TITLE or word.fused in _LEADS or word.possessive:
            return False
        return all(p[:5] in self._index.by_title or p in LEGAL_FORMS for p in word.parts)

    def _dated(self, question: str) -> set[int]:
        exact = [d.value for d in find_dates(question)]
        years = re.findall(
            r"\b((?:19|20)\d\d)\s+(?:\w+\s+)?(?:agreement|contract|deal|lease|amendment)\b|\b(?:agreement|contract|deal|lease|amendment)\s+(?:of|from|dated|signed\s+in)\s+((?:19|20)\d\d)\b",
            question, re.IGNORECASE,
        )  # fmt: skip
        said = re.search(
            r"\b(?:dated|agreement\s+of|contract\s+of|signed\s+on|made\s+on|entered\s+into\s+on)\b",
            question,
            re.IGNORECASE,
        )
        keys = (exact if said else []) + [y for pair in years for y in pair if y]
        return set().union(*(self._index.by_date.get(key, set()) for key in keys)) if keys else set()

    def _chosen(
        self, question: str, said: Sequence[Word], found: set[int], mentions: Sequence[Mention], titled: Sequence[Mention], unknown: bool
    ) -> tuple[Chosen, ...]:  # fmt: skip
        by: By = "name"
        spoken: Sequence[Mention] = [m for m in mentions if m.numbers & found]
        titles: set[int] = set().union(*(m.numbers for m in titled)) if titled else set()
        dated = self._dated(question)
        if found and len(found) > 1:
            found = (found & titles) or found
            found = (found & dated) or found
        elif not found and not unknown:
            found = (titles & dated) or titles or dated
            by, spoken = ("title", titled) if titles else ("date", [])
            if len(found) == len(self._documents):
                found = set()
        text = ", ".join(
            dict.fromkeys(_bare(question[said[m.first].start : said[m.last].end]) for m in spoken)
        )
        return tuple(Chosen(self._documents[n].document_id, by, text) for n in sorted(found))

    def _unknown(self, said: Sequence[Word], known: set[int], question: str) -> list[str]:
        """Names in places where names stand that no document goes by."""
        ordinary, places = ordinary_words(), jurisdiction_places(question)

        def foreign(i: int) -> bool:
            w = said[i]
            return (
                i not in known and w.fused not in ordinary and w.fused not in self._index.roles and w.fused not in _NO_NAMES | _MONTH_WORDS | KINDS_OF_DOCUMENT
                and not w.fused[0].isdigit() and len(w.fused) > 1 and not any(a <= w.start < b for a, b in places)
            )  # fmt: skip

        names = []
        i = 0
        while i < len(said):
            if not foreign(i):
                i += 1
                continue
            first = i
            while i + 1 < len(said) and (
                foreign(i + 1)
                or (
                    said[i + 1].capital
                    and said[first].capital
                    and i + 1 not in known
                    and said[i + 1].fused not in KINDS_OF_DOCUMENT | self._index.roles
                )
            ):
                i += 1
            if self._names_something(said, first, i):
                names.append(_bare(question[said[first].start : said[i].end]))
            i += 1
        return names

    def _names_something(self, said: Sequence[Word], first: int, last: int) -> bool:
        after = [w.fused for w in said[last + 1 : last + 4]]
        before_kind = any(w in KINDS_OF_DOCUMENT for w in after[:3])
        form = bool(after) and after[0] in ("inc", "corp", "llc", "ltd", "gmbh", "plc", "ag")
        lead = first > 0 and said[first - 1].fused in (
            "of",
            "with",
            "between",
            "under",
            "in",
            "from",
            "does",
            "did",
            "by",
            "for",
        )
        if first == 0 and not said[last].possessive:
            return bool(after) and (after[0] in KINDS_OF_DOCUMENT or form)
        if not said[first].capital:
            return (
                len(said[first].parts) == 1
                and before_kind
                and after[0] in KINDS_OF_DOCUMENT
                and len(said[first].fused) > 3
            )
        return before_kind or form or said[last].possessive or lead


def which_documents(
    question: str, documents: Sequence[Described], in_text: Callable[[str], bool] | None = None
) -> Meant:
    """The documents that a question names; for many questions over the same documents, keep `Names`."""
    return Names(documents).meant(question, in_text)

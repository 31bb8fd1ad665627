"""Which documents a question means: those it names by party, short name, title, file name or date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking import wording
from consolidation.asking.by_mention import by_initials, by_mention
from consolidation.asking.deciding import deciding
from consolidation.asking.described import Described
from consolidation.asking.file_names import FilesSaid
from consolidation.asking.full_names import named_in_full, whole_names
from consolidation.asking.mentions import mentions, narrowed, titled
from consolidation.asking.name_hits import HitFinder
from consolidation.asking.name_index import NameIndex
from consolidation.asking.name_pairs import by_pair
from consolidation.asking.neutral import Mention, neutral, of_these, without_files
from consolidation.asking.spelling import KINDS_OF_DOCUMENT, Word, without_possessive, words
from consolidation.asking.title_hits import stands_for_one
from consolidation.asking.unknown_names import unknown_names
from consolidation.text.values import find_dates

By = Literal["name", "title", "date", "file name", "mention"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document that a question names: by which kind of name, and the words of the question that name it.

    `said` are the same words for people, with articles and "and" between; empty where they are no others.
    """

    document_id: str
    by: By
    words: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a question means.

    `chosen` are the documents it names, several where it names several or cannot be told apart; empty means that it
    names none, so all are meant. `unknown` are names that no document goes by. `neutral` is the question with the
    names of documents replaced, for reading, and `of_these` that with "the agreements" for a kind which several are;
    empty where it names none. `sentence` says why, for people; empty where nothing is named.
    """

    chosen: tuple[Chosen, ...]
    unknown: tuple[str, ...]
    neutral: str
    sentence: str
    of_these: str = ""


#: A kind of document of which one is asked for: "which severance agreement pays the most".
_WHICH_KIND = re.compile(
    r"^(?P<which>which|what)\s+(?P<kind>(?!(?:of|the|this|that|other|such|one|party|an?)\b)[a-z][\w-]+\s+(?:[a-z][\w-]+\s+)?(?:agreement|contract|lease|licen[cs]e))\s+"
    r"(?=(?:has|gives?|pays?|allows?|lets?|runs?|lasts?|ends?|expires?|requires?|provides?|sets?|offers?|grants?|contains?|includes?|was|is)\b)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:dated|agreement\s+of|contract\s+of|signed\s+on|made\s+on|entered\s+into\s+on)\b", re.IGNORECASE
)
_KIND = r"(?:agreement|contract|deal|lease|amendment)"
_YEAR = re.compile(
    rf"\b((?:19|20)\d\d)\s+(?:\w+\s+)?{_KIND}\b|\b{_KIND}\s+(?:of|from|dated|signed\s+in)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


class Names:
    """The names of a matter's documents, ready for questions. Build it once; it is read only after that."""

    def __init__(self, documents: Sequence[Described]) -> None:
        self._index = NameIndex(documents)
        self._finder = HitFinder(self._index)
        self._documents = documents

    def meant(self, question: str, in_text: Callable[[str], bool] | None = None) -> Meant:
        """The documents that a question names.

        `in_text` tells whether a name stands anywhere in the matter's text; one that does is not called unknown.
        """
        files = self._index.files.said(question)
        if files.numbers:
            return self._by_file(question, files)
        question = _WHICH_KIND.sub(r"\g<which> of the \g<kind>s ", question)
        said = words(question)
        hits = self._finder.hits(question, said)
        named = mentions(self._index, said, hits)
        named = named if narrowed(named) else by_pair(self._index.by_pair, question, said) or named
        by_title = titled(self._index, said, named)
        places = [(h.first, h.last) for h in hits] + [(m.first, m.last) for m in (*named, *by_title)]
        known = {i for first, last in places for i in range(first, last + 1)}
        told: list[Mention] = []
        if not narrowed(named):
            in_title = {i for m in by_title for i in range(m.first, m.last + 1)}
            told = by_mention(self._documents, question, said, in_title, self._index.roles)
            told = told or by_initials(self._index, said)
            known |= {i for m in told for i in range(m.first, m.last + 1)}
        foreign = unknown_names(question, said, known, self._index.roles)
        unknown = tuple(name for name in foreign if in_text is None or not in_text(name))
        chosen = self._chosen(question, said, told or named, by_title, bool(foreign))
        if not chosen:
            unknown = tuple(dict.fromkeys((*unknown, *files.unknown)))
        if told:
            chosen = tuple(replace(one, by="mention") if one.by == "name" else one for one in chosen)
        spoken = [m for m in named if m.numbers] if any(c.by == "name" for c in chosen) else []
        spoken += [
            m for m in told if any(w.fused in KINDS_OF_DOCUMENT for w in said[m.last + 1 : m.last + 3])
        ]
        of_title = spoken or any(c.by == "title" for c in chosen)
        spoken += [m for m in by_title if of_title and stands_for_one(said, m)]
        sentence = wording.meant(chosen, unknown, looked_up=in_text is not None)
        kinds = by_title if len(chosen) > 1 and chosen[0].by == "title" else []
        these = of_these(question, said, kinds)
        return Meant(chosen, unknown, neutral(question, said, spoken), sentence, these)

    def _by_file(self, question: str, files: FilesSaid) -> Meant:
        named = [self._documents[n] for n in sorted(files.numbers)]
        chosen = tuple(Chosen(d.document_id, "file name", d.file_name) for d in named)
        return Meant(
            chosen, files.unknown, without_files(question, files.places), wording.meant(chosen, files.unknown)
        )

    def _dated(self, question: str) -> set[int]:
        """The documents of a date, or of a year, by which a question names an agreement."""
        exact = [found.value for found in find_dates(question)] if _DATED.search(question) else []
        years = [year for pair in _YEAR.findall(question) for year in pair if year]
        return set[int]().union(*(self._index.by_date.get(key, set()) for key in (*exact, *years)))

    def _chosen(
        self,
        question: str,
        said: Sequence[Word],
        named: Sequence[Mention],
        by_title: Sequence[Mention],
        foreign: bool,
    ) -> tuple[Chosen, ...]:
        """The documents of the names, narrowed by title and date; without a name those of the title or date."""
        by: By = "name"
        found = narrowed(deciding(question, said, named))
        spoken: Sequence[Mention] = [m for m in named if m.numbers & found]
        titles = set[int]().union(*(m.numbers for m in by_title))
        dated = self._dated(question)
        if found and len(found) > 1:
            found = (found & titles) or found
            found = (found & dated) or found
        elif not found and not foreign:
            found = (titles & dated) or titles or dated
            by, spoken = ("title", by_title) if titles else ("date", [])
            if len(found) == len(self._documents):
                found = set()
        whole = whole_names(self._documents[n] for n in found) if by == "name" else frozenset()
        places = (named_in_full(said, m, whole) for m in spoken)
        told = [without_possessive(question[said[first].start : said[last].end]) for first, last in places]
        whole_ones = (one for one in told if not any(one != other and one in other for other in told))
        named_by = tuple(dict.fromkeys(whole_ones))
        text, in_words = ", ".join(named_by), wording.names_said(named_by)
        return tuple(Chosen(self._documents[n].document_id, by, text, in_words) for n in sorted(found))


def which_documents(
    question: str, documents: Sequence[Described], in_text: Callable[[str], bool] | None = None
) -> Meant:
    """The documents that a question names; for many questions over the same documents, keep `Names`."""
    return Names(documents).meant(question, in_text)

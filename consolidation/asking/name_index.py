"""An index of the names of a matter's documents, for questions that name one in any form."""

from __future__ import annotations

import bisect
import math
import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from consolidation.asking.described import Described
from consolidation.asking.file_names import FileNames
from consolidation.asking.name_pairs import Pair, pairs_of
from consolidation.asking.spelling import (
    KINDS_OF_DOCUMENT,
    LEGAL_FORMS,
    LONGEST_LETTERS,
    ROLES,
    SHORT_TITLES,
    SHORTEST_LETTERS,
    fused,
    initials,
    last_letters_of,
    letters_of,
    name_words,
    ordinary_words,
    without_form,
    written_first,
)

#: A word shorter than this is taken as it is written; from the second length on, two slips are forgiven.
_SHORTEST_TYPO, _TWO_SLIPS = 5, 9
_SHORTEST_FUSED = 4
_EXTENSION = re.compile(r"\.(?:pdf|docx?|txt|html?|eml|rtf)$", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")


def stem(word: str) -> str:
    """The first letters that "distribution" and "distributor" share."""
    return word[:5]


def in_title(title: str) -> set[str]:
    """The words of a title or of a file's name, in lower case and with "non-disclosure" as one."""
    return {word for forms in name_words(title, camel=True) for word in forms}


def _is_plain(title: str) -> bool:
    """Whether a title is one that any document has: "This Agreement"."""
    return {word.lower() for word in title.split()} <= KINDS_OF_DOCUMENT | {"this", "the", "an", "a", "said"}


class NameIndex:
    """Which documents a word, or several words run together, name. Built once for a matter's documents."""

    def __init__(self, documents: Sequence[Described]) -> None:
        self.documents = documents
        self.by_word: dict[str, set[int]] = defaultdict(set)
        self.by_fused: dict[str, set[int]] = defaultdict(set)
        self.by_title: dict[str, set[int]] = defaultdict(set)
        self.by_date: dict[str, set[int]] = defaultdict(set)
        self.file_words: dict[str, set[int]] = defaultdict(set)
        self.by_leading: dict[str, set[int]] = defaultdict(set)
        self.by_role: dict[str, set[int]] = defaultdict(set)
        self.by_initials: dict[str, set[int]] = defaultdict(set)
        self.by_whole_title: dict[str, set[int]] = defaultdict(set)
        self.by_letters: dict[str, set[int]] = defaultdict(set)
        self.by_last_letters: dict[str, set[int]] = defaultdict(set)
        self.by_pair: dict[Pair, set[int]] = defaultdict(set)
        self.by_title_word: dict[str, set[int]] = defaultdict(set)
        self.by_spelling: dict[str, set[int]] = defaultdict(set)
        self.whole: set[tuple[str, ...]] = set()
        self.files = FileNames([d.file_name for d in documents])
        self.roles = set(ROLES)
        self.title_words: list[frozenset[str]] = []
        for number, document in enumerate(documents):
            self._add(number, document)
        self._fused = sorted(self.by_fused)
        self._fused_by_length: dict[int, list[str]] = defaultdict(list)
        for name in self._fused:
            self._fused_by_length[len(name)].append(name)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted({*self.by_word, *self.by_fused}):
            self._by_length[len(word)].append(word)

    def _add(self, number: int, document: Described) -> None:
        for role in document.roles:
            self.roles |= {word for forms in name_words(role) for word in forms} & ordinary_words()
        for name in (*document.parties, *document.short_names):
            self._add_name(number, name, self.by_word)
        for role in document.roles:
            self._add_role(number, role)
        for pair in pairs_of((_EXTENSION.sub("", document.file_name), *document.titles)):
            self.by_pair[pair].add(number)
        file_title = self._add_file(number, document.file_name)
        telling = set(file_title)
        for title in (*document.titles, re.split(r"[_-]", _EXTENSION.sub("", document.file_name))[-1]):
            if len(title.split()) > 1 and not _is_plain(title):
                self.by_whole_title[fused(title)].add(number)
                for letters in letters_of(title):
                    self.by_letters[letters].add(number)
                for letters in last_letters_of(title):
                    self.by_last_letters[letters].add(number)
        for title in (t for t in document.titles if not _is_plain(t)):
            telling |= {word for forms in name_words(title) for word in forms}
        telling = {w for w in telling if w not in KINDS_OF_DOCUMENT and not w.isdigit()}
        self.title_words.append(frozenset(map(stem, telling)))
        for word in {
            w for t in (*document.titles, _EXTENSION.sub("", document.file_name)) for w in in_title(t)
        }:
            self.by_title_word[word].add(number)
        for word in telling:
            self.by_title[stem(word)].add(number)
        for date in document.dates:
            self.by_date[date].add(number)
            self.by_date[date[:4]].add(number)

    def _add_role(self, number: int, role: str) -> None:
        """Index a role: as a name where it holds an unusual word ("MBE"), else as a role that few may have."""
        found = [forms[0] for forms in name_words(role)]
        if any(word not in ordinary_words() | ROLES for word in found):
            self._add_name(number, role, self.by_word)
        elif len(found) == 1 and found[0] not in ROLES:
            self.by_role[found[0]].add(number)

    def _add_name(self, number: int, name: str, into: dict[str, set[int]]) -> None:
        found = list(name_words(re.sub(r"\([^()]*\)", " ", name)))
        if all(forms[0] in self.roles for forms in found):
            return
        if len(found) > 2 and found[0][0] in ROLES:
            self._add_name(number, name.split(None, 1)[1], into)
        for word in (word for forms in found for word in forms):
            if word not in LEGAL_FORMS and len(word) > 1:
                into[word].add(number)
        for word in found[0]:
            self.by_leading[word].add(number)
        if (spelt := written_first(name)) and len(found) == 1:
            self.by_spelling[spelt].add(number)
        for letters in initials(name):
            self.by_initials[letters].add(number)
        self.whole.add(tuple(forms[0] for forms in found))
        self.by_fused[without_form("".join(forms[0] for forms in found))].add(number)

    def _add_file(self, number: int, file_name: str) -> list[str]:
        """Index a file's name, and return those of its words that may be of its title."""
        title: list[str] = []
        stem_of_file = _EXTENSION.sub("", file_name)
        for piece in re.split(r"[_\s,;()]+|\s-\s|-(?=[A-Z])", stem_of_file):
            forms = [word for group in name_words(piece, camel=True) for word in group]
            short = piece.isupper() and piece.isalpha() and SHORTEST_LETTERS <= len(piece) <= LONGEST_LETTERS
            if short or piece.lower() in SHORT_TITLES:
                self.by_letters[piece.lower()].add(number)
            whole = without_form("".join(_part for _part in re.findall(r"[^\W_]+", piece)).lower())
            if len(whole) >= _SHORTEST_FUSED and not whole.isdigit() and whole not in ordinary_words():
                self.by_fused[whole].add(number)
            for word in forms:
                if len(word) > 2 and not _NUMBERS.search(word):
                    self.file_words[word].add(number)
                    title.append(word)
        return title

    def rarity(self, numbers: set[int]) -> float:
        """How much a word tells that names these documents; more, the fewer they are."""
        return math.log(1 + len(self.documents) / len(numbers)) if numbers else 0.0

    def of_word(self, word: str) -> set[int]:
        """The documents whose parties, short names or file name hold a word."""
        return self.by_word.get(word, set()) | self.file_words.get(word, set())

    def of_fused(self, name: str, prefix: bool) -> set[int]:
        """The documents with a name that, run together, is this one, or (`prefix`) begins with it."""
        found = set(self.by_fused.get(name, set()))
        if prefix:
            at = bisect.bisect_left(self._fused, name)
            while at < len(self._fused) and self._fused[at].startswith(name):
                if 2 * len(name) >= len(self._fused[at]) or len(name) >= 8:
                    found |= self.by_fused[self._fused[at]]
                at += 1
        return found

    def begins(self, run: str) -> bool:
        """Whether a name, run together, begins with these letters."""
        at = bisect.bisect_left(self._fused, run)
        return at < len(self._fused) and self._fused[at].startswith(run)

    def respelled(self, word: str, capital: bool = False) -> str | None:
        """The word of a name that a misspelt word means, an ordinary one only for a `capital` word; None where
        there is none."""
        if len(word) < _SHORTEST_TYPO or word in ordinary_words() or word.isdigit():
            return None
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        lengths = range(max(_SHORTEST_TYPO, len(word) - slips), len(word) + slips + 1)
        alike = [
            w for n in lengths for w in self._by_length.get(n, ()) if capital or w not in ordinary_words()
        ]
        near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=5)
        near = [hit for hit in near if hit[0][0] == word[0] or hit[1] == 1]
        if not near:
            return None
        best = min(hit[1] for hit in near)
        closest = [hit[0] for hit in near if hit[1] == best]
        return (
            max(closest, key=lambda w: len(self.by_word.get(w, self.by_fused.get(w, ()))))
            if closest
            else None
        )

    def respelled_name(self, run: str) -> str | None:
        """The whole name, run together, that a misspelt one means; None where there is none."""
        if len(run) < _TWO_SLIPS:
            return None
        alike = [name for n in range(len(run) - 1, len(run) + 2) for name in self._fused_by_length.get(n, ())]
        near = process.extractOne(run, alike, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else None

    def with_title(self, wanted: Sequence[str]) -> set[int]:
        """The documents whose title holds all of these words."""
        sets = [self.by_title.get(stem(word), set()) for word in wanted]
        return set.intersection(*sets) if sets else set()

    def titled_by(self, word: str) -> set[int]:
        """The documents in whose title or file name this very word stands."""
        return self.by_title_word.get(word, set())

    def of_title(self, run: str, exact: bool) -> set[int]:
        """The documents whose title is this one, run together; unless `exact` also those whose title ends so."""
        found = set(self.by_whole_title[run])
        if not exact:
            found |= {
                n for title, numbers in self.by_whole_title.items() if title.endswith(run) for n in numbers
            }
        return found

    def of_letters(self, letters: str) -> set[int]:
        """The documents that are called by the first letters of their title, else those whose title ends so."""
        return self.by_letters.get(letters, set()) or self.by_last_letters.get(letters, set())

"""What a brief is made of: fields with their places, parties, defined terms and headings.

Every range is a pair of character offsets of the document's text, the end left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Range = tuple[int, int]

#: The kinds of field, in the order in which a brief shows them.
Type = Literal[
    "title",
    "amended_title",
    "party",
    "agreement_date",
    "effective_date",
    "expiry",
    "term",
    "renewal_term",
    "notice_period",
    "governing_law",
    "forum",
    "amount",
    "cap",
    "notice_address",
    "signatory",
]

#: Most other readings that a field keeps.
ALTERNATIVES = 4


#: The value of an end that does not come by itself.
ENDLESS = "perpetual"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a document.

    Attributes:
        type: what it is.
        value: the comparable form: ISO 8601 for dates ("2006-11" where the day is blank), "30 day" for durations,
            "perpetual", a jurisdiction, or the words with single spaces.
        written: the words at `places`, joined by "; ".
        places: where it is written; two for a date computed from a start and a term.
        quote: the sentence or clause that holds the first place.
        confidence: 0 to 1, how often a rule of this kind was right where it was made; no probability.
        rule: how it was found.
        alternatives: other readings of the same fact, the likeliest first.
        quotes: the quote of each place, where there are several.
    """

    type: Type
    value: str
    written: str
    places: tuple[Range, ...]
    quote: Range
    confidence: float
    rule: str
    alternatives: tuple[Field, ...] = ()
    quotes: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A short name or a role of a party, as written in the text."""

    name: str
    place: Range


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its name, what the contract calls it for short, and the role it has ("Distributor")."""

    name: Field
    short_names: tuple[Named, ...] = ()
    roles: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term, where the term stands and the sentence that defines it."""

    term: str
    place: Range
    definition: Range


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: its number as written ("" without one), its words, and where both stand."""

    number: str
    heading: str
    place: Range


@dataclass(frozen=True, slots=True)
class Brief:
    """The facts of a document.

    Attributes:
        fields: all but the parties, in the order of `Type`; kinds that occur once come once, with alternatives.
        parties: in the order of the text.
        terms: defined terms in the order of the text.
        headings: the outline in the order of the text.
        openings: where each agreement of the file begins; one offset for a file with one agreement.
        running: running headers, footers and page numbers; a quote that is shown leaves them out.
        mentioned: other names that the text mentions often, the most frequent first.
    """

    fields: tuple[Field, ...]
    parties: tuple[Party, ...]
    terms: tuple[Definition, ...] = ()
    headings: tuple[Heading, ...] = ()
    openings: tuple[int, ...] = (0,)
    running: tuple[Range, ...] = ()
    mentioned: tuple[str, ...] = ()

    def all(self, type: Type) -> Iterator[Field]:
        """The fields of one kind."""
        if type == "party":
            yield from (party.name for party in self.parties)
        yield from (found for found in self.fields if found.type == type)

    def first(self, type: Type) -> Field | None:
        """The only or first field of one kind."""
        return next(self.all(type), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a fact, before the likeliest is chosen."""

    value: str
    places: tuple[Range, ...]
    confidence: float
    rule: str
    quotes: tuple[Range, ...] = field(default=())

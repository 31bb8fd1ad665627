"""Words of names in one form, and the words that are no names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consolidation.text.values import MONTHS

_COMPOUND = re.compile(r"[^\W_]+(?:[&.'’*/-]+[^\W_]+)*[&.]?")
_PART = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_ENDING = re.compile(
    r"(?<=.{3})(?:incorporated|inc|corporation|corp|company|llc|llp|ltd|limited|plc|gmbh|holdings?)$"
)
KINDS_OF_DOCUMENT = frozenset(
    "agreement agreements contract contracts deal deals lease leases license licence licenses amendment "
    "amendments nda ndas document documents doc addendum "
    "deed memorandum letter msa msas sow sows file arrangement paper papers pdf indenture guarantee guaranty".split()
)
LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation company co llc llp lp ltd limited plc gmbh ag sa nv bv pty pte kg "
    "sas spa srl na com net org www the of and for a an pdf docx doc txt "
    "html eml rtf ex exhibit exhibits copy final draft signed executed version mr mrs ms dr".split()
)
#: What contracts call their parties; such a word names no document.
ROLES = frozenset(
    "company party parties distributor reseller licensor licensee customer client supplier vendor seller "
    "buyer purchaser provider contractor consultant agent principal franchisor franchisee "
    "lessor lessee landlord tenant owner manufacturer sponsor affiliate publisher employer employee "
    "executive shipper transporter borrower lender bank trust fund adviser advisor manager servicer "
    "subcontractor guarantor investor investors holder issuer parent subsidiary recipient discloser "
    "developer operator host producer artist talent athlete celebrity carrier broker insurer insured "
    "partner partners member members dealer retailer promoter marketer user users team government".split()
)


#: Words after which a name stands.
LEADS = frozenset(
    "of in for under from with by to does did has is do can may must between and versus against was will "
    "should could would at per".split()
)
_MONTH_WORDS = frozenset(m.lower() for m in MONTHS) | {m[:3].lower() for m in MONTHS}
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday nda ceo cfo coo cto ip sec fda irs usd eur "
    "gbp vat gst eu us usa uk api sla msa sow rfp llc english chinese spanish "
    "french german russian japanese ebitda gaap ifrs erisa gdpr hipaa ucc icc aaa jams nasdaq nyse tier "
    "q1 q2 q3 q4 i mr mrs ms dr esq ok faq pdf html url http https www tv cd dvd "
    "hr pr roi kpi aka eta tbd faa fcc epa osha dod nato un who".split()
)
#: Of these, what agreements are called for short.
SHORT_TITLES = frozenset("nda msa sow sla spa apa dpa loi mou".split())
#: How many first letters a title is called by.
SHORTEST_LETTERS, LONGEST_LETTERS = 3, 5
_SMALL = frozenset("of and the for to a an in by with".split())
REGIONS = frozenset(
    "north south east west northern southern eastern western united american european african asian "
    "indian canadian".split()
)


@cache
def ordinary_words() -> frozenset[str]:
    """English words that contracts and questions write in lower case: no name is known by one of these alone.

    From the contracts and questions that training reads (a word in at least five of them).
    """
    text = (Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split()) | LEGAL_FORMS | REGIONS


def is_plain(word: str) -> bool:
    """Whether a word is an ordinary one, a month or an abbreviation that names no document."""
    return word in ordinary_words() or word in _MONTH_WORDS or word in _NO_NAMES


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: `fused` is its lower-case form without signs and possessive; `parts` are its pieces."""

    text: str
    start: int
    end: int
    fused: str
    parts: tuple[str, ...]
    possessive: bool

    @property
    def capital(self) -> bool:
        return any(c.isupper() for c in self.text) or self.text[0].isdigit()


def without_possessive(name: str) -> str:
    """A name without "'s"."""
    return name.removesuffix("'s").removesuffix("’s")


def fused(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(_PART.findall(text)).lower()


def words(text: str) -> list[Word]:
    """The words of a question, each with its place."""
    found = []
    for match in _COMPOUND.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        parts = tuple(part.lower() for part in _PART.findall(bare))
        if parts:
            end = match.end() - (1 if match[0].endswith(".") else 0)
            found.append(
                Word(text[match.start() : end], match.start(), end, "".join(parts), parts, bare != match[0])
            )
    return found


def name_words(name: str, camel: bool = False) -> Iterator[tuple[str, ...]]:
    """The words of a name in order, each as its fused form and its pieces; legal forms are left out.

    `camel` parts "DataCallTechnologies" as file names write it.
    """
    for match in _COMPOUND.finditer(_CAMEL.sub(" ", name) if camel else name.replace("_", " ")):
        bare = _POSSESSIVE.sub("", match[0])
        parts = tuple(part.lower() for part in _PART.findall(bare))
        whole = "".join(parts)
        if whole and whole not in LEGAL_FORMS and parts[0] not in ("d", "f"):
            yield (whole, *(p for p in parts if p != whole and len(p) > 2 and p not in LEGAL_FORMS))


def in_camel(name: str) -> str:
    """A file's name with spaces where it writes words together: "DataCall_Content" gives "Data Call Content"."""
    return _CAMEL.sub(" ", name.replace("_", " "))


def written_first(name: str) -> str:
    """The first word of a name as it is written, in lower case, where signs join it ("i-on"); else empty."""
    match = _COMPOUND.search(name)
    word = _POSSESSIVE.sub("", match[0]).lower().strip(".") if match else ""
    return word if len(_PART.findall(word)) > 1 else ""


def initials(name: str) -> set[str]:
    """The initials of a name of several words, with and without those of its legal form; three letters at least."""
    found = [part.lower() for part in _PART.findall(name.replace("'", ""))]
    found = [word for word in found if word not in ("the", "of", "and", "for", "a", "an")]
    named = [word for word in found if word not in LEGAL_FORMS]
    if len(named) < 2:
        return set()
    return {"".join(w[0] for w in some) for some in (found, named) if len(some) > 2}


def letters_of(title: str) -> set[str]:
    """What a title is called by its first letters, with and without those of its small words: "sow", "nda"."""
    found = [part.lower() for part in _PART.findall(title)]
    both = (found, [word for word in found if word not in _SMALL])
    return {letters for words in both if _calls(letters := "".join(w[0] for w in words))}


def last_letters_of(title: str) -> set[str]:
    """The letters by which a title's last words are called: "msa" of an amended and restated one."""
    named = [part[0].lower() for part in _PART.findall(title) if part.lower() not in _SMALL]
    return {letters for at in range(1, len(named)) if _calls(letters := "".join(named[at:]))}


def _calls(letters: str) -> bool:
    short = SHORTEST_LETTERS <= len(letters) <= LONGEST_LETTERS and letters.isalpha()
    return short and (letters in SHORT_TITLES or not is_plain(letters))


def without_form(name: str) -> str:
    """A fused name without the legal form at its end: "ashworthinc" gives "ashworth"."""
    before = ""
    while before != name:
        before, name = name, _ENDING.sub("", name)
    return name

"""What stands in blocks of signatures, cell by cell: marks of signatures, names, titles, dates, and who is headed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from consolidation.briefs.dates import dates
from consolidation.briefs.fields import Range
from consolidation.briefs.names import has_form
from consolidation.briefs.signature_words import (
    MOST_OFFICE,
    OFFICE,
    is_role,
    office_after,
    organisations,
    person_in,
)
from consolidation.briefs.words import spaced, trimmed

Kind = Literal[
    "slot", "name", "title", "date", "org", "role", "person", "other", "witness", "notary", "chain", "prose", "line",
]  # fmt: skip

_LABELS = re.compile(
    r"(?<![\w/])(?:"
    r"(?P<by>(?:(?i:by|per|signature|signed|sign|authori[sz]ed\s+signature"
    r"|signature\s+of\s+authori[sz]ed\s+\w+)\s?[:\uff1a]"
    r"|(?:(?<=\n)|(?<=\A)|(?<=\n )|(?<=\s\s))(?i:(?:each\s+)?by)(?=_{3}|\s+(?:[/\\]s[/\\]|_|[A-Z])|[ ]*\n))"
    r"(?:[\s_]{0,60}[/\\][sS][/\\]:?)?)"
    r"|(?P<signed>[/\\][sS][/\\]:?)"
    r"|(?P<name>(?i:(?:print(?:ed)?\s+|typed?\s+|employee\s+|full\s+)?name(?:\s?\((?:please\s+)?print(?:ed)?\)|\s+printed)?)"
    r"\s?[:\uff1a](?:[\s_]{0,9}[/\\][sS][/\\]:?)?"
    r"|(?<=\n)(?:Name|NAME)(?=[ _]+))"
    r"|(?P<title>(?i:title|its|position|capacity|office)\s?[:\uff1a]|(?<=\n)(?:Title|TITLE|Its|ITS)(?=[ _]+))"
    r"|(?P<date>(?i:dated?(?:\s+signed)?|signed\s+on)\s?[:\uff1a])"
    r"|(?P<witness>(?i:(?:name\s+of\s+|signature\s+of\s+)?witness(?:e[sd])?(?:\s+by)?"
    r"|attest(?:ed)?(?:\s+by)?|in\s+the\s+presence\s+of)\s?[:\uff1a])"
    r"|(?P<address>(?i:address|attn|attention|fax|facsimile|tel|telephone|phone|e-?mail|place|"
    r"city|state|tax\s+id|copy\s+to|cc)"
    r"(?:\s+(?:no|number|address))?\.?\s?[:\uff1a])"
    r")|(?P<gap>[ ]{3,})|(?P<line>\n)"
)  # fmt: skip
_NOTARY = re.compile(
    r"\bnotary\b|\bmy\s+commission\b|\bcommission\s+expires\b|\bsworn\b|\backnowledge[dm]\b", re.IGNORECASE
)
_WITNESS = re.compile(
    r"\b(?:witness(?:es|ed)?|attest|approved\s+as\s+to|in\s+the\s+presence|countersigned)\b", re.IGNORECASE
)
_ACCEPTED = re.compile(
    r"(?i:(?:acknowledged|accepted|agreed|approved|confirmed)(?:\s+(?:to\s+)?(?:and|&)\s+(?:accepted|agreed"
    r"|acknowledged))*(?:\s+to)?(?:\s+this)?)[ :,.]*"
)
_FOR = re.compile(
    r"(?:(?i:(?:approved|agreed|accepted|signed|executed|acknowledged)"
    r"(?:\s+and\s+(?:agreed|accepted|delivered|acknowledged))*"
    r"(?:\s+(?:for(?:\s+and\s+on\s+behalf\s+of)?|on\s+behalf\s+of|by))?|for(?:\s+and\s+on\s+behalf\s+of)?"
    r"|on\s+behalf\s+of|per\s+pro|as\s+to)\b[ :]*)"
)
_LEAD = re.compile(r"(?P<role>[A-Z][A-Za-z ]{2,28}?)[ ]?[:\uff1a]\s*(?=\S)")
_NOTHING = re.compile(
    r"[\W\d_]*|(?i:the|and|dated?|signature|print(?:ed)?|confidential|<page>|l\.?s\.?|seal|page|corporate seal"
    r"|individually|illegible|undersigned|its|by|\(?signature\s+pages?(?:\s.{0,60})?)",
    re.IGNORECASE,
)
#: What stands after a person's name: degrees and honours, or that one signs for oneself.
_BESIDE_NAME = re.compile(
    r"(?:, ?(?:[A-Z][A-Za-z]{0,2}\.?){1,4}|,? ?(?i:individually|an individual|esq\.?))+"
)
#: What a party is, behind its name: "a Delaware corporation", "a trust organized under the laws of Ohio".
_DESCRIBED = re.compile(
    r"[\s,(]*\ban?\s+(?:[a-z][\w.&'\u2019-]*[\s,]+){0,5}?(?:corporation|company|partnership|trust|association|bank|organi[sz]ation"
    r"|cooperative|entity|society)\b(?:\s+(?:duly\s+)?(?:organi[sz]ed|formed|existing|incorporated|established|created)\b[^\n]*)?",
    re.IGNORECASE,
)
#: In which capacity a party signs, behind its name, which may go on in the next line.
_CAPACITY = re.compile(r",?\s+as\s+(?:an?\s+|the\s+)?(?=[A-Z])")
_CAPACITIES = re.compile(
    r"(?:[\s,&()/-]|\b(?i:administrative|collateral|syndication|documentation|agents?|lenders?|banks?|trustee|issu(?:er|ing)|lead|arranger"
    r"|swing\s?line|swing|line|l/c|guarantors?|borrowers?|managers?|and|an?|the|as|of|in|its|capacity|individual(?:ly)?|co|joint|book\s?runner)\b)+"
)
#: An office that goes on with whose it is: "Authorized Agent for ACME, LLC".
_OF_WHOM = re.compile(r"\w\s+(?:for|of|to)\s+(?:the\s+)?$")
#: More of a name of which the text calls a party by less.
_LONGER = re.compile(
    r"\s(?:international|group|holdings|industries|systems|technologies|enterprises|partners|services)\b",
    re.IGNORECASE,
)
#: A line to sign on.
_LINE = re.compile(r"_{8}")
_MARK = re.compile(r"[/\\][sS][/\\]")
_SMALL = re.compile(r"\b[a-z]{2,}\b")
#: So many small words are of a sentence, and fewer of what says what a party is.
_SENTENCE_WORDS = 6
#: What stands before a colon and says as what a party signs.
_LABEL = re.compile(r"[A-Z][A-Z-]+(?: [A-Z][A-Z-]+){0,2}|(?:[A-Z]\w+ )?Party(?: [A-Z])?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind, where its words stand, its line; of a slot, whether it is signed, and stands after "By"."""

    kind: Kind
    place: Range
    line: int
    signed: bool = False
    by: bool = False
    person: Range | None = None
    title: Range | None = None


def cells(text: str, low: int, high: int, names: Sequence[str] = ()) -> list[Cell]:
    """The cells of some text that has plain spaces, in its order; `names` are those of known organisations."""
    known = [words for name in names if (words := re.findall(r"[^\W_]+", name)) and len("".join(words)) > 3]
    patterns = [
        re.compile(r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE) for words in known
    ]
    return list(_Cells(text, low, high, patterns).read())


class _Cells:
    def __init__(self, text: str, low: int, high: int, names: Sequence[re.Pattern[str]]) -> None:
        self.text, self.low, self.high, self.names, self.line = text, low, high, names, 0
        self.in_capacity = False

    def read(self) -> Iterator[Cell]:
        label, begin, opened = "", self.low, self.low
        for match in (*_LABELS.finditer(self.text, self.low, self.high), None):
            end = match.start() if match else self.high
            blank = not self.text[begin:end].strip(" _.\u2026-")
            if match and match["line"]:
                if label and self._goes_on(label, begin, end, blank):
                    self.line += 1
                    continue
            elif match and match["gap"] and label not in ("", "witness") and blank:
                continue
            yield from self._cell(label, opened, begin, end)
            if match is None:
                return
            self.line += bool(match["line"]) + (match[0].count("\n") if not match["line"] else 0)
            kind = match.lastgroup or ""
            label = "" if kind in ("gap", "line") else kind
            opened, begin = match.start(), match.end()

    def _goes_on(self, label: str, begin: int, end: int, blank: bool) -> bool:
        """Whether a label's words stand in the next line, or go on there: a name that is cut after its first word."""
        marked = label == "signed" or (label == "by" and _MARK.search(self.text, begin - 8, begin))
        if label not in ("name", "title", "date") and not marked:
            return False
        after = self.text[end + 1 : end + 80].lstrip(" \n")
        if "\n" in self.text[end + 1 : self.text.find(after[:1], end)].replace(" ", "") and not (
            marked and not blank
        ):
            return False
        if not after[:1].isalnum() or _LABELS.match(self.text, self.text.find(after[:1], end), self.high):
            return False
        if blank:
            line = self.text.rfind("\n", self.low, begin) + 1
            return not marked and sum(1 for m in _LABELS.finditer(self.text, line, end) if not m["gap"]) == 1
        words = self.text[begin:end].split()
        return (
            (marked or label == "name")
            and len(words) == 1
            and "\n" not in self.text[begin:end]
            and after[0].isupper()
        )

    def _cell(self, label: str, opened: int, begin: int, end: int) -> Iterator[Cell]:
        place = trimmed(self.text, begin, end, "_,;:")
        said = self.text[slice(*place)]
        if label in ("by", "signed"):
            yield self._slot(label, opened, place)
        elif label in ("name", "title", "date"):
            yield from self._labelled(label, place)
        elif label == "witness":
            yield Cell("witness", place, self.line)
        elif not label and said:
            yield from self._bare(place, said)
        elif not label and _LINE.search(self.text, begin, end):
            yield Cell("line", place, self.line)

    def _labelled(self, label: str, place: Range) -> Iterator[Cell]:
        """What a label says; the next name stands there where a label has nothing of its own."""
        person = person_in(self.text, *place) if label == "name" else None
        if label == "name":
            yield Cell("name", place, self.line, person=person)
            alien = person is None
        elif label == "date":
            found = dates(self.text[slice(*place)], partial=True)
            yield Cell("date", place if found else (place[0], place[0]), self.line)
            alien = not found
        else:
            others = next(organisations(self.text, *place, self.names), None)
            alien = others is not None and not _OF_WHOM.search(self.text, place[0], others[0])
            named = person_in(self.text, *place)
            after = named and self.text[named[1] : named[1] + 1] == ","
            office = office_after(self.text, named[1], place[1]) if named and after else place
            yield Cell("title", (place[0], place[0]) if alien or not office else office, self.line)
        if alien and self.text[slice(*place)]:
            yield from self._bare(place, self.text[slice(*place)])

    def _slot(self, label: str, opened: int, place: Range) -> Cell:
        said, by = self.text[slice(*place)], label == "by"
        marked = _MARK.search(self.text, opened, place[0]) is not None
        if by and not marked and (has_form(spaced(said)) or re.search(r"\bits\s+\w", said)):
            return Cell("chain", place, self.line)
        person = person_in(self.text, *place)
        title = office_after(self.text, person[1], place[1]) if person else None
        return Cell("slot", place, self.line, marked or person is not None, by, person, title)

    def _bare(self, place: Range, said: str) -> Iterator[Cell]:
        words = said.split()
        goes_on = self.in_capacity and _CAPACITIES.fullmatch(said)
        self.in_capacity = goes_on is not None or _CAPACITY.search(said) is not None
        if goes_on:
            return
        if _NOTARY.search(said):
            yield Cell("notary", place, self.line)
        elif len(_SMALL.findall(_undescribed(said))) >= _SENTENCE_WORDS or _ACCEPTED.fullmatch(said):
            yield Cell("prose", place, self.line)
        elif _WITNESS.search(said):
            yield Cell("witness", place, self.line)
        elif (
            _NOTHING.fullmatch(said)
            or (said[0] in "[" and said[-1] in "].")
            or (not re.search(r"[A-Z0-9]", words[0][:2]) and said[0] not in '("\u201c[')
        ):
            return
        elif (whole := dates(said)) and whole[0].end - whole[0].start > len(said) - 4:
            yield Cell("date", place, self.line)
        else:
            yield from self._named(place)

    def _named(self, place: Range) -> Iterator[Cell]:
        """Organisations one after the other, and what stands beside them: a role, an office, a person or else."""
        low, high = place
        if (lead := _LEAD.match(self.text, low, high)) and is_role(lead["role"]):
            yield Cell("role", lead.span("role"), self.line)
            low = lead.end()
        prefix = _FOR.match(self.text, low, high)
        low, high = trimmed(self.text, prefix.end() if prefix else low, high, "_,;: \"\u201c\u201d()'")
        low = self._behind(low)
        for one in organisations(self.text, low, high, self.names):
            if one[0] < low:
                continue
            yield from self._alone(low, one[0])
            longer = _LONGER.match(self.text, one[1], high)
            one = (one[0], longer.end()) if longer else one
            yield Cell("org", one, self.line)
            low = self._behind(one[1])
        yield from self._alone(low, high)

    def _behind(self, at: int) -> int:
        """Where what describes the party that is named before a place ends."""
        described = _DESCRIBED.match(self.text, at, self.high)
        return described.end() if described else at

    def _alone(self, low: int, high: int) -> Iterator[Cell]:
        if mark := re.search(r"\((?i:signature|stamp|seal|sign)\)\s*$", self.text[low:high]):
            high = low + mark.start()
        low, high = trimmed(self.text, low, high, "_.,;: \"\u201c\u201d()'/")
        said = self.text[low:high]
        if not said or not (said[0].isupper() or said[0].isdigit()) or _NOTHING.fullmatch(said):
            return
        person = person_in(self.text, low, high)
        if is_role(said) or (self.text[high : high + 1] == ":" and _LABEL.fullmatch(said)):
            yield Cell("role", (low, high), self.line)
        elif person and (title := office_after(self.text, person[1], high)):
            yield Cell("person", person, self.line, person=person, title=title)
        elif OFFICE.search(said) and len(said.split()) <= MOST_OFFICE:
            yield Cell("title", (low, high), self.line)
        elif person and (person[1] >= high - 1 or _BESIDE_NAME.fullmatch(self.text, person[1], high)):
            yield Cell("person", person, self.line, person=person)
        elif not re.search(r"\d", said) or len(said.split()) <= 3:
            yield Cell("other", (low, high), self.line)


def _undescribed(said: str) -> str:
    """A line without what a party is and in which capacity it signs."""
    commas = (at.start() for at in re.finditer(",", said))
    described = next((match for at in commas if (match := _DESCRIBED.match(said, at))), None)
    plain = said[: described.start()] + said[described.end() :] if described else said
    return _CAPACITY.split(plain)[0]

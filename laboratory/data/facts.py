"""Facts of labelled contracts: a question's category, its answer as written in the text, and where it stands."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consolidation.text.values import Found, find_dates, find_durations, plain

#: CUAD's categories whose label holds a value, and the two that its Parties labels give by rule.
VALUE_CATEGORIES = (
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date",
    "Renewal Term", "Notice Period To Terminate Renewal", "Governing Law",
)  # fmt: skip
PARTY_BY_ROLE = "Party By Role"
PARTY_BY_SHORT_NAME = "Party By Short Name"
SHORT_CATEGORIES = (*VALUE_CATEGORIES, PARTY_BY_ROLE)
#: Those whose value is a date, and those whose value is a duration.
DATES = ("Agreement Date", "Effective Date", "Expiration Date")
DURATIONS = ("Renewal Term", "Notice Period To Terminate Renewal")

#: One contract in so many is held out.
HELD_OUT_OF = 9

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One question's truth: `places` are the character ranges of all that must be read, in order.

    `answer` is what is to be said where it is not simply the text at `places` (a computed value, yes or no, a
    choice); empty means the words at `places`, parts joined by ";". `gold` is comparable in either case.
    """

    category: str
    subject: str
    places: tuple[Range, ...]
    gold: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A labelled contract; `clauses` are the evidence ranges per category, empty where it has none."""

    id: str
    text: str
    facts: tuple[Fact, ...]
    clauses: dict[str, tuple[Range, ...]]
    answers: dict[str, str]


def fact_at(category: str, subject: str, text: str, place: Range) -> Fact:
    """A fact whose answer stands at one place of a text; white space of answer and subject as single spaces."""
    return Fact(category, " ".join(subject.split()), (place,), " ".join(text[slice(*place)].split()))


def held_out(contract_id: str) -> bool:
    """Whether a contract belongs to the development split (a ninth, by hash of its id)."""
    return int(hashlib.sha256(contract_id.encode()).hexdigest(), 16) % HELD_OUT_OF == 0


def half_of(contract_id: str) -> int:
    """The half of the contracts, 0 or 1, to which one belongs (by hash of its id, in either split)."""
    return int(hashlib.sha256(contract_id.encode()).hexdigest(), 16) // HELD_OUT_OF % 2


def _spaced(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()), re.IGNORECASE)


def _find(needle: str, text: str, near: int = 0) -> Range | None:
    if len(needle.strip()) < 2:
        return None
    pattern = _spaced(needle)
    match = pattern.search(text, near) or pattern.search(text)
    return match.span() if match else None


def _clauses(text: str, spans: list[str]) -> tuple[Range, ...]:
    found = []
    for span in spans:
        for piece in span.split("<omitted>"):
            place = _find(piece, text) if len(piece.strip()) > 1 else None
            if place:
                found.append(place)
    return tuple(sorted(set(found)))


_GOLD_PARTY = re.compile(r"^(?P<name>[^(]+?)\s*(?P<terms>\(.*)?$", re.DOTALL)
_QUOTED = re.compile(r"[\"“”']([^\"“”']{2,40})[\"“”']")


def parties(answer: str) -> list[tuple[str, list[str]]]:
    """Names and their defined terms in a Parties label: `A, Inc. ("A", "Licensor"); B ("Licensee")`."""
    out = []
    for part in answer.split(";"):
        match = _GOLD_PARTY.match(part.strip())
        if match and not match["name"].lower().startswith(("party", "parties", "collectively")):
            terms = _QUOTED.findall(match["terms"] or "")
            out.append((match["name"].strip(), [t for t in terms if not t.lower().startswith("part")]))
    return out


#: A party's defined term stands at most so many characters after its name.
_TERM_AFTER = 400


def _party_place(name: str, terms: list[str], text: str) -> Range | None:
    """Where a party is named closest before its terms; where that cannot be told, where it is named first."""
    first = _find(name, text)
    if first is None or not terms:
        return first
    quoted = "|".join(r"\s+".join(map(re.escape, term.rstrip(" ,").split())) for term in terms)
    term = re.compile(r"[\"“”'‘’(]\s*(?:" + quoted + r")\s*,?[\"“”'‘’)]", re.IGNORECASE)
    near: list[tuple[int, Range]] = []
    for match in _spaced(name).finditer(text, first[0]):
        found = term.search(text, match.end(), match.end() + _TERM_AFTER)
        if found:
            near.append((found.start() - match.end(), match.span()))
    return min(near, default=(0, first))[1]


def _party_facts(text: str, answer: str) -> Iterator[Fact]:
    named = [(name, terms, _party_place(name, terms, text)) for name, terms in parties(answer)]
    if not named or len(named) > 4:
        return
    places = tuple(place for _, _, place in named if place)
    if len(places) == len(named) and len(set(places)) == len(places):
        yield Fact("Parties", "", tuple(sorted(places)), "; ".join(name for name, _, _ in named))
    for name, terms, place in named:
        for term in terms:
            if place and plain(term) != plain(name):
                short = plain(term) in plain(name) or plain(term).replace(" ", "") == "".join(
                    w[0] for w in plain(name).split()
                )
                yield Fact(PARTY_BY_SHORT_NAME if short else PARTY_BY_ROLE, term, (place,), name)


def _value_places(category: str, text: str, gold: str, clauses: tuple[Range, ...]) -> Range | None:
    """Where the gold value is written: inside a labelled clause, else (dates only) anywhere."""
    for start, end in clauses:
        clause = text[start:end]
        if category in DATES or category in DURATIONS:
            finder = find_dates if category in DATES else find_durations
            wanted = next(finder(gold), None)
            hits: list[Found] = [f for f in finder(clause) if wanted and f.value == wanted.value]
            if hits:
                return start + hits[-1].start, start + hits[-1].end
            if gold.lower() != "perpetual" or category in DURATIONS:
                continue
        match = _spaced(gold).search(clause)
        if match:
            return start + match.start(), start + match.end()
    return None


def facts_of(text: str, labels: dict[str, Any], clauses: dict[str, tuple[Range, ...]]) -> Iterator[Fact]:
    """All facts of a contract whose answer stands literally in its text."""
    for category in VALUE_CATEGORIES:
        gold = labels[category]["answer"].strip().strip(";") if category in labels else ""
        if not gold or "[]" in gold:
            continue
        if category == "Parties":
            yield from _party_facts(text, gold)
            continue
        place = _value_places(category, text, gold, clauses[category])
        if place:
            yield Fact(category, "", (place,), gold)


def load_contracts(path: Path) -> list[Contract]:
    """Labelled contracts from `contracts.jsonl.xz` (CUAD v1, CC BY 4.0, The Atticus Project)."""
    contracts = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            labels = row["labels"] or {}
            clauses = {c: _clauses(row["text"], v["spans"]) for c, v in labels.items()}
            answers = {c: v["answer"] for c, v in labels.items()}
            facts = tuple(facts_of(row["text"], labels, clauses))
            contracts.append(Contract(row["id"], row["text"], facts, clauses, answers))
    return contracts

"""What there is to learn: questions of documents with the places of their answers, from five sources.

Contracts that are held out give nothing.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consolidation.text.windows import Range
from laboratory.data.clause_wordings import clause_paraphrases
from laboratory.data.facts import PARTY_BY_ROLE, PARTY_BY_SHORT_NAME, Contract, held_out, load_contracts
from laboratory.data.wordings import PARAPHRASES, ROLES, UNRELATED, paraphrases
from laboratory.reading.selfmade import loosened, rule_questions, strict_facts, value_questions
from laboratory.reading.wordings import CLAUSES, HYPOTHESES, LEADS, VALUES

SOURCES = ("natural", "labels", "hypotheses", "made", "written")
#: Questions about parts of training contracts, in the form of the natural ones (see docs/developers.md).
WRITTEN = Path(__file__).parents[1] / "data" / "written.jsonl.xz"
#: The same about parts of unlabelled agreements, by places alone: their text is not to be handed on.
WRITTEN_OF_AGREEMENTS = WRITTEN.with_name("written_of_agreements.jsonl.xz")
YES_NO_KINDS = ("yes", "no", "absent_yesno")
#: Answers of several parts that are asked for as a list.
_LISTS = ("Parties",)
#: Characters of an agreement that are taken after the last of what its questions rest on.
MARGIN = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its wordings; `answers` and `evidence` are character ranges, none where nothing is said.

    Of what only a part of the document is known not to say, `within` is that part.
    """

    source: str
    wordings: tuple[str, ...]
    kind: str
    answers: tuple[Range, ...] = ()
    evidence: tuple[Range, ...] = ()
    polarity: str = ""
    label: str = ""
    within: Range | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document to learn from."""

    id: str
    title: str
    text: str
    asked: tuple[Asked, ...]


def typo(text: str, dice: random.Random) -> str:
    """A text with one or two of its longer words written wrongly."""
    words = text.split()
    long = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()]
    for i in dice.sample(long, min(len(long), dice.randint(1, 2))):
        at = dice.randrange(1, len(words[i]) - 2)
        w = words[i]
        words[i] = dice.choice(
            (w[:at] + w[at + 1] + w[at] + w[at + 2 :], w[:at] + w[at + 1 :], w[:at] + w[at] + w[at:])
        )
    return " ".join(words)


def varied(question: str, dice: random.Random) -> tuple[str, ...]:
    """A question in other forms: led in, with typos, without its mark, loosened."""
    return (
        question,
        dice.choice(LEADS).format(question),
        typo(question, dice),
        question.rstrip("?. "),
        loosened(question, dice),
        dice.choice(LEADS).format(loosened(question, dice)),
        typo(loosened(question, dice), dice),
    )


def natural(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The natural questions of each contract, held-out ones among them."""
    rows: dict[str, list[dict[str, Any]]] = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.setdefault(row["id"], []).append(row)
    return rows


def _ranges(pairs: list[list[int]]) -> tuple[Range, ...]:
    return tuple((a, b) for a, b in pairs)


def _of_person(row: dict[str, Any], dice: random.Random, source: str = "natural") -> Asked:
    kind = row["kind"]
    several = kind == "list" or (kind != "yes" and len(row["spans"]) > 1)
    return Asked(
        source,
        varied(row["question"], dice),
        "yes_no"
        if kind in YES_NO_KINDS
        else "joined"
        if kind == "joined"
        else "list"
        if several
        else "value",
        _ranges(row["spans"]),
        _ranges(row["quote_spans"]),
        kind if kind in ("yes", "no") else "",
        kind,
        tuple(row["within"]) if "within" in row else None,
    )


def of_values(contract: Contract, dice: random.Random) -> Iterator[Asked]:
    found = set()
    for fact in contract.facts:
        named = fact.category in (PARTY_BY_ROLE, PARTY_BY_SHORT_NAME)
        name = PARTY_BY_ROLE if named else fact.category
        found.add(fact.subject or name)
        known = paraphrases(fact.category, fact.subject) if fact.category in PARAPHRASES else []
        mine = [w.format(fact.subject) for w in VALUES.get(name, ())]
        wordings = (*mine, *known, *(dice.choice(LEADS).format(w) for w in mine))
        kind = "list" if fact.category in _LISTS else "value"
        evidence = () if named else contract.clauses.get(fact.category, ())
        yield Asked("labels", wordings, kind, fact.places, tuple(evidence), label=fact.category)
    for name in VALUES:
        if (
            name not in found
            and name not in (PARTY_BY_ROLE, "Parties", "Document Name")
            and not contract.clauses.get(name)
        ):
            yield Asked("labels", VALUES[name], "value", label=name)
    for role in dice.sample(ROLES, 3):
        if role not in found and role.lower() not in contract.text.lower():
            yield Asked(
                "labels", tuple(w.format(role) for w in VALUES[PARTY_BY_ROLE]), "value", label=PARTY_BY_ROLE
            )
    yield Asked("labels", tuple(dice.sample(UNRELATED, 6)), "value", label="unrelated")


def of_clauses(contract: Contract, dice: random.Random) -> Iterator[Asked]:
    for category, (yes, no, openly) in CLAUSES.items():
        places = tuple(contract.clauses.get(category, ()))
        plain = [q for q in clause_paraphrases(category) if q.endswith("?")]
        yield Asked(
            "labels", (*yes, *yes, *yes, *plain[:8]), "yes_no", (), places, "yes" if places else "", category
        )
        yield Asked("labels", no, "yes_no", (), places, "no" if places else "", category)
        short = tuple(p for p in places if p[1] - p[0] < 700)
        if short or not places:
            yield Asked("labels", openly, "value", short, places, label=category)


def made_of(text: str, most: int, dice: random.Random) -> Iterator[Asked]:
    rules = list(rule_questions(text, dice))
    values = list(value_questions(text, dice))
    no = [r for r in rules if r.polarity == "no"]
    yes = [r for r in rules if r.polarity == "yes"]
    yes = dice.sample(yes, min(len(yes), len(no) + 2))
    rules = dice.sample(no + yes, min(len(no + yes), most // 2))
    values = dice.sample(values, min(len(values), most - len(rules)))
    for made in rules + values:
        wordings = (made.question, typo(made.question, dice), made.question.rstrip("?"))
        kind = "yes_no" if made.polarity else "value"
        yield Asked("made", wordings, kind, made.answers, (made.evidence,), made.polarity, "made")


def contracts(folder: Path, made: int, dice: random.Random) -> Iterator[Document]:
    """The labelled contracts that are not held out, with natural, labelled and made questions."""
    questions = natural(folder / "questions" / "questions.jsonl.xz")
    written = natural(WRITTEN)
    for contract in load_contracts(folder / "cuad" / "contracts.jsonl.xz"):
        if held_out(contract.id):
            continue
        asked = [_of_person(row, dice) for row in questions.get(contract.id, [])]
        asked += [_of_person(row, dice, "written") for row in written.get(contract.id, [])]
        if contract.clauses:
            asked += [*of_values(contract, dice), *of_clauses(contract, dice)]
        asked += made_of(contract.text, made, dice)
        yield Document(contract.id, title_of(contract.id, contract.answers), contract.text, tuple(asked))


def title_of(contract_id: str, answers: dict[str, str]) -> str:
    """A contract's title: as labelled, else from the name of its file."""
    return answers.get("Document Name", "") or re.sub(r"[-_\d.]+", " ", contract_id)[-60:].strip()


def disclosures(folder: Path) -> Iterator[Document]:
    """The non-disclosure agreements of ContractNLI with their hypotheses as questions."""
    with lzma.open(folder / "contract-nli" / "dev.json.xz", "rt", encoding="utf-8") as handle:
        data = json.load(handle)
    for row in data["documents"]:
        asked = []
        for name, told in row["annotation_sets"][0]["annotations"].items():
            yes, no = HYPOTHESES[name]
            places = tuple(_ranges([row["spans"][i] for i in told["spans"]]))
            choice = told["choice"]
            polarity = {
                "Entailment": ("yes", "no"),
                "Contradiction": ("no", "yes"),
                "NotMentioned": ("", ""),
            }[choice]
            for wordings, answer in zip((yes, no), polarity, strict=True):
                asked.append(Asked("hypotheses", wordings, "yes_no", (), places, answer, name))
        yield Document(str(row["file_name"]), "non-disclosure agreement", row["text"], tuple(asked))


def _agreements(folder: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(folder / "edgar" / "agreements.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def asked_agreements(folder: Path, dice: random.Random) -> Iterator[Document]:
    """The unlabelled agreements about parts of which questions were written."""
    written = natural(WRITTEN_OF_AGREEMENTS)
    for row in _agreements(folder):
        if questions := written.get(row["id"]):
            asked = tuple(_of_person(question, dice, "written") for question in questions)
            yield Document(row["id"], row["kind"], row["text"][: _last_place(questions) + MARGIN], asked)


def _last_place(questions: list[dict[str, Any]]) -> int:
    """Where the last of what questions rest on ends."""
    return max(end for row in questions for _, end in (*row["quote_spans"], row.get("within", (0, 0))))


def unlabelled(folder: Path, characters: int, made: int, dice: random.Random) -> Iterator[Document]:
    """The beginnings of other unlabelled agreements with facts in strict forms of words and made questions."""
    written = natural(WRITTEN_OF_AGREEMENTS)
    for row in _agreements(folder):
        text = row["text"][:characters]
        if len(text) < 1500 or row["id"] in written:
            continue
        asked = []
        for category, role, place in strict_facts(text):
            wordings = tuple(w.format(role) for w in VALUES[category])
            asked.append(Asked("made", wordings, "value", (place,), (place,), label=category))
        asked = dice.sample(asked, min(3, len(asked)))
        asked += made_of(text, made, dice)
        yield Document(str(row["id"]), str(row["kind"]), text, tuple(asked))

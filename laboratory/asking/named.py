"""Questions that name contracts in every form, made from CUAD's labels."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consolidation.asking.spelling import KINDS_OF_DOCUMENT, LEGAL_FORMS, ROLES, fused, initials
from laboratory.data.facts import parties

_ENDING = re.compile(
    r"[\s,]+(?:inc|incorporated|corp|corporation|company|co|llc|l\.l\.c|ltd|limited|lp|l\.p|plc|gmbh|ag|s\.a|n\.v|b\.v|pty)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A contract described by its labels."""

    document_id: str
    file_name: str
    titles: tuple[str, ...]
    parties: tuple[str, ...]
    short_names: tuple[str, ...]
    roles: tuple[str, ...]
    dates: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A question, the form in which it names a contract, that contract, and the words that name it."""

    question: str
    form: str
    document_id: str
    name: str


def described(row: dict[str, Any]) -> Labelled:
    """A contract's names from its labels; defined terms that are roles are kept apart from short names."""
    labels = row["labels"] or {}
    named = parties(labels.get("Parties", {}).get("answer", ""))
    terms = [term.strip(" ,.") for _, its in named for term in its]
    called = [fused(name) for name, _ in named]
    roles = tuple(
        t
        for t in terms
        if set(t.lower().split()) <= ROLES | {"the", "you", "your", "we", "our", "us"}
        or (set(t.lower().split()) & ROLES and not any(fused(t) in name for name in called))
    )
    title = " ".join(labels.get("Document Name", {}).get("answer", "").split())
    return Labelled(
        row["id"], f"{row['id']}.pdf", (title,) if title else (), tuple(name for name, _ in named),
        tuple(t for t in terms if t not in roles), roles,
    )  # fmt: skip


def spoken(name: str) -> str:
    """A company's name as people say it: without its legal form and asides."""
    bare = re.sub(r"\(.*|\bd/b/a\b.*|,\s+an?\s.*", "", name, flags=re.IGNORECASE).strip(" ,.")
    while (shorter := _ENDING.sub("", bare).strip(" ,.")) != bare:
        bare = shorter
    return bare


def _misspelt(name: str, chance: random.Random) -> str:
    """A name with one slip inside its longest word; empty where all words are short."""
    word = max(re.findall(r"[A-Za-z]+", name) or [""], key=len)
    if len(word) < 6:
        return ""
    at = chance.randrange(1, len(word) - 2)
    slip = chance.choice(("drop", "swap", "double", "other"))
    letters = list(word)
    if slip == "swap" and letters[at] != letters[at + 1]:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    elif slip == "double":
        letters.insert(at, letters[at])
    elif slip == "other":
        letters[at] = "e" if letters[at].lower() != "e" else "a"
    else:
        del letters[at]
    return name.replace(word, "".join(letters), 1)


#: Words of a name that give initials.
_PLAIN = re.compile(r"\b(?!(?:of|and|the|for|a|an)\b)[A-Za-z]\w*", re.IGNORECASE)
_TEMPLATES = {
    "company": (
        "What is the governing law of the {} agreement?",
        "Can {} assign the contract?",
        "Who signed for {}?",
        "When does the contract with {} expire?",
    ),
    "counterparty": (
        "What is the governing law of the {} agreement?",
        "May {} terminate for convenience?",
        "How long is the term of the deal with {}?",
    ),
    "short name": ("What notice must {} give?", "When does the {} agreement expire?", "What does {} pay?"),
    "title": ("Who are the parties to the {}?", "When does the {} expire?"),
    "company and title": ("Who signed the {}?", "How long does the {} run?"),
    "possessive": ("What is {} governing law?", "When does {} agreement expire?"),
    "lower case": ("{} governing law", "who signed for {}", "notice period in the {} contract?"),
    "first word": ("{}: what is the term?", "{} agreement - when does it end?"),
    "typo": ("What is the governing law of the {} agreement?", "When does the contract with {} expire?"),
    "file name": ("What is the term in {}?", "Who signed {}?"),
    "initials": ("What is the governing law of the {} agreement?", "What notice must {} give?"),
    "the deal": ("when does the {} deal end?", "Who pays for shipping under the {} deal?"),
    "clipped": ("How long does our contract with {} run?", "Does {}'s contract renew?"),
}


def _names(document: Labelled, chance: random.Random) -> Iterator[tuple[str, str]]:
    said = [
        name
        for name in map(spoken, document.parties)
        if len(fused(name)) > 2 and not set(name.lower().split()) <= ROLES | LEGAL_FORMS
    ]
    if said:
        yield "company", said[0]
        yield "possessive", f"{said[0]}'s"
        yield "lower case", said[0].lower()
        yield "first word", said[0]
        if wrong := _misspelt(said[0], chance):
            yield "typo", wrong
    if len(said) > 1:
        yield "counterparty", said[1]
    shorts = [s.strip(" ,.") for s in document.short_names if len(fused(s)) > 2]
    if shorts:
        yield "short name", shorts[0]
    title = document.titles[0] if document.titles else ""
    if title.split() and title.split()[-1].lower() in KINDS_OF_DOCUMENT and 1 < len(title.split()) < 8:
        yield "title", title.title()
        if said:
            yield "company and title", f"{said[0]} {title.lower()}"
    yield "file name", document.file_name
    if said and 2 < len(short := "".join(word[0] for word in _PLAIN.findall(said[0]))) < 7:
        yield "initials", short.upper()
    if said:
        yield "the deal", said[0]
        if len(said[0].split()) > 2:
            yield "clipped", " ".join(said[0].split()[:2])


def questions(documents: Sequence[Labelled], seed: int = 7) -> Iterator[NamedQuestion]:
    """For each contract one question a form, in one of several wordings."""
    chance = random.Random(seed)
    for document in documents:
        for form, name in _names(document, chance):
            template = chance.choice(_TEMPLATES[form])
            yield NamedQuestion(template.format(name), form, document.document_id, name)


def sharing(question: NamedQuestion, documents: Sequence[Labelled]) -> set[str]:
    """The contracts that go by the words of a question, so that it may mean any of them."""
    right = next(d for d in documents if d.document_id == question.document_id)
    source = {
        "typo": spoken(right.parties[0]) if right.parties else "",
        "possessive": question.name.removesuffix("'s"),
    }
    if question.form == "initials":
        return {right.document_id} | {
            d.document_id
            for d in documents
            if any(question.name.lower() in initials(p) for p in (*d.parties, *d.short_names))
            or any(question.name.lower() == fused(short) for short in d.short_names)
        }
    if question.form == "company and title":
        return {right.document_id} | sharing(
            NamedQuestion("", "company", right.document_id, spoken(right.parties[0])), documents
        )
    wanted = fused(source.get(question.form, question.name).removesuffix(".pdf"))
    names = {
        d.document_id: [fused(n) for n in (*d.parties, *d.short_names, *d.titles, d.file_name)]
        for d in documents
    }
    return {right.document_id} | {i for i, its in names.items() if any(wanted in name for name in its)}

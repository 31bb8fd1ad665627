"""Conditions on what a document is, told by its title: "are leases", "are amendments of an earlier agreement"."""

from __future__ import annotations

import re

from consolidation.asking.condition import Asked, Condition
from consolidation.asking.document_words import DOC
from consolidation.asking.typed import normalise

TITLE = "What is the title of the agreement?"
_DOC = rf"(?:{DOC}|loan|letter|order|addendum|mou|msa|sow|guaranty|guarantee|note|deed)"
#: A word that says what kind a document is.
_OF_KIND = r"(?!(?:an?|the|any|no|missing|lacking|without|with|under|not|subject|of|to|in|by|for|from|between)\b)[\w-]+"
_ARE = re.compile(
    rf"^(?:(?:that|which)\s+)*(?:are|is|were)\s+(?P<not>not\s+)?(?:an?\s+)?(?P<kind>(?:{_OF_KIND}\s+){{0,3}}?{_DOC})s?"
    rf"(?:\s+(?:of|to)\s+(?:an?|the|other|earlier|existing)\s.{{2,60}})?\s*[?.]?$",
    re.IGNORECASE,
)
#: Words that no title says: "agreement" stands in most, and what is mutual is so by its clauses.
_ANY_KIND = frozenset("agreement contract document doc deal file the a an of to".split())
_BY_CLAUSES = frozenset(
    "mutual one-way exclusive non-exclusive perpetual signed unsigned written active standard current expired "
    "assignable long-term short-term fixed-term evergreen original valid binding enforceable same separate different "
    "new old good bad similar".split()
)
#: What titles say for a kind; others by the beginning of their own words.
_SAID = {
    "nda": r"non-?\s?disclosure|confidentiality|\bnda\b",
    "amendment": r"\bamend|\baddend|\bmodification|\bsupplement",
    "lease": r"\b(?:sub)?leas|\btenancy|\brental",
    "licence": r"\blicen[cs]",
    "license": r"\blicen[cs]",
    "guarantee": r"\bguarant",
    "guaranty": r"\bguarant",
    "msa": r"\bmaster\s+service|\bmsa\b",
    "sow": r"\bstatement\s+of\s+work|\bsow\b",
    "mou": r"\bmemorandum\s+of\s+understanding|\bmou\b",
    "spa": r"\b(?:share|stock)\s+purchase",
    **dict.fromkeys(("distribution", "reseller"), r"\bdistribut|\bresell|\bdealer"),
    **dict.fromkeys(("loan", "credit"), r"\bloan|\bcredit|\bfacilit|\bpromissory"),
    **dict.fromkeys(
        ("construction", "building"), r"\bconstruct|\bbuilding|\bturnkey|\bgeneral\s+contract|\bcontractor"
    ),
    **dict.fromkeys(("employment", "executive"), r"\bemploy|\bexecutive"),
}


def by_title(rest: str) -> Asked | None:
    """What documents are, where titles tell it; None for others."""
    match = _ARE.match(rest.strip())
    return _of(match["kind"], rest.strip(" ?."), bool(match["not"])) if match else None


def of_kind(kind: str) -> Asked | None:
    """The condition that documents are of a kind: "NDA", "employment agreement"; None where any may be."""
    return _of(kind, f"are {kind.strip()}s", without=False)


def _of(kind: str, said: str, without: bool) -> Asked | None:
    words = [word for word in kind.lower().split() if word not in _ANY_KIND]
    value = normalise("title", " ".join(words)) if words and not _BY_CLAUSES.intersection(words) else None
    if value is None:
        return None
    return Asked(Condition("untitled" if without else "titled", "title", said, value), TITLE)


def is_titled(title: str, kind: str) -> bool:
    """Whether a title is that of a kind of document; `kind` in comparable form."""
    return all(re.search(_said(word), title, re.IGNORECASE) for word in kind.split())


def _said(word: str) -> str:
    one = word if word in _SAID else re.sub(r"s$", "", word)
    return _SAID.get(one, rf"\b{re.escape(one[: max(4, len(one) - 3)])}")

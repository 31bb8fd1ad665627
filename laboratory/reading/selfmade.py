"""Questions made from contracts that no one labelled, by rule: who may, must or may not do what, and which value stands where.

They teach the reading of types and of polarity on many texts; what people ask is learned from questions of people.
Source of the idea of cloze questions: Lewis et al., arXiv 1906.04980.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from consolidation.text.sentences import sentences
from consolidation.text.values import find_dates, find_durations
from consolidation.text.windows import Range


@dataclass(frozen=True, slots=True)
class Made:
    """A question with the ranges of its answers (none for yes and no), its evidence and its polarity."""

    question: str
    answers: tuple[Range, ...]
    evidence: Range
    polarity: str = ""


_SUBJECT = (
    r"(?P<who>(?i:neither (?:party|of the parties)|no party|either party|each party|both parties|the parties|any party)"
    r"|(?:[Tt]he )?[A-Z][A-Za-z&.-]{2,18}(?: [A-Z][A-Za-z&-]{2,18})?)"
)
_MODAL = (
    r"(?P<modal>shall not be (?:required|obligated|obliged) to|is not (?:required|obligated|obliged) to|shall be entitled to"
    r"|shall have the right to|has the right to|have the right to|shall not|may not|will not|must not|agrees not to"
    r"|may|shall|will|must|agrees to|is required to|is entitled to)"
)
_RULE = re.compile(
    _SUBJECT + r",? " + _MODAL + r" (?P<what>(?!not\b|be deemed|mean\b|have no)[a-z]{3,14}\b[^.;:]{12,160})"
)
_MAY = {
    "may",
    "shall be entitled to",
    "shall have the right to",
    "has the right to",
    "have the right to",
    "is entitled to",
}
_NEED_NOT = {
    t
    for stem in ("shall not be", "is not")
    for t in (f"{stem} {w} to" for w in ("required", "obligated", "obliged"))
}
_FORBIDDEN = {"shall not", "may not", "will not", "must not", "agrees not to"}
_ALLOWED_FRAMES = (
    "can {who} {what}?", "may {who} {what}?", "is {who} allowed to {what}?", "is {who} free to {what}?", "could {who} {what}?",
    "is it ok for {who} to {what}?", "does {who} get to {what}?",
)  # fmt: skip
_DUTY_FRAMES = (
    "must {who} {what}?", "does {who} have to {what}?", "is {who} required to {what}?", "is {who} obliged to {what}?",
    "will {who} {what}?", "do they expect {who} to {what}?",
)  # fmt: skip
_BAN_FRAMES = (
    "is {who} forbidden to {what}?",
    "is {who} barred from trying to {what}?",
    "must {who} not {what}?",
)
_SYNONYMS = {
    "agreement": ("contract", "deal"), "terminate": ("end", "cancel"), "assign": ("transfer", "hand over"), "purchase": ("buy",),
    "prior": ("earlier",), "provide": ("give", "supply"), "third": ("outside",), "obtain": ("get",), "disclose": ("reveal", "share"),
    "notify": ("tell", "inform"), "maintain": ("keep",), "commence": ("start",), "remit": ("pay",), "retain": ("keep",),
    "utilize": ("use",), "product": ("goods",), "products": ("goods", "items"), "compensation": ("pay",), "fees": ("charges",),
    "termination": ("end",), "expiration": ("end",), "party": ("side",), "consent": ("approval", "permission"), "sell": ("market",),
    "employees": ("staff",), "confidential": ("secret",), "information": ("data",), "permit": ("let",), "cease": ("stop",),
    "require": ("ask for",), "subsequent": ("later",), "deliver": ("hand over",), "pay": ("hand over",), "reimburse": ("pay back",),
    "records": ("books",), "insurance": ("cover",), "execute": ("sign",), "written": ("paper",), "within": ("in",), "immediately": ("at once",),
}  # fmt: skip
_SMALL = {
    "the",
    "a",
    "an",
    "of",
    "such",
    "any",
    "all",
    "its",
    "hereunder",
    "herein",
    "hereof",
    "thereof",
    "said",
}


def loosened(text: str, dice: random.Random) -> str:
    """A text with some words left out and some in other words, as one who asks from memory would put it."""
    out = []
    for word in text.split():
        bare = word.strip(",()\"'“”").lower()
        if bare in _SYNONYMS and dice.random() < 0.5:
            out.append(dice.choice(_SYNONYMS[bare]))
        elif dice.random() >= (0.4 if bare in _SMALL else 0.1):
            out.append(word.strip(',()"“”') if dice.random() < 0.8 else word)
    return " ".join(out)


def _cut(what: str, dice: random.Random) -> str:
    words = re.split(r", | (?=(?:unless|except|provided|without|subject|if|upon|until|which|that)\b)", what)[
        0
    ].split()
    return " ".join(words[: dice.randint(5, 16)])


def rule_questions(text: str, dice: random.Random) -> Iterator[Made]:
    """Yes and no questions about what parties may, must and may not do."""
    for low, high in sentences(text, items=True):
        for match in _RULE.finditer(text[low:high]):
            who, modal = match["who"], " ".join(match["modal"].split())
            nobody = who.lower().startswith(("neither", "no "))
            if nobody:
                who = dice.choice(("either party", "a party", "one side", "they", "a party"))
            what = loosened(_cut(match["what"], dice), dice)
            if len(what.split()) < 4 or who.lower().endswith(("agreement", "contract")):
                continue
            allowed, duty = modal in _MAY, modal in {"shall", "will", "must", "agrees to", "is required to"}
            if modal in _FORBIDDEN or (nobody and (allowed or duty)):
                ban = dice.random() < 0.25
                frame, polarity = (
                    (dice.choice(_BAN_FRAMES), "yes") if ban else (dice.choice(_ALLOWED_FRAMES), "no")
                )
            elif allowed and not nobody:
                ban = dice.random() < 0.2
                frame, polarity = (
                    (dice.choice(_BAN_FRAMES), "no") if ban else (dice.choice(_ALLOWED_FRAMES), "yes")
                )
            elif modal in _NEED_NOT and not nobody:
                frame, polarity = dice.choice(_DUTY_FRAMES), "no"
            elif duty and not nobody:
                frame, polarity = dice.choice(_DUTY_FRAMES), "yes"
            else:
                continue
            evidence = (low + match.start(), low + match.end())
            yield Made(frame.format(who=who, what=what), (), evidence, polarity)


_MONEY = re.compile(
    r"(?:\b(?:[A-Z]?[a-z]+[ -]){1,6}[Dd]ollars \()?(?:US|U\.S\.|USD)? ?[$€£] ?\d[\d,]*(?:\.\d+)?(?: (?:million|billion))?\)?"
    r"|\b(?:[a-z]+[ -]){1,3}percent \(\d[\d.]*%\)|\d[\d.]* ?%"
)
_NAME = re.compile(
    r"[A-Z][\w&.-]+(?:,? [A-Z&][\w&.-]*){0,5},? (?:Inc|Corp|LLC|L\.L\.C|Ltd|L\.P|Company|Corporation|Limited|N\.A)\b\.?"
)
_PLACE = re.compile(
    r"(?:County of |City of |State of )?[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?:[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?= \d{5}|[.;,)])"
)
_ASKED = {
    "money": ("how much {}", "what amount {}", "{} - how much?", "what sum or rate {}", "{}: amount?", "what is the figure for {}", "what percentage {}"),
    "duration": ("how long {}", "how many days or months {}", "{} - how long?", "what period {}", "within what time {}", "{}: deadline?", "how soon {}"),
    "date": ("when {}", "on what date {}", "{} - when?", "what day {}", "by when {}", "which date {}"),
    "name": ("who {}", "which company {}", "{} - who?", "name of the company {}", "what entity {}", "which firm {}"),
    "place": ("where {}", "in what place {}", "{} - where?", "which city {}", "what location {}"),
}  # fmt: skip


def _values(text: str) -> Iterator[tuple[str, Range]]:
    for found in find_dates(text):
        yield "date", (found.start, found.end)
    for found in find_durations(text):
        yield "duration", (found.start, found.end)
    for kind, pattern in (("money", _MONEY), ("name", _NAME), ("place", _PLACE)):
        for match in pattern.finditer(text):
            yield kind, match.span()


def value_questions(text: str, dice: random.Random) -> Iterator[Made]:
    """Questions for the amounts, durations, dates, names and places of a text, from the words around each."""
    values = sorted(_values(text), key=lambda v: v[1])
    at = 0
    for low, high in sentences(text):
        if not 50 < high - low < 700:
            continue
        while at < len(values) and values[at][1][0] < low:
            at += 1
        inside = []
        for kind, place in values[at : at + 12]:
            if place[0] >= high:
                break
            if place[1] <= high:
                inside.append((kind, place))
        for kind, (start, end) in inside:
            reach = dice.randint(60, 130)
            before, after = text[max(low, start - reach) : start], text[end : min(high, end + reach // 2)]
            before = before.split(" ", 1)[-1] if low < start - reach else before
            after = after.rsplit(" ", 1)[0] if end + reach // 2 < high else after
            parts = [loosened(before, dice), loosened(after, dice)]
            if dice.random() < 0.35:
                parts.reverse()
            if dice.random() < 0.3:
                parts = parts[:1] if len(parts[0]) > 25 else parts
            words = " ".join(p for p in parts if p).split()
            if len(words) >= 4:
                yield Made(
                    dice.choice(_ASKED[kind]).format(" ".join(words[-26:])), ((start, end),), (low, high)
                )


_STRICT_ROLE = re.compile(
    r"(?P<name>[A-Z][\w&.'-]*(?:,? [A-Z&][\w&.'-]*){0,6},?(?: (?:Inc|Corp|LLC|L\.L\.C|Ltd|L\.P|Company|Corporation|Limited|N\.A)\b\.?)),? "
    r"an? [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:corporation|limited liability company|limited partnership|company)[^.;\"“]{0,120}"
    r"\((?:the |each, a )?[\"“](?P<role>[A-Z][A-Za-z ]{2,24})[\"”]"
)
_STRICT_LAW = re.compile(
    r"(?:governed by|construed (?:in accordance with|under))[^.;]{0,60}?\blaws? of (?P<law>(?:the )?(?:State|Commonwealth|Province) of [A-Z][a-z]+(?: [A-Z][a-z]+)?|England(?: and Wales)?)"
)


def strict_facts(text: str) -> Iterator[tuple[str, str, Range]]:
    """Facts in strict forms of words: category, role or nothing, place."""
    for match in _STRICT_ROLE.finditer(text[:6000]):
        yield "Party By Role", match["role"], match.span("name")
    for match in _STRICT_LAW.finditer(text):
        yield "Governing Law", "", match.span("law")

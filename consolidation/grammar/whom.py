"""Whether a sentence says of the right party what a question asks: who does it, who gets it, who is it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from consolidation.asking.spelling import LEGAL_FORMS
from consolidation.briefs.fields import Party
from consolidation.grammar.denying import leave_as_one
from consolidation.grammar.letting import agrees_only, is_let, is_spared, part_at, speaking_of, without_case
from consolidation.grammar.named_parties import ANY_PARTY, mentioned_parties
from consolidation.grammar.roles import ALL, SOMEBODY, Doing, doings
from consolidation.text.windows import Range

Outcome = Literal["agrees", "contradicts", "unknown"]
#: "Is Acme the owner of the marks": who is something.
_IS = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:is|are|was|were)\s+(?:it\s+)?(?P<who>.{2,60}?)\s+(?:the|an?)\s+(?:[\w-]+\s+){0,3}?(?P<what>[a-z]{4,})\b(?=\s+(?:of|to|in|for|under|on)\b|\s*\??$)",
    re.IGNORECASE,
)
#: Who does something is asked for, and what is done follows.
_WHO = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:who|which\s+(?:of\s+the\s+)?(?:party|side|parties|company))\b(?=\s+[a-z])(?!\s+(?:does|do|did)\b|\s+(?:is|are|was|were)\s+(?:the|an?)\b)",
    re.IGNORECASE,
)
_PAY = r"(?:pay|bear|reimburse|cover|defray)s?\b"
_WHO_PAYS = re.compile(rf"^(?:who|which\s+(?:party|side|company))\s+(?:\w+\s+){{0,2}}?{_PAY}", re.IGNORECASE)
_PAID_BY = re.compile(
    r"\b(?:paid|borne|reimbursed|covered|defrayed)\s+(?:\w+ly\s+)?by\s+(?:the\s+)?(?P<who>[A-Z][\w'\u2019-]*(?:\s+[A-Z][\w'\u2019-]*)*)"
)
_RECOVERS = (
    r"(?:in\s+[\w\s]{3,60}\s)?(?:shall|will|may|must|is|are)\s+(?:also\s+|then\s+)?(?:(?:be\s+)?(?:entitled|permitted)\s+to\s+(?:an?\s+award|recover\w*|receive|reimburs\w+|be\s+(?:paid|awarded|reimbursed))"
    r"|recover|receive|be\s+(?:awarded|reimbursed|repaid))\b"
)
_NAME = re.compile(r"[^\W\d_]{3,}")
_DENIES = re.compile(
    r"(?<!but )\b(?:not|no|never|neither|nor|none|cannot|without)\b(?!\s+(?:limit(?:ed|ation)|(?:later|less|earlier)\s+than|(?:any\s+)?(?:charge|cost)))",
    re.IGNORECASE,
)
#: Whoever gets it may do something.
_LEAVE_TO_DO = re.compile(
    r"\b(?:access|licen[cs]e|opportunity|permission|option|right|ability)\b", re.IGNORECASE
)
#: So many letters of a word tell it in other forms.
_STEM = 6
#: The words that tell what somebody does come first, and count once more.
_VERBS = 2
#: Parties of which one may be taken for another.
_SEVERAL = 2
#: Words that tell nothing of what is done.
_EMPTY = frozenset(
    "what who which when where how it its they their them does did can could may must shall will would should if have still also need ever always really too".split()
)
#: One word for what is said in several.
_FAMILIES = tuple(
    (family, re.compile(rf"^(?:{words})", re.IGNORECASE))
    for family, words in {
        "own": r"own(?:s|ed|er|ership|ing)?$|propert|title$|belong|vest|keep|retain|remain|stay",
        "pay": r"pa(?:y|id)|cost|expens|bear|borne|foot|fee$|fees$|charg|price|bill|invoic|compensat|commission|reimburs|repa|refund|owe|money|sum|amount",
        "indemnify": r"indemnif|cover|whole$|harmless|defend|defen[cs]e|protect",
        "end": r"end(?:s|ed|ing)?$|terminat|cancel|quit|walk|drop|leav|exit|fire|out$",
        "tell": r"notif|notice|tell|told|inform|warn|advis|report|word$|say$|says$|announc",
        "give": r"giv|suppl|provid|deliver|furnish|hand|send|sent|ship|make|grant|offer",
        "let": r"let$|lets$|allow|permit|right|entitl|authori|able|ability|free|may$",
        "ask": r"ask|request|requir|insist|demand",
        "assign": r"assign|transfer|pass|sign$",
        "sell": r"sell|sold|sale|resel|distribut|market",
        "buy": r"buy|bought|purchas|order",
        "liable": r"liab|responsib|hook|answer|blame|risk",
        "audit": r"audit|inspect|check|look|examin|books|records",
        "hire": r"hir|solicit|employ|poach|lure|recruit",
        "secret": r"secre|confiden|disclos|reveal",
        "license": r"licen[cs]|sublicen",
    }.items()
)


def _meant(words: str) -> list[str]:
    """Stems of words in their order, each with the family it is of."""
    found = []
    for word in re.findall(r"[A-Za-z-]{2,}", words):
        family = next((name for name, pattern in _FAMILIES if pattern.match(word)), "")
        found += [family] if family else sorted(leave_as_one(word) - _EMPTY)
    return list(dict.fromkeys(found))


def is_of_another(question: str, said: str, sentence: str, place: Range, parties: Sequence[Party]) -> bool:
    """Whether a sentence may say of another party what is asked of the one that a yes/no question is about.

    `place` are the words of the sentence that are the proof. A No is proved by what another does, not by what that
    one may not do. Where the roles cannot be told, the party must at least be named, and by no other's name before it.
    """
    outcome = compared(question, sentence, place, parties)
    if (
        outcome == "agrees"
        or is_let(question, said, sentence, parties)
        or is_spared(question, said, sentence, parties)
    ):
        return False
    if outcome == "contradicts":
        return said == "Yes" or _DENIES.search(sentence[place[0] : place[1]]) is not None
    asked, found = _named(question, part_at(sentence, place), parties)
    if not asked or not found:
        return False
    return set(asked).isdisjoint(found) or (_is_told(_about(question, parties)) and found[0] != asked[0])


def _named(question: str, sentence: str, parties: Sequence[Party]) -> tuple[list[int], list[int]]:
    """The parties that a question names, and those that a sentence does; none where it speaks of all of them first.

    Whoever just agrees to what follows is not one of them.
    """
    asked, found = mentioned_parties(question, parties), speaking_of(sentence, parties)
    if not found or ANY_PARTY.search(sentence[: found[0].start]):
        return [one.party for one in asked], []
    return [one.party for one in asked], [one.party for one in found]


def is_value_of_another(
    question: str, said: str, sentence: str, place: Range, parties: Sequence[Party]
) -> bool:
    """Whether what is said at a place of a sentence is another party's: what that one pays, or the notice it gives.

    Where a party is asked for, whether the one that is said does not do what is asked.
    """
    if _is_paid_by_another(question, said, sentence):
        return True
    if match := _WHO.match(question):
        named = {one.party for one in mentioned_parties(said, parties)}
        if (
            len(named) != 1
            or not _is_name(said, parties)
            or mentioned_parties(question[: match.end()], parties)
        ):
            return False
        question = f"does {_name(parties[named.pop()])}{question[match.end() :]}"
        return compared(question, sentence, (0, len(sentence)), parties) == "contradicts"
    outcome = compared(question, sentence, place, parties)
    asked, found = _named(question, sentence, parties)
    others_only = bool(asked and found) and set(asked).isdisjoint(found)
    return outcome == "contradicts" or (outcome == "unknown" and others_only)


def _is_paid_by_another(question: str, said: str, sentence: str) -> bool:
    """Whether it is asked who pays, and a sentence says by whom it is paid: not by the one whom an answer names."""
    by = _PAID_BY.search(sentence) if _WHO_PAYS.match(question) else None
    if by is None or set(_NAME.findall(said.lower())) & set(_NAME.findall(by["who"].lower())):
        return False
    name = r"\s+".join(map(re.escape, said.split()))
    return re.search(rf"{name}\s+(?:[\w,]+\s+){{0,3}}?{_PAY}", sentence, re.IGNORECASE) is None


def is_paid_back(question: str, said: str, sentence: str) -> bool:
    """Whether it is asked who pays, and a sentence has whom an answer names recover it: another one pays."""
    if not _WHO_PAYS.match(question):
        return False
    name = r"\s+".join(map(re.escape, said.split()))
    return re.search(rf"{name}\s+{_RECOVERS}", sentence, re.IGNORECASE) is not None


def _is_name(said: str, parties: Sequence[Party]) -> bool:
    """Whether words are a party's name and no more, such as an officer of it."""
    rest = said
    for one in reversed(mentioned_parties(said, parties)):
        rest = rest[: one.start] + rest[one.end :]
    return all(word.lower() in LEGAL_FORMS for word in re.findall(r"[A-Za-z]+", rest))


def _name(party: Party) -> str:
    return next((one.name for one in (*party.short_names, *party.roles)), party.name.written)


def compared(question: str, sentence: str, place: Range, parties: Sequence[Party]) -> Outcome:
    """Whether a sentence has the party that a question is about in the part that the question gives it.

    What is said outside of `place` counts only where nothing is said of anybody within.
    """
    if len(parties) < _SEVERAL:
        return "unknown"
    if (told := _IS.match(question)) and (holder := _holder(sentence, told["what"], parties)) is not None:
        asked = mentioned_parties(question, parties)
        return "unknown" if not asked else "agrees" if asked[0].party == holder else "contradicts"
    about = _about(question, parties)
    said = [one for one in doings(sentence, parties) if not agrees_only(sentence[slice(*one.place)])]
    if about is None or not _is_told(about) or not said:
        return "unknown"
    beside = [one for one in said if one.place[0] < place[1] and place[0] < one.place[1]]
    if not beside and (
        ANY_PARTY.search(sentence[slice(*place)]) or not mentioned_parties(part_at(sentence, place), parties)
    ):
        return "unknown"
    return _outcome(without_case(question), about, sentence, beside or said)


def _about(question: str, parties: Sequence[Party]) -> Doing | None:
    """What a question asks about somebody; the case that it puts before or after says nothing of that."""
    return next(iter(doings(without_case(question), parties, asked=True)), None)


def _is_told(one: Doing | None) -> bool:
    return one is not None and any(party >= 0 for party in (*one.doers, *one.getters))


def _holder(sentence: str, what: str, parties: Sequence[Party]) -> int | None:
    """The party that is named last before a word for what somebody is; None without either."""
    at = re.search(rf"\b{re.escape(what[:_STEM])}", sentence, re.IGNORECASE)
    before = [one for one in mentioned_parties(sentence, parties) if at and one.end <= at.start()]
    return before[-1].party if before else None


def _outcome(question: str, about: Doing, sentence: str, said: Sequence[Doing]) -> Outcome:
    """By what is said that shares most words with the question; by what is said first of all where nothing does."""
    words = _meant(question[slice(*about.place)])
    if not about.main:
        # "is Acme's consent needed": whose it is, not who needs it
        same_kind = [one for one in said if not one.main and not one.let]
        of_that = [one for one in same_kind if set(words[:1]) & set(_meant(sentence[slice(*one.place)]))]
        said = of_that or said
    meant = [set(_meant(sentence[slice(*one.place)])) for one in said]
    same = [not found.isdisjoint(words[:_VERBS]) for found in meant]
    verdicts = [
        _verdict(about, one, also and not _lets(words, sentence[slice(*one.place)]))
        for one, also in zip(said, same, strict=True)
    ]
    shared = [len(found.intersection(words)) + 2 * also for found, also in zip(meant, same, strict=True)]
    best = max(shared)
    if best:
        top = {verdict for verdict, many in zip(verdicts, shared, strict=True) if many == best}
    else:
        top = {verdict for verdict, one in zip(verdicts, said, strict=True) if one.main} or set(verdicts)
        if len(top) > 1:
            top.discard("contradicts")
            top = top if "agrees" in top else {"unknown"}
    return "agrees" if "agrees" in top else "unknown" if "unknown" in top else "contradicts"


def _lets(asked: Sequence[str], said: str) -> bool:
    """Whether one is given what lets him do something, where a question asks for that and not for the giving."""
    return "give" not in asked[:_VERBS] and _LEAVE_TO_DO.search(said) is not None


def _verdict(asked: Doing, said: Doing, same_verb: bool) -> Outcome:
    """Whether one thing that is said has the parties of what is asked in their places.

    Whoever gets something contradicts one who does something only where both speak of the same.
    """
    for one, other, opposite in (
        (asked.doers, said.doers, said.getters),
        (asked.getters, said.getters, said.doers),
    ):
        told = {party for party in one if party >= 0}
        if not told:
            continue
        if told & other or ALL in other:
            return "agrees"
        if told & opposite:
            return "contradicts" if other and same_verb else "unknown"
        if not other or SOMEBODY in other:
            continue
        return "unknown" if said.let and said.doers <= asked.getters else "contradicts"
    return "unknown"

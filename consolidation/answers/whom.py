"""Whether a sentence says of the right party what a question asks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from consolidation.answers.roles import ALL, SOMEBODY, Doing, doings
from consolidation.briefs.fields import Party
from consolidation.text.windows import Range

Outcome = Literal["agrees", "contradicts", "unknown"]
from consolidation.answers.denying import leave_as_one

#: Words that tell nothing of what is done.
_EMPTY = frozenset("what who which when where how it its they their them does did can could may must shall will would should if".split())
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
        "ask": r"ask|request|requir|insist|demand|call",
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
    for word in re.findall(r"[A-Za-z-]+", words):
        family = next((name for name, pattern in _FAMILIES if pattern.match(word)), "")
        found += [family] if family else sorted(leave_as_one(word) - _EMPTY)
    return list(dict.fromkeys(found))


def compared(question: str, sentence: str, place: Range | None, parties: Sequence[Party]) -> Outcome:
    """Whether a sentence says of the party that a question is about what the question asks of it.

    `place` are the words of the sentence that are the proof; what is said elsewhere in it counts where those say nothing.
    """
    asked = doings(question, parties, asked=True)
    if not asked or not _known(asked[0]):
        return "unknown"
    said = doings(sentence, parties)
    beside = [one for one in said if place is None or (one.place[0] < place[1] and place[0] < one.place[1])]
    return _outcome(question, asked[0], sentence, beside or said)


def _known(one: Doing) -> bool:
    return any(party >= 0 for party in (*one.doers, *one.getters))


def _outcome(question: str, asked: Doing, sentence: str, said: Sequence[Doing]) -> Outcome:
    if not said:
        return "unknown"
    words = _meant(question[asked.place[0] : asked.place[1]])
    meant = [set(_meant(sentence[one.place[0] : one.place[1]])) for one in said]
    shared = [len(found.intersection(words)) for found in meant]
    verdicts = [_fits(asked, one, bool(found.intersection(words[:2]))) for one, found in zip(said, meant, strict=True)]
    best = max(shared)
    if not best:
        main = [verdict for verdict, one in zip(verdicts, said, strict=True) if one.main] or verdicts
        return main[0] if len(set(main)) == 1 else "agrees" if "agrees" in main else "unknown"
    top = [verdict for verdict, many in zip(verdicts, shared, strict=True) if many == best]
    if "agrees" in top:
        return "agrees"
    if "unknown" in top:
        return "unknown"
    return "contradicts"


def _fits(asked: Doing, said: Doing, same_verb: bool) -> Outcome:
    """Whether one thing that is said has the parties of what is asked in their places."""
    for one, other, opposite in (
        (asked.doers, said.doers, said.getters),
        (asked.getters, said.getters, said.doers),
    ):
        known = {party for party in one if party >= 0}
        if not known:
            continue
        if known & other or ALL in other:
            return "agrees"
        if known & opposite:
            return "contradicts" if other and same_verb else "unknown"
        if not other or SOMEBODY in other or (said.let and said.doers <= asked.getters):
            return "unknown"
        return "contradicts"
    return "unknown"

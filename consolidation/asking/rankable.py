"""What documents are put in order by: dates, lengths of time and amounts, and the question for each."""

from __future__ import annotations

import re
from typing import Literal

from consolidation.asking.dates_asked import DATED, EXPIRES, SIGNED, TAKES_EFFECT, TERM

VALUE = "What is the total value of the agreement?"
RENEWAL = "renewal"
#: The end of the order that is told first.
Side = Literal["earliest", "latest", "highest", "lowest"]

_DATES = (
    (r"(?:contract\s+|agreement\s+|lease\s+)?(?:expir(?:y|ies|ations?)|ending|expiring)(?:\s+dates?)?|(?:end|termination)\s+dates?|dates?\s+of\s+expir(?:y|ation)|when\s+(?:they|(?:their|the)\s+(?:stated\s+|initial\s+)?terms?)\s+(?:expires?|ends?|runs?\s+out)", EXPIRES),
    (r"(?:contract\s+|lease\s+)?renewals?(?:\s+dates?)?", RENEWAL),
    (r"(?:effective|start|starting|commencement)\s+dates?|starts?|when\s+they\s+(?:start|begin|took\s+effect)", TAKES_EFFECT),
    (r"(?:sign(?:ing|ature|ed)|execution)\s+dates?|dates?\s+(?:of\s+)?(?:signing|signature|execution|signed)|signing|signature|when\s+they\s+were\s+signed", SIGNED),
    (r"(?:(?:agreement|contract)\s+)?dates?|age", DATED),
)  # fmt: skip
_SIZES = (
    (r"(?:initial\s+|contract\s+|lease\s+)?(?:terms?|durations?|lengths?)(?:\s+lengths?)?(?:\s+of\s+(?:the\s+)?(?:initial\s+)?terms?)?", TERM),
    (r"(?:termination\s+)?notice(?:\s+periods?)?", "What is the notice period?"),
    (r"(?:liability\s+)?caps?(?:\s+on\s+liability)?|(?:limits?|limitations?)\s+(?:of|on)\s+liability|liability\s+limits?", "What is the liability cap?"),
    (r"(?:total\s+|overall\s+)?(?:contract\s+|deal\s+)?(?:values?|sizes?)", VALUE),
)  # fmt: skip
_NAMED = re.compile(
    r"(?:cure|warranty|payment|renewal|grace|confidentiality|non-?compete|exclusivity|lock-?up|audit)\s+periods?|renewal\s+terms?|payment\s+terms|"
    r"(?:(?:monthly|annual|yearly|base|total|purchase|termination|licen[cs]e|late|minimum|up-?front|service|management|break-?up)\s+)*(?:fees?|rents?|prices?|salar(?:y|ies)|deposits?|considerations?|payments?|bonus(?:es)?)|"
    r"(?:royalty|interest|commission)\s+rates?|royalt(?:y|ies)|minimum\s+(?:commitments?|purchases?|guarantees?)|insurance\s+(?:limits?|coverage|amounts?)|liquidated\s+damages",
)
#: What can be put in order, as a part of a pattern.
FACT = "(?:" + "|".join([*(cue for cue, _ in (*_DATES, *_SIZES)), _NAMED.pattern]) + ")"
#: Words for each end of an order, as parts of patterns.
ENDS: dict[Side, str] = {
    "earliest": r"earliest|soonest|oldest",
    "latest": r"latest|most\s+recent(?:ly)?|newest",
    "highest": r"highest|largest|biggest|longest|greatest",
    "lowest": r"lowest|smallest|shortest|cheapest",
}
#: The same where an order is told from its first place, or of most and least.
FIRST: dict[Side, str] = {
    "earliest": rf"{ENDS['earliest']}|first",
    "latest": rf"{ENDS['latest']}|last",
    "highest": rf"{ENDS['highest']}|maximum",
    "lowest": rf"{ENDS['lowest']}|least|minimum",
}
_MORE = {"earliest": "next", "latest": "last", "highest": "top", "lowest": "bottom"}
_FIRST: dict[Side, str] = {side: f"{words}|{_MORE[side]}" for side, words in FIRST.items()}
#: Words for any end of an order, as a part of a pattern.
SUPERLATIVE = f"(?:{'|'.join(ENDS.values())})"


def question_for(fact: str) -> str:
    """What each document is asked for a fact, `RENEWAL` for the day of renewal; empty where it is none."""
    said = " ".join(fact.split())
    for cue, asked in (*_DATES, *_SIZES):
        if re.fullmatch(cue, said):
            return asked
    if not _NAMED.fullmatch(said):
        return ""
    one = re.sub(r"ies$", "y", said) if said.endswith("ies") else re.sub(r"(?<=[a-z])(?<!s)s$", "", said)
    return f"What is the {said if re.search(r'damages|terms|bonus$', said) else one}?"


def is_date(asked: str) -> bool:
    """Whether a question of these asks for a day."""
    return asked in (EXPIRES, SIGNED, DATED, TAKES_EFFECT, RENEWAL)


def side_of(word: str, asked: str) -> Side | None:
    """The end of the order that a word means, of what is asked; None where it fits it not: "the earliest fee"."""
    said = " ".join(word.split())
    side: Side | None = next((name for name in _FIRST if re.fullmatch(_FIRST[name], said)), None)
    return side if side in (("earliest", "latest") if is_date(asked) else ("highest", "lowest")) else None


def by_default(word: str) -> str:
    """What is meant where only the end of an order is said: "the three longest contracts" are so by their term."""
    said = " ".join(word.split())
    if said in ("longest", "shortest"):
        return TERM
    dated = re.fullmatch(f"{_FIRST['earliest']}|{_FIRST['latest']}", said)
    return DATED if dated else VALUE

"""What is known of a proposed answer before it is decided."""

from __future__ import annotations

import re

from consolidation.answers.candidates import Candidate
from consolidation.asking.fields import AskedField
from consolidation.asking.parts import asks_sum, asks_two
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding

#: The names of all signals of an answer.
SIGNALS = (
    "judged", "reads", "score", "alone", "agreeing", "rules", "state", "listed", "fits", "yes_no", "list", "words",
)  # fmt: skip
#: Values that can be told from other words; an answer of another form does not fit such a question.
_TYPED = frozenset({"date", "duration", "amount", "percent", "law"})
_LISTS = frozenset({"list", "consequence", "free", "definition"})
_STATE_OF = re.compile(
    r"^(?:the\s+)?(?:(?:laws?|state|commonwealth|province|republic)\s+of\s+(?:the\s+)?)*", re.I
)
_ENDS = re.compile(
    r"expir|terminat|until|through|ending|end(?:s|ed)?\b|thereafter|anniversary|term\b|year|month", re.I
)

#: A figure, a date or a span of time: whoever is asked for is none of these.
_FIGURE = re.compile(
    r"(?:[\W\d_]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|hundred|thousand|million|billion|percent|per|cent|dollars?|cents?|usd?|eur(?:os?)?|rmb|days?|weeks?|months?|"
    r"years?|hours?|minutes?|business|working|calendar|consecutive|prior|within|least|most|than|more|less|up|to|at|of|the|an?|in|"
    r"and|or|on|no|not|after|before|from|each|shares?|units?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)\b)+",
    re.I,
)


def is_nobody(asked: Understanding, said: str) -> bool:
    """Whether a person or a party is asked for and nothing but a figure, a date or a time is said."""
    return asked.value in ("party", "person") and _FIGURE.fullmatch(said) is not None


def fits(asked: Understanding, fact: AskedField, candidate: Candidate, around: str) -> bool:
    """Whether an answer has the form that the question asks for; `around` is the sentence of its first place.

    No section number is a rate, a state whose law governs is no party, and a date whose sentence speaks of no end is
    no expiry.
    """
    if asked.yes_no or candidate.yes_no:
        return asked.yes_no and candidate.yes_no
    if asked.value in _TYPED and normalise(asked.value, candidate.said) is None:
        return bool(asked.value == "date" and normalise("duration", candidate.said))
    if asked.value == "party" and _is_jurisdiction(candidate.said):
        return False
    return not (fact == "expiry" and not _ENDS.search(around))


def _is_jurisdiction(said: str) -> bool:
    law = normalise("law", said)
    return law is not None and _STATE_OF.sub("", " ".join(said.split())).lower() == law.comparable.lower()


def signals(asked: Understanding, candidate: Candidate, fitting: bool) -> dict[str, float]:
    """The signals of a candidate, by `SIGNALS`."""
    by_reader = candidate.maker == "reader"
    return {
        "judged": candidate.judged,
        # no passage answers by itself what is computed from several
        "reads": max(0.0, candidate.reads) if candidate.value else candidate.reads,
        "score": candidate.score if by_reader else 0.0,
        "alone": candidate.alone,
        "agreeing": float(candidate.agreeing),
        "rules": float(candidate.maker == "rules"),
        "state": float(candidate.maker == "state"),
        "listed": float(len(candidate.places) > 1),
        "fits": float(fitting and _whole(asked, candidate)),
        "yes_no": float(candidate.yes_no),
        "list": float(asked.value in _LISTS),
        "words": min(20.0, float(len(candidate.said.split()))),
    }


def _whole(asked: Understanding, candidate: Candidate) -> bool:
    """Whether an answer can be all of what is asked: half of it is not, nor is one figure of a sum."""
    if asks_sum(asked.each) and not candidate.value:
        return False
    return candidate.yes_no or len(candidate.places) > 1 or not asks_two(asked.each)

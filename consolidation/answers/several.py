"""Several questions asked at once: each is answered by itself, and the answers are given together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from consolidation.answers.finding import Cost, Finding, State
from consolidation.asking.matters import Over
from consolidation.asking.understand import Understanding
from consolidation.passages.shown import Passage

NOTHING, NOT_HERE = "not found", "not a question that documents answer"


def asked_together(asked: Understanding) -> Understanding:
    """What the answers of a document are together: words, where several questions were asked at once.

    Conditions that are asked one by one stay what they are: they are folded from the parts.
    """
    if asked.tested:
        return replace(asked, value="free", polarity="")
    if not asked.parts:
        return asked
    over: Over = "document" if asked.over == "document" else "each"
    return replace(asked, value="free", polarity="", over=over, quantifier="", condition=None)


def told_together(asked: Understanding, findings: Sequence[Finding | None]) -> Finding:
    """The findings of the parts of a question about one document as one, by the numbers of the parts.

    They stay as its `parts`, where documents can answer all of them. It is supported where every part is, and found
    where any part is; it is as likely as its least likely part. None stands for a part that documents cannot answer;
    one finding is there.
    """
    told = [one for one in findings if one is not None]
    found = [one for one in told if one.text]
    quotes = tuple(dict.fromkeys(quote for one in found for quote in one.quotes))
    return replace(
        told[0],
        asked=asked_together(asked),
        state=_state(findings),
        text=" ".join(f"({at}) {_said(one)}" for at, one in enumerate(findings, 1)) if found else "",
        typed=None,
        probability=min((one.probability for one in found), default=told[0].probability),
        found_by=tuple(dict.fromkeys(maker for one in found for maker in one.found_by)),
        quotes=quotes,
        passages=_closest(told),
        others=(),
        condition="",
        parts=tuple(told) if len(told) == len(findings) else (),
        cost=Cost(
            sum(one.cost.tokens_forward for one in told),
            sum(one.cost.seconds for one in told),
            max(one.cost.states for one in told),
            sum(one.cost.passages_read for one in told),
        ),
    )


def _state(findings: Sequence[Finding | None]) -> State:
    states = {one.state if one else "not_found" for one in findings}
    if "waiting" in states:
        return "waiting"
    if states == {"supported"}:
        return "supported"
    return "not_found" if states == {"not_found"} else "check"


def _said(finding: Finding | None) -> str:
    if finding is None:
        return NOT_HERE
    return f"{finding.text} (“{finding.condition}”)" if finding.condition else finding.text or NOTHING


def _closest(findings: Sequence[Finding]) -> tuple[Passage, ...]:
    """The closest passages of each part in turn, as many as one question has."""
    turns = zip_longest(*(one.passages for one in findings))
    passages = dict.fromkeys(passage for turn in turns for passage in turn if passage)
    return tuple(passages)[: max(len(one.passages) for one in findings)]

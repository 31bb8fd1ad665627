"""Questions over all held-out contracts: which have or lack a clause, which law, when; folded as in the product.

Cells for clauses are what the tagger says, with constants fitted on one half of the contracts and told of the other;
those for law and dates are the brief's. Things are called as in `laboratory.data.clause_wordings`. A question that
is not understood has no documents in its answer.
"""

from __future__ import annotations

import math
import random
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch

from consolidation.asking.cells import Cell, cell_of
from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.fields import AskedField, asked_field
from consolidation.asking.fold import fold
from consolidation.asking.understand import Understanding, understand
from consolidation.briefs.clauses import Clauses
from consolidation.parts.confidence import log_odds
from laboratory.answers.known import Known
from laboratory.briefs.comparing import Gold
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_topics
from laboratory.data.facts import half_of

_HAVE = (
    "Which of our contracts contain {}?", "Find all agreements that include {}", "How many deals have {}?",
    "What contracts come with {}?", "Count the contracts that contain {}.", "Are there any agreements with {}?",
)  # fmt: skip
_LACK = (
    "Which deals don't have {}?", "Which contracts are missing {}?", "How many agreements do not include {}?",
    "Find the contracts without {}.", "Tell me which agreements lack {}",
)  # fmt: skip
_LAW = (
    "Which contracts are governed by {} law?", "How many agreements are governed by the laws of {}?",
    "List the contracts under {} law", "Which agreements are not governed by {} law?",
)  # fmt: skip
_DATES: dict[str, tuple[str, ...]] = {
    "Agreement Date": (
        "Which contracts were signed before {}?", "How many agreements were signed after {}?",
        "Which contracts are dated in {}?",
    ),
    "Effective Date": ("Which contracts took effect before {}?", "Which agreements became effective in {}?"),
    "Expiration Date": (
        "Which contracts expire before {}?", "How many agreements expire after {}?", "Which deals end in {}?",
    ),
}  # fmt: skip
_EXTREMES = {
    "Agreement Date": ("Which contract was signed first?", "What is the latest signing date?"),
    "Effective Date": ("What is the earliest effective date?", "Which contract took effect last?"),
    "Expiration Date": ("Which contract expires first?", "What is the latest expiration date?"),
}
#: Kinds that fewer contracts have, or lack, make no question.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question's answer names a contract, and whether it should; `lacks` where it asks for a lack."""

    contract: str
    question: str
    said: bool
    true: bool
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Odds:
    """From the log odds of the surest passage to those of the clause being there."""

    slope: float
    bias: float

    def likely(self, clauses: Clauses, kind: str) -> float:
        return 1 / (1 + math.exp(-(self.slope * surest(clauses, kind) + self.bias)))


def surest(clauses: Clauses, kind: str) -> float:
    """Log odds of the surest passage of a kind."""
    spans = clauses.get(kind, ())
    return log_odds(spans[0].confidence if spans else 0.0)


def fitted(contracts: Iterable[Known]) -> Odds:
    """The likeliest constants by the labels of some contracts."""
    pairs = [(surest(c.clauses, kind), c.has[kind]) for c in contracts for kind in CLAUSE_CATEGORIES]
    seen, truth = (torch.tensor([float(pair[i]) for pair in pairs], dtype=torch.float64) for i in (0, 1))
    weights = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(seen * weights[0] + weights[1], truth)
        value.backward()
        return value

    search.step(loss)
    slope, bias = weights.tolist()
    return Odds(round(slope, 4), round(bias, 4))


def told_odds(contracts: Sequence[Known]) -> dict[int, Odds]:
    """For each half of the contracts, constants fitted on the other half."""
    return {half: fitted(c for c in contracts if half_of(c.id) != half) for half in (0, 1)}


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes to whether a contract has a kind of clause: whether that is so, and the first passage a labelled one."""

    contract: str
    kind: str
    right: bool
    quoted: bool


def every_yes(contracts: Sequence[Known]) -> Iterator[Yes]:
    """Every yes to the questions for kinds of clause; a passage is right that touches a labelled one."""
    odds = told_odds(contracts)
    for c in contracts:
        for kind in CLAUSE_CATEGORIES:
            if odds[half_of(c.id)].likely(c.clauses, kind) >= 0.5:
                best, its = c.clauses[kind][0], c.labelled.get(kind, ())
                touched = any(best.start < b and a < best.end for a, b in its)
                yield Yes(c.id, kind, c.has[kind], touched)


def of_clauses(contracts: Sequence[Known], seed: int = 3) -> Iterator[Verdict]:
    """Two questions for each wording of each kind: which have it, and which lack it."""
    dice = random.Random(seed)
    odds = told_odds(contracts)
    for kind in CLAUSE_CATEGORIES:
        if not _FEWEST <= sum(c.has[kind] for c in contracts) <= len(contracts) - _FEWEST:
            continue
        for topic in clause_topics(kind):
            for frames, wanted in ((_HAVE, True), (_LACK, False)):
                frame = dice.choice(frames)
                question = frame.format(topic)
                asked = understand(question)
                cells = [_clause_cell(asked, c, odds[half_of(c.id)]) for c in contracts]
                met = set(fold(asked, cells).meets) if asked.condition else set()
                for c in contracts:
                    yield Verdict(c.id, question, c.id in met, c.has[kind] == wanted, not wanted)


def _clause_cell(asked: Understanding, contract: Known, odds: Odds) -> Cell:
    kind = clause_kind(asked)
    if not kind:
        return Cell(contract.id, "not_found")
    said = "Yes" if odds.likely(contract.clauses, kind) >= 0.5 else "No"
    return cell_of(asked, contract.id, "check", said)


def _field_cell(asked: Understanding, contract: Known) -> Cell:
    name: AskedField = asked_field(asked)
    found = contract.brief.first(name) if name and name != "role" else None
    return cell_of(asked, contract.id, "check", found.value) if found else Cell(contract.id, "not_found")


def _named(asked: Understanding, cells: Sequence[Cell]) -> set[str]:
    """The documents that the answer to a question names."""
    found = fold(asked, cells)
    if asked.over in ("earliest", "latest"):
        return {document for one in found.extremes for document in one.documents}
    return set(found.meets) if asked.condition else set()


def of_fields(contracts: Sequence[Known]) -> Iterator[Verdict]:
    """Questions about governing law and dates; a label that is no whole date is left out of its questions."""
    for question, category, true in [*_by_law(contracts), *_by_date(contracts), *_extreme(contracts)]:
        asked = understand(question)
        named = _named(asked, [_field_cell(asked, c) for c in contracts])
        for c in contracts:
            if category == "Governing Law" or _day(c.gold[category]) or c.gold[category].none:
                yield Verdict(c.id, question, c.id in named, c.id in true)


def _by_law(contracts: Sequence[Known]) -> Iterator[tuple[str, str, set[str]]]:
    under: dict[str, set[str]] = defaultdict(set)
    for c in contracts:
        for law in c.gold["Governing Law"].values:
            under[law].add(c.id)
    every = set().union(*under.values())
    for law, ids in sorted(under.items()):
        for frame in _LAW if len(ids) > 1 else _LAW[:1]:
            yield frame.format(law.title()), "Governing Law", every - ids if " not " in frame else ids


def _day(gold: Gold) -> str:
    """The label's date, where it is a whole one."""
    return next((v for v in sorted(gold.values) if len(v) == len("2000-01-01") and v[:4].isdigit()), "")


def _by_date(contracts: Sequence[Known]) -> Iterator[tuple[str, str, set[str]]]:
    for category, frames in _DATES.items():
        days = {c.id: day for c in contracts if (day := _day(c.gold[category]))}
        years = sorted(int(day[:4]) for day in days.values())
        for year in dict.fromkeys(
            (years[len(years) // 4], years[len(years) // 2], years[3 * len(years) // 4])
        ):
            for frame in frames:
                yield frame.format(year), category, {i for i, day in days.items() if _meets(frame, day, year)}


def _meets(frame: str, day: str, year: int) -> bool:
    its = int(day[:4])
    return its < year if "before" in frame else its > year if "after" in frame else its == year


def _extreme(contracts: Sequence[Known]) -> Iterator[tuple[str, str, set[str]]]:
    for category, asked in _EXTREMES.items():
        days = {c.id: day for c in contracts if (day := _day(c.gold[category]))}
        for question, best in zip(asked, (min(days.values()), max(days.values())), strict=True):
            yield question, category, {i for i, day in days.items() if day == best}


def mean_f1(verdicts: Sequence[Verdict]) -> float:
    """Mean F1, in percent, of the documents that questions should name; of those with any such document."""
    by_question: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        by_question[one.question].append(one)
    scores = [_f1(own) for own in by_question.values() if any(one.true for one in own)]
    return 100 * statistics.mean(scores) if scores else 0.0


def _f1(verdicts: Sequence[Verdict]) -> float:
    both = sum(one.said and one.true for one in verdicts)
    return 2 * both / (sum(one.said for one in verdicts) + sum(one.true for one in verdicts))

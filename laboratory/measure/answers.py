"""Accuracy of an engine on held-out contracts: from states alone, and with evidence.

Three measurements, all with states as they are stored (quantised): a state of a given number of windows that hold
the answers; the whole contract, as segment states with the router over them; and the whole way a reviewer's question
goes. A question is worded by one of its paraphrases, chosen by the contract's id.

Confidence and thresholds are fitted on these contracts too, so each half is measured with those fitted on the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from consolidation.answers.answer import answer_question
from consolidation.answers.claims import Claimed, ask_states, decode
from consolidation.answers.recall import taught
from consolidation.answers.route import route, window_scores
from consolidation.asking.typed import normalise
from consolidation.asking.understand import understand
from consolidation.engine import Engine
from consolidation.passages.source import Source
from consolidation.protocol import FastWeights
from consolidation.states.packing import pack_all, unpack
from consolidation.table.rows import Row
from consolidation.text.values import (
    comparable,
    exact_match,
    find_dates,
    find_durations,
    plain,
    token_f1,
)
from consolidation.text.windows import Windows
from laboratory.answers.banked import Banked
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.facts import (
    SHORT_CATEGORIES,
    VALUE_CATEGORIES,
    Contract,
    Fact,
    half_of,
    held_out,
    load_contracts,
)
from laboratory.data.wordings import paraphrases
from laboratory.measure.engines import by_halves


@dataclass(frozen=True, slots=True)
class Score:
    """One question's result; `gold` is empty for a question that the contract does not answer."""

    contract: str
    category: str
    gold: str
    answer: str
    confidence: float
    state: str = ""
    quote_right: bool | None = None

    @property
    def em(self) -> float:
        """1 where the answer is the truth in words, or a law in value: "the laws of the State of Ohio" is Ohio."""
        return float(bool(self.gold) and (exact_match(self.answer, self.gold) or self._same_law()))

    def _same_law(self) -> bool:
        said, truth = (normalise("law", text) for text in (self.answer, self.gold))
        same = said is not None and truth is not None and said.comparable == truth.comparable
        return same and self.category == "Governing Law"

    @property
    def f1(self) -> float:
        return token_f1(self.answer, self.gold) if self.gold and self.answer else 0.0


def short_facts(contract: Contract) -> list[Fact]:
    """The short answers of a contract, one for each category and subject."""
    unique = {(f.category, f.subject): f for f in contract.facts if f.category in SHORT_CATEGORIES}
    return list(unique.values())


def wording(contract: Contract, category: str, subject: str = "") -> str:
    """A paraphrase, always the same for the same contract and category."""
    return random.Random(contract.id + category).choice(paraphrases(category, subject, training=False))


def held_out_contracts(path: Path) -> list[Contract]:
    """The development split, contracts without labels left out."""
    return [c for c in load_contracts(path) if held_out(c.id) and c.answers]


def windows_holding(windows: Windows, places: Sequence[tuple[int, int]]) -> set[int]:
    """Windows that touch any of the character ranges."""
    return {
        i
        for i, (low, high) in enumerate(windows.ranges)
        for start, end in places
        if low < end and start < high
    }


def as_stored(engine: Engine, state: FastWeights) -> FastWeights:
    """Fast weights after one trip through their stored types."""
    packed = pack_all(state, engine.memory.stored)
    return {name: unpack(one) for name, one in packed.items()}


def read_blank(engine: Engine, windows: Windows, chosen: Sequence[int]) -> FastWeights:
    """Windows read into a blank state."""
    memory = engine.memory
    return memory.read(windows, chosen, memory.blank_state(), memory.settings.passes)


#: How a state is made of some windows of a contract.
Read = Callable[[Engine, Windows, Sequence[int]], FastWeights]


def state_scores(
    engine: Engine, contracts: Sequence[Contract], count: int, read: Read = read_blank
) -> Iterator[Score]:
    """Answers from one state of `count` windows: those that hold the answers, then others, in order."""
    for contract in contracts:
        dice, windows = random.Random(f"{contract.id} {count}"), engine.memory.tokenise(contract.text)
        facts = short_facts(contract)
        if not facts:
            continue
        needed = sorted({w for f in facts for w in windows_holding(windows, f.places)})
        needed = dice.sample(needed, min(count, len(needed)))
        others = [w for w in range(len(windows)) if w not in needed]
        chosen = sorted([*needed, *dice.sample(others, min(len(others), count - len(needed)))])
        stored = as_stored(engine, read(engine, windows, chosen))
        for fact in facts:
            if windows_holding(windows, fact.places) <= set(chosen):
                question = wording(contract, fact.category, fact.subject)
                claim = decode(engine, [Row(stored, question)])[0]
                sure = claim.signals[engine.memory.signals[0]]
                yield Score(contract.id, fact.category, fact.gold, claim.text, sure)


def questions(contract: Contract) -> Iterator[tuple[str, str, Fact | None]]:
    """Category, wording and fact of each short question; no fact where the contract has no such value."""
    for fact in short_facts(contract):
        yield fact.category, wording(contract, fact.category, fact.subject), fact
    for category in VALUE_CATEGORIES:
        if not contract.answers.get(category) and not contract.clauses.get(category):
            yield category, wording(contract, category), None


def quote_right(contract: Contract, fact: Fact, start: int, end: int) -> bool:
    """Whether a quote touches a labelled place of the answer, or states the value itself."""
    places = (*fact.places, *contract.clauses.get(fact.category, ()))
    if any(a < end and start < b for a, b in places):
        return True
    quote = contract.text[start:end]
    values = {found.value for finder in (find_dates, find_durations) for found in finder(quote)}
    gold = comparable(fact.gold)
    return gold in values or f" {gold} " in f" {plain(quote)} "


def claims_of(engine: Engine, source: Source, question: str) -> tuple[Claimed, ...]:
    """What the states say, the surest first, asked in the words they were taught; no text is read."""
    asked = taught(understand(question)) or question
    with torch.inference_mode():
        state = source.bank.load(str(source.state_name))
        return ask_states(engine, asked, route(engine, source, state, window_scores(engine, asked, state)))


def _from_states(engine: Engine, source: Source, question: str, category: str, fact: Fact | None) -> Score:
    """The claim that the states are surest of; no text is read."""
    best = claims_of(engine, source, question)[0]
    return Score(source.document, category, fact.gold if fact else "", best.claim.text, best.confidence)


def whole_state_scores(engine: Engine, banked: Banked) -> Iterator[Score]:
    """For each question about a whole contract: the score from states alone."""
    engines = by_halves(engine)
    for contract, source in banked:
        for category, question, fact in questions(contract):
            yield _from_states(engines[half_of(contract.id)], source, question, category, fact)


def whole_scores(engine: Engine, banked: Banked) -> Iterator[tuple[Score, Score]]:
    """For each question about a whole contract: the score from states alone, and with evidence."""
    engines = by_halves(engine)
    for contract, source in banked:
        one = engines[half_of(contract.id)]
        for category, question, fact in questions(contract):
            gold = fact.gold if fact else ""
            from_state = _from_states(one, source, question, category, fact)
            finding = answer_question(one, question, source)
            right = None
            if fact and finding.quotes:
                right = quote_right(contract, fact, finding.quotes[0].start, finding.quotes[0].end)
            confidence = finding.probability if finding.text else 0.0
            yield (
                from_state,
                Score(contract.id, category, gold, finding.text, confidence, finding.state, right),
            )


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """One question about a clause: how likely it is there, what was said, and the truth.

    `said` is whether the answer is "Yes", to a question that asks if something is so, and whether there is an answer
    at all, to one that asks for the clause.
    """

    contract: str
    category: str
    probability: float
    said: bool
    there: bool


def clause_scores(engine: Engine, banked: Banked) -> Iterator[ClauseScore]:
    """Clause questions, answered as a reviewer's are."""
    engines = by_halves(engine)
    for contract, source in banked:
        one = engines[half_of(contract.id)]
        for category in CLAUSE_CATEGORIES:
            wordings = clause_paraphrases(category, training=False)
            question = random.Random(contract.id + category).choice(wordings)
            finding = answer_question(one, question, source)
            said = finding.text not in ("", "No")
            likely = finding.probability if said else 1 - finding.probability
            yield ClauseScore(contract.id, category, likely, said, bool(contract.clauses.get(category)))


def percent(values: Sequence[float]) -> float:
    """Mean in percent, to a tenth; 0 for none."""
    return round(100 * sum(values) / len(values), 1) if values else 0.0


def table(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Exact match, F1 and count per category, and for all short answers together."""
    rows: dict[str, list[Score]] = {"short answers": []}
    for score in scores:
        if score.gold:
            rows["short answers"].append(score)
            rows.setdefault(score.category, []).append(score)
    return {
        category: {
            "em": percent([s.em for s in found]),
            "f1": percent([s.f1 for s in found]),
            "n": len(found),
        }
        for category, found in rows.items()
    }

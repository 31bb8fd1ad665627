"""Accuracy of an engine on held-out contracts: from states alone, and with evidence.

Three measurements, all with states as they are stored (quantised): a state of a given number of windows that hold
the answers; the whole contract, as segment states with the router over them; and the whole way a reviewer's question
goes. A question is worded by one of its paraphrases, chosen by the contract's id.

Confidence and thresholds are fitted on these contracts too, so each half is measured with those fitted on the other.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import torch

from consolidation.answers.answer import Inquiry, Source, answer_question, ask_states, clause_signals, route
from consolidation.engine import EmbeddedMemory, Engine, ReadWindow
from consolidation.parts.confidence import Calibration
from consolidation.protocol import FastWeights
from consolidation.states.bank import Bank
from consolidation.states.consolidate import consolidate
from consolidation.states.state import pack, unpack
from consolidation.text.values import (
    comparable,
    exact_match,
    find_dates,
    find_durations,
    plain,
    token_f1,
)
from consolidation.text.windows import Windows
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

PROCESSES = 2
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Score:
    """One question's result; `gold` is empty for a question that the contract does not answer."""

    contract: str
    category: str
    gold: str
    answer: str
    confidence: float
    mode: str = ""
    verification: str = ""
    quote_right: bool | None = None

    @property
    def em(self) -> float:
        return float(bool(self.gold) and exact_match(self.answer, self.gold))

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
    """Fast weights after one trip through the stored type."""
    dtype = engine.settings.dtype
    return {"fast_weights": unpack(*pack(state["fast_weights"], dtype), dtype)}


def state_scores(engine: Engine, contracts: Sequence[Contract], count: int) -> Iterator[Score]:
    """Answers from one state of `count` windows: those that hold the answers, then others, in order."""
    for contract in contracts:
        dice, windows = random.Random(f"{contract.id} {count}"), engine.tokenise(contract.text)
        facts = short_facts(contract)
        if not facts:
            continue
        needed = sorted({w for f in facts for w in windows_holding(windows, f.places)})
        needed = dice.sample(needed, min(count, len(needed)))
        others = [w for w in range(len(windows)) if w not in needed]
        chosen = sorted([*needed, *dice.sample(others, min(len(others), count - len(needed)))])
        state, _ = engine.read_windows(windows, chosen, engine.blank_state(), engine.settings.passes)
        for fact in facts:
            if windows_holding(windows, fact.places) <= set(chosen):
                question = wording(contract, fact.category, fact.subject)
                claim = engine.decode(as_stored(engine, state), question)[0]
                yield Score(contract.id, fact.category, fact.gold, claim.text, claim.presence)


def _part(text: str, start: int, end: int) -> str:
    return text[start:end]


Banked = Sequence[tuple[Contract, Source]]


@contextmanager
def consolidated(engine: Engine, contracts: Sequence[Contract]) -> Iterator[Banked]:
    """Contracts with their states, in a bank that is there for as long as the context."""
    with tempfile.TemporaryDirectory() as folder:
        bank, out = Bank(Path(folder)), []
        for contract in contracts:
            key = engine.state_key(document_sha256=contract.id, text_version="cuad", text_sha256=contract.id)
            built = consolidate(engine, contract.text, key, bank)
            out.append(
                (contract, Source(contract.id, contract.id, bank, built.name, partial(_part, contract.text)))
            )
        yield out


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however it did."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def in_processes(work: Callable[[Sequence[Contract]], T], contracts: Sequence[Contract]) -> list[T]:
    """What `work` makes of the contracts, in `PROCESSES` processes, each with contracts of like length in all."""
    by_length = sorted(contracts, key=lambda c: len(c.text))
    parts = [part for i in range(PROCESSES) if (part := by_length[i::PROCESSES])]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, spawning, initializer=_end_with_parent) as pool:
        return list(pool.map(work, parts))


class Sharing(EmbeddedMemory):
    """An engine with the loaded weights of another."""

    def __init__(self, engine: Engine) -> None:
        self.__dict__.update(engine.__dict__)


def remembering(engine: Engine) -> Engine:
    """The engine, encoding each window of a text only once, for whoever shares it: memory for time."""
    one, texts = Sharing(engine), dict[str, Windows]()
    kept: dict[tuple[int, int], tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = {}

    def tokenise(text: str) -> Windows:
        if text not in texts:
            texts[text] = engine.tokenise(text)
        return texts[text]

    def encode(windows: Windows, chosen: list[int]) -> ReadWindow:
        missing = [w for w in chosen if (id(windows), w) not in kept]
        if missing:
            read = engine.encode(windows, missing)
            rows = zip(read.features_WTF, read.sentences_WE, read.mask_WT, strict=True)
            kept.update({(id(windows), w): row for w, row in zip(missing, rows, strict=True)})
        parts = zip(*(kept[id(windows), w] for w in chosen), strict=True)
        return ReadWindow(*(torch.stack(part) for part in parts))

    # on the instance, so that engines that share its weights share this too
    vars(one).update(tokenise=tokenise, encode=encode)
    return one


def by_halves(engine: Engine) -> tuple[Engine, Engine]:
    """For each half of the held-out contracts, the engine with constants fitted on the other half."""
    fitted = engine.manifest.get("calibration_without_half", [])
    engines = [Sharing(engine) for _ in range(2)]
    for one, constants in zip(engines, fitted, strict=False):
        one.calibration = Calibration.from_dict(constants)
    return engines[0], engines[1]


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


def _from_states(engine: Engine, source: Source, question: str, category: str, fact: Fact | None) -> Score:
    """The claim that the states are surest of; no text is read."""
    inquiry = Inquiry(engine, question, [source], lambda e: None, lambda: False)
    with torch.inference_mode():
        route(inquiry)
        ask_states(inquiry)
    best = inquiry.routed[0]
    text = best.claim.text if best.claim else ""
    return Score(source.document, category, fact.gold if fact else "", text, best.confidence)


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
            finding = answer_question(one, question, [source])
            right = None
            if fact and finding.evidence:
                right = quote_right(contract, fact, finding.evidence[0].start, finding.evidence[0].end)
            confidence = finding.confidence if finding.outcome == "answered" else 0.0
            told = (finding.text, confidence, finding.mode, finding.verification, right)
            yield from_state, Score(contract.id, category, gold, *told)


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """One yes/no question about a clause: the router's and the states' signals, what was said, and the truth."""

    contract: str
    category: str
    score: float
    presence: float
    probability: float
    said: bool
    there: bool


def clause_scores(engine: Engine, banked: Banked) -> Iterator[ClauseScore]:
    """Yes/no clause questions, answered from what is saved of the contract."""
    engines = by_halves(engine)
    for contract, source in banked:
        one = engines[half_of(contract.id)]
        for category in CLAUSE_CATEGORIES:
            wordings = clause_paraphrases(category, training=False)
            question = random.Random(contract.id + category).choice(wordings)
            inquiry = Inquiry(one, question, [source], lambda e: None, lambda: False)
            with torch.inference_mode():
                route(inquiry)
                ask_states(inquiry)
            score, presence = clause_signals(inquiry)
            likely = one.calibration.clause_probability(score, presence)
            said = likely >= one.calibration.accept_clause
            there = bool(contract.clauses.get(category))
            yield ClauseScore(contract.id, category, score, presence, likely, said, there)


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

"""Controls for whether an answer comes from the state at all, and text to make documents longer with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consolidation.engine import Engine
from consolidation.protocol import FastWeights
from consolidation.text.values import comparable
from consolidation.text.windows import Windows
from laboratory.data.facts import VALUE_CATEGORIES, Contract
from laboratory.measure.answers import Score, read_blank, short_facts, state_scores

#: Characters on both sides of a labelled place that neutral text leaves out.
APART = 300


def zeroed_scores(engine: Engine, contracts: Sequence[Contract], count: int) -> list[Score]:
    """`state_scores` from states of zeros: what the decoder says without any memory."""

    def blind(engine: Engine, windows: Windows, chosen: Sequence[int]) -> FastWeights:
        return {name: 0 * value for name, value in engine.memory.blank_state().items()}

    return list(state_scores(engine, contracts, count, blind))


def shuffled_scores(engine: Engine, contracts: Sequence[Contract], count: int) -> list[Score]:
    """`state_scores` where each contract is answered from the state of the one before, the first from the last's."""
    last = engine.memory.blank_state()

    def late(engine: Engine, windows: Windows, chosen: Sequence[int]) -> FastWeights:
        nonlocal last
        before, last = last, read_blank(engine, windows, chosen)
        return before

    usable = [contract for contract in contracts if short_facts(contract)]
    list(state_scores(engine, usable[-1:], count, late))
    return list(state_scores(engine, usable, count, late))


def most_frequent(contracts: Sequence[Contract]) -> dict[str, str]:
    """The answer that each category of short questions has most often: what to say without reading."""
    counts: dict[str, Counter[str]] = {}
    written: dict[str, str] = {}
    for fact in (fact for contract in contracts for fact in short_facts(contract)):
        value = comparable(fact.gold)
        written.setdefault(value, fact.gold)
        counts.setdefault(fact.category, Counter())[value] += 1
    return {category: written[found.most_common(1)[0][0]] for category, found in sorted(counts.items())}


def neutral(contract: Contract) -> str:
    """A contract's text without the surroundings of anything labelled with a value."""
    places = [place for fact in contract.facts for place in fact.places]
    places += [place for category in VALUE_CATEGORIES for place in contract.clauses.get(category, ())]
    out, at = [], 0
    for start, end in sorted(places):
        out.append(contract.text[at : max(at, start - APART)])
        at = max(at, end + APART)
    return " ".join([*out, contract.text[at:]])

"""What a question over a bank of many documents costs.

    python -m benchmarks.house

Added to `benchmarks/results/house.json`:

| figure | what it is |
| --- | --- |
| `question_s_50_documents`, `question_s_5000_documents` | a question over so many documents with the shipped \
weights, encoded anew each time, median of rounds in turn: the likeliest 4 by the bank's index are loaded and asked |
| `choosing_s_50_documents`, `choosing_s_5000_documents` | the part of it that ranks documents by the index |
| `question_over_documents` | the second over the first |
| `bank_index_bytes_per_window` | the index file of 5,000 documents over their windows |
| `states_renamed_by_a_threshold` | states of 5,000 whose name changes where a threshold moves by 0.01 |

The 5,000 documents are the contracts of the tests' sample, each under many names: what is measured is how cost
climbs with documents, not what is answered.
"""

import hashlib
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from benchmarks.reports import report_more
from consolidation import Bank, Engine, Source, answer_each, consolidate, likely_states, load_engine
from laboratory.data.facts import VALUE_CATEGORIES, Contract, load_contracts
from laboratory.data.wordings import canonical
from laboratory.measure.sample_figures import SAMPLE

RESULTS = Path(__file__).parent / "results" / "house.json"
COMMAND = "python -m benchmarks.house"
FEW, MANY = 50, 5000
ROUNDS, QUESTIONS, ASKED_DOCUMENTS = 2, 5, 4


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _bank_of_many(engine: Engine, contracts: Sequence[Contract], folder: Path) -> list[Source]:
    """`MANY` documents in one bank, their states those of the contracts in turn."""
    bank, kept = Bank(folder / "many"), Bank(folder / "few")
    states = []
    for contract in contracts:
        sha = _sha256(contract.text)
        key = engine.state_key(document_sha256=sha, text_version="benchmark", text_sha256=sha)
        states.append(kept.load(consolidate(engine, contract.text, key, kept).name))
    sources = []
    for number in range(MANY):
        state, contract = states[number % len(states)], contracts[number % len(states)]
        key = replace(state.key, members=(_sha256(f"{number} {contract.id}"),))
        bank.save(replace(state, key=key))
        name = f"Document {number}.pdf"
        sources.append(Source(str(number), name, bank, key.name(), contract.text))
    return sources


def _seconds(engine: Engine, question: str, sources: Sequence[Source]) -> tuple[float, float]:
    """Seconds to rank the documents, and those to rank them and ask the likeliest."""
    if engine.encodings is not None:
        engine.encodings.forget_questions()
    began = time.perf_counter()
    by_name = {str(source.state_name): source for source in sources}
    ranked = likely_states(engine, question, sources[0].bank, list(by_name))
    chosen = time.perf_counter() - began
    list(answer_each(engine, [question], [by_name[name] for name, _ in ranked[:ASKED_DOCUMENTS]]))
    return chosen, time.perf_counter() - began


def _questions(engine: Engine, sources: Sequence[Source]) -> dict[str, float]:
    asked = [canonical(category) for category in VALUE_CATEGORIES][:QUESTIONS]
    times: dict[int, list[tuple[float, float]]] = {FEW: [], MANY: []}
    for count in times:
        _seconds(engine, asked[0], sources[:count])
    for _ in range(ROUNDS):
        for question in asked:
            for count, found in times.items():
                found.append(_seconds(engine, question, sources[:count]))
    chosen = {count: statistics.median(c for c, _ in found) for count, found in times.items()}
    whole = {count: statistics.median(w for _, w in found) for count, found in times.items()}
    return {
        **{f"choosing_s_{count}_documents": round(seconds, 4) for count, seconds in chosen.items()},
        **{f"question_s_{count}_documents": round(seconds, 4) for count, seconds in whole.items()},
        "question_over_documents": round(whole[MANY] / whole[FEW], 2),
    }


def _index(engine: Engine, sources: Sequence[Source]) -> float:
    bank, width = sources[0].bank, len(engine.router.question_keys(["?"])[0])
    entries = bank.entries([str(source.state_name) for source in sources], width)
    windows = sum(entry.windows for entry in entries.values())
    return round(bank.vault.size(bank.index_file(width)) / windows, 1)


def _renamed(engine: Engine, sources: Sequence[Source]) -> int:
    """How many states another threshold names otherwise."""
    moved = replace(engine, settings=replace(engine.settings, supported=engine.settings.supported - 0.01))
    keys = [source.bank.load(str(source.state_name)).key for source in sources]
    renamed = [
        moved.state_key(
            document_sha256=key.members, text_version=key.text_version, text_sha256=key.text_sha256
        )
        for key in keys
    ]
    return sum(old.name() != new.name() for old, new in zip(keys, renamed, strict=True))


def measure() -> dict[str, float]:
    """All figures."""
    torch.set_num_threads(1)
    contracts = load_contracts(SAMPLE)
    with tempfile.TemporaryDirectory() as name:
        engine = load_engine()
        sources = _bank_of_many(engine, contracts, Path(name))
        return _questions(engine, sources) | {
            "bank_index_bytes_per_window": _index(engine, sources),
            "states_renamed_by_a_threshold": _renamed(engine, sources),
        }


def main() -> None:
    """Measure and write the figures."""
    report_more(RESULTS, COMMAND, measure())


if __name__ == "__main__":
    main()

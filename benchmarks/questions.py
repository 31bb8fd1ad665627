"""Time of questions from saved states, by number and by length of documents, beside reading again.

    python -m benchmarks.questions <data folder>

Documents of a given length begin with the same real held-out contract and go on with stretches of others that hold
no labelled value, so that the same questions have the same answers at every length. Only questions with the same
answer at every length, from as many passages read, are timed there: the work compared is the same. The contract is
the first, of those with the most labelled values, about which there are at least `LEAST` such questions. Over many
documents the `ASKED_DOCUMENTS` likeliest by the bank's index are asked. Every question is asked anew (its encoding
is not kept), the states stay loaded as in a worker. Reading again is one consolidation with the same weights, then
the claim of its state.
"""

import argparse
import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import torch

from consolidation import (
    Bank,
    Engine,
    Finding,
    Source,
    answer_each,
    answer_question,
    consolidate,
    likely_states,
    load_engine,
)
from consolidation.answers.claims import decode
from consolidation.parts.encoder import WordPieces
from consolidation.table.rows import Row
from laboratory.data.facts import VALUE_CATEGORIES, Contract
from laboratory.data.wordings import canonical, paraphrases
from laboratory.measure.answers import held_out_contracts
from laboratory.measure.controls import neutral

LENGTHS = {"1k": 1_000, "8k": 8_000, "64k": 64_000}
COUNTS = (1, 10, 60)
#: Documents that a question over many is put to.
ASKED_DOCUMENTS = 8
ROUNDS = 7
HEAD_TOKENS = 900
#: Contracts tried for the timing by length, and the fewest questions about one.
HEADS, LEAST = 12, 5
THREADS = 2


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _cut(engine: Engine, text: str, tokens: int) -> tuple[str, int]:
    """The text's first tokens, at most so many, and how many."""
    _, offsets = WordPieces().encode(text)
    count = min(tokens, len(offsets))
    return text[: offsets[count - 1][1]] if count else "", count


def _text_of_length(engine: Engine, contracts: Sequence[Contract], tokens: int) -> str:
    """The start of the first contract, then neutral stretches of the others."""
    head, have = _cut(engine, contracts[0].text, HEAD_TOKENS)
    parts = [head]
    for contract in contracts[1:]:
        part, count = _cut(engine, neutral(contract), tokens - have)
        parts.append(part)
        have += count
        if have == tokens:
            return "\n\n".join(parts)
    raise SystemExit(f"The contracts hold only {have} tokens of the {tokens} wanted.")


def _source(engine: Engine, bank: Bank, name: str, text: str) -> tuple[Source, float, int]:
    """A consolidated document, the seconds that took, and the bytes of its state."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = engine.state_key(document_sha256=digest, text_version="benchmark", text_sha256=digest)
    built = consolidate(engine, text, key, bank)
    return Source(name, name, bank, built.name, text), built.seconds, built.bytes


def _ask(engine: Engine, question: str, source: Source) -> Finding:
    if engine.encodings is not None:
        engine.encodings.forget_questions()
    return answer_question(engine, question, source)


def _same(engine: Engine, question: str, sources: Iterable[Source]) -> bool:
    """Whether the same is answered about each source, from as many passages."""
    found = set[tuple[str, int]]()
    for source in sources:
        finding = _ask(engine, question, source)
        found.add((finding.text, finding.cost.passages_read))
        if not finding.text or len(found) > 1:
            return False
    return True


def _mean_seconds(engine: Engine, asked: Sequence[str], source: Source) -> float:
    """Mean seconds of the questions, each asked once."""
    return _seconds(lambda: [_ask(engine, question, source) for question in asked]) / len(asked)


def _chosen_and_answered(engine: Engine, question: str, sources: Sequence[Source]) -> None:
    """A question over many documents: the likeliest by the bank's index are asked."""
    if engine.encodings is not None:
        engine.encodings.forget_questions()
    by_name = {str(source.state_name): source for source in sources}
    ranked = likely_states(engine, question, sources[0].bank, list(by_name))
    chosen = [by_name[name] for name, _ in ranked[:ASKED_DOCUMENTS]]
    list(answer_each(engine, [question], chosen))


def _by_length(engine: Engine, contracts: Sequence[Contract], folder: Path) -> dict[str, float]:
    bank, figures = Bank(folder / "lengths"), dict[str, float]()
    every = [q for category in VALUE_CATEGORIES for q in paraphrases(category, training=False)]
    for head in contracts[:HEADS]:
        ordered = [head, *(c for c in contracts if c is not head)]
        texts = {label: _text_of_length(engine, ordered, tokens) for label, tokens in LENGTHS.items()}
        sources = {label: _source(engine, bank, label, text)[0] for label, text in texts.items()}
        asked = [q for q in every if _same(engine, q, sources.values())]
        if len(asked) >= LEAST:
            break
    else:
        raise SystemExit(
            f"Of {HEADS} contracts none has {LEAST} questions with the same answer at every length."
        )
    times: dict[str, list[float]] = {label: [] for label in LENGTHS}
    for _ in range(ROUNDS):
        for label, source in sources.items():
            times[label].append(_mean_seconds(engine, asked, source))
    for label, found in times.items():
        figures[f"question_s_{label}"] = statistics.median(found)
    figures["questions_timed_by_length"] = len(asked)
    figures["reread_s_64k"] = _reread(engine, texts["64k"], asked[0])
    figures["flops_question_of_16_tokens"] = engine.memory.answer_flops(16)
    figures["flops_reread_64k"] = engine.memory.consolidate_flops(
        LENGTHS["64k"], engine.memory.settings.passes
    )
    return figures


def _reread(engine: Engine, text: str, question: str) -> float:
    memory = engine.memory

    def work() -> None:
        windows, state = memory.tokenise(text), memory.blank_state()
        for low in range(0, len(windows), 8):
            chosen = range(low, min(low + 8, len(windows)))
            state = memory.read(windows, chosen, state, memory.settings.passes)
        decode(engine, [Row(state, question)])

    return statistics.median(_seconds(work) for _ in range(2))


def _by_count(engine: Engine, contracts: Sequence[Contract], folder: Path) -> dict[str, float]:
    bank, figures = Bank(folder / "counts"), dict[str, float]()
    built = [_source(engine, bank, c.id, c.text) for c in contracts[: max(COUNTS)]]
    asked = [canonical(category) for category in VALUE_CATEGORIES]
    for count in COUNTS:
        sources = [source for source, _, _ in built[:count]]
        times = [_seconds(partial(_chosen_and_answered, engine, q, sources)) for _ in range(3) for q in asked]
        figures[f"question_s_{count}_docs"] = statistics.median(times)
    tokens = sum(source.bank.load(str(source.state_name)).tokens for source, _, _ in built)
    figures["consolidate_tokens_per_s"] = tokens / sum(seconds for _, seconds, _ in built)
    figures["state_bytes_per_document"] = statistics.mean(size for _, _, size in built)
    figures["tokens_per_document"] = tokens / len(built)
    return figures


def measure(data_folder: Path) -> dict[str, float]:
    """The figures of `question_s_*`, `reread_s_64k`, `consolidate_tokens_per_s` and `state_bytes_per_document`."""
    torch.set_num_threads(THREADS)
    engine = load_engine()
    contracts = held_out_contracts(data_folder / "cuad" / "contracts.jsonl.xz")
    with tempfile.TemporaryDirectory() as name:
        contracts.sort(key=lambda c: (-len({f.category for f in c.facts}), c.id))
        figures = _by_length(engine, contracts, Path(name))
        everything = sorted(contracts, key=lambda c: c.id)
        while len(everything) < max(COUNTS):
            everything += [
                Contract(f"{c.id} 2", c.text + " ", c.facts, c.clauses, c.answers) for c in everything
            ]
        return figures | _by_count(engine, everything, Path(name))


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    print(json.dumps(measure(parser.parse_args().data_folder), indent=2))


if __name__ == "__main__":
    main()

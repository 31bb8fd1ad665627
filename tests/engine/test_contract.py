"""What every memory must do to take part: be consolidated, saved, resumed, loaded and asked.

A new memory is added to `MEMORIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch

from consolidation import (
    Bank,
    Cancelled,
    Engine,
    Source,
    answer_each,
    answer_question,
    consolidate,
    load_engine,
    register_memory,
)
from consolidation.answers.claims import decode
from consolidation.errors import DeviceFull, ModelFileError
from consolidation.protocol import Confidence, Decoding, FastWeights, Judge, Memory, Reader, Router
from consolidation.states.packing import pack_all, unpack
from consolidation.table.rows import Row
from consolidation.text.windows import Windows
from tests.engine.conftest import CONTRACT, FILLER, key_for, state_file
from tests.engine.hybrids import hybrid_engine
from tests.engine.tiny import TinyDecoding, TinyMemory, tiny_engine

MEMORIES: dict[str, Callable[[], Engine]] = {
    "tiny": tiny_engine,
    "mamba-2 hybrid": lambda: hybrid_engine("GraniteMoeHybrid"),
    "gated delta hybrid": lambda: hybrid_engine("Qwen3Next"),
}
QUESTION = "What is the governing law?"


@pytest.fixture(params=sorted(MEMORIES))
def any_engine(request: pytest.FixtureRequest) -> Engine:
    return MEMORIES[request.param]()


def test_parts_are_what_the_protocols_ask(any_engine: Engine) -> None:
    assert isinstance(any_engine.memory, Memory)
    assert isinstance(any_engine.router, Router)
    assert isinstance(any_engine.reader, Reader)
    assert isinstance(any_engine.judge, Judge)
    assert isinstance(any_engine.confidence, Confidence)
    begun = any_engine.memory.decoding(any_engine.memory.blank_state(), [QUESTION])
    assert isinstance(begun, Decoding)
    assert begun.claim(0).signals.keys() == set(any_engine.memory.signals)


def test_the_shipped_parts_are_what_the_protocols_ask(engine: Engine) -> None:
    assert isinstance(engine.memory, Memory)
    assert isinstance(engine.router, Router)
    assert isinstance(engine.reader, Reader)
    assert isinstance(engine.judge, Judge)
    assert isinstance(engine.confidence, Confidence)


def test_it_consolidates_is_resumed_loaded_and_answers(
    any_engine: Engine, long_text: str, tmp_path: Path
) -> None:
    key = key_for(any_engine, long_text)
    whole = consolidate(any_engine, long_text, key, Bank(tmp_path / "whole"))
    parts = Bank(tmp_path / "parts")
    with pytest.raises(Cancelled):
        consolidate(any_engine, long_text, key, parts, should_stop=_after(2))
    resumed = consolidate(any_engine, long_text, key, Bank(tmp_path / "parts"))
    files = [
        state_file(tmp_path / side, built.name) for side, built in (("parts", resumed), ("whole", whole))
    ]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert whole.segments > 1
    state = Bank(tmp_path / "parts").load(resumed.name)
    blank = any_engine.memory.blank_state()
    for name, weights in state.fast_weights([0, 1]).items():
        assert weights.shape == (2, *blank[name].shape[1:])
        assert weights.dtype == torch.float32
        assert state.packed[name].stored == any_engine.memory.stored[name]
    finding = answer_question(any_engine, QUESTION, Source("d", "d.pdf", parts, resumed.name, long_text))
    assert (finding.state, finding.text) == ("check", "State of Oregon")
    assert ("state" in finding.found_by) == (any_engine.memory.name == "tiny")
    assert finding.provenance.memory == any_engine.memory.name
    assert finding.quotes
    for quote in finding.quotes:
        assert long_text[quote.start : quote.end] == quote.quote


def _after(calls: int) -> Callable[[], bool]:
    left = iter([False] * calls)
    return lambda: next(left, True)


def test_reading_starts_from_the_state_and_leaves_it(any_engine: Engine, long_text: str) -> None:
    memory = any_engine.memory
    windows, blank = memory.tokenise(long_text), memory.blank_state()
    first = memory.read(windows, [0], blank, 1)
    kept = {name: weights.clone() for name, weights in first.items()}
    second = memory.read(windows, [1], first, 1)
    together = memory.read(windows, [0, 1], memory.blank_state(), 1)
    for name in blank:
        assert second[name].shape == blank[name].shape
        assert torch.equal(first[name], kept[name])
        assert not torch.count_nonzero(blank[name])
        torch.testing.assert_close(second[name], together[name], rtol=1e-3, atol=1e-4)
    assert any(not torch.allclose(first[n], memory.read(windows, [0], blank, 2)[n]) for n in blank)


def test_rows_of_a_batch_are_independent(any_engine: Engine) -> None:
    memory = any_engine.memory
    rows = list[Row]()
    for law, question in (("Oregon", QUESTION), ("Nevada", "Which law governs it?"), ("Texas", QUESTION)):
        windows = memory.tokenise(CONTRACT.replace("Oregon", law))
        state = memory.read(windows, range(len(windows)), memory.blank_state(), 1)
        packed = pack_all(state, memory.stored)
        rows.append(Row({n: unpack(p) for n, p in packed.items()}, question, len(rows)))
    together = decode(any_engine, rows)
    single = [decode(any_engine, [row])[0] for row in rows]
    assert [claim.text for claim in together] == [claim.text for claim in single]
    for left, right in zip(together, single, strict=True):
        assert dict(left.signals) == pytest.approx(dict(right.signals), abs=1e-3)


def test_cells_are_answered_as_single_questions_are(any_engine: Engine, tmp_path: Path) -> None:
    bank, sources = Bank(tmp_path), []
    for law in ("Oregon", "Nevada", "Texas"):
        text = CONTRACT.replace("Oregon", law) + FILLER
        built = consolidate(any_engine, text, key_for(any_engine, text), bank)
        sources.append(Source(law, f"{law}.pdf", bank, built.name, text))
    sources.append(Source("later", "later.pdf", bank, None, ""))
    questions, seen = [QUESTION, "Who is the Supplier?", "Is there a law?"], list[int]()
    cells = list(answer_each(any_engine, questions, iter(sources), seen.append))
    alone = [answer_question(any_engine, q, source) for source in sources for q in questions]
    for cell, one in zip(cells, alone, strict=True):
        assert (cell.document, cell.asked) == (one.document, one.asked)
        assert (cell.state, cell.text, cell.quotes) == (one.state, one.text, one.quotes)
        assert (cell.found_by, cell.passages) == (one.found_by, one.passages)
        assert cell.probability == pytest.approx(one.probability, abs=1e-3)
    assert seen == list(range(1, len(cells) + 1))
    assert [cell.text for cell in cells[:9:3]] == ["State of Oregon", "State of Nevada", "State of Texas"]
    with pytest.raises(Cancelled):
        list(answer_each(any_engine, questions, sources, should_stop=_after(3)))


def test_without_a_fitted_confidence_nothing_is_supported(tiny: Engine, tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    built = consolidate(tiny, CONTRACT, key_for(tiny, CONTRACT), bank)
    source = Source("d", "d.pdf", bank, built.name, CONTRACT)
    for question in (QUESTION, "Who is the Supplier?", "What is the date?"):
        assert answer_question(tiny, question, source).state in ("check", "not_found")
    assert answer_question(tiny, "Is there an audit clause?", source).state == "not_found"


def test_a_memory_that_is_not_known_is_named() -> None:
    with pytest.raises(ModelFileError, match="embedded"):
        load_engine(memory="absent")
    register_memory("tiny", tiny_engine)
    assert load_engine(memory="tiny").memory.name == "tiny"


@dataclass(frozen=True)
class Cramped(TinyMemory):
    """A memory on a device that has room for so many windows and so many questions at once."""

    room: int = 3

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        self._check(len(chosen))
        return super().read(windows, chosen, state, passes)

    def decoding(self, states: FastWeights, questions: Sequence[str]) -> TinyDecoding:
        self._check(len(questions))
        return super().decoding(states, questions)

    def _check(self, count: int) -> None:
        if count > self.room:
            if count % 2:
                torch.empty(2**60)  # what a processor says
            raise torch.OutOfMemoryError("no room")


def test_a_device_without_room_for_all_is_given_half(tiny: Engine, long_text: str, tmp_path: Path) -> None:
    cramped, key = replace(tiny, memory=Cramped()), key_for(tiny, long_text)
    built = [
        consolidate(engine, long_text, key, Bank(tmp_path / name))
        for name, engine in (("tiny", tiny), ("cramped", cramped))
    ]
    assert (
        len(
            {
                state_file(tmp_path / name, one.name).read_bytes()
                for name, one in zip(("tiny", "cramped"), built, strict=True)
            }
        )
        == 1
    )
    state = Bank(tmp_path / "tiny").load(built[0].name)
    rows = [
        Row(state.fast_weights([0]), question) for question in ("law?", "supplier?", "date?", "law?", "?")
    ]
    assert [c.text for c in decode(cramped, rows)] == [decode(tiny, [row])[0].text for row in rows]
    full = replace(tiny, memory=Cramped(room=0))
    with pytest.raises(DeviceFull, match="smaller model"):
        decode(full, rows)
    with pytest.raises(DeviceFull):
        consolidate(full, long_text, key, Bank(tmp_path / "full"))

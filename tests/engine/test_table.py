"""Threads that share an engine: answers as if asked alone, the urgent first, half of a batch where room lacks."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from threading import Thread, current_thread
from typing import cast

import pytest
import torch

from consolidation import Bank, Engine, Source, answer_question, consolidate
from consolidation.answers.claims import decode
from consolidation.engine import shared
from consolidation.errors import DeviceFull
from consolidation.parts.hybrid.memory import HybridMemory
from consolidation.protocol import Claim, FastWeights
from consolidation.states.packing import pack_all, unpack
from consolidation.table.capacities import ToRead
from consolidation.table.merged import Merged
from consolidation.table.rows import Row
from consolidation.table.table import Table
from consolidation.table.turns import PATIENCE_SECONDS, Turns, hurried
from tests.engine.conftest import CONTRACT, FILLER, key_for
from tests.engine.hybrids import hybrid_engine
from tests.engine.test_contract import Cramped
from tests.engine.tiny import tiny_engine

LAWS = ("Oregon", "Nevada", "Texas", "Oregon", "Nevada", "Texas")
QUESTIONS = ("What is the governing law?", "Who is the Supplier?", "Law?")


def rows_of(engine: Engine) -> list[Row]:
    """A row for each of some contracts and questions of several lengths."""
    rows, memory = list[Row](), engine.memory
    for at, law in enumerate(LAWS):
        windows = memory.tokenise(CONTRACT.replace("Oregon", law) + "More text. " * at)
        state = memory.read(windows, range(len(windows)), memory.blank_state(), 1)
        packed = pack_all(state, memory.stored)
        rows.append(Row({n: unpack(p) for n, p in packed.items()}, QUESTIONS[at % 3]))
    return rows


@pytest.mark.parametrize("name", ["tiny", "shipped", "GraniteMoeHybrid", "Qwen3Next"])
def test_rows_of_many_threads_are_decoded_as_if_alone(name: str, request: pytest.FixtureRequest) -> None:
    engine: Engine
    if name == "shipped":
        engine = request.getfixturevalue("engine")
    else:
        engine = tiny_engine() if name == "tiny" else hybrid_engine(name)
    rows = rows_of(engine)
    parties = [rows[:2], rows[2:3], rows[3:], rows[1:2], rows[:6], rows[4:5]] * 2
    alone = [decode(engine, party) for party in parties]
    together = shared(engine, most_rows=9)
    table = together.table
    assert table is not None
    with ThreadPoolExecutor(len(parties)) as threads:
        with table.turn():
            said = [threads.submit(decode, together, party) for party in parties]
            _wait(lambda: len(table._waiting) == len(parties))
        found = [one.result() for one in said]
    assert 6 < table.most_together <= 9 or name == "tiny"
    for claims, expected in zip(found, alone, strict=True):
        assert [claim.text for claim in claims] == [claim.text for claim in expected]
        for left, right in zip(claims, expected, strict=True):
            assert dict(left.signals) == pytest.approx(dict(right.signals), abs=1e-3)


def _wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_the_urgent_have_their_turn_first_and_who_waited_long_before_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def order() -> list[str]:
        turns, done = Turns(), list[str]()

        def work(name: str, hurry: int) -> None:
            with hurried(hurry), turns.turn(), turns.turn():
                done.append(name)

        with ThreadPoolExecutor(3) as threads, turns.turn():
            for count, (name, hurry) in enumerate((("windows", 20), ("grid", 10), ("question", 0)), 1):
                threads.submit(work, name, hurry)
                _wait(lambda: len(turns._waiting) == count)  # noqa: B023
        return done

    assert order() == ["question", "grid", "windows"]
    turns, words = Turns(), list[str]()

    def write() -> None:
        with hurried(10), turns.turn():
            for word in ("one", "two"):
                words.append(word)
                _wait(lambda: len(turns._waiting) == 2 or "question" in words)
                turns.give_way()

    def ask(name: str, hurry: int) -> None:
        with hurried(hurry), turns.turn():
            words.append(name)

    with ThreadPoolExecutor(3) as threads:
        threads.submit(write)
        _wait(lambda: words == ["one"])
        threads.submit(ask, "windows", 20)
        threads.submit(ask, "question", 0)
    assert words == ["one", "question", "two", "windows"]
    monkeypatch.setattr("consolidation.table.turns.PATIENCE_SECONDS", -1.0)
    assert order() == ["windows", "grid", "question"]


def test_patience_that_ends_while_the_device_is_handed_on_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who waits longest looks at the clock a moment before its patience ends, everybody else after that."""
    turns, done, now = Turns(), list[str](), {"windows": PATIENCE_SECONDS - 1, "": PATIENCE_SECONDS + 1}

    def work(name: str, hurry: int) -> None:
        with hurried(hurry), turns.turn():
            done.append(name)

    threads = [
        Thread(target=work, args=one, name=one[0], daemon=True) for one in (("windows", 20), ("question", 0))
    ]
    clock = "consolidation.table.turns.time.monotonic"
    with turns.turn():
        monkeypatch.setattr(clock, lambda: 0.0)
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < number:
                time.sleep(0.001)
        monkeypatch.setattr(clock, lambda: now.get(current_thread().name, now[""]))
    for thread in threads:
        thread.join(10)
    assert done == ["windows", "question"]


def test_calls_of_several_threads_are_made_as_one_and_a_bad_one_hurts_nobody_else() -> None:
    turns, made = Turns(), list[int]()

    def double(items: Sequence[int]) -> list[int]:
        made.append(len(items))
        if len(items) > 4:
            raise torch.OutOfMemoryError
        if 0 in items:
            raise ValueError
        return [2 * item for item in items]

    merged = Merged(turns, merges=True)
    with ThreadPoolExecutor(4) as threads:
        with turns.turn():
            good = [threads.submit(merged, "x", double, [n, n + 1]) for n in (1, 3, 5)]
            _wait(lambda: len(turns._waiting) == 3)
        assert [one.result() for one in good] == [[2, 4], [6, 8], [10, 12]]
        assert made == [6, 3, 3]
        with turns.turn():
            bad = [threads.submit(merged, "x", double, items) for items in ([0], [7])]
            _wait(lambda: len(turns._waiting) == 2)
        with pytest.raises(ValueError):
            bad[0].result()
        assert bad[1].result() == [14]
    alone = Merged(turns, merges=False)
    assert alone("x", double, [1, 2, 3, 4, 5, 6]) == [2, 4, 6, 8, 10, 12]


def test_a_table_without_room_for_all_goes_on_with_half() -> None:
    tiny = tiny_engine()
    rows = rows_of(tiny)
    cramped = replace(tiny, memory=Cramped())
    expected = [decode(tiny, rows[at : at + 2]) for at in (0, 2, 4)]
    engine = shared(cramped)
    found = together(engine, [rows[at : at + 2] for at in (0, 2, 4)])
    assert [[claim.text for claim in claims] for claims in found] == [
        [claim.text for claim in claims] for claims in expected
    ]
    assert [claim.text for claim in decode(engine, rows)] == [claim.text for claim in decode(tiny, rows)]
    with pytest.raises(DeviceFull):
        decode(shared(replace(tiny, memory=Cramped(room=0))), rows)


def test_a_row_that_cannot_be_decoded_fails_its_own_question_alone() -> None:
    engine = hybrid_engine()
    rows = rows_of(engine)
    bad = Row({name: weights[..., :1] for name, weights in rows[0].weights.items()}, "Law?")
    table = shared(engine)
    with ThreadPoolExecutor(3) as threads:
        with table.turn():
            said = [threads.submit(decode, table, party) for party in ([rows[0]], [bad], [rows[2]])]
            assert table.table is not None
            _wait(lambda: len(table.table._waiting) == 3)  # type: ignore[union-attr]
        assert said[0].result()[0].text == decode(engine, [rows[0]])[0].text
        assert said[2].result()[0].text == decode(engine, [rows[2]])[0].text
        with pytest.raises(RuntimeError):
            said[1].result()


def together(engine: Engine, parties: Sequence[Sequence[Row]]) -> list[list[Claim]]:
    assert engine.table is not None
    with ThreadPoolExecutor(len(parties)) as threads:
        with engine.turn():
            said = [threads.submit(decode, engine, party) for party in parties]
            _wait(lambda: len(engine.table._waiting) == len(parties))  # type: ignore[union-attr]
        return [one.result() for one in said]


def test_documents_of_several_threads_are_read_together_and_asked_as_if_alone(
    engine: Engine, tmp_path: Path
) -> None:
    texts = [CONTRACT.replace("Oregon", law) + FILLER[: 90 * at] for at, law in enumerate(LAWS[:3])]
    table = Table(engine.memory, merges=True)
    merging = replace(engine, table=table)
    alone, beside = Bank(tmp_path / "alone"), Bank(tmp_path / "beside")

    def sleep(text: str) -> Source:
        with hurried(20):
            name = consolidate(merging, text, key_for(engine, text), beside).name
        return Source(text[:9], "d.pdf", beside, name, text)

    with ThreadPoolExecutor(3) as threads:
        sources = list(threads.map(sleep, texts))
        cells = [(question, source) for source in sources for question in QUESTIONS[:2]]
        found = list(threads.map(lambda cell: answer_question(merging, *cell), cells))
    for (question, source), finding in zip(cells, found, strict=True):
        name = consolidate(engine, source.text, key_for(engine, source.text), alone).name
        assert name == source.state_name
        expected = answer_question(engine, question, replace(source, bank=alone))
        assert (finding.state, finding.text, finding.quotes) == (
            expected.state,
            expected.text,
            expected.quotes,
        )
        assert finding.probability == pytest.approx(expected.probability, abs=0.05)


@dataclass(frozen=True, slots=True)
class Narrow(HybridMemory):
    """A hybrid on a device that has no memory for more than two documents at once; says how many it was given."""

    given: list[int] = field(default_factory=list)

    def read_many(self, documents: Sequence[ToRead], passes: int) -> list[FastWeights]:
        self.given.append(len(documents))
        if len(documents) > 2:
            raise torch.OutOfMemoryError
        return HybridMemory.read_many(self, documents, passes)


def test_windows_that_threads_read_into_a_hybrid_meet_in_one_batch_or_in_halves_of_it(tmp_path: Path) -> None:
    engine = hybrid_engine()
    plain = cast(HybridMemory, engine.memory)
    memory = Narrow(**{one.name: getattr(plain, one.name) for one in fields(plain)})
    merging = replace(engine, memory=memory, table=Table(memory, merges=True))
    texts = [CONTRACT.replace("Oregon", law) + FILLER[: 90 * at] for at, law in enumerate(LAWS[:4])]
    banks = [Bank(tmp_path / name) for name in ("alone", "beside")]

    def sleep(text: str) -> str:
        with hurried(20):
            return consolidate(merging, text, key_for(merging, text), banks[1]).name

    with ThreadPoolExecutor(4) as threads:
        with merging.turn():
            built = [threads.submit(sleep, text) for text in texts]
            _wait(lambda: len(merging.table.turns._waiting) == 4)  # type: ignore[union-attr]
        names = [one.result() for one in built]
    assert memory.given[:3] == [4, 2, 2]
    for text, name in zip(texts, names, strict=True):
        assert name == consolidate(engine, text, key_for(engine, text), banks[0]).name
        alone, beside = [bank.load(name).fast_weights([0]) for bank in banks]
        for weight, expected in alone.items():
            torch.testing.assert_close(beside[weight], expected, rtol=1e-2, atol=1e-4)

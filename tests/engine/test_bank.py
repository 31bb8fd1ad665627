"""The bank and its index: what is there is found, what has gone is not, and damage mends itself."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidation import Bank, Engine, Source, Tiers, answer_question, consolidate
from consolidation.answers.route import likely_states
from consolidation.states.index import Entry
from tests.engine.conftest import CONTRACT, FILLER, key_for, state_file
from tests.engine.tiny import KEYWORDS, tiny_engine

WIDTH = len(KEYWORDS)
INDEX = f"windows-{WIDTH}.index"
QUESTION = "What is the governing law?"


def filled(folder: Path, numbers: range) -> tuple[Bank, list[str]]:
    """A bank with some documents' states."""
    engine, bank = tiny_engine(), Bank(folder)
    texts = [f"{number} {CONTRACT} {FILLER * (number % 7)}" for number in numbers]
    return bank, [consolidate(engine, text, key_for(engine, text), bank).name for text in texts]


def scores_of(bank: Bank, names: list[str], engine: Engine) -> dict[str, list[float]]:
    key = engine.router.question_keys([QUESTION])[0]
    return {name: scores_W.tolist() for name, scores_W in bank.scores(names, key).items()}


def expected(bank: Bank, names: list[str], engine: Engine) -> dict[str, list[float]]:
    key = engine.router.question_keys([QUESTION])[0]
    return {name: (bank.load(name).window_keys_WR.float() @ key).tolist() for name in names}


def test_scores_are_those_of_the_states_own_keys(tiny: Engine, tmp_path: Path) -> None:
    bank, names = filled(tmp_path, range(9))
    assert scores_of(bank, names, tiny) == expected(bank, names, tiny)
    assert scores_of(Bank(tmp_path), names, tiny) == expected(bank, names, tiny)


def test_a_state_that_has_gone_is_never_asked(tiny: Engine, tmp_path: Path) -> None:
    bank, names = filled(tmp_path, range(5))
    elsewhere = Bank(tmp_path)
    assert set(elsewhere.entries(names, WIDTH)) == set(names)
    for name in names:
        elsewhere.load(name)
    bank.remove(names[1])
    assert set(elsewhere.entries(names, WIDTH)) == set(names) - {names[1]}
    source = Source("d", "d.pdf", elsewhere, names[1], CONTRACT)
    assert answer_question(tiny, QUESTION, source).state == "waiting"
    for name in names:
        bank.remove(name)
    assert elsewhere.entries(names, WIDTH) == {}
    assert (tmp_path / INDEX).stat().st_size < 1024


@settings(max_examples=20, deadline=None)
@given(cut=st.floats(0, 1), flip=st.integers(0, 7) | st.none())
def test_a_damaged_index_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, cut: float, flip: int | None
) -> None:
    engine, folder = tiny_engine(), tmp_path_factory.getbasetemp() / "damaged"
    bank, names = filled(folder, range(4))
    path = folder / INDEX
    content = bytearray(path.read_bytes())
    at = min(int(cut * len(content)), len(content) - 1)
    if flip is None:
        content = content[:at]
    else:
        content[at] ^= 1 << flip
    path.write_bytes(bytes(content))
    fresh = Bank(folder)
    assert scores_of(fresh, names, engine) == expected(bank, names, engine)
    path.unlink()
    assert scores_of(fresh, names, engine) == expected(bank, names, engine)


def test_a_state_saved_and_not_indexed_is_found(tiny: Engine, tmp_path: Path) -> None:
    bank, names = filled(tmp_path / "a", range(2))
    _, others = filled(tmp_path / "b", range(2, 4))
    for name in others:
        state_file(tmp_path / "a", name).write_bytes(state_file(tmp_path / "b", name).read_bytes())
    assert scores_of(bank, names + others, tiny) == expected(bank, names + others, tiny)


def test_a_damaged_state_is_waiting_and_the_others_are_asked(tiny: Engine, tmp_path: Path) -> None:
    bank, names = filled(tmp_path, range(3))
    with bank.vault.write(bank.file(names[0])) as file:
        file.write(b"damaged")
    texts = [f"{number} {CONTRACT} {FILLER * (number % 7)}" for number in range(3)]
    findings = [
        answer_question(tiny, QUESTION, Source(str(i), f"{i}.pdf", bank, name, text))
        for i, (name, text) in enumerate(zip(names, texts, strict=True))
    ]
    assert [finding.state for finding in findings] == ["waiting", "check", "check"]
    assert [finding.text for finding in findings] == ["", "State of Oregon", "State of Oregon"]


def test_the_likeliest_documents_come_first(tiny: Engine, tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    texts = [FILLER * 5, CONTRACT, "Nothing at all is said here."]
    names = [consolidate(tiny, text, key_for(tiny, text), bank).name for text in texts]
    ranked = likely_states(tiny, QUESTION, Bank(tmp_path), [*names, "0" * 64])
    assert ranked[0] == (names[1], 1.0)
    assert {name for name, _ in ranked} == set(names)


def test_an_index_that_is_made_anew_meanwhile_shifts_no_scores(tiny: Engine, tmp_path: Path) -> None:
    _, names = filled(tmp_path, range(6))
    expected = likely_states(tiny, QUESTION, Bank(tmp_path), names)

    class Meanwhile(Bank):
        """Once the caller knows where its states are, another thread looks at an index that was lost."""

        def entries(self, names: Iterable[str], width: int) -> dict[str, Entry]:
            found = super().entries(names, width)
            (tmp_path / INDEX).unlink()
            super().entries([], width)
            return found

    assert names != sorted(names), "the index is made anew in another order"
    assert likely_states(tiny, QUESTION, Meanwhile(tmp_path), names) == expected


def test_loaded_states_are_kept_up_to_so_many_bytes(tmp_path: Path) -> None:
    bank, names = filled(tmp_path, range(8))
    size = bank.load(names[0]).nbytes
    small = Bank(tmp_path, tiers=Tiers(3 * size))
    kept = [small.load(name) for name in names]
    assert small.load(names[-1]) is kept[-1]
    assert small.load(names[0]) is not kept[0]
    none = Bank(tmp_path, tiers=Tiers(0))
    assert none.load(names[0]) is not none.load(names[0])


def test_several_workers_fill_one_bank(tiny: Engine, tmp_path: Path) -> None:
    """Each has a bank of its own, and so its own hold of the file, as processes have."""
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda first: filled(tmp_path, range(first, first + 6)), (0, 6, 12)))
    names = [path.stem for path in tmp_path.glob("*.safetensors")]
    bank = Bank(tmp_path)
    assert len(names) == 18
    assert scores_of(bank, names, tiny) == expected(bank, names, tiny)
    rows = (tmp_path / INDEX).stat().st_size / (2 * WIDTH)
    assert np.isclose(rows, round(rows))

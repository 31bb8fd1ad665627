"""Layers without memory for so many rows, in the middle of a call: smaller batches give what each row gives alone."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import torch

from consolidation import Bank, Engine, consolidate
from consolidation.answers.claims import decode
from consolidation.engine import shared
from consolidation.errors import DeviceFull
from consolidation.halving import times_halved
from consolidation.parts.generating.writer import Prompt, Writer
from consolidation.parts.hybrid.memory import HybridMemory
from consolidation.table.table import Table
from tests.engine import hybrids
from tests.engine.conftest import CONTRACT, key_for
from tests.engine.test_table import rows_of, together

pytestmark = pytest.mark.parametrize("name", ["GraniteMoeHybrid", "Qwen3Next"])


@contextmanager
def room_for(model: Any, rows: int) -> Iterator[list[int]]:
    """The last layer of a model of transformers has memory for so many rows; what it was given, and had room for.

    The layers before it have written into their states by then.
    """
    fitted = list[int]()

    def look(layer: Any, args: tuple[Any, ...], more: dict[str, Any]) -> None:
        given = args[0] if args else more["hidden_states"]
        if len(given) > rows:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        fitted.append(len(given))

    hook = model.base_model.layers[-1].register_forward_pre_hook(look, with_kwargs=True)
    try:
        yield fitted
    finally:
        hook.remove()


def model_of(engine: Engine) -> Any:
    return cast(HybridMemory, engine.memory).model.model


@pytest.mark.parametrize("room", [4, 3, 1])
def test_rows_of_a_table_are_answered_in_smaller_batches_each_as_if_alone(name: str, room: int) -> None:
    engine = hybrids.hybrid_engine(name)
    rows = rows_of(engine)
    parties = [rows[:2], rows[2:3], rows[3:5], rows[5:], rows]
    expected = [decode(engine, party) for party in parties]
    sharing = shared(engine)
    assert sharing.table is not None
    with room_for(model_of(engine), room) as fitted:
        found = together(sharing, parties)
    assert sharing.table.halved > 0 and 1 <= max(fitted) <= room
    for claims, alone in zip(found, expected, strict=True):
        assert [claim.text for claim in claims] == [claim.text for claim in alone]
        for left, right in zip(claims, alone, strict=True):
            assert dict(left.signals) == pytest.approx(dict(right.signals), abs=1e-3)
    assert [claim.text for claim in decode(sharing, rows)] == [claim.text for claim in expected[-1]]
    with room_for(model_of(engine), 0), pytest.raises(DeviceFull):
        decode(sharing, rows)


def test_documents_are_read_in_smaller_batches_into_the_states_of_each_alone(
    name: str, tmp_path: Path
) -> None:
    engine = hybrids.hybrid_engine(name)
    texts = [CONTRACT.replace("Oregon", law) for law in ("Oregon", "Nevada", "Texas", "Maine")]
    alone, beside = Bank(tmp_path / "alone"), Bank(tmp_path / "beside")
    merging, before = replace(engine, table=Table(engine.memory, merges=True)), times_halved()
    with room_for(model_of(engine), 2) as fitted, ThreadPoolExecutor(4) as threads:
        with merging.turn():
            built = [
                threads.submit(consolidate, merging, text, key_for(merging, text), beside) for text in texts
            ]
            while len(merging.table.turns._waiting) < 4:  # type: ignore[union-attr]
                pass
        names = [one.result().name for one in built]
    assert times_halved() > before and max(fitted) == 2 and len(set(names)) == 4
    for text, built_name in zip(texts, names, strict=True):
        assert built_name == consolidate(engine, text, key_for(engine, text), alone).name
        expected, state = (bank.load(built_name) for bank in (alone, beside))
        assert (state.windows, state.segments) == (expected.windows, expected.segments)
        for weight, value in expected.fast_weights([0]).items():
            torch.testing.assert_close(state.fast_weights([0])[weight], value, rtol=1e-2, atol=1e-4)


def test_prompts_are_written_in_smaller_batches_once(name: str) -> None:
    writer = Writer(hybrids.random_model(name), hybrids.bytes_tokenizer(), "cpu", most=6)

    def written(heard: list[str]) -> Sequence[str]:
        prompts = [Prompt("Say it.", f"{n}", on_text=heard.append if not n else None) for n in range(7)]
        return [one.text for one in writer.write(prompts)]

    expected, heard = written([]), list[str]()
    with room_for(writer.model.model, 3) as fitted:
        assert written(heard) == expected
    assert max(fitted) <= 3 and heard and heard[-1] == expected[0]

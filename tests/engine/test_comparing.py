"""Ways to keep documents side by side, and formulas of operations against torch's own count."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.planning import regret
from consolidation import Engine
from consolidation.evaluation.compacting import with_compacted_keys
from consolidation.evaluation.compared import Compared, figures_of, is_right, read_table
from consolidation.evaluation.comparing import SEVERAL, Asked, compare, steps_of, table_of
from consolidation.evaluation.reads import central
from consolidation.evaluation.telling import told
from consolidation.evaluation.ways import Text
from consolidation.parts.transformer import Shape, Transformer
from tests.engine.conftest import CONTRACT

ASKED = (
    Asked("What is the governing law?", ("the laws of the State of Oregon",), "law", trained=True),
    Asked(
        "What is the notice period to terminate renewal?", ("ninety (90) days",), "duration", ((449, 466),)
    ),
    Asked("What is the cap on liability?", (), "absent", ((449, 466),)),
)


@pytest.fixture(scope="module")
def rows(engine: Engine) -> list[Compared]:
    other = Text("other", "A lease of rooms. It says nothing of laws or of notices.")
    return list(compare(engine, Text("one", CONTRACT), [other], ASKED))


@pytest.mark.slow
def test_every_way_answers_the_same_questions_and_controls_do_not(rows: list[Compared]) -> None:
    figures = figures_of(rows)
    # of one question it is not known where the answer stands, and another has none, though a quote: nothing is read
    assert figures["questions"] == 3 and len(rows) == 3 * len(steps_of(1)) - 2
    assert [(row.number, row.tokens > 0) for row in rows if row.way == "gold_passage"] == [(2, True)]
    assert {row.number for row in rows if row.way == "attention"} == {1, 2, 3}
    for way in ("state_n1", "retrieval", "attention", "product"):
        assert figures[f"{way}_short_em"] == 100.0, way
    for way in ("no_context", "shuffled_state"):
        assert figures[f"{way}_short_em"] == figures[f"{way}_values_right"] == 0.0, way
    by_way = {row.way: row for row in rows if row.kind == "law" and row.among == 1}
    assert by_way["state_n4"].built_flops > by_way["state_n2"].built_flops > by_way["state_n1"].built_flops
    assert by_way["state_n1"].flops < by_way["attention"].flops
    # as few bytes as fast weights, and what they say comes from the document
    assert 0.8 < by_way["compacted_kv"].bytes / by_way["state_n1"].bytes < 1.2
    assert by_way["compacted_kv"].exact
    # of both documents together, both are kept and the surest answer is the right one
    several = {row.way: row for row in rows if row.kind == "law" and row.among == 2}
    assert set(several) == set(SEVERAL.values())
    assert several["product"].exact and several["product"].bytes > by_way["product"].bytes
    assert figures["by_documents"]["2"]["product"] == {"right": 100.0, "n": 2}
    assert figures["by_wording"]["trained"]["product"] == {"right": 100.0, "n": 1}
    assert by_way["state_n1"].cold and not [row.cold for row in rows if row.kind == "absent" and row.cold]
    table = list(csv.DictReader(io.StringIO(table_of(rows).decode())))
    assert len(table) == len(rows) and "Oregon" not in str(table)
    assert read_table(table_of(rows).decode().splitlines()) == rows


@pytest.mark.slow
def test_break_even_is_where_both_have_taken_as_long(rows: list[Compared]) -> None:
    model = rows[0]
    state = replace(model, way="state_n1", seconds=1.0, built_seconds=30.0)
    whole = replace(model, way="attention", seconds=4.0, built_seconds=0.0)
    figures = figures_of([state, whole])
    # one document tells nothing of others
    assert (figures["break_even_vs_attention"], figures["break_even_vs_attention_interval"]) == (10.0, None)
    many = [replace(row, document=f"{at}") for at in range(10) for row in (state, whole)]
    assert figures_of(many)["break_even_vs_attention_interval"] == [10.0, 10.0]
    assert figures_of([replace(state, seconds=5.0), whole])["break_even_vs_attention"] is None
    # however many questions each document has, it follows from the means that are told beside it
    more = [replace(state, document="two", seconds=s, built_seconds=60.0) for s in (2.0, 4.0, 6.0)]
    figures = figures_of([state, whole, *more, replace(whole, document="two", seconds=8.0)])
    saved = figures["attention_question_mean_ms"] - figures["state_n1_question_mean_ms"]
    assert figures["break_even_vs_attention"] == round(1000 * figures["state_n1_build_s"] / saved, 1) == 12.9


def test_rates_tell_of_how_many_questions_they_are_and_have_an_interval_over_enough_documents() -> None:
    def answered(documents: int, is_right: Callable[[int], bool]) -> dict[str, Any]:
        rows = [
            Compared("product", f"{at}", 9, "law", False, True, True, False, is_right(at), False, False, 0.1, 1, 1.0,
                     0.0, 0.0, 9)
            for at in range(documents)
        ]  # fmt: skip
        return figures_of([*rows, *rows])

    few, enough = (answered(number, lambda at: at % 2 == 0) for number in (9, 10))
    assert (few["product_values_right_n"], few["product_values_right_interval"]) == (18, None)
    low, high = enough["product_values_right_interval"]
    assert low < enough["product_values_right"] == 50.0 < high
    assert enough["by_length"]["short"]["product"]["interval"] == [low, high]
    # where all documents are alike, drawing among them says nothing: Wilson's interval of ten of ten
    assert answered(10, lambda at: True)["product_values_right_interval"] == [72.2, 100.0]
    assert "(72-100)" in told(answered(10, lambda at: True), ("product",))


@pytest.mark.slow
def test_planning_is_judged_on_matters_that_it_was_not_planned_by(rows: list[Compared]) -> None:
    def answered(document: str, way: str, right: bool) -> Compared:
        return replace(
            rows[0], document=document, way=way, right=right, exact=right, seconds=1.0, built_seconds=1.0
        )

    alike = [answered(name, way, way == "product") for name in "abcd" for way in ("attention", "product")]
    assert regret(alike)["planner_regret_pct"] == 0.0 < regret(alike)["attention_regret_pct"]
    assert regret(alike)["planner_matters"] == 2
    # what the other matter's figures say is wrong of this one
    last = (replace(row, right=not row.right, exact=not row.exact) for row in alike[4:])
    turned = [*alike[:4], *last]
    assert regret(turned)["planner_regret_pct"] > 100.0


def test_values_count_in_other_words_and_a_list_as_a_set() -> None:
    assert is_right("What is the notice period?", ("ninety (90) days",), "90 days")
    assert is_right("Who are the parties?", ("Acme Inc.", "Birch LLC"), "Birch LLC; Acme Inc.")
    assert not is_right("Who are the parties?", ("Acme Inc.", "Birch LLC"), "Cedar GmbH")
    assert is_right("Which states?", ("Ohio", "Utah", "Iowa"), "Ohio, Utah and Iowa")
    assert not is_right("Which states?", ("Ohio", "Utah", "Iowa"), "Ohio, Maine and Texas")
    assert not is_right("Which states?", ("Ohio", "Utah", "Iowa"), "Ohio")
    assert is_right("Who?", (), "") and not is_right("Who?", (), "Acme")


def test_an_extract_takes_unlike_passages() -> None:
    keys = torch.nn.functional.normalize(torch.tensor([[1.0, 0.1], [1.0, 0.1], [0.2, 1.0]]), dim=1)
    assert central(keys, 2) in ([0, 2], [1, 2])


@pytest.mark.parametrize("tokens", [16, 200])
def test_operations_of_layers_are_those_that_torch_counts(tokens: int) -> None:
    model = Transformer("retriever", Shape(width=48, layers=2, heads=4, inner=96))
    words, part = torch.zeros(1, tokens, 48), torch.zeros(1, tokens, dtype=torch.long)
    with (
        torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH),
        FlopCounterMode(display=False) as counted,
    ):
        model.embed(words, part, torch.ones(1, tokens, dtype=torch.bool))
    assert model.flops(tokens) == counted.get_total_flops()


def test_operations_of_the_memory_are_near_those_that_torch_counts(engine: Engine) -> None:
    memory, compacting = engine.memory, with_compacted_keys(engine).memory
    windows = memory.tokenise("Nothing that was read before. " + CONTRACT * 2)
    tokens, spent = int(windows.lengths_W[0]), list[int]()
    for one, passes in ((memory, 1), (memory, 1), (memory, 3), (compacting, 1)):
        with (
            torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH),
            FlopCounterMode(display=False) as counted,
        ):
            one.read(windows, [0], one.blank_state(), passes)
        spent.append(counted.get_total_flops())
    assert memory.consolidate_flops(tokens, 1) == pytest.approx(spent[0], rel=0.03)
    # what was encoded is kept: only the passes are left
    more = memory.consolidate_flops(tokens, 3) - memory.consolidate_flops(tokens, 1)
    assert more == pytest.approx(spent[2] - spent[1], rel=0.1)
    # beside what a pass takes, what compacting does is counted
    more = compacting.consolidate_flops(tokens, 1) - memory.consolidate_flops(tokens, 1)
    assert more == pytest.approx(spent[3] - spent[1], rel=0.1)

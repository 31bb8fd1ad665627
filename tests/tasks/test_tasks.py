"""The tasks of the method: their samples and graders against plain computation, and the model that sleeps on them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from laboratory.tasks import flops
from laboratory.tasks.catalogue import SCALES, task
from laboratory.tasks.closed import exact
from laboratory.tasks.depo import Depo
from laboratory.tasks.model import Shape, Sleeper, Writes
from laboratory.tasks.rule110 import after
from laboratory.tasks.samples import NOT_ASKED, PAD
from laboratory.tasks.study import SETTLED, adaptive, needs_passes, study
from laboratory.tasks.sums import FIRST_NUMBER, IS, MINUS, Sums, operations
from laboratory.tasks.train import Run, Trainer, shape_of

NAMES = ("rule110_t4", "depo_k2", "mqar", "phonebook", "gsm", "gsm_question_first")


def plain_rule110(bits: list[int], steps: int) -> list[int]:
    born = {(1, 1, 0), (1, 0, 1), (0, 1, 1), (0, 1, 0), (0, 0, 1)}
    for _ in range(steps):
        size = len(bits)
        bits = [int((bits[i - 1], bits[i], bits[(i + 1) % size]) in born) for i in range(size)]
    return bits


@given(st.lists(st.integers(0, 1), min_size=3, max_size=24), st.integers(0, 12))
def test_rule_110(bits: list[int], steps: int) -> None:
    assert after(np.array(bits), steps).tolist() == plain_rule110(bits, steps)


def test_depo_follows_the_edges() -> None:
    made = Depo(edges=5, hops=(1, 2, 16), questions=8).samples(20, np.random.default_rng(1))
    for windows, asked, targets in zip(made.windows_BWL, made.asked_BQ, made.targets_BQ, strict=True):
        edges = dict(windows.reshape(-1, 3)[:, :2].tolist())
        for hop, node, target in zip(asked[0::2], asked[1::2], targets[1::2], strict=True):
            for _ in range((1, 2, 16)[hop - 2]):
                node = edges[node]
            assert node == target


def test_sums_come_out() -> None:
    of = Sums(question_first=True)
    made = of.samples(40, np.random.default_rng(2))
    seen = set()
    for windows, asked, targets in zip(made.windows_BWL, made.asked_BQ, made.targets_BQ, strict=True):
        facts = {row[0]: row[2:] for row in windows.reshape(-1, 5).tolist() if row[1] == IS}

        def value(name: int, facts: dict[int, list[int]] = facts) -> int:
            one, sign, other = facts[name]
            if sign == PAD:
                return one - FIRST_NUMBER
            return (value(one) + (-value(other) if sign == MINUS else value(other))) % of.modulus

        assert value(int(asked[1])) == targets[1] - FIRST_NUMBER
        seen.add(operations(windows, int(asked[1])))
    assert seen == set(of.operations)


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_is_graded_right_and_all_else_wrong(name: str) -> None:
    made_by = task(name, SCALES["tiny"])
    made = made_by.samples(30, np.random.default_rng(3))
    assert made.windows_BWL.max() < made_by.vocabulary and made.windows_BWL.min() >= 0
    assert all(flags.all() for flags in made_by.grades(made.targets_BQ, made).values())
    wrong = np.where(made.targets_BQ == NOT_ASKED, NOT_ASKED, made.targets_BQ + 1)
    assert not any(flags.any() for flags in made_by.grades(wrong, made).values())


def test_operations_by_formula_are_those_of_the_operators() -> None:
    written: tuple[Writes, ...] = ("gated_delta", "additive", "closed_form")
    for run in (
        *(Run("depo_k2", scale="tiny", writes=writes, passes=2) for writes in written),
        Run("depo_k2", scale="tiny", passes=2, sliding=True),
    ):
        made = task("depo_k2", SCALES["tiny"]).samples(3, np.random.default_rng(0))
        model = Sleeper(shape_of(run))
        with FlopCounterMode(display=False) as counted, sdpa_kernel(SDPBackend.MATH):
            model(torch.from_numpy(made.windows_BWL), torch.from_numpy(made.asked_BQ), 2)
        assert flops.forward(shape_of(run), made, 2) == pytest.approx(counted.get_total_flops(), rel=0.05)


def test_a_study_that_is_stopped_goes_on_and_writes_what_is_finished(tmp_path: Path) -> None:
    base = Run("", scale="tiny", graded=16)
    only = frozenset({"rule110_t1_n4", "rule110_t2_n4", "rule110_t2_longer_n1", "depo_k1_n1", "depo_k2_n1"})
    out = tmp_path / "out"
    study(base, out, "cpu", only, tmp_path, within=0.0)
    assert not (tmp_path / "paper_tasks.json").exists()
    study(base, out, "cpu", only, tmp_path)
    figures = json.loads((tmp_path / "paper_tasks.json").read_text())["figures"]
    assert {
        "tiny_rule110_t1_n4",
        "tiny_rule110_t2_n4",
        "tiny_depo_k1_n1",
        "tiny_depo_k2_n1",
    } <= figures.keys()
    # left out: a rung whose rung below was not asked for, and names of the published scale
    assert not [name for name in figures if "longer" in name or name.startswith(("rule110", "depo"))]
    assert figures["configurations"]["depo_k2_n1"]["reported"] == ["depo_k1_n1", "depo_k2_n1"]
    above = figures["configurations"]["rule110_t2_n4"]
    assert above["begun_from"] == "rule110_t1_n4" and above["steps"] == 2
    assert (
        figures["forecast"]["operations"]["rule110_t32_n4"]
        > 3 * figures["forecast"]["operations"]["rule110_t32_n1"]
    )


def test_a_figure_of_several_seeds_is_their_mean_and_has_each_beside_it(tmp_path: Path) -> None:
    base = Run("", scale="tiny", graded=16)
    only = frozenset({"gsm_n1", "gsm_sliding_n2"})
    study(base, tmp_path / "out", "cpu", only, tmp_path, seeds=3)
    record = json.loads((tmp_path / "paper_tasks.json").read_text())
    figures = record["figures"]
    assert "--seed 0 --seeds 3" in record["command"] and figures["seeds"] == 3
    for key in ("tiny_gsm_1ops_n1", "tiny_gsm_2ops_sliding_n2"):
        of_seeds = figures[f"{key}_seeds"]
        assert len(of_seeds) == 3 and figures[key] == pytest.approx(sum(of_seeds) / 3, abs=0.051)
    first = json.loads((tmp_path / "out" / "tiny" / "seed2" / "gsm_n1" / "result.json").read_text())
    assert first["run"]["seed"] == 2 and first["grades"]["1ops"] == figures["tiny_gsm_1ops_n1_seeds"][2]
    assert figures["configurations"]["gsm_sliding_n2"]["sliding"] is True


def test_attention_slides_into_the_window_before_and_no_further() -> None:
    torch.manual_seed(0)
    model = Sleeper(Shape(20, width=32, layers=1, key_width=8, value_width=8, sliding=True))
    with torch.no_grad():
        # nothing is read of fast weights, so that attention alone is seen
        for parameter in model.layers[0].memory.out.parameters():  # type: ignore[union-attr]
            parameter.zero_()
    windows, asked = torch.randint(1, 20, (2, 3, 6)), torch.randint(1, 20, (2, 4))
    said = model(windows, asked, 1)
    far, near, left = windows.clone(), windows.clone(), windows.clone()
    far[:, 1] = far[:, 1] % 19 + 1
    near[:, 2, -1] = near[:, 2, -1] % 19 + 1
    left[:, 2, 2] = left[:, 2, 2] % 19 + 1
    assert torch.equal(model(far, asked, 1), said)
    assert not torch.allclose(model(near, asked, 1), said, atol=1e-4)
    # a token tells of the one before it too: what is asked fourth sees the last two of six
    assert not torch.allclose(model(left, asked, 1)[:, 0], said[:, 0], atol=1e-4)
    assert torch.equal(model(left, asked, 1)[:, 3], said[:, 3])
    states, made = model.sleep(windows, 3, settle=1e9)
    assert made == 1 and states[0][0].shape == (2, 6, 32)


def test_passes_that_stop_by_themselves_are_told_where_passes_matter() -> None:
    learned = {"grades": {"all": 90.0, "mean_passes": 4.0}, "at_passes": {"1": {"all": 30.0}}}
    guessed = {"grades": {"all": 29.0, "mean_passes": 4.0}, "at_passes": {"1": {"all": 28.0}}}
    assert needs_passes(learned) and not needs_passes(guessed)
    kept = {"all": 90.0, "mean_passes": 3.0}
    told = adaptive({"one": learned | {"settled": dict.fromkeys(map(str, SETTLED), kept)}})
    assert (told["mean_passes"], told["accuracy_vs_fixed_pct"]) == (3.0, 100.0)


def test_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    run = Run("rule110_t1", scale="tiny", passes=2, batch=16, cool=0, steps=16, graded=128)
    whole = Trainer(run, tmp_path / "whole")
    whole.train()
    Trainer(replace(run, steps=6), tmp_path / "parts").train()
    parts = Trainer(run, tmp_path / "parts")
    assert parts.step == 6
    parts.train()
    assert whole.grade() == parts.grade() and whole.tokens == parts.tokens
    for one, other in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize("writes", ["gated_delta", "additive", "closed_form"])
def test_the_past_reaches_the_question_through_fast_weights_alone(writes: str) -> None:
    torch.manual_seed(0)
    model = Sleeper(Shape(20, width=32, layers=2, key_width=8, value_width=8, writes=writes))  # type: ignore[arg-type]
    windows, asked = torch.randint(1, 20, (3, 2, 6)), torch.randint(1, 20, (3, 4))
    states, made = model.sleep(windows, 3)
    assert made == 3
    assert torch.equal(model(windows, asked, 3), model.awake(asked, states))
    other = model.awake(asked, model.sleep(windows.flip(-1), 3)[0])
    assert not torch.allclose(other, model.awake(asked, states), atol=1e-4)
    # a sample's passes end by its own state, whatever stands beside it
    assert model.sleep(windows, 3, settle=1e9)[1] == 1
    settled, mean = model.sleep(windows, 3, settle=0.5)
    alone = [model.sleep(windows[i : i + 1], 3, settle=0.5) for i in range(3)]
    assert mean == pytest.approx(sum(one for _, one in alone) / 3)
    torch.testing.assert_close(settled[0][0][1:2], alone[1][0][0][0])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.permutations(range(4)))
def test_the_closed_form_in_any_order_and_without_a_document(seed: int, order: list[int]) -> None:
    made = torch.Generator().manual_seed(seed)

    def window() -> tuple[torch.Tensor, ...]:
        return (
            torch.randn(1, 2, 5, 4, generator=made),
            torch.randn(1, 2, 5, 3, generator=made),
            torch.rand(1, 2, 5, generator=made),
        )

    sums = [exact(*window()) for _ in range(4)]
    forward = sums[0] + sums[1] + sums[2] + sums[3]
    mixed = sums[order[0]] + sums[order[1]] + sums[order[2]] + sums[order[3]]
    assert torch.equal(forward.gram, mixed.gram) and torch.equal(forward.cross, mixed.cross)
    without = (forward - sums[2]).floating()
    never = (sums[0] + sums[1] + sums[3]).floating()
    assert all(torch.equal(one, other) for one, other in zip(without, never, strict=True))

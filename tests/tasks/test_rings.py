"""Rule 110 taught by its steps: the shares of layers, the sleep on rings, and the figures beside others'."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from laboratory.tasks.model import Shape
from laboratory.tasks.plan import planned
from laboratory.tasks.ringed import Ringed
from laboratory.tasks.rings import KEY, figures, split, wilson, write
from laboratory.tasks.rule110 import ZERO, Rule110, after
from laboratory.tasks.stepwise import kept, shares, to_leave, told
from laboratory.tasks.train import Run, shape_of

SMALL = Rule110(steps=6, strings=3, cells=8)


def ringed(marked: bool = False) -> Ringed:
    torch.manual_seed(0)
    return Ringed(
        Shape(
            SMALL.vocabulary,
            8,
            32,
            2,
            attention_heads=8,
            heads=2,
            key_width=8,
            value_width=8,
            ring=8,
            windows=3,
            marked=marked,
        )
    )


@given(st.integers(16, 40), st.integers(1, 4), st.integers(1, 16))
def test_layers_share_all_steps_and_passes_but_the_first_are_alike(
    steps: int, passes: int, layers: int
) -> None:
    made = np.array(shares(steps, passes, layers)).reshape(passes, layers)
    assert made.sum() == steps and (made >= 0).all()
    assert (made[1:] == made[-1]).all() and made[0].sum() <= made[-1].sum()


@pytest.mark.parametrize("marked", [True, False])
def test_what_is_told_reaches_all_weights_but_the_mark_of_passes_that_are_alike(marked: bool) -> None:
    model = ringed(marked)
    loss, samples = told(model, SMALL, 4, 2, 2, np.random.default_rng(0))
    loss.backward()
    assert {name for name, p in model.named_parameters() if p.grad is None} == (
        set() if marked else {"first"}
    )
    assert samples.windows_BWL.shape == (4, 3, 8)


def test_a_pass_is_told_to_go_on_from_what_the_one_before_has_said() -> None:
    bits = np.random.default_rng(2).integers(0, 2, (1, 1, 8))
    wrong = 1 - after(bits, 3)
    scores = torch.zeros(4, 1, 1, 8, SMALL.vocabulary)
    # two passes of two layers: what the first layer says does not count, what the second says does
    scores[1].scatter_(-1, torch.from_numpy(ZERO + wrong)[..., None], 1.0)
    told_to = to_leave(bits, [1, 2, 2, 1], 2, scores).numpy() - ZERO
    expected = [after(bits, 1), after(bits, 3), after(wrong, 2), after(wrong, 3)]
    assert (told_to == np.stack(expected)).all()


def test_memory_is_learned_without_any_layer_that_computes() -> None:
    model = ringed()
    loss, samples = kept(model, SMALL, 4, np.random.default_rng(0))
    loss.backward()
    assert {name for name, p in model.layers.named_parameters() if p.grad is not None} == set()
    assert all(p.grad is not None for p in model.memory.parameters())
    # asked is the first cell of each string as it was given
    assert (samples.windows_BWL[..., 0] == samples.targets_BQ).all()


def test_the_first_pass_is_told_apart_only_where_it_has_less_to_do() -> None:
    assert shape_of(Run("rule110_t32", scale="rings", passes=3, taught="steps")).marked
    assert not shape_of(Run("rule110_t32", scale="rings", passes=4, taught="steps")).marked
    ids = torch.from_numpy(SMALL.samples(4, np.random.default_rng(1)).windows_BWL)
    with torch.inference_mode():
        marked, plain = ringed(marked=True), ringed()
        assert not torch.equal(marked.left(ids, 2)[0], marked.left(ids, 2, first=False)[0])
        assert torch.equal(plain.left(ids, 2)[0], plain.left(ids, 2, first=False)[0])


def test_what_is_taught_is_slept_on_as_what_is_graded() -> None:
    model = ringed()
    ids = torch.from_numpy(SMALL.samples(4, np.random.default_rng(1)).windows_BWL)
    with torch.inference_mode():
        scores, taught = model.left(ids, 2)
        slept, _ = model.sleep(ids, 2)
    assert scores.shape == (4, 4, 3, 8, SMALL.vocabulary)
    torch.testing.assert_close(taught, slept)


def test_answers_depend_on_windows_through_fast_weights_alone() -> None:
    model = ringed()
    made = [SMALL.samples(4, np.random.default_rng(seed)) for seed in (1, 2)]
    one, other = (torch.from_numpy(each.windows_BWL) for each in made)
    asked = torch.from_numpy(made[0].asked_BQ)
    with torch.inference_mode():
        states, passes = model.sleep(one, 2)
        others, _ = model.sleep(other, 2)
        assert passes == 2
        assert torch.equal(model(one, asked, 2), model.awake(asked, states))
        # other windows with the fast weights of the first say what the first say
        assert not torch.allclose(model.awake(asked, states), model.awake(asked, others))
        blank = model.awake(asked, model.blank(4))
        assert torch.equal(blank[0], blank[1])


def test_a_ring_has_no_first_place_for_attention() -> None:
    around = ringed().layers[0].around
    scores = around()[0]  # type: ignore[operator]
    torch.testing.assert_close(scores.roll((3, 3), (1, 2)), scores)
    ids = torch.from_numpy(SMALL.samples(1, np.random.default_rng(1)).windows_BWL)
    with pytest.raises(ValueError, match="as often"):
        ringed().sleep(ids, 2, settle=0.5)


def test_controls_are_taught_as_long_as_passes() -> None:
    plans = {plan.name: plan for plan in planned(Run("", scale="rings"))}
    assert {f"rule110_t{t}_n{n}" for t in (16, 32) for n in (1, 2, 3, 4)} | {"rule110_t32_n6"} < plans.keys()
    graded = [plan for plan in plans.values() if plan.run.taught == "steps"]
    begun = {plan.after for plan in graded}
    longer = [plan for plan in graded if "_longer_" in plan.name]
    assert len({(plan.run.steps, plan.run.once) for plan in graded if plan not in longer}) == 1
    # what was not learned in as many steps is taught for longer, more layers too
    assert {plan.name for plan in longer} >= {"rule110_t32_longer_n3", "rule110_t32_deeper_longer_n1"}
    assert len({(plan.run.steps, plan.run.once) for plan in longer}) == 1
    assert longer[0].run.steps > graded[0].run.steps
    assert all(plan.run.graded >= 1024 for plan in graded)
    # all begin with memory alone, taught alike; that of more layers has its own
    assert begun == {"rule110_keeping_n1", "rule110_keeping_deeper_n1"}
    memory = [plans[name].run for name in begun if name]
    assert len({run.steps for run in memory}) == 1 and {run.taught for run in memory} == {"keeping"}
    deeper = plans["rule110_t32_deeper_n1"].run
    assert (deeper.passes, deeper.deeper) == (1, 4)
    assert all(plan.run.passes_at(plan.run.steps - 1) == plan.run.passes for plan in graded)
    assert all(plan.run.passes_at(plan.run.once - 1) == 1 for plan in graded)


def test_figures_of_rings_stand_beside_those_of_other_scales(tmp_path: Path) -> None:
    path = tmp_path / "paper_tasks.json"
    before = {"command": "others", "machine": {"cores": 1}, "figures": {"small_rule110_t2_n1": 50.0}}
    path.write_text(json.dumps(before))
    plan = next(plan for plan in planned(Run("", scale="rings")) if plan.name == "rule110_t32_n4")
    grown = figures([(plan, {"grades": {"all": 90.0}, "run": {"graded": 1024}})])
    write(path, "rings", grown | {KEY: {"command": "rings", "configurations": {plan.name: {}}}})
    told = json.loads(path.read_text())
    own, others = split(told)
    assert others == before["figures"] and {**told, "figures": others} == before
    assert own.keys() == {"rule110_t32_n4", "rule110_t32_n4_interval", KEY}


def test_intervals_of_shares() -> None:
    assert wilson(100.0, 1024) == [99.6, 100.0]
    low, high = wilson(50.0, 1024)
    assert low < 50 < high and high - low == pytest.approx(6.1, abs=0.15)

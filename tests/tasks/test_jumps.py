"""Depo by lookups: what passes are told, what they can read, and the figures beside others'."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from laboratory.tasks import doubling
from laboratory.tasks.catalogue import SCALES, task
from laboratory.tasks.depo import EDGE, Depo
from laboratory.tasks.jumping import Jumping
from laboratory.tasks.plan import planned
from laboratory.tasks.rings import LOOKUPS, figures, split, write
from laboratory.tasks.taught import graded, in_windows, model_of
from laboratory.tasks.train import Run, shape_of

SCALE = SCALES["lookups"]
DEPO = task("depo_k16", SCALE)


def jumping() -> Jumping:
    torch.manual_seed(0)
    model = model_of(shape_of(Run("depo_k16", scale="lookups")), lookups=SCALE.lookups)
    assert isinstance(model, Jumping) and isinstance(DEPO, Depo)
    return model


def test_each_pass_is_told_jumps_twice_as_long() -> None:
    assert isinstance(DEPO, Depo)
    samples = DEPO.samples(3, np.random.default_rng(0))
    told = doubling.jumps(DEPO, samples, 4)
    after = doubling.following(DEPO, samples)
    for sample, window in enumerate(samples.windows_BWL[:, 0]):
        for edge, start in enumerate(window[::EDGE] - DEPO.first_node):
            for made in range(4):
                node = start
                for _ in range(2**made):
                    node = after[sample, node]
                assert told[made, sample, edge] == node + DEPO.first_node


@pytest.mark.parametrize("taught", ["told", "kept"])
def test_what_is_told_reaches_all_weights_that_it_goes_through(taught: str) -> None:
    assert isinstance(DEPO, Depo)
    model, random = jumping(), np.random.default_rng(0)
    if taught == "told":
        loss, _ = doubling.told(model, DEPO, 2, 3, random)
    else:
        loss, _ = doubling.kept(model, DEPO, 2, random)
    loss.backward()
    without = {name for name, p in model.named_parameters() if p.grad is None}
    # no pass is made while memory alone is taught, so no mark is said
    assert without == (set() if taught == "told" else {"next_mark.weight", "next_mark.bias"})


def test_the_first_pass_knows_each_edge_alone_and_the_second_what_was_written() -> None:
    model, samples = jumping(), DEPO.samples(2, np.random.default_rng(1))
    window = torch.from_numpy(samples.windows_BWL[:1, 0])
    other = torch.from_numpy(samples.windows_BWL[1:, 0]).clone()
    other[:, :EDGE] = window[:, :EDGE]
    with torch.inference_mode():
        (one, _, _), (two, _, _) = (model.left(each, 2, model.blank(1)) for each in (window, other))
    torch.testing.assert_close(one[0, :, :, 0], two[0, :, :, 0])
    assert not torch.allclose(one[1, :, :, 0], two[1, :, :, 0])


def test_as_many_lookups_are_made_when_asked_whatever_the_passes() -> None:
    model, samples = jumping(), DEPO.samples(2, np.random.default_rng(1))
    windows, asked = torch.from_numpy(samples.windows_BWL), torch.from_numpy(samples.asked_BQ)
    with torch.inference_mode():
        for passes in (1, 4):
            states, made = model.sleep(windows, passes)
            assert made == passes and len(states) == SCALE.layers == len(model.asked(asked, states))
            assert [s[0].shape for s in states] == [s[0].shape for s in model.blank(2)]
            assert torch.equal(model(windows, asked, passes), model.awake(asked, states))
        blank = model.awake(asked[:1].repeat(2, 1), model.blank(2))
    assert torch.equal(blank[0], blank[1]) and blank.shape[:2] == asked.shape
    with pytest.raises(ValueError, match="as often"):
        model.sleep(windows, 2, settle=0.5)


def test_each_k_is_graded_once_of_each_sample_and_edges_are_shared_out_over_windows() -> None:
    samples = graded(DEPO).samples(5, np.random.default_rng(0))
    assert (samples.asked_BQ[:, 0::2] == [2, 3, 4, 5]).all()
    right = graded(DEPO).grades(samples.targets_BQ, samples)
    assert {name: len(flags) for name, flags in right.items()} == {"k2": 5, "k4": 5, "k8": 5, "k16": 5}
    shared = in_windows(DEPO, 5)
    assert shared.samples(2, np.random.default_rng(0)).windows_BWL.shape == (2, 5, 5 * EDGE)
    assert shared.vocabulary == DEPO.vocabulary
    with pytest.raises(ValueError, match="evenly"):
        in_windows(DEPO, 4)


def test_all_passes_begin_from_one_memory_and_make_as_many_steps() -> None:
    plans = {plan.name: plan for plan in planned(Run("", scale="lookups"))}
    for ending in ("", "_answers"):
        passes = [plans[f"depo_k16{ending}_n{n}"] for n in (1, 2, 3, 4)]
        assert [plan.run.passes for plan in passes] == [1, 2, 3, 4]
        assert {plan.after for plan in passes} == {"depo_keeping_n1"}
        assert len({(plan.run.steps, plan.run.taught, plan.run.batch) for plan in passes}) == 1
        assert all(plan.run.graded == 1024 for plan in passes)
    deeper, memory = plans["depo_k16_deeper_n1"], plans["depo_keeping_deeper_n1"].run
    assert (deeper.run.passes, deeper.run.deeper, deeper.after) == (1, 4, "depo_keeping_deeper_n1")
    assert deeper.run.steps == plans["depo_k16_n4"].run.steps
    assert memory.steps == plans["depo_keeping_n1"].run.steps and memory.deeper == 4


def test_figures_of_lookups_stand_beside_those_of_rings(tmp_path: Path) -> None:
    path = tmp_path / "paper_tasks.json"
    of_rings = {"rule110_t32_n4": 90.0, "rings": {"configurations": {"rule110_t32_n4": {}}}}
    before = {"command": "others", "machine": {}, "figures": {"small_depo_k4_n1": 11.9, **of_rings}}
    path.write_text(json.dumps(before))
    plan = next(plan for plan in planned(Run("", scale="lookups")) if plan.name == "depo_k16_n4")
    grown = figures([(plan, {"grades": {"k4": 50.0, "mean_passes": 4}, "run": {"graded": 1024}})])
    assert grown["depo_k4_n4"] == 50.0 and grown.keys() == {"depo_k4_n4", "depo_k4_n4_interval"}
    how = {LOOKUPS: {"configurations": {plan.name: {"reported": ["depo_k4_n4"]}}}}
    write(path, "lookups", grown | how, LOOKUPS)
    told = json.loads(path.read_text())
    assert split(told)[1] == {"small_depo_k4_n1": 11.9}
    assert split(told, (LOOKUPS,))[1] == before["figures"]


def test_recall_and_sums_stand_beside_others_with_equal_steps() -> None:
    for scale, names in (
        ("pairs", ["mqar_n1", "mqar_closed_form", "mqar_n4"]),
        (
            "sums",
            [
                *(f"gsm_n{n}" for n in (4, 1, 9, 2, 7, 3)),
                "gsm_answers_n4",
                "gsm_answers_n1",
                "gsm_longer_n1",
            ],
        ),
    ):
        plans = planned(Run("", scale=scale))
        assert [plan.name for plan in plans] == names
        equal = {(plan.run.steps, plan.run.graded) for plan in plans if "longer" not in plan.name}
        assert equal == {(SCALES[scale].steps, 1024)}
        grades = {"each": 50.0, "2ops": 50.0, "8ops": 25.0, "mean_passes": 1.0}
        grown = figures([(plan, {"grades": grades, "run": {"graded": 1024}}) for plan in plans])
        kept = {scale: {"configurations": {p.name: {"reported": list(grown)} for p in plans}}}
        assert split({"figures": grown | kept}) == (grown | kept, {})

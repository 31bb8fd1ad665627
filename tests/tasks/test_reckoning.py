"""Sums taught by their operations: what passes are told, what they can reach, and the model that does them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from laboratory.tasks.catalogue import SCALES, task
from laboratory.tasks.plan import planned
from laboratory.tasks.reckoning import Reckoning
from laboratory.tasks.resolving import STEPS, reached, steps, told
from laboratory.tasks.samples import PAD, Ids
from laboratory.tasks.sums import FACT, FILLER, FIRST_NUMBER, IS, MINUS, PLUS, Sums
from laboratory.tasks.taught import model_of
from laboratory.tasks.train import Run, Trainer, shape_of

SCALE = SCALES["sums"]
OF = Sums(operations=(2, 4, 6, 8), distractors=2, names=20, modulus=5, windows=4, window=25)
#: The token of the first name of these sums.
NAME = FIRST_NUMBER + OF.modulus


def reckoning() -> Reckoning:
    torch.manual_seed(0)
    model = model_of(shape_of(Run("gsm", scale="sums")), facts=SCALE.facts)
    assert isinstance(model, Reckoning)
    return model


def plain_values(windows_WL: Ids) -> dict[int, int]:
    """The value of every name, by plain computation over all windows."""
    facts = {row[0]: row[2:] for row in windows_WL.reshape(-1, FACT).tolist() if row[1] == IS}

    def value(name: int) -> int:
        one, sign, two = facts[name]
        if sign == PAD:
            return int(one) - FIRST_NUMBER
        return (value(one) + (-value(two) if sign == MINUS else value(two))) % OF.modulus

    return {name: value(name) for name in facts}


def laid(*windows: list[tuple[int, int, int, int]]) -> Ids:
    """Windows of facts (name, operand, sign, operand), filled up."""
    made = np.full((len(windows), OF.window), FILLER)
    for window, facts in zip(made, windows, strict=True):
        for at, (name, one, sign, two) in enumerate(facts):
            window[at * FACT : (at + 1) * FACT] = name, IS, one, sign, two
    return made


def test_the_scale_asks_the_sums_of_the_record() -> None:
    assert task("gsm", SCALE) == OF


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 7))
def test_what_is_known_is_true_and_never_comes_from_later_windows(seed: int, passes: int) -> None:
    samples = OF.samples(2, np.random.default_rng(seed))
    for windows in samples.windows_BWL:
        told_to, known = steps(OF, windows, passes)
        values = plain_values(windows)
        assert all(values[name] == number - FIRST_NUMBER for name, number in known.value.items())
        for window in range(OF.windows):
            before, _ = steps(OF, windows[: window + 1], passes)
            assert (before == told_to[: window + 1]).all()
        # every number that a fact is left with is its value, every number for an operand that operand's
        for name, one, sign, two in told_to[:, :, 2].reshape(-1, 4).tolist():
            if name != FILLER and sign == PAD:
                assert values[name] == one - FIRST_NUMBER and two == PAD
        given, found = told_to[:, :, 0].reshape(-1, 4), told_to[:, :, 1].reshape(-1, 4)
        for word, number in zip(given.flatten(), found.flatten(), strict=True):
            assert word == number or values[int(word)] == number - FIRST_NUMBER


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31))
def test_in_one_window_n_passes_do_one_operation_fewer(seed: int) -> None:
    for operations in (1, 2, 6):
        of = replace(OF, operations=(operations,), windows=1, window=80)
        samples = of.samples(2, np.random.default_rng(seed))
        for windows, asked in zip(samples.windows_BWL, samples.asked_BQ, strict=True):
            for passes in range(1, 8):
                known = steps(of, windows, passes)[1].value
                assert (int(asked[1]) in known) == (passes > operations)


def test_what_a_later_window_gives_reaches_facts_of_earlier_ones() -> None:
    a, b, c, d, e = range(NAME, NAME + 5)
    three, four = FIRST_NUMBER + 3, FIRST_NUMBER + 4
    windows = laid(
        [(e, d, MINUS, b), (b, four, PAD, PAD)],
        [(d, c, PLUS, a)],
        [(c, three, PAD, PAD)],
        [(a, four, PAD, PAD)],
    )
    made = {passes: steps(OF, windows, passes) for passes in (1, 2, 3)}
    # d is 3 + 4 and e one pass later d - 4, modulo 5; each pass over the last window does one operation more
    assert {passes: set(known.value) & {d, e} for passes, (_, known) in made.items()} == {
        1: set(),
        2: {d},
        3: {d, e},
    }
    assert made[3][1].value[d] - FIRST_NUMBER == 2 and made[3][1].value[e] - FIRST_NUMBER == 3
    # c went on with d, which waited for it, and left it with a number for c
    went_on = made[3][0][2, :, :, 0].tolist()
    assert went_on[0][-1] == [d, c, PLUS, a] and went_on[1][1] == [d, three, PLUS, a]


def test_of_two_facts_that_wait_by_one_operand_the_later_stays() -> None:
    a, b, c, d = range(NAME, NAME + 4)
    zero = FIRST_NUMBER
    windows = laid([(b, a, PLUS, d)], [(c, a, MINUS, d)], [(d, zero, PAD, PAD)], [(a, zero, PAD, PAD)])
    known = steps(OF, windows, 7)[1].value
    assert c in known and b not in known


def test_more_passes_reach_more_and_each_operation_wants_one() -> None:
    shares = [reached(OF, passes, 64, seed=0) for passes in (1, 2, 4, 7, 9)]
    for operations in ("2ops", "4ops", "6ops", "8ops"):
        known = [each[operations] for each in shares]
        assert known == sorted(known)
    assert shares[0]["6ops"] == 0.0 and shares[1]["6ops"] < 5 and shares[3]["6ops"] > 75
    assert shares[3]["8ops"] < 50 and shares[4]["8ops"] > 75
    without = reached(replace(OF, distractors=0), 9, 64, seed=0)
    assert without == dict.fromkeys(("2ops", "4ops", "6ops", "8ops"), 100.0)


def test_what_is_told_reaches_all_weights_and_has_the_shape_of_facts() -> None:
    model = reckoning()
    loss, samples = told(model, OF, 3, 2, np.random.default_rng(0))
    loss.backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in model.parameters())
    told_to, _ = steps(OF, samples.windows_BWL[0], 2)
    assert told_to.shape == (OF.windows, 2, STEPS, OF.window // FACT, 4)
    windows = torch.from_numpy(samples.windows_BWL)
    assert (model.facts(windows[0]).numpy() == told_to[:, 0, 0]).all()


def test_the_past_reaches_the_question_through_fast_weights_alone_in_one_pass() -> None:
    model, samples = reckoning(), OF.samples(3, np.random.default_rng(1))
    windows, asked = torch.from_numpy(samples.windows_BWL), torch.from_numpy(samples.asked_BQ)
    with torch.inference_mode():
        for passes in (1, 4):
            state, made = model.sleep(windows, passes)
            assert made == passes and state[0].shape == model.blank(3)[0].shape
            said = model.awake(asked, state)
            assert torch.equal(model(windows, asked, passes), said) and said.shape[:2] == asked.shape
        blank = model.awake(asked[:1].repeat(2, 1), model.blank(2))
        assert torch.equal(blank[0], blank[1])
        # windows without a fact leave everything as it was
        empty = torch.full_like(windows, FILLER)
        assert torch.equal(model.sleep(empty, 3)[0][0], model.blank(3)[0])
    with pytest.raises(ValueError, match="as often"):
        model.sleep(windows, 2, settle=0.5)


def test_what_is_told_and_what_is_slept_on_is_one_computation() -> None:
    model, samples = reckoning(), OF.samples(2, np.random.default_rng(4))
    told_to = torch.from_numpy(np.stack([steps(OF, w, 1)[0] for w in samples.windows_BWL]))[:, 0, 0]
    mask = told_to[:, 0, ..., 0] != FILLER
    with torch.inference_mode():
        # said with all their odds on what is true, words of the steps are those that are told
        model.said = lambda scores: model.words(next(right))  # type: ignore[method-assign]
        right = iter(told_to.unbind(1)[1:])
        _, slept = model.once(model.words(told_to[:, 0]), model.blank(2), mask)
        _, taught = model.told(told_to.transpose(0, 1), model.blank(2), mask)
    torch.testing.assert_close(slept[0], taught[0])


@pytest.mark.parametrize("way", ["steps", "answers"])
def test_training_goes_on_where_it_stopped(tmp_path: Path, way: str) -> None:
    run = Run("gsm", scale="sums", passes=2, taught=way, batch=4, cool=0, steps=5, graded=32)  # type: ignore[arg-type]
    whole = Trainer(run, tmp_path / "whole")
    whole.train()
    Trainer(replace(run, steps=2), tmp_path / "parts").train()
    parts = Trainer(run, tmp_path / "parts")
    assert parts.step == 2
    parts.train()
    assert whole.grade() == parts.grade() and whole.tokens == parts.tokens
    for one, other in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
        assert torch.equal(one, other)


def test_all_passes_make_as_many_steps_of_the_same_samples() -> None:
    plans = {plan.name: plan for plan in planned(Run("", scale="sums"))}
    for ending, taught, every in (("", "steps", (1, 2, 3, 4, 7, 9)), ("_answers", "answers", (1, 4))):
        runs = [plans.pop(f"gsm{ending}_n{passes}").run for passes in every]
        assert [run.passes for run in runs] == list(every) and {run.taught for run in runs} == {taught}
        assert {replace(run, passes=1) for run in runs} == {replace(runs[0], passes=1)}
        assert runs[0].steps == SCALE.steps and runs[0].graded == 1024
    longer = plans.pop("gsm_longer_n1").run
    assert (
        longer == replace(planned(Run("", scale="sums"))[1].run, steps=4 * SCALE.steps) and longer.passes == 1
    )
    assert not plans

"""Least-squares writes in the embedded model: order, addition, subtraction, and what they refuse."""

from __future__ import annotations

from functools import reduce
from operator import add

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from laboratory.fit.closed_form import LEAST_SQUARES, ClosedFormModel, model_of

WINDOWS, TOKENS = 4, 5


def made(writes: str = LEAST_SQUARES) -> HybridModel:
    torch.manual_seed(0)
    config = ModelConfig(
        vocabulary=50, encoder_width=8, tags=3, width=16, attention_heads=2, hidden=16, heads=2,
        key_width=6, value_width=4, writes=writes, dropout=0.0,
    )  # fmt: skip
    return model_of(config, torch.randn(50, 8)).eval()


def sample(seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Windows of one document, of which the last is half padding."""
    generator = torch.Generator().manual_seed(seed)
    mask = torch.ones(1, WINDOWS, TOKENS, dtype=torch.bool)
    mask[:, -1, 3:] = False
    return (
        torch.randint(0, 50, (1, WINDOWS, TOKENS), generator=generator),
        torch.randn(1, WINDOWS, TOKENS, 2 * 8 + 3, generator=generator),
        mask,
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.permutations(range(WINDOWS)), st.integers(1, WINDOWS - 1))
def test_windows_in_any_order_and_without_some_of_them(seed: int, order: list[int], left: int) -> None:
    model = made()
    assert isinstance(model, ClosedFormModel)
    ids, features, mask = sample(seed)
    sums = model.exact_sums(ids[0], features[0], mask[0])
    together, mixed = reduce(add, sums), reduce(add, [sums[w] for w in order])
    assert torch.equal(together.gram, mixed.gram) and torch.equal(together.cross, mixed.cross)
    without = together - reduce(add, sums[left:])
    assert torch.equal(model.of_sums(without), model.of_sums(reduce(add, sums[:left])))
    with torch.no_grad():
        slept = model.sleep(ids, features, mask, model.blank_state(), 1)
    torch.testing.assert_close(model.of_sums(together), slept, atol=2e-2, rtol=1e-2)


def test_a_state_is_the_least_squares_fit_of_what_was_offered() -> None:
    model = made()
    assert isinstance(model, ClosedFormModel)
    ids, features, mask = sample(1)
    with torch.no_grad():
        state = model.sleep(ids, features, mask, model.blank_state(), 1)
        mixed = model.block.mix(model.embedded(ids[0], features[0]), mask[0])
        k, v, _, b = model.offered(mixed, ids[0], mask[0])
    cross, gram = state.split([model.config.value_width, model.config.key_width], dim=2)
    k, v, b = (x.transpose(0, 1).flatten(1, 2).double() for x in (k, v, b))
    found = model.closed.weights((gram, cross))[0].detach().double()
    ridge = model.closed.log_ridge.exp().detach().double()
    for head in range(2):
        weighted = b[head, :, None] * k[head]
        square = k[head].T @ weighted + ridge[head] * torch.eye(6, dtype=torch.float64)
        best = (v[head].T @ weighted) @ torch.linalg.inv(square)
        torch.testing.assert_close(found[head], best, atol=1e-4, rtol=1e-4)


def test_a_second_pass_is_refused_and_other_writes_are_the_product_s() -> None:
    model = made()
    with pytest.raises(ValueError, match="one pass, not 2"):
        model.sleep(*sample(0), model.blank_state(), 2)
    assert type(made("gated_delta")) is HybridModel

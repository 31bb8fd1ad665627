"""The gated delta rule: the chunked form against the recurrence as the paper prints it."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from consolidation.parts.embedded import delta

Inputs = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def oracle(q: Tensor, k: Tensor, v: Tensor, log_a: Tensor, b: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
    """One token at a time, in float64: S_t = a S (I - b k k^T) + b v k^T, o_t = S_t q_t."""
    state, outputs = state.clone(), []
    eye = torch.eye(k.shape[-1], dtype=k.dtype)
    for t in range(k.shape[-2]):
        kt, vt = k[..., t, :], v[..., t, :]
        bt = b[..., t, None, None]
        kk = kt.unsqueeze(-1) * kt.unsqueeze(-2)
        state = log_a[..., t, None, None].exp() * state @ (eye - bt * kk) + bt * vt.unsqueeze(
            -1
        ) * kt.unsqueeze(-2)
        outputs.append((state @ q[..., t, :, None]).squeeze(-1))
    return torch.stack(outputs, dim=-2), state


def random_inputs(tokens: int, seed: int) -> Inputs:
    make = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> Tensor:
        return torch.randn(2, 3, *shape, generator=make, dtype=torch.float64)

    q, k = F.normalize(normal(tokens, 8), dim=-1), F.normalize(normal(tokens, 8), dim=-1)
    return q, k, normal(tokens, 5), -F.softplus(normal(tokens)), torch.sigmoid(normal(tokens)), normal(5, 8)


@settings(max_examples=30, deadline=None)
@given(tokens=st.integers(1, 40), seed=st.integers(0, 10**6))
def test_chunked_equals_sequential(tokens: int, seed: int) -> None:
    q, k, v, log_a, b, state = random_inputs(tokens, seed)
    writes = delta.prepare(k, v, log_a, b)
    after, u = delta.write(state, writes)
    expected, expected_after = oracle(q, k, v, log_a, b, state)
    torch.testing.assert_close(delta.read(q, state, writes, u), expected, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(after, expected_after, rtol=1e-9, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(tokens=st.integers(2, 40), cut=st.integers(1, 39), seed=st.integers(0, 10**6))
def test_stopped_and_resumed_equals_continuous(tokens: int, cut: int, seed: int) -> None:
    cut = min(cut, tokens - 1)
    _, k, v, log_a, b, state = random_inputs(tokens, seed)
    whole, _ = delta.write(state, delta.prepare(k, v, log_a, b))
    for part in (slice(None, cut), slice(cut, None)):
        writes = delta.prepare(k[..., part, :], v[..., part, :], log_a[..., part], b[..., part])
        state, _ = delta.write(state, writes)
    torch.testing.assert_close(state, whole, rtol=1e-9, atol=1e-9)


def test_padding_leaves_the_state_as_it_was() -> None:
    _, k, v, log_a, b, state = random_inputs(12, 0)
    log_a[..., 7:], b[..., 7:] = 0.0, 0.0
    padded, _ = delta.write(state, delta.prepare(k, v, log_a, b))
    short, _ = delta.write(state, delta.prepare(k[..., :7, :], v[..., :7, :], log_a[..., :7], b[..., :7]))
    torch.testing.assert_close(padded, short, rtol=1e-12, atol=1e-12)


def test_gradients_equal_those_of_the_recurrence() -> None:
    inputs = [t.requires_grad_() for t in random_inputs(9, 3)]
    q, k, v, log_a, b, state = inputs
    writes = delta.prepare(k, v, log_a, b)
    after, u = delta.write(state, writes)
    chunked = torch.autograd.grad(delta.read(q, state, writes, u).sum() + after.square().sum(), inputs)
    outputs, last = oracle(q, k, v, log_a, b, state)
    expected = torch.autograd.grad(outputs.sum() + last.square().sum(), inputs)
    for left, right in zip(chunked, expected, strict=True):
        torch.testing.assert_close(left, right, rtol=1e-8, atol=1e-8)


def test_a_second_write_of_the_same_pair_corrects_it() -> None:
    _, k, v, _, _, _ = random_inputs(4, 1)
    zero, weak = torch.zeros(2, 3, 4, dtype=torch.float64), torch.full((2, 3, 4), 0.3, dtype=torch.float64)
    writes = delta.prepare(k, v, zero, weak)
    state = torch.zeros(2, 3, 5, 8, dtype=torch.float64)
    errors = []
    for _ in range(4):
        state, _ = delta.write(state, writes)
        recalled = k @ state.transpose(-1, -2)
        errors.append(float((recalled - v).square().mean()))
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.5 * errors[0]

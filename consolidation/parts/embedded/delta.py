"""The gated delta rule: fast weights written and read by a sequence of tokens.

    S_t = a_t S_{t-1} (I - b_t k_t k_t^T) + b_t v_t k_t^T,    o_t = S_t q_t

with decay `a_t` and write strength `b_t` in (0, 1) and unit keys. Source: Yang, Kautz, Hatamizadeh, "Gated
Delta Networks", arXiv 2412.06464, equation 10; the chunked form is its section 3.3, with the WY
representation replaced by a unit triangular solve.

Shape suffixes: B batch, H heads, T tokens, K key width, V value width.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor


class Writes(NamedTuple):
    """What the tokens of one chunk write, before the state they meet is known.

    `values_BHTV` is `(I+A)^-1 b v`, `reads_BHTK` is `(I+A)^-1 b e^c k`, `keys_BHTK` are the keys and
    `decay_BHT` is the cumulative log decay `c`.
    """

    values_BHTV: Tensor
    reads_BHTK: Tensor
    keys_BHTK: Tensor
    decay_BHT: Tensor


def prepare(
    k_BHTK: Tensor, v_BHTV: Tensor, log_a_BHT: Tensor, b_BHT: Tensor, *, additive: bool = False
) -> Writes:
    """The part of a chunk's work that does not depend on the state: any number of chunks at once.

    A token with `b = 0` and `log_a = 0` (padding) leaves every state as it was. With `additive` writes nothing is
    taken away first: `S_t = a_t S_{t-1} + b_t v_t k_t^T`, the form of Mamba-2 (Dao and Gu, arXiv 2405.21060).
    """
    c_BHT = log_a_BHT.cumsum(-1)
    if additive:
        return Writes(b_BHT.unsqueeze(-1) * v_BHTV, torch.zeros_like(k_BHTK), k_BHTK, c_BHT)
    tokens = k_BHTK.shape[-2]
    lower = torch.ones(tokens, tokens, dtype=torch.bool, device=k_BHTK.device).tril(-1)
    gap_BHTT = (c_BHT.unsqueeze(-1) - c_BHT.unsqueeze(-2)).masked_fill(~lower, float("-inf"))
    A_BHTT = b_BHT.unsqueeze(-1) * gap_BHTT.exp() * (k_BHTK @ k_BHTK.transpose(-1, -2))
    b_BHT1 = b_BHT.unsqueeze(-1)
    right = torch.cat([b_BHT1 * v_BHTV, b_BHT1 * c_BHT.exp().unsqueeze(-1) * k_BHTK], dim=-1)
    solved = torch.linalg.solve_triangular(A_BHTT, right, upper=False, unitriangular=True)
    values, reads = solved.split([v_BHTV.shape[-1], k_BHTK.shape[-1]], dim=-1)
    return Writes(values, reads, k_BHTK, c_BHT)


def write(state_BHVK: Tensor, writes: Writes) -> tuple[Tensor, Tensor]:
    """The state after a chunk, and the corrected values `u_BHTV` that the chunk wrote."""
    u_BHTV = writes.values_BHTV - writes.reads_BHTK @ state_BHVK.transpose(-1, -2)
    total_BH1 = writes.decay_BHT[..., -1:]
    kept = (total_BH1 - writes.decay_BHT).exp().unsqueeze(-1) * u_BHTV
    after = total_BH1.unsqueeze(-1).exp() * state_BHVK + kept.transpose(-1, -2) @ writes.keys_BHTK
    return after, u_BHTV


def read(q_BHTK: Tensor, state_BHVK: Tensor, writes: Writes, u_BHTV: Tensor) -> Tensor:
    """What each token of the chunk reads, `[B, H, T, V]`: the state before the chunk and its own past."""
    c_BHT = writes.decay_BHT
    tokens = q_BHTK.shape[-2]
    upper = torch.ones(tokens, tokens, dtype=torch.bool, device=q_BHTK.device).triu(1)
    gap = (c_BHT.unsqueeze(-1) - c_BHT.unsqueeze(-2)).masked_fill(upper, float("-inf"))
    inside = (q_BHTK @ writes.keys_BHTK.transpose(-1, -2)) * gap.exp()
    return c_BHT.exp().unsqueeze(-1) * (q_BHTK @ state_BHVK.transpose(-1, -2)) + inside @ u_BHTV

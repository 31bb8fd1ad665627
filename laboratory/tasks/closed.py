"""The closed form of the sleep: fast weights by least squares, written in one step whatever the order.

    G = sum_t b_t k_t k_t^T,    C = sum_t b_t v_t k_t^T,    S = C (G + lambda I)^-1

S is what infinitely many passes of the delta rule over all of the windows tend to: the minimiser of the weighted
squared error of S k_t = v_t, with ridge lambda. G and C are sums over tokens, so that windows may come in any order,
be appended, and be subtracted again. Sums of floating-point numbers depend on their order; `exact` therefore adds
fixed-point products as integers, and what is subtracted leaves the very bits that would have been without it.

Shape suffixes: B samples, H heads, L tokens, K key width, V value width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

#: Fixed-point steps to one: of keys, values and strengths alike. 2^27 such products fit 64 bits a thousandfold.
STEPS = 2**12


class ClosedForm(nn.Module):
    """Sums that are kept of windows, and reads from them, with a ridge for each head."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.log_ridge = nn.Parameter(torch.full((heads,), -2.0))

    def blank(self, batch: int, key_width: int, value_width: int) -> tuple[Tensor, Tensor]:
        """`G` and `C` of nothing."""
        heads, device = len(self.log_ridge), self.log_ridge.device
        return (
            torch.zeros(batch, heads, key_width, key_width, device=device),
            torch.zeros(batch, heads, value_width, key_width, device=device),
        )

    def write(
        self, state: tuple[Tensor, ...], k_BHLK: Tensor, v_BHLV: Tensor, b_BHL: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The sums with a window in them."""
        weighted = b_BHL.unsqueeze(-1) * k_BHLK
        return state[0] + k_BHLK.transpose(-1, -2) @ weighted, state[1] + v_BHLV.transpose(-1, -2) @ weighted

    def read(self, state: tuple[Tensor, ...], q_BHLK: Tensor) -> Tensor:
        """What queries read, `[B, H, L, V]`: `S q`."""
        return q_BHLK @ self.weights(state).transpose(-1, -2)

    def weights(self, state: tuple[Tensor, ...]) -> Tensor:
        """The fast weights `S`, `[B, H, V, K]`, that sums stand for."""
        gram, cross = state
        ridge = self.log_ridge.exp()[:, None, None] * torch.eye(gram.shape[-1], device=gram.device)
        return torch.linalg.solve(gram + ridge, cross, left=False)


@dataclass(frozen=True, slots=True)
class ExactSums:
    """`G` and `C` in fixed point, as int64 in units of `STEPS^-3`."""

    gram: Tensor
    cross: Tensor

    def __add__(self, other: ExactSums) -> ExactSums:
        return ExactSums(self.gram + other.gram, self.cross + other.cross)

    def __sub__(self, other: ExactSums) -> ExactSums:
        return ExactSums(self.gram - other.gram, self.cross - other.cross)

    def floating(self) -> tuple[Tensor, Tensor]:
        """The sums as `ClosedForm.read` takes them."""
        unit = float(STEPS) ** -3
        return (self.gram.double() * unit).float(), (self.cross.double() * unit).float()


def exact(k_BHLK: Tensor, v_BHLV: Tensor, b_BHL: Tensor) -> ExactSums:
    """The sums of one window, in integers. Values beyond +-64 are cut, so that a billion tokens cannot overflow."""
    k, v, b = ((x.clamp(-64, 64) * STEPS).round().long() for x in (k_BHLK, v_BHLV, b_BHL))
    weighted = b.unsqueeze(-1) * k
    return ExactSums(
        torch.einsum("bhlk,bhlj->bhkj", k, weighted), torch.einsum("bhlv,bhlk->bhvk", v, weighted)
    )

"""The gates of recurrences, shut where a row is padded: there nothing is forgotten and nothing written.

transformers zeroes what padding writes, but lets it forget. What is shut here is what its layers (5.23) make their
decay and their writing of: the step of Mamba-2, the two gates of gated delta rules. Shape suffixes: B rows, T tokens.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

#: Before a sigmoid or softplus: zero, in every type of numbers.
SHUT = -1e4
#: By name of a part of a recurrent layer: what it gives where the gate is shut.
_GATES = {
    "in_proj_a": SHUT, "in_proj_b": SHUT, "in_proj_ba": SHUT, "a_proj": SHUT, "b_proj": SHUT,
    "forget_gate": 0.0,  # decay itself, as a logarithm
}  # fmt: skip
_Hook = Callable[[Any, Any, Tensor], Tensor | None]


class Gates:
    """The gates of a model. Where a layer has others than those known here, they stay open, which a trial shows."""

    def __init__(self, model: Any) -> None:
        self._padding_BT: Tensor | None = None
        #: Mamba-2 layers whose step is never below a least one, so that it would forget at padding
        self._floored: list[Any] = []
        for layer in model.modules():
            parts = dict(layer.named_children())
            if "conv1d" not in parts:
                continue
            if "in_proj" in parts and hasattr(layer, "dt_bias"):
                parts["in_proj"].register_forward_hook(self._step(layer))
            for name in parts.keys() & _GATES.keys():
                parts[name].register_forward_hook(self._filled(_GATES[name]))

    @contextmanager
    def shut(self, padding_BT: Tensor) -> Iterator[None]:
        """Inside, gates are shut at these places."""
        limits = [layer.time_step_limit for layer in self._floored]
        self._padding_BT = padding_BT
        for layer, (_, most) in zip(self._floored, limits, strict=True):
            layer.time_step_limit = (0.0, most)
        try:
            yield
        finally:
            self._padding_BT = None
            for layer, limit in zip(self._floored, limits, strict=True):
                layer.time_step_limit = limit

    def _filled(self, value: float) -> _Hook:
        def hook(part: Any, given: Any, gate: Tensor) -> Tensor | None:
            if self._padding_BT is None:
                return None
            around = (..., *[None] * (gate.dim() - 2))
            return gate.masked_fill(self._padding_BT[around], value)

        return hook

    def _step(self, layer: Any) -> _Hook:
        """The step is the last of what the projection gives, one number a head; its least is held up here."""
        least, heads = layer.time_step_limit[0], len(layer.dt_bias)
        if least > 0:
            self._floored.append(layer)

        def hook(part: Any, given: Any, projected: Tensor) -> Tensor | None:
            if self._padding_BT is None:
                return None
            rest, step = projected[..., :-heads], projected[..., -heads:]
            if least > 0:
                step = torch.maximum(step, (math.log(math.expm1(least)) - layer.dt_bias).to(step.dtype))
            return torch.cat([rest, step.masked_fill(self._padding_BT[..., None], SHUT)], dim=-1)

        return hook

"""How fast weights are stored: quantised to integers with a scale a row, or as floating point of a smaller type.

Shape suffixes: G segments; a fast weight's own shape follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from consolidation.protocol import FastWeights

LEVELS = {"int4": 7, "int8": 127}
FLOATS = {"float16": torch.float16, "bfloat16": torch.bfloat16, "float32": torch.float32}


@dataclass(frozen=True, slots=True)
class Packed:
    """One fast weight of all segments: `[G, ...]` integers or floats, and float16 scales of integers."""

    stored: str
    shape: tuple[int, ...]
    values: Tensor
    scales: Tensor | None = None

    @property
    def nbytes(self) -> int:
        return self.values.nbytes + (self.scales.nbytes if self.scales is not None else 0)


def pack(weights: Tensor, stored: str) -> Packed:
    """Store a fast weight `[G, ...]`: int4 (two to a byte) and int8 with a scale for each row of its last dimension.

    Raises ValueError for a stored type that is not known.
    """
    shape, weights = tuple(weights.shape[1:]), weights.detach().cpu()
    if stored in FLOATS:
        return Packed(stored, shape, weights.to(FLOATS[stored]).contiguous())
    if stored not in LEVELS:
        raise ValueError(f"{stored} is no stored type; there is {', '.join([*LEVELS, *FLOATS])}")
    levels = LEVELS[stored]
    weights = weights.float() if shape else weights.float()[:, None]
    scales = (weights.abs().amax(-1) / levels).half()
    step = scales.float().clamp(min=1e-12).unsqueeze(-1)
    whole = (weights / step).round().clamp(-levels, levels).to(torch.int8).flatten(1)
    if stored == "int8":
        return Packed(stored, shape, whole.contiguous(), scales.contiguous())
    if whole.shape[1] % 2:
        whole = torch.nn.functional.pad(whole, (0, 1))
    pairs = (whole + 8).to(torch.uint8).unflatten(1, (-1, 2))
    return Packed(stored, shape, (pairs[..., 0] | (pairs[..., 1] << 4)).contiguous(), scales.contiguous())


def unpack(packed: Packed, segments: list[int] | None = None) -> Tensor:
    """A private float32 copy of some segments' fast weight, all by default, `[G, ...]`."""
    chosen = slice(None) if segments is None else segments
    values = packed.values[chosen]
    if packed.scales is None:
        return values.to(torch.float32, copy=True)
    if packed.stored == "int4":
        pairs = torch.stack([values & 15, values >> 4], dim=-1)
        values = pairs.flatten(1).to(torch.int8) - 8
    count = torch.Size(packed.shape).numel()
    rows = values[:, :count].float().reshape(len(values), *packed.shape)
    scales = packed.scales[chosen].float()
    return rows * (scales.unsqueeze(-1) if packed.shape else scales)


def pack_all(state: FastWeights, stored: Mapping[str, str]) -> dict[str, Packed]:
    """Store every fast weight in its type."""
    return {name: pack(weights, stored[name]) for name, weights in state.items()}


def joined(parts: list[dict[str, Packed]]) -> dict[str, Packed]:
    """Segments that were stored one after the other, as one."""
    out = {}
    for name, first in parts[0].items():
        values = torch.cat([part[name].values for part in parts])
        scales = [s for part in parts if (s := part[name].scales) is not None]
        out[name] = Packed(first.stored, first.shape, values, torch.cat(scales) if scales else None)
    return out

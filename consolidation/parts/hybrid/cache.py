"""The one place that knows how transformers keeps the states of a hybrid (`DynamicCache`, transformers 5.23).

States are updated in place there, so what is captured is a copy. Shape suffixes: B rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers.cache_utils import DynamicCache

from consolidation.protocol import FastWeights

RECURRENT, CONV = "recurrent", "conv"
#: The attributes of a layer of the cache by what they hold.
_HELD = {CONV: "conv_states", RECURRENT: "recurrent_states"}


def _layers(cache: DynamicCache) -> list[Any]:
    """The layers of a cache; of which class each is decides about what it has."""
    return cache.layers


@dataclass(frozen=True, slots=True)
class Place:
    """Where one state is: its layer, its number there, what it is, its shape for a row, and its type in the model."""

    layer: int
    number: int
    kind: str
    shape: tuple[int, ...]
    dtype: torch.dtype

    @property
    def name(self) -> str:
        """The name of its fast weight."""
        return f"{self.layer:03d}.{self.kind}.{self.number}"


class RowsCache(DynamicCache):
    """A cache whose rows may end before the tokens that they are given do.

    `ends_B` says how many tokens of the call under way are a row's own; convolution states are those at its end.
    """

    ends_B: Tensor | None = None

    def update_conv_state(
        self, conv_states: Tensor, layer_idx: int, state_idx: int = 0, **more: Any
    ) -> Tensor:
        """What the convolution sees: the state `[B, C, K]` and then the tokens given."""
        seen: Tensor = super().update_conv_state(conv_states, layer_idx, state_idx, **more)
        if self.ends_B is not None:
            held = _layers(self)[layer_idx].conv_states[state_idx]
            last_BK = self.ends_B[:, None] + torch.arange(held.shape[-1], device=seen.device)
            held.copy_(seen.gather(-1, last_BK[:, None].expand(-1, seen.shape[1], -1)))
        return seen


def places_of(cache: DynamicCache) -> tuple[Place, ...]:
    """The states of a cache that a model has filled, in the order in which they must be put in."""
    return tuple(
        Place(i, number, kind, tuple(held.shape[1:]), held.dtype)
        for i, layer in enumerate(_layers(cache))
        for kind, attribute in _HELD.items()
        for number, held in getattr(layer, attribute, {}).items()
        if held is not None
    )


def captured(cache: DynamicCache, places: Sequence[Place]) -> dict[str, Tensor]:
    """Copies of the states `[B, ...]`, in float32."""
    return {p.name: _held(cache, p).to(torch.float32, copy=True) for p in places}


def _held(cache: DynamicCache, place: Place) -> Tensor:
    return getattr(_layers(cache)[place.layer], _HELD[place.kind])[place.number]


def injected(config: Any, places: Sequence[Place], states: FastWeights, device: torch.device) -> RowsCache:
    """A new cache whose states are copies of `states` and whose attention is empty."""
    cache = RowsCache(config=config)
    for place in places:
        given = states[place.name].to(device, place.dtype)
        layer = _layers(cache)[place.layer]
        layer.lazy_initialization(**{_HELD[place.kind]: given, "state_idx": place.number})
        _held(cache, place).copy_(given)
        # NB: without it the state is ignored, and nothing says so
        layer.has_previous_state[place.number] = True
    return cache


def _attending(cache: DynamicCache) -> Iterator[Any]:
    """The layers that hold keys and values."""
    for layer in _layers(cache):
        if getattr(layer, "keys", None) is not None and layer.is_initialized:
            yield layer


def drop_attention(cache: DynamicCache) -> None:
    """Forget keys and values; states stay. (`reset` of a layer that has both would zero its states too.)"""
    for layer in _attending(cache):
        layer.keys = layer.values = None
        layer.is_initialized = False
        if hasattr(layer, "cumulative_length"):
            layer.cumulative_length = 0


def attention_bytes(cache: DynamicCache) -> int:
    """Bytes of keys and values."""
    return sum(layer.keys.nbytes + layer.values.nbytes for layer in _attending(cache))


def has_sliding_attention(cache: DynamicCache) -> bool:
    """Whether a layer forgets old keys by itself; rows of different length cannot share such a layer."""
    return any(getattr(layer, "is_sliding", False) for layer in _layers(cache))


def kept_rows(cache: DynamicCache, rows: Sequence[int], device: torch.device) -> None:
    """Keep some rows, in the order given; a row may be taken several times."""
    chosen: Any = torch.tensor(list(rows), dtype=torch.long, device=device)
    cache.reorder_cache(chosen)


def without_first_keys(cache: DynamicCache, count: int) -> None:
    """Forget the first keys and values of every row: padding that no row needs any more."""
    for layer in _attending(cache):
        layer.keys, layer.values = layer.keys[..., count:, :], layer.values[..., count:, :]


def merged(
    config: Any, places: Sequence[Place], caches: Sequence[DynamicCache], device: torch.device
) -> RowsCache:
    """The rows of several caches in one, keys and values padded on the left to those of the longest."""
    parts = [captured(cache, places) for cache in caches]
    states = {p.name: torch.cat([part[p.name] for part in parts]) for p in places}
    cache = injected(config, places, states, device)
    for i, layer in enumerate(_layers(cache)):
        own = [_layers(one)[i] for one in caches]
        if getattr(own[0], "keys", None) is None:
            continue
        longest = max(one.keys.shape[-2] for one in own)
        keys, values = (
            torch.cat([F.pad(t, (0, 0, longest - t.shape[-2], 0)) for t in tensors])
            for tensors in ([one.keys for one in own], [one.values for one in own])
        )
        layer.update(keys, values)
    return cache

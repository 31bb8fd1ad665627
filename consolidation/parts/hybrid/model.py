"""A causal language model of transformers, a window or a token at a time, with its states taken out and put in.

Shape suffixes: B rows, T tokens, D width of the model, X vocabulary, K keys of attention.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import DynamicCache

from consolidation.errors import MemoryRefused
from consolidation.parts.hybrid import cache as states_of
from consolidation.parts.hybrid.gates import Gates
from consolidation.parts.hybrid.stretches import Stretches
from consolidation.protocol import FastWeights


class CausalModel:
    """A model in inference. `several` says whether more than one token may be given to a state at once.

    Args:
        model: as `AutoModelForCausalLM` gives it; it is put into evaluation mode.

    Raises:
        MemoryRefused: its class keeps a cache of its own.
    """

    def __init__(self, model: Any) -> None:
        self.model = model.eval().requires_grad_(False)
        self.config = model.config
        self.device: torch.device = next(model.parameters()).device
        self.dtype: torch.dtype = next(model.parameters()).dtype
        self.several = True
        taken = inspect.signature(model.forward).parameters
        self._cache_argument = "cache_params" if "cache_params" in taken else "past_key_values"
        self.sliding = self.attends = False
        self.places = self._find_places()
        self._gates = Gates(model)

    @cached_property
    def active(self) -> int:
        """Numbers in the weights that one token is multiplied by; of experts, those that it goes to."""
        config = self.config.get_text_config()
        every, chosen = (getattr(config, n, 0) or 0 for n in ("num_local_experts", "num_experts_per_tok"))
        share = chosen / every if every > chosen > 0 else 1.0
        sizes = ((name, p.numel()) for name, p in self.model.named_parameters())
        return round(sum(size * (share if ".experts." in name else 1.0) for name, size in sizes))

    @torch.inference_mode()
    def _find_places(self) -> tuple[states_of.Place, ...]:
        cache = DynamicCache(config=self.config)
        self.sliding = states_of.has_sliding_attention(cache)
        try:
            self._forward(self.model, cache, torch.zeros(1, 1, dtype=torch.long, device=self.device), 0)
        except ValueError as error:
            refused = MemoryRefused(type(self.model).__name__, "it does not take the common cache")
            raise refused from error
        self.attends = states_of.attention_bytes(cache) > 0
        return states_of.places_of(cache)

    def blank(self, rows: int = 1) -> dict[str, Tensor]:
        """States before anything was read."""
        return {p.name: torch.zeros(rows, *p.shape, device=self.device) for p in self.places}

    def inject(self, states: FastWeights) -> states_of.RowsCache:
        """A cache that goes on from copies of these states, with nothing attended to."""
        return states_of.injected(self.config, self.places, states, self.device)

    def capture(self, cache: DynamicCache) -> dict[str, Tensor]:
        """Copies of the states of a cache."""
        return states_of.captured(cache, self.places)

    def merge(self, caches: Sequence[DynamicCache]) -> states_of.RowsCache:
        """The rows of several caches in one."""
        return states_of.merged(self.config, self.places, caches, self.device)

    def _forward(
        self,
        module: Any,
        cache: DynamicCache,
        given_BT: Tensor,
        first: int | Tensor,
        mask_BK: Tensor | None = None,
        **more: Any,
    ) -> Any:
        """One call; `first` is the position of the first token, one for all rows or one for each `[B]`, or the
        positions of all `[B, T]`.
        """
        if isinstance(first, Tensor) and first.dim() == 2:
            positions = first
        else:
            positions = torch.arange(given_BT.shape[1], device=self.device)[None]
            positions = positions + (first[:, None] if isinstance(first, Tensor) else first)
        name = "inputs_embeds" if given_BT.is_floating_point() else "input_ids"
        more |= {name: given_BT, self._cache_argument: cache, "use_cache": True}
        if mask_BK is not None:
            more["attention_mask"] = mask_BK
        return module(position_ids=positions.expand(len(given_BT), -1), **more)

    @torch.inference_mode()
    def feed(
        self, cache: DynamicCache, ids_BT: Tensor, first: int | Tensor = 0, mask_BK: Tensor | None = None
    ) -> Tensor:
        """Go on with some tokens of every row, no row padded; logits `[B, X]` of the token that follows."""
        if self.several or ids_BT.shape[1] == 1:
            out = self._forward(self.model, cache, ids_BT, first, mask_BK, logits_to_keep=1)
            return out.logits[:, -1].float()
        for at in range(ids_BT.shape[1]):
            logits_BX = self.step(cache, ids_BT[:, at : at + 1], first + at)
        return logits_BX

    @torch.inference_mode()
    def step(
        self, cache: DynamicCache, ids_B1: Tensor, first: int | Tensor, mask_BK: Tensor | None = None
    ) -> Tensor:
        """Go on with one token of every row; logits `[B, X]`."""
        return self._forward(self.model, cache, ids_B1, first, mask_BK).logits[:, -1].float()

    @torch.inference_mode()
    def hidden(self, cache: DynamicCache, given: Tensor) -> Tensor:
        """Go on with a window, of ids `[1, T]` or of what the last pass gave `[1, T, D]`, positions from 0.

        Returns the output of the last layer after its norm, `[1, T, D]`.
        """
        if self.several or given.shape[1] == 1:
            return self._forward(self.model.base_model, cache, given, 0).last_hidden_state
        parts = [
            self._forward(self.model.base_model, cache, given[:, at : at + 1], at).last_hidden_state
            for at in range(given.shape[1])
        ]
        return torch.cat(parts, dim=1)

    @torch.inference_mode()
    def hidden_of(self, cache: states_of.RowsCache, given: Tensor, stretches: Stretches) -> Tensor:
        """Go on with stretches of tokens, each attended to by itself alone; attention must be empty, and is left so.

        Args:
            cache: a row for each row of `given`.
            given: ids `[B, T]` or what the last pass gave `[B, T, D]`, rows padded at their ends.
            stretches: where the stretches of each row stand.

        Returns the output of the last layer after its norm, `[B, T, D]`.
        """
        if stretches.single:
            hidden_BTD = self.hidden(cache, given)
        else:
            mask_B1TT = stretches.mask_B1TT(self.dtype) if self.attends else None
            with self._rows_that_end(cache, stretches):
                out = self._forward(self.model.base_model, cache, given, stretches.positions_BT, mask_B1TT)
            hidden_BTD = out.last_hidden_state
        states_of.drop_attention(cache)
        return hidden_BTD

    @contextmanager
    def _rows_that_end(self, cache: states_of.RowsCache, stretches: Stretches) -> Iterator[None]:
        """Rows keep the states that they have at their ends."""
        if not stretches.padded:
            yield
            return
        cache.ends_B = stretches.lengths_B
        try:
            with self._gates.shut(stretches.padding_BT):
                yield
        finally:
            cache.ends_B = None

    def as_input(self, hidden_BTD: Tensor) -> Tensor:
        """What a pass gave, as the input of the next; classes that scale their inputs do so once, not each time."""
        scale = self.config.embedding_multiplier if self.config.model_type == "granitemoehybrid" else 1.0
        return hidden_BTD / scale

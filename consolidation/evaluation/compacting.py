"""Compacted keys and values: of all that the memory's tokens wrote, as few pairs as take the bytes of fast weights.

Keys are those of the tokens that wrote most, values the least squares fit to what all tokens' keys read of everything
that was written; after "Attention matching", arXiv 2602.16284, for keys and values that are read without a softmax.

Shape suffixes: H heads, E pairs that are kept, S pairs to choose from, K key width, V value width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from consolidation.engine import Engine
from consolidation.parts.embedded import delta
from consolidation.parts.embedded.memory import STORED, WEIGHTS, EmbeddedDecoding, EmbeddedMemory
from consolidation.protocol import FastWeights
from consolidation.table.capacities import ToRead
from consolidation.text.windows import Windows

KEYS, VALUES = "keys", "values"
RIDGE = 1e-3


class CompactedKeys(EmbeddedMemory):
    """The embedded memory with keys and values in the place of fast weights, as many numbers of them.

    Windows are read once each; after each, what was written so far is compacted anew.
    """

    @property
    def pairs(self) -> int:
        """Pairs of each head that take as many numbers as its fast weights."""
        c = self.model.config
        return c.key_width * c.value_width // (c.key_width + c.value_width)

    def blank_state(self) -> FastWeights:
        _, heads, value_width, key_width = self.model.blank_state().shape
        blank = self.model.words_NE.new_zeros
        return {
            KEYS: blank(1, heads, self.pairs, key_width),
            VALUES: blank(1, heads, self.pairs, value_width),
        }

    def read_many(self, documents: Sequence[ToRead], passes: int) -> list[FastWeights]:
        return [self._read(*document) for document in documents]

    @torch.inference_mode()
    def decoding(self, states: FastWeights, questions: Sequence[str]) -> EmbeddedDecoding:
        return super().decoding({WEIGHTS: states[VALUES].mT @ states[KEYS]}, questions)

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        c, window = self.model.config, self.encodings.window_tokens
        kept, of = self.pairs, self.pairs + window
        seen = of * (of * (c.key_width + c.value_width) + kept * (c.key_width + kept + c.value_width))
        return super().consolidate_flops(tokens, passes) + 2.0 * c.heads * seen * tokens / window

    @torch.inference_mode()
    def _read(self, windows: Windows, chosen: Sequence[int], state: FastWeights) -> FastWeights:
        one, model = self.encodings.windows(windows, chosen), self.model
        mixed = model.block.mix(model.embedded(one.ids_WT, one.features_WTF), one.mask_WT)
        keys, values = (state[name][0].to(self.encodings.device) for name in (KEYS, VALUES))
        for written in zip(*model.writes(mixed, one.ids_WT, one.mask_WT), strict=True):
            writes = delta.Writes(*(part[None] for part in written))
            _, u_BHTV = delta.write((values.mT @ keys)[None], writes)
            total = writes.decay_BHT[..., -1:]
            new = (total - writes.decay_BHT).exp().unsqueeze(-1) * u_BHTV
            keys = torch.cat([keys, writes.keys_BHTK[0]], dim=1)
            values = torch.cat([total[0].exp().unsqueeze(-1) * values, new[0]], dim=1)
            keys, values = compacted(keys, values, self.pairs)
        return {KEYS: keys[None], VALUES: values[None]}


def compacted(keys_HSK: Tensor, values_HSV: Tensor, pairs: int) -> tuple[Tensor, Tensor]:
    """So many keys with values that read for all keys about what all pairs did."""
    chosen_HE = values_HSV.norm(dim=-1).topk(pairs, dim=-1).indices.sort(dim=-1).values
    few_HEK = keys_HSK.gather(1, chosen_HE.unsqueeze(-1).expand(-1, -1, keys_HSK.shape[-1]))
    seen_HSE = keys_HSK @ few_HEK.mT
    wanted_HSV = (keys_HSK @ keys_HSK.mT) @ values_HSV
    gram_HEE = seen_HSE.mT @ seen_HSE
    # NB: keys of one kind of token are nearly the same
    ridge = RIDGE * gram_HEE.diagonal(dim1=-2, dim2=-1).mean(-1).clamp(min=1e-6)[:, None, None]
    inner = gram_HEE + ridge * torch.eye(pairs, device=keys_HSK.device)
    return few_HEK, torch.linalg.solve(inner, seen_HSE.mT @ wanted_HSV)


def with_compacted_keys(engine: Engine) -> Engine:
    """The engine with compacted keys and values. Raises TypeError for other memories than the embedded one."""
    memory = engine.memory
    if not isinstance(memory, EmbeddedMemory):
        raise TypeError("keys and values are compacted of the embedded memory")
    stored = {KEYS: STORED[WEIGHTS], VALUES: STORED[WEIGHTS]}
    made = CompactedKeys(
        memory.encodings, memory.model, memory.reads_sha256, memory.answers_sha256,
        replace(memory.settings, schedule=1), stored,
    )  # fmt: skip
    return replace(engine, memory=made)

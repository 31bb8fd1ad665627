"""The embedded model with least-squares writes: what `laboratory.tasks.closed` is, on contracts.

A state holds the sums of keys and values of its windows, which do not depend on what was read before; the fast
weights are solved for when a question is asked. One pass: another would write the same once more.

Shape suffixes as in `consolidation.parts.embedded.model`; X are the V + K rows of the two sums of a head.
"""

from __future__ import annotations

import torch
from torch import Tensor

from consolidation.parts.embedded import delta
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from laboratory.tasks.closed import ClosedForm, ExactSums, exact

#: What `ModelConfig.writes` says of such a model.
LEAST_SQUARES = "least_squares"


class ClosedFormModel(HybridModel):
    """`HybridModel` with sums `[B, H, X, K]` for a state: values by keys, and under them keys by keys."""

    def __init__(self, config: ModelConfig, words_NE: Tensor) -> None:
        super().__init__(config, words_NE)
        self.closed = ClosedForm(config.heads)

    def blank_state(self, batch: int = 1) -> Tensor:
        """The sums of nothing."""
        c = self.config
        return self.words_NE.new_zeros(batch, c.heads, c.value_width + c.key_width, c.key_width)

    def writes(
        self, x_BTD: Tensor, ids_BT: Tensor, mask_BT: Tensor, strengths: list[Tensor] | None = None
    ) -> delta.Writes:
        """Both sums are additive writes, of values and of keys, and nothing is forgotten."""
        k, v, _, b = self.offered(x_BTD, ids_BT, mask_BT)
        if strengths is not None:
            strengths.append(b)
        return delta.prepare(k, torch.cat([v, k], dim=-1), torch.zeros_like(b), b, additive=True)

    def sleep(
        self,
        ids_BWT: Tensor,
        features_BWTF: Tensor,
        mask_BWT: Tensor,
        state_BHVK: Tensor,
        passes: int,
        strengths: list[Tensor] | None = None,
    ) -> Tensor:
        """The sums with the windows in them. Raises ValueError for more passes than one."""
        if passes != 1:
            raise ValueError(f"least-squares writes take one pass, not {passes}")
        return super().sleep(ids_BWT, features_BWTF, mask_BWT, state_BHVK, passes, strengths)

    def decode(
        self, context_BCD: Tensor, context_mask_BC: Tensor, answer_BA: Tensor, state_BHVK: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `HybridModel.decode`, from sums."""
        cross, gram = state_BHVK.split([self.config.value_width, self.config.key_width], dim=2)
        return super().decode(context_BCD, context_mask_BC, answer_BA, self.closed.weights((gram, cross)))

    @torch.inference_mode()
    def exact_sums(self, ids_WT: Tensor, features_WTF: Tensor, mask_WT: Tensor) -> list[ExactSums]:
        """The sums of each of some windows, in integers."""
        mixed = self.block.mix(self.embedded(ids_WT, features_WTF), mask_WT)
        k, v, _, b = self.offered(mixed, ids_WT, mask_WT)
        return [exact(k[w : w + 1], v[w : w + 1], b[w : w + 1]) for w in range(len(ids_WT))]

    @staticmethod
    def of_sums(sums: ExactSums) -> Tensor:
        """A state of exact sums."""
        gram, cross = sums.floating()
        return torch.cat([cross, gram], dim=2)


def model_of(config: ModelConfig, words_NE: Tensor) -> HybridModel:
    """The model that a configuration asks for, untrained."""
    return (ClosedFormModel if config.writes == LEAST_SQUARES else HybridModel)(config, words_NE)

"""Shapes of the embedded model, and what it costs to run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Shapes of the embedded model. The state of a segment has `heads * key_width * value_width` numbers.

    `depth` counts the layers of attention and MLP before a window is written; `writes` is "gated_delta" or
    "additive".
    """

    vocabulary: int = 30522
    encoder_width: int = 384
    feature_layers: int = 2
    tags: int = 41
    width: int = 256
    attention_heads: int = 4
    hidden: int = 512
    heads: int = 4
    key_width: int = 96
    value_width: int = 64
    decoder_layers: int = 2
    max_answer: int = 48
    depth: int = 1
    writes: str = "gated_delta"
    dropout: float = 0.1

    @property
    def state_numbers(self) -> int:
        return self.heads * self.key_width * self.value_width

    def document_flops_per_token(self, passes: int = 1) -> int:
        """Multiply-adds x 2 of so many passes over one token, without the frozen encoder."""
        d, e = self.width, self.encoder_width
        inputs = d * (e * (self.feature_layers + 2) + self.tags)
        block = 4 * d * d + 2 * d * self.hidden
        memory = self.heads * (self.key_width * (2 * d + e) + self.value_width * 2 * d)
        return 2 * (inputs + passes * (self.depth * block + memory + 3 * self.state_numbers))

    def answer_flops_per_token(self) -> int:
        """Multiply-adds x 2 of decoding one answer token from one state: no term in document length."""
        d = self.width
        layer = 8 * d * d + 2 * d * self.hidden + self.heads * (self.key_width + self.value_width) * d
        return 2 * (
            self.decoder_layers * (layer + self.state_numbers)
            + self.encoder_width * (self.vocabulary + d)
            + self.heads * self.value_width * self.vocabulary
        )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

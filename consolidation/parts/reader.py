"""What passage among a few windows supports an answer.

The reader attends to the tokens of the windows that the router likes best.

Shape suffixes: W windows, T tokens, C question tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from consolidation.parts.encodings import Encodings
from consolidation.parts.layers import Attention, Mlp
from consolidation.parts.router import PassageConfig, Tokens
from consolidation.protocol import Marked

#: Longest passage that is marked, in tokens.
MAX_SPAN = 100


class ReaderNetwork(nn.Module):
    """Marks the passage that answers a question: start and end scores of tokens, and a score for "none".

    Normalised over all windows read together (Clark and Gardner, "shared-norm", arXiv 1710.10723).
    """

    def __init__(self, config: PassageConfig) -> None:
        super().__init__()
        self.config = config
        d = config.width
        self.tokens = Tokens(config)
        self.question = Tokens(config)
        self.norms = nn.ModuleList(nn.LayerNorm(d) for _ in range(6))
        self.question_attention = Attention(d, config.attention_heads)
        self.mlp = Mlp(d, config.hidden)
        self.window_attention = Attention(d, config.attention_heads)
        self.mlp_after = Mlp(d, config.hidden)
        self.ends = nn.Linear(d, 2)
        self.none = nn.Linear(d, 1)

    def forward(
        self, passage: tuple[Tensor, Tensor, Tensor], question: tuple[Tensor, Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Start and end scores `[W, T, 2]` (`-inf` on padding) and "none" scores `[W]`.

        Each argument is (features, word embeddings, mask), with one row a window; the question's rows are
        repeated for each window it is read with.
        """
        features, words, mask_WT = passage
        x = self.tokens(features, words)
        q = self.norms[0](self.question(question[0], question[1]))
        mean = (q * question[2].unsqueeze(-1)).sum(1) / question[2].sum(1, keepdim=True)
        x = x + self.question_attention(
            self.norms[1](x + mean.unsqueeze(1)), q, question[2][:, None, None, :]
        )
        x = x + self.mlp(self.norms[2](x))
        y = self.norms[3](x)
        x = x + self.window_attention(y, y, mask_WT[:, None, None, :])
        x = self.norms[5](x + self.mlp_after(self.norms[4](x)))
        scores = self.ends(x).masked_fill(~mask_WT.unsqueeze(-1), float("-inf"))
        return scores, self.none(mean).squeeze(-1)


@dataclass(frozen=True, slots=True)
class SpanReader:
    """The `Reader` of the encoder's features: it marks a span.

    The probability is that of the passage's start and end against all others read and against "none of them".
    """

    encodings: Encodings
    network: ReaderNetwork
    answers_sha256: str

    @torch.inference_mode()
    def read(self, question: str, passages: Sequence[str]) -> Marked | None:
        encoded = self.encodings.passages(passages)
        if encoded is None:
            return None
        read, slots, offsets = encoded
        asked, words_NE = self.encodings.question(question), self.encodings.words_NE
        once = (asked.features_1CF, words_NE[asked.ids_1C], asked.mask_1C)
        features, words, mask = (part.expand(len(slots), *part.shape[1:]) for part in once)
        scores, none = self.network(
            (read.features_WTF, words_NE[read.ids_WT], read.mask_WT), (features, words, mask)
        )
        everything = [torch.cat([scores[..., e].flatten(), none[:1]]).logsumexp(0) for e in (0, 1)]
        pairs = (scores[:, :, None, 0] - everything[0]) + (scores[:, None, :, 1] - everything[1])
        width = pairs.shape[-1]
        allowed = torch.ones(width, width, dtype=torch.bool, device=pairs.device).triu().tril(MAX_SPAN - 1)
        best = pairs.masked_fill(~allowed, float("-inf")).flatten().argmax()
        slot, first, last = (int(i) for i in torch.unravel_index(best, pairs.shape))
        answered = 1 - torch.exp((2 * none[0] - everything[0] - everything[1]) / 2)
        place = offsets[slot][first][0], offsets[slot][last][1]
        return Marked(slots[slot], place, float(answered), sum(map(len, offsets)))

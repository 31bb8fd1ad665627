"""Which windows a question needs.

The router works on the encoder's token features. Its key of a window is kept beside the state, so that routing costs
one dot product a window.

Shape suffixes: W windows, T tokens, F features, E encoder width, R router key width, Q questions, C question tokens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.encodings import Encodings
from consolidation.text.windows import Windows

#: Scales, in windows, on which a window's distance from the document's start fades.
POSITION_WINDOWS = (2.0, 8.0, 32.0)
#: Tags are told apart up to this far from 0 and 1.
TAG_EPSILON = 1e-3
TAG_LOG_ODDS = math.log(1 / TAG_EPSILON - 1)


def positions(indices_W: Tensor) -> Tensor:
    """Where windows stand, `[W, P]`: a constant 1, 1 for the first one, and its nearness to the start, thrice."""
    index = indices_W.float()
    near = [torch.exp(-index / scale) for scale in POSITION_WINDOWS]
    return torch.stack([torch.ones_like(index), (index == 0).float(), *near], dim=-1)


def tag_keys(features_WTF: Tensor, tags: int) -> Tensor:
    """How surely windows hold clauses, `[W, L]`: log odds of the surest token, from -1 to 1."""
    best = features_WTF[..., features_WTF.shape[-1] - tags :].amax(1)
    return torch.logit(best, eps=TAG_EPSILON) / TAG_LOG_ODDS


@dataclass(frozen=True, slots=True)
class PassageConfig:
    """Shapes of router and reader. A window's router key has `key_width` numbers."""

    encoder_width: int = 384
    feature_layers: int = 2
    tags: int = 41
    width: int = 256
    attention_heads: int = 4
    hidden: int = 512
    learned_key: int = 64
    sentence_key: int = 64

    @property
    def key_width(self) -> int:
        return self.learned_key + self.sentence_key + self.place_key + self.tags

    @property
    def place_key(self) -> int:
        """Numbers that tell a window's place, and a constant that lets a question shift its scores."""
        return len(POSITION_WINDOWS) + 2

    def reader_flops_per_token(self) -> int:
        """Multiply-adds x 2 of reading one token of a passage, without the frozen encoder."""
        d, e = self.width, self.encoder_width
        return 2 * (d * (e * (self.feature_layers + 1) + self.tags) + 8 * d * d + 2 * d * self.hidden)


class Tokens(nn.Module):
    """Encoder features, clause tags and word embeddings to the model's width."""

    def __init__(self, config: PassageConfig) -> None:
        super().__init__()
        e = config.encoder_width
        self.norms = nn.ModuleList(nn.LayerNorm(e) for _ in range(config.feature_layers))
        self.layers = config.feature_layers * e
        self.linear = nn.Linear((config.feature_layers + 1) * e, config.width)
        self.tags = nn.Linear(config.tags, config.width, bias=False)

    def forward(self, features_WTF: Tensor, words_WTE: Tensor) -> Tensor:
        layers, tags = features_WTF.split([self.layers, self.tags.in_features], dim=-1)
        parts = layers.chunk(len(self.norms), dim=-1)
        normed = [norm(part) for norm, part in zip(self.norms, parts, strict=True)]
        words = words_WTE * words_WTE.shape[-1] ** 0.5
        return self.linear(torch.cat([*normed, words], dim=-1)) + self.tags(tags)


class RouterNetwork(nn.Module):
    """Keys of windows and of questions; a window's score is their dot product.

    A key joins a learned max-pooled part with the encoder's sentence vector, projected to its principal
    directions, which serves questions unlike those trained on, with the window's place in the document, and with how
    surely it holds clauses of each category, so that a question that asks for one is answered by a supervised signal.
    """

    directions_ER: Tensor
    centre_E: Tensor

    def __init__(self, config: PassageConfig) -> None:
        super().__init__()
        self.config = config
        d = config.width
        self.tokens = Tokens(config)
        self.detect = nn.Sequential(nn.GELU(), nn.Linear(d, config.learned_key))
        self.pool = nn.Linear(d, 1)
        self.ask = nn.Sequential(
            nn.Linear(d, d), nn.GELU(), nn.Linear(d, config.key_width - config.sentence_key)
        )
        self.sentence_scale = nn.Parameter(torch.tensor(3.0))
        self.presence = nn.Parameter(torch.tensor([1.0, -3.0]))
        self.register_buffer("directions_ER", torch.zeros(config.encoder_width, config.sentence_key))
        self.register_buffer("centre_E", torch.zeros(config.encoder_width))

    def fit_directions(self, sentences_WE: Tensor) -> None:
        """Principal directions of the windows' sentence vectors."""
        self.centre_E.copy_(sentences_WE.mean(0))
        _, vectors = torch.linalg.eigh(torch.cov((sentences_WE - self.centre_E).T))
        self.directions_ER.copy_(vectors[:, -self.config.sentence_key :])

    def sentence_keys(self, sentences_WE: Tensor) -> Tensor:
        return F.normalize((sentences_WE - self.centre_E) @ self.directions_ER, dim=-1)

    def window_keys(
        self,
        features_WTF: Tensor,
        words_WTE: Tensor,
        mask_WT: Tensor,
        sentences_WE: Tensor,
        indices_W: Tensor,
    ) -> Tensor:
        """Router keys of windows, `[W, R]`; `indices_W` counts them from the document's start."""
        found = self.detect(self.tokens(features_WTF, words_WTE))
        learned = found.masked_fill(~mask_WT.unsqueeze(-1), -1e4).amax(1)
        place, tags = positions(indices_W), tag_keys(features_WTF, self.config.tags)
        return torch.cat([learned, self.sentence_keys(sentences_WE), place, tags], dim=-1)

    def question_keys(
        self, features_QCF: Tensor, words_QCE: Tensor, mask_QC: Tensor, sentences_QE: Tensor
    ) -> Tensor:
        """Router keys of questions, `[Q, R]`."""
        x = self.tokens(features_QCF, words_QCE)
        weight = self.pool(x).squeeze(-1).masked_fill(~mask_QC, float("-inf")).softmax(-1)
        asked = self.ask((weight.unsqueeze(-1) * x).sum(1))
        learned, others = asked.split(
            [self.config.learned_key, self.config.place_key + self.config.tags], dim=-1
        )
        sentence = self.sentence_scale * self.sentence_keys(sentences_QE)
        return torch.cat([learned / self.config.learned_key**0.5, sentence, others], dim=-1)

    def presence_logit(self, best_score_Q: Tensor) -> Tensor:
        """Log odds that a document whose best window has this score holds what is asked for."""
        return self.presence[0] * best_score_Q + self.presence[1]


#: Parts of the network that make window keys; all others are for questions.
READS = ("tokens.", "detect.", "directions_ER", "centre_E")


@dataclass(frozen=True, slots=True)
class KeyRouter:
    """The `Router` of the encoder's features."""

    encodings: Encodings
    network: RouterNetwork
    reads_sha256: str
    answers_sha256: str

    @torch.inference_mode()
    def window_keys(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        read = self.encodings.windows(windows, chosen)
        words_WTE = self.encodings.words_NE[read.ids_WT]
        indices_W = torch.tensor(list(chosen), device=self.encodings.device)
        return self.network.window_keys(
            read.features_WTF, words_WTE, read.mask_WT, read.sentences_WE, indices_W
        )

    @torch.inference_mode()
    def question_keys(self, questions: Sequence[str]) -> Tensor:
        keys = []
        for question in questions:
            one = self.encodings.question(question)
            words_1CE = self.encodings.words_NE[one.ids_1C]
            keys.append(self.network.question_keys(one.features_1CF, words_1CE, one.mask_1C, one.sentence_1E))
        return torch.cat(keys)

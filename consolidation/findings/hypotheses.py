"""Whether a non-disclosure agreement entails or contradicts each of 17 hypotheses, with the sentences that say so.

One softmax decides: over "nothing says so" and, for each sentence, "this sentence entails it" and "this sentence
contradicts it". A label's probability is the sum over sentences, and the sentences that hold most of the sum are the
evidence. The scores are linear in frozen sentence vectors, hashed word groups and cues (`nli_features`), since there
are few labelled agreements to learn from.

Hypotheses and labels: Koreeda and Manning, ContractNLI, arXiv 2110.01799.

Shape suffixes: N documents, S sentences, H hypotheses, Y labels.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

import torch
import torch.nn.functional as F
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from consolidation.errors import ModelFileError
from consolidation.findings.hypothesis_features import (
    CUES,
    GROUPS,
    Features,
    features,
    sentence_vectors,
    split,
)
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.text.windows import Range

WEIGHTS = Path(__file__).parent.parent / "weights" / "nli.safetensors"
Label = Literal["not mentioned", "entailment", "contradiction"]
LABELS: tuple[Label, ...] = get_args(Label)
#: A sentence is evidence if it holds this part of its label's probability; at most `MOST_EVIDENCE` are.
EVIDENCE_SHARE = 0.15
MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A statement that is judged; `id` is ContractNLI's."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A hypothesis judged: the label, the probability of each label, and where the text says so, best first."""

    hypothesis: Hypothesis
    label: Label
    probabilities: dict[Label, float]
    evidence: tuple[Range, ...]


class Encodes(Protocol):
    """Something with an encoder and its tokenizer, as the engine."""

    encoder: Encoder
    pieces: WordPieces


class SentenceScorer(nn.Module):
    """Scores `[S, H, 2]` of sentences: how much each speaks for entailment and for contradiction."""

    centre_E: Tensor
    rarity_G: Tensor

    def __init__(self, hypotheses: int, encoder_width: int = 384, start: float = -6.0) -> None:
        super().__init__()
        self.hypotheses = hypotheses
        self.register_buffer("centre_E", torch.zeros(encoder_width))
        self.register_buffer("rarity_G", torch.ones(GROUPS))
        self.dense = nn.Parameter(torch.zeros(encoder_width + len(CUES), 2 * hypotheses))
        self.groups = nn.Parameter(torch.zeros(GROUPS, 2 * hypotheses))
        self.bias = nn.Parameter(torch.full((2 * hypotheses,), start))

    def inputs(self, x: Features, vector: float, group: float, cue: float) -> tuple[Tensor, Tensor]:
        """Dense features with centred unit vectors, and unit weights of word groups, each kind times its scale."""
        width = len(self.centre_E)
        vectors = F.normalize(x.dense_SD[:, :width] - self.centre_E, dim=-1)
        dense = torch.cat([vector * vectors, cue * x.dense_SD[:, width:]], dim=1)
        weights = x.weights_N * self.rarity_G[x.groups_N]
        sentence_N = torch.bucketize(torch.arange(len(weights)), x.firsts_S, right=True) - 1
        squares = torch.zeros(len(x.firsts_S)).index_add(0, sentence_N, weights**2)
        return dense, group * weights / squares.sqrt().clamp(min=1e-6)[sentence_N]

    def forward(self, dense_SD: Tensor, groups_N: Tensor, weights_N: Tensor, firsts_S: Tensor) -> Tensor:
        """Scores of sentences from `inputs`."""
        words = F.embedding_bag(groups_N, self.groups, firsts_S, mode="sum", per_sample_weights=weights_N)
        return (dense_SD @ self.dense + words + self.bias).view(-1, self.hypotheses, 2)


def pooled(scores_SHY: Tensor, document_S: Tensor, documents: int) -> Tensor:
    """Log of the summed exponentials of scores over each document's sentences, `[N, H, 2]`."""
    index = document_S[:, None, None].expand_as(scores_SHY)
    shape = (documents, *scores_SHY.shape[1:])
    top = torch.full(shape, -50.0).scatter_reduce(0, index, scores_SHY.detach(), "amax")
    total = torch.zeros(shape).index_add(0, document_S, (scores_SHY - top[document_S]).exp())
    return total.clamp(min=1e-30).log() + top


def label_log_probabilities(pooled_NHY: Tensor) -> Tensor:
    """Log probabilities `[N, H, 3]` in the order of `LABELS`; "nothing says so" has score 0."""
    return F.log_softmax(torch.cat([torch.zeros_like(pooled_NHY[..., :1]), pooled_NHY], dim=-1), dim=-1)


@dataclass(frozen=True, slots=True)
class Scales:
    """Weights of the three kinds of features against each other, as in training."""

    vector: float = 1.0
    group: float = 1.0
    cue: float = 0.5


class Nli:
    """Judges agreements; made by `load_nli`."""

    def __init__(self, scorer: SentenceScorer, hypotheses: Sequence[Hypothesis], scales: Scales) -> None:
        self.scorer = scorer.eval().requires_grad_(False)
        self.hypotheses, self.scales = tuple(hypotheses), scales

    def judge(self, engine: Encodes, text: str) -> list[Judgement]:
        """Judge every hypothesis; a text without a sentence mentions nothing."""
        places = split(text)
        vectors = sentence_vectors([text[a:b] for a, b in places], engine.encoder, engine.pieces)
        return self.judge_features(features(text, places, vectors))

    @torch.inference_mode()
    def judge_features(self, x: Features) -> list[Judgement]:
        """`judge` on a text's features."""
        if x.places:
            s = self.scales
            dense, weights = self.scorer.inputs(x, s.vector, s.group, s.cue)
            scores = self.scorer(dense, x.groups_N, weights, x.firsts_S)
        else:
            scores = torch.zeros(0, len(self.hypotheses), 2)
        sums = pooled(scores, torch.zeros(len(scores), dtype=torch.long), 1)
        chances = label_log_probabilities(sums)[0].exp()
        shares = (scores - sums).exp()
        return [self._judgement(x, h, chances[h].tolist(), shares[:, h]) for h in range(len(self.hypotheses))]

    def _judgement(self, x: Features, h: int, chances: list[float], shares_SY: Tensor) -> Judgement:
        best = max(range(len(LABELS)), key=chances.__getitem__)
        evidence: list[Range] = []
        if best:
            share, order = shares_SY[:, best - 1].sort(descending=True)
            chosen = [int(i) for i, part in zip(order, share, strict=True) if part >= EVIDENCE_SHARE]
            evidence = [x.places[i] for i in (chosen or [int(order[0])])[:MOST_EVIDENCE]]
        probabilities = dict(zip(LABELS, chances, strict=True))
        return Judgement(self.hypotheses[h], LABELS[best], probabilities, tuple(evidence))


def load_nli(path: Path | None = None) -> Nli:
    """The shipped weights, or those of a file.

    Raises:
        ModelFileError: the file is missing or cannot be read.
    """
    path = path or WEIGHTS
    try:
        with safe_open(path, framework="pt") as handle:
            manifest = json.loads(handle.metadata()["manifest"])
            if manifest["cues"] != list(CUES):
                raise ModelFileError(path, "the weights were trained on other cues; train them again")
            tensors = {name: handle.get_tensor(name).float() for name in handle.keys()}  # noqa: SIM118
        hypotheses = [Hypothesis(**h) for h in manifest["hypotheses"]]
        scorer = SentenceScorer(len(hypotheses), len(tensors["centre_E"]))
        scorer.load_state_dict(tensors)
        return Nli(scorer, hypotheses, Scales(**manifest["scales"]))
    except FileNotFoundError as error:
        raise ModelFileError(path, "the weights are missing; fetch the whole repository") from error
    except (OSError, SafetensorError, KeyError, TypeError, RuntimeError, json.JSONDecodeError) as error:
        raise ModelFileError(path, "the weights cannot be read; fetch the file again") from error

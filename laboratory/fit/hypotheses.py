"""Train the judgement of hypotheses on ContractNLI's labelled agreements and measure it out of fold.

    python -m laboratory.fit.hypotheses --data ../shared/data [--out FILE] [--measure-only]

Only 61 labelled agreements are at hand. So accuracy is measured by cross-validation: five folds by hash of the
agreement's id, each judged by weights that were trained on the other four, as shipped, that is from the text alone,
split into sentences by rule. The figure `nli_accuracy_dev` is that out-of-fold accuracy; the shipped weights are then
trained on all agreements. Regularisation and scales were chosen on the same folds, and the cues were written after a
look at some of these agreements, so the figure is a little too good.

Shape suffixes as in `consolidation.findings.hypotheses`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from consolidation.files import write_atomically
from consolidation.findings.hypotheses import (
    LABELS,
    WEIGHTS,
    Hypothesis,
    Judgement,
    Nli,
    Scales,
    SentenceScorer,
    label_log_probabilities,
    pooled,
)
from consolidation.findings.hypothesis_features import CUES, Features, features, sentence_vectors, split
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.text.windows import Range

FOLDS = 5
_CHOICES = {"NotMentioned": 0, "Entailment": 1, "Contradiction": 2}


@dataclass(frozen=True, slots=True)
class Settings:
    """Regularisation (per hypothesis), part of the loss that is on the evidence, and steps of the optimiser."""

    penalty: float = 3e-3
    evidence: float = 0.5
    steps: int = 60
    scales: Scales = field(default_factory=Scales)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A labelled agreement: `labels_H` index `LABELS`, `evidence_SH` marks the sentences that say so."""

    id: str
    x: Features
    labels_H: Tensor
    evidence_SH: Tensor
    gold: tuple[tuple[Range, ...], ...]


def fold_of(agreement_id: str) -> int:
    """The fold an agreement belongs to, by hash of its id."""
    return int(hashlib.sha256(agreement_id.encode()).hexdigest(), 16) % FOLDS


def touches(place: Range, other: Range) -> bool:
    """Whether two ranges share at least half of the shorter one."""
    shared = min(place[1], other[1]) - max(place[0], other[0])
    return shared > 0 and 2 * shared >= min(place[1] - place[0], other[1] - other[0])


def _vectors(text: str, places: list[Range], cache: Path | None, tools: tuple[Encoder, WordPieces]) -> Tensor:
    texts = [text[a:b] for a, b in places]
    if cache is None:
        return sentence_vectors(texts, *tools)
    digest = hashlib.sha256(repr((tools[0].sha256, texts)).encode()).hexdigest()
    path = cache / f"{digest}.pt"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        torch.save(sentence_vectors(texts, *tools), path)
    return torch.load(path, weights_only=True)


def load_agreements(path: Path, cache: Path | None = None) -> tuple[list[Hypothesis], list[Agreement]]:
    """Hypotheses and agreements of ContractNLI's `dev.json.xz`; sentence vectors are kept in `cache`."""
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        content = json.load(handle)
    hypotheses = [Hypothesis(key, label["hypothesis"]) for key, label in content["labels"].items()]
    tools = (Encoder(), WordPieces())
    return hypotheses, [_agreement(row, hypotheses, cache, tools) for row in content["documents"]]


def _agreement(
    row: dict[str, Any],
    hypotheses: Sequence[Hypothesis],
    cache: Path | None,
    tools: tuple[Encoder, WordPieces],
) -> Agreement:
    text = row["text"]
    notes = [row["annotation_sets"][0]["annotations"][h.id] for h in hypotheses]
    gold = tuple(tuple((int(a), int(b)) for a, b in (row["spans"][i] for i in n["spans"])) for n in notes)
    places = split(text)
    evidence = torch.tensor([[any(touches(p, g) for g in one) for one in gold] for p in places])
    x = features(text, places, _vectors(text, places, cache, tools))
    return Agreement(str(row["id"]), x, torch.tensor([_CHOICES[n["choice"]] for n in notes]), evidence, gold)


@dataclass(frozen=True, slots=True)
class Together:
    """The sentences of several agreements, one after the other, and their labels `[N, H]`."""

    dense_SD: Tensor
    groups_N: Tensor
    weights_N: Tensor
    firsts_S: Tensor
    document_S: Tensor
    labels_NH: Tensor
    evidence_SHY: Tensor

    @classmethod
    def of(cls, agreements: Sequence[Agreement], scorer: SentenceScorer, scales: Scales) -> Together:
        """Join the agreements' features, scaled for the scorer."""
        parts = [scorer.inputs(a.x, scales.vector, scales.group, scales.cue) for a in agreements]
        shift = torch.tensor([0, *(len(a.x.groups_N) for a in agreements)]).cumsum(0).tolist()
        labels = torch.stack([a.labels_H for a in agreements])
        sizes = torch.tensor([len(a.x.places) for a in agreements])
        document = torch.arange(len(agreements)).repeat_interleave(sizes)
        wanted = torch.stack([labels == 1, labels == 2], dim=-1)[document]
        return cls(
            torch.cat([dense for dense, _ in parts]),
            torch.cat([a.x.groups_N for a in agreements]),
            torch.cat([weights for _, weights in parts]),
            torch.cat([a.x.firsts_S + s for a, s in zip(agreements, shift, strict=False)]),
            document,
            labels,
            torch.cat([a.evidence_SH for a in agreements]).unsqueeze(-1) & wanted,
        )


def describe_language(scorer: SentenceScorer, agreements: Sequence[Agreement]) -> None:
    """Fit what needs no labels: the mean sentence vector, and how rare each word group is over agreements."""
    width = len(scorer.centre_E)
    scorer.centre_E.copy_(torch.cat([a.x.dense_SD[:, :width] for a in agreements]).mean(0))
    counts = torch.zeros(len(scorer.rarity_G))
    for a in agreements:
        counts[a.x.groups_N.unique()] += 1
    scorer.rarity_G.copy_(((len(agreements) + 1) / (counts + 1)).log() + 0.3)


def loss_of(scores_SHY: Tensor, data: Together, evidence: float) -> Tensor:
    """Negative log likelihood of the labels, and of the labels by way of the annotated sentences."""
    documents = len(data.labels_NH)
    sums = pooled(scores_SHY, data.document_S, documents)
    logs = label_log_probabilities(sums)
    right = logs.gather(2, data.labels_NH.unsqueeze(-1)).squeeze(-1)
    marked = pooled(scores_SHY.masked_fill(~data.evidence_SHY, -30.0), data.document_S, documents)
    total = logs[..., 0]  # minus the log of the normaliser, since "nothing says so" has score 0
    shown = torch.cat([total.unsqueeze(-1), marked + total.unsqueeze(-1)], dim=-1)
    by_evidence = shown.gather(2, data.labels_NH.unsqueeze(-1)).squeeze(-1)
    return -((1 - evidence) * right + evidence * by_evidence).mean()


def train(agreements: Sequence[Agreement], hypotheses: int, settings: Settings) -> SentenceScorer:
    """Weights fitted to agreements; the same input gives the same weights."""
    scorer = SentenceScorer(hypotheses)
    describe_language(scorer, agreements)
    data = Together.of(agreements, scorer, settings.scales)
    start = scorer.bias.detach().clone()
    optimiser = torch.optim.LBFGS(
        scorer.parameters(), max_iter=settings.steps, history_size=8, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        optimiser.zero_grad()
        scores = scorer(data.dense_SD, data.groups_N, data.weights_N, data.firsts_S)
        size = scorer.dense.square().sum() + scorer.groups.square().sum()
        size = size + 1e-3 * (scorer.bias - start).square().sum()
        loss = loss_of(scores, data, settings.evidence) + settings.penalty * size / (2 * hypotheses)
        loss.backward()
        return loss

    optimiser.step(closure)
    return scorer


Judged = list[tuple[Agreement, list[Judgement]]]


def out_of_fold(
    hypotheses: Sequence[Hypothesis], agreements: Sequence[Agreement], settings: Settings
) -> Judged:
    """Every agreement judged by weights that were not trained on its fold."""
    judged: Judged = []
    for fold in range(FOLDS):
        scorer = train([a for a in agreements if fold_of(a.id) != fold], len(hypotheses), settings)
        nli = Nli(scorer, hypotheses, settings.scales)
        judged += [(a, nli.judge_features(a.x)) for a in agreements if fold_of(a.id) == fold]
    return judged


def majority(agreements: Sequence[Agreement]) -> Tensor:
    """Out-of-fold labels `[N, H]` of always giving a hypothesis its most frequent label."""
    rows = []
    for a in agreements:
        others = torch.stack([b.labels_H for b in agreements if fold_of(b.id) != fold_of(a.id)])
        rows.append(others.mode(0).values)
    return torch.stack(rows)


def macro_f1(gold: Tensor, said: Tensor) -> float:
    """Mean over the labels of F1, pooled over all pairs."""
    scores = []
    for label in range(len(LABELS)):
        both = ((gold == label) & (said == label)).sum()
        scores.append(2 * both / ((gold == label).sum() + (said == label).sum()).clamp(min=1))
    return float(torch.stack(scores).mean())


def _percent(right: Tensor) -> float:
    return round(100 * float(right.float().mean()), 1)


def figures(hypotheses: Sequence[Hypothesis], judged: Judged) -> dict[str, Any]:
    """Rates in percent over all pairs of an agreement and a hypothesis, out of fold."""
    agreements = [a for a, _ in judged]
    gold = torch.stack([a.labels_H for a in agreements])
    said = torch.tensor([[LABELS.index(j.label) for j in row] for _, row in judged])
    usual = majority(agreements)
    pairs = [(a.gold[h], j) for a, row in judged for h, j in enumerate(row) if a.gold[h] and j.evidence]
    first = [any(touches(j.evidence[0], place) for place in places) for places, j in pairs]
    return {
        "nli_accuracy_dev": _percent(said == gold),
        "nli_macro_f1_dev": round(100 * macro_f1(gold, said), 1),
        "nli_majority_accuracy_dev": _percent(usual == gold),
        "nli_majority_macro_f1_dev": round(100 * macro_f1(gold, usual), 1),
        "nli_evidence_first_right_dev": _percent(torch.tensor(first)),
        "nli_pairs_dev": gold.numel(),
        "nli_agreements_dev": len(agreements),
        "nli_by_hypothesis_dev": {
            h.id: {
                "accuracy": _percent(said[:, i] == gold[:, i]),
                "majority": _percent(usual[:, i] == gold[:, i]),
                "hypothesis": h.text,
            }
            for i, h in enumerate(hypotheses)
        },
        "nli_by_label_dev": {
            label: {"recall": _percent(said[gold == i] == i), "n": int((gold == i).sum())}
            for i, label in enumerate(LABELS)
        },
    }


def measure(data_folder: Path, cache: Path | None = None) -> dict[str, Any]:
    """Out-of-fold figures of the shipped settings."""
    hypotheses, agreements = load_agreements(data_folder / "contract-nli" / "dev.json.xz", cache)
    return figures(hypotheses, out_of_fold(hypotheses, agreements, Settings()))


def write(path: Path, scorer: SentenceScorer, hypotheses: Sequence[Hypothesis], settings: Settings) -> None:
    """Weights in half precision, with their manifest."""
    manifest = {
        "hypotheses": [asdict(h) for h in hypotheses],
        "scales": asdict(settings.scales),
        "cues": list(CUES),
        "training": {"penalty": settings.penalty, "evidence": settings.evidence, "steps": settings.steps},
        "source": "ContractNLI, Koreeda and Manning 2021, CC BY 4.0",
    }
    tensors = {name: t.detach().half().contiguous() for name, t in scorer.state_dict().items()}
    with write_atomically(path) as handle:
        handle.write(save(tensors, metadata={"manifest": json.dumps(manifest, sort_keys=True)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--cache", type=Path, default=Path("build/nli/vectors"))
    parser.add_argument("--measure-only", action="store_true", help="leave the shipped weights alone")
    args = parser.parse_args()
    torch.set_num_threads(1)
    settings = Settings()
    hypotheses, agreements = load_agreements(args.data / "contract-nli" / "dev.json.xz", args.cache)
    print(json.dumps(figures(hypotheses, out_of_fold(hypotheses, agreements, settings)), indent=2))
    if not args.measure_only:
        write(args.out, train(agreements, len(hypotheses), settings), hypotheses, settings)


if __name__ == "__main__":
    main()

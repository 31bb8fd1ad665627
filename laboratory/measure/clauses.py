"""How well clauses are found, as the CUAD paper counts it.

For each contract and category there are labelled spans and predicted spans with confidences. A labelled span is
found if a prediction matches it; a prediction that matches no labelled span is a false positive. Counts are pooled
over all contracts and categories, for each of a fixed series of thresholds on the confidence.

Source: Hendrycks et al., CUAD, arXiv 2103.06268, section 4, and `evaluate.py` of the paper's repository
(TheAtticusProject/cuad): the threshold series, the strict comparison with it, and the start of the curve at
(recall 0, precision 1) are theirs, so that figures compare with the published ones.

    python -m laboratory.measure.clauses --contracts FILE --features FOLDER --tune [--sample N]

tries constants of `consolidation.findings.spans` on training contracts and prints the best; it changes nothing. The
tags are those of `prepare`, by layers that have not seen the contract. Without `--tune` it prints the figures on the
same contracts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from consolidation.findings.spans import (
    CLAUSE_RULES,
    VALUE_RULES,
    VALUES,
    ClauseSpan,
    Layout,
    SpanRule,
    ranked,
)
from consolidation.parts.encoder import WordPieces
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.examples import Store
from laboratory.data.facts import held_out

#: Least overlap of two spans' word sets (Jaccard index) at which they match.
MATCH = 0.5
#: Thresholds of the published script: a prediction counts where its confidence is above.
THRESHOLDS = (*np.arange(0.99, 0, -0.01).tolist(), 0.001, 0.0)
#: A prediction that holds the whole label matches in this category too.
_HOLDS = "Parties"
_DROPPED = str.maketrans({".": "", ",": "", ";": "", ":": "", "/": " "})

Curve = tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True)
class Predicted:
    """A predicted span and how sure the model is of it, 0 to 1."""

    text: str
    confidence: float


def words(text: str) -> frozenset[str]:
    """The word set by which two spans are compared."""
    return frozenset(text.translate(_DROPPED).lower().split())


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """Shared words over all words; two empty sets share nothing."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def matches(gold: Sequence[str], texts: Sequence[str], category: str) -> NDArray[np.bool_]:
    """Which label (rows) each prediction (columns) matches."""
    wanted, offered = [words(g) for g in gold], [words(t) for t in texts]
    found = np.zeros((len(gold), len(texts)), dtype=bool)
    for i, label in enumerate(wanted):
        for j, prediction in enumerate(offered):
            holds = category == _HOLDS and gold[i] in texts[j]
            found[i, j] = holds or jaccard(label, prediction) >= MATCH
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """One question: the best confidence among matches of each label, and those of unmatched predictions."""

    found: tuple[float, ...]
    false: tuple[float, ...]


def count(gold: Sequence[str], predicted: Sequence[Predicted], category: str) -> Counted:
    """Compare one question's predictions with its labels; of equal texts the last one's confidence counts."""
    unique = {p.text: p.confidence for p in predicted if p.text}
    confidences = np.array(list(unique.values()))
    match = matches(gold, list(unique), category)
    best = [float(confidences[row].max()) if row.any() else -1.0 for row in match]
    return Counted(tuple(best), tuple(confidences[~match.any(0)].tolist()))


def curve_of(counted: Sequence[Counted]) -> Curve:
    """Precisions and recalls at falling thresholds, from recall 0 on; precision is 0 where nothing is predicted.

    Raises:
        ValueError: no question has a label, so that recall has no meaning.
    """
    found = np.array([c for one in counted for c in one.found])
    false = np.array([c for one in counted for c in one.false])
    if not len(found):
        raise ValueError("no labelled span to be found")
    precisions, recalls = [1.0], [0.0]
    for threshold in THRESHOLDS:
        right, wrong = int((found > threshold).sum()), int((false > threshold).sum())
        precisions.append(right / (right + wrong) if right + wrong else 0.0)
        recalls.append(right / len(found))
    return precisions, recalls


def curve(
    gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[Predicted]], categories: Sequence[str]
) -> Curve:
    """Precisions and recalls at falling thresholds, pooled over questions (a contract and a category each).

    Raises:
        ValueError: the three differ in length, or no question has a label.
    """
    return curve_of([count(g, p, c) for g, p, c in zip(gold, predicted, categories, strict=True)])


def _monotone(precisions: Sequence[float]) -> NDArray[np.float64]:
    """The best precision at this recall or a higher one."""
    return np.maximum.accumulate(np.array(precisions, dtype=np.float64)[::-1])[::-1]


def aupr(precisions: Sequence[float], recalls: Sequence[float]) -> float:
    """Area under the monotone precision-recall curve by the trapezoid rule, up to the highest recall reached."""
    return float(np.trapezoid(_monotone(precisions), recalls))


def precision_at_recall(precisions: Sequence[float], recalls: Sequence[float], least: float) -> float:
    """Monotone precision at the highest threshold whose recall is at least `least`; 0 where it is not reached."""
    for precision, recall in zip(_monotone(precisions), recalls, strict=True):
        if recall >= least:
            return float(precision)
    return 0.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A contract's text and the labelled spans of each category."""

    id: str
    text: str
    spans: dict[str, list[str]]


def load_labelled(path: Path, wanted: Callable[[str], bool]) -> list[Labelled]:
    """Labelled contracts of `contracts.jsonl.xz` whose id is wanted; those without labels are left out."""
    found = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["labels"] and wanted(row["id"]):
                labels = {c: list(row["labels"].get(c, {}).get("spans", [])) for c in CATEGORIES}
                found.append(Labelled(row["id"], row["text"], labels))
    return found


def count_contract(contract: Labelled, found: dict[str, list[ClauseSpan]]) -> dict[str, Counted]:
    """Compare the spans found in a contract with its labels, category by category."""
    return {
        category: count(
            contract.spans[category],
            # the surest of equal texts is the one that counts
            [Predicted(contract.text[s.start : s.end], s.confidence) for s in sorted(places, key=_sureness)],
            category,
        )
        for category, places in found.items()
    }


def _sureness(span: ClauseSpan) -> float:
    return span.confidence


def summary(counted: Sequence[Counted]) -> dict[str, float]:
    """AUPR and precision at 80 % recall, in percent, over questions."""
    drawn = curve_of(counted)
    return {"aupr": 100 * aupr(*drawn), "precision_at_80_recall": 100 * precision_at_recall(*drawn, 0.8)}


def by_category(contracts: Sequence[dict[str, Counted]]) -> dict[str, dict[str, Any]]:
    """AUPR in percent and number of labelled spans of each category that has any."""
    rows = {}
    for category in CATEGORIES:
        counted = [one[category] for one in contracts]
        labels = sum(len(c.found) for c in counted)
        if labels:
            rows[category] = {"aupr": round(summary(counted)["aupr"], 1), "n": labels}
    return rows


@dataclass(frozen=True, slots=True)
class Tagged:
    """A contract with its tokens' probabilities, a column for each category."""

    contract: Labelled
    columns_LT: NDArray[np.float32]
    layout: Layout

    @classmethod
    def of(cls, contract: Labelled, p_TL: NDArray[np.float32], pieces: WordPieces) -> Tagged:
        """A contract with the probabilities of its tokens."""
        _, offsets = pieces.encode(contract.text)
        return cls(contract, np.ascontiguousarray(p_TL[: len(offsets)].T), Layout.of(contract.text, offsets))

    def counted(self, rules: Sequence[SpanRule], *, values: bool) -> list[Counted]:
        """Compare what rules find with the labels, over values or over clauses."""
        found = {
            category: ranked(self.columns_LT[i], self.layout, rules)
            for i, category in enumerate(CATEGORIES)
            if (category in VALUES) == values
        }
        return list(count_contract(self.contract, found).values())


#: What is tried for each constant; one after the other, the others held, twice over.
GRID: dict[str, tuple[float, ...]] = {
    "least": (0.003, 0.01, 0.03, 0.1),
    "fraction": (0.1, 0.2, 0.3, 0.4, 0.6, 0.75, 0.85),
    "gap": (0, 1, 3, 8, 16, 32),
    "fill": (0.2, 0.35, 0.5, 0.65, 0.8, 2.0),
    "shortest": (1, 4, 8, 10, 12),
    "peak": (0.0, 0.25, 0.5, 0.75, 1.0),
    "weight": (1.0, 0.5, 0.25, 0.1),
}


def tune(
    tagged: Sequence[Tagged], rules: Sequence[SpanRule], *, values: bool
) -> Iterator[tuple[tuple[SpanRule, ...], float]]:
    """Ever better rules with their AUPR in percent, by coordinate search over `GRID`, one rule after the other."""
    best, kept = -1.0, list(rules)
    for at in range(len(kept)):
        for name, choices in [*GRID.items(), *GRID.items()]:
            for choice in choices:
                constant: dict[str, Any] = {name: choice}
                trial = [*kept[:at], replace(kept[at], **constant), *kept[at + 1 :]]
                score = summary([c for one in tagged for c in one.counted(trial, values=values)])["aupr"]
                if score > best:
                    kept, best = trial, score
                    yield tuple(kept), best


def stored(features: Path, contracts: Sequence[Labelled]) -> Iterator[Tagged]:
    """Contracts that are stored whole, with the tags that are stored of them."""
    store, pieces = Store(features), WordPieces()
    documents = {d["id"]: d for d in store.documents}
    for contract in contracts:
        document = documents[contract.id]
        windows = document["windows"]
        if store.tags is not None and windows == list(range(-(-document["tokens"] // WINDOW_TOKENS))):
            p_WTL = store.tags[document["first"] : document["first"] + len(windows)].astype(np.float32)
            yield Tagged.of(contract, p_WTL.reshape(-1, len(CATEGORIES)), pieces)


def _sampled(parts: int) -> Callable[[str], bool]:
    """Every so-many-th training contract by hash of its id."""
    return lambda key: not held_out(key) and int(hashlib.md5(key.encode()).hexdigest(), 16) % parts == 0  # noqa: S324


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--features", type=Path, required=True, help="what `prepare` wrote, with tags")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--sample", type=int, default=6, help="one in so many training contracts")
    args = parser.parse_args()
    torch.set_num_threads(1)
    tagged = list(stored(args.features, load_labelled(args.contracts, _sampled(args.sample))))
    for name, rules, values in (("clauses", CLAUSE_RULES, False), ("values", VALUE_RULES, True)):
        counted = [c for one in tagged for c in one.counted(rules, values=values)]
        print(name, len(tagged), summary(counted), flush=True)
        if args.tune:
            for better, score in tune(tagged, rules, values=values):
                print(f"{score:.2f} {better}", flush=True)


if __name__ == "__main__":
    main()

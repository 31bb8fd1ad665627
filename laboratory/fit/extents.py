"""Fit the networks that say which extents of tagged text are clauses, on labelled contracts.

`python -m laboratory.fit.extents --contracts FILE --halves FILE FILE --kept FOLDER --out FILE.safetensors`

Only contracts that the tagger has not seen show how its probabilities fade at the ends of clauses. So what is shipped
is fitted on all held-out ones, and once more without each half of them, by which the other half is measured. With
`--halves`, taggers that `fit.tagger --half` trained on each half of the training contracts, these are learned from
too, each tagged by the one that has not seen it. `--kept` keeps tags from run to run, those of one set of weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from consolidation.briefs import brief
from consolidation.briefs.clauses import told_by
from consolidation.findings.clauses import tag
from consolidation.findings.extents import Tagged, features, proposed
from consolidation.findings.spans import Floats, Layout
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.encodings import Encodings
from consolidation.parts.extents import ExtentNet, Extents
from consolidation.parts.tagger import CATEGORIES
from consolidation.parts.window_tagger import WindowTagger
from consolidation.text.windows import Range
from laboratory.answers.known import Tags
from laboratory.data.facts import half_of, held_out
from laboratory.measure.clauses import Labelled, load_labelled, matches

NETS, ROUNDS, SIZE, RATE, DECAY = 3, 5, 512, 2e-3, 0.05


@dataclass(frozen=True)
class Rows:
    """Proposed extents of some contracts: features, and whether each matches a label."""

    features_RF: Tensor
    right_R: Tensor


class HalfTags(Tags):
    """Tags of training contracts, each by a tagger that learned from the other half of them."""

    def __init__(self, kept: Path | None, taggers: Sequence[Path]) -> None:
        super().__init__(kept)
        encoder, pieces = Encoder(), WordPieces()
        self._halves = [
            Encodings(encoder, pieces, WindowTagger(path, pieces, encoder.word_embeddings_NE), Extents([]))
            for path in taggers
        ]

    def made(self, contract: str, text: str) -> tuple[Floats, list[Range]]:
        return tag(self._halves[1 - half_of(contract)], text)


def rows_of(contract: Labelled, tags: Tags) -> Iterator[Rows]:
    """What is proposed of a contract, category by category."""
    p_TL, offsets = tags.of(contract.id, contract.text)
    layout = Layout.of(contract.text, offsets)
    tagged = Tagged.of(p_TL, layout, told_by(brief(contract.text)))
    for column, category in enumerate(CATEGORIES):
        some = proposed(tagged, column)
        if not len(some):
            continue
        places = zip(layout.starts_T[some.starts_R], layout.ends_T[some.ends_R - 1], strict=True)
        texts = [contract.text[a:b] for a, b in places]
        right = matches(contract.spans[category], texts, category).any(0)
        yield Rows(
            torch.from_numpy(features(tagged, column, some)),
            torch.from_numpy(np.asarray(right, dtype=np.float32)),
        )


def together(rows: Sequence[Rows]) -> Rows:
    """All rows as one."""
    return Rows(*(torch.cat([getattr(r, name) for r in rows]) for name in Rows.__dataclass_fields__))


def fitted(rows: Rows, seed: int) -> ExtentNet:
    """A network fitted on rows, with rates that fall to zero."""
    torch.manual_seed(seed)
    known, right = rows.features_RF, rows.right_R
    net = ExtentNet(known.shape[1])
    net.mean_F.copy_(known.mean(0))
    net.scale_F.copy_(known.std(0).clamp(min=1e-3))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * (len(known) // SIZE)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        drawn = torch.randint(0, len(known), (SIZE,))
        loss = F.binary_cross_entropy_with_logits(net(known[drawn]), right[drawn])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net


def _every(path: Path, tags: Tags, *, kept_for_measuring: bool) -> dict[str, Rows]:
    """The rows of labelled contracts, held out or not."""
    contracts = load_labelled(path, lambda name: held_out(name) is kept_for_measuring)
    return {one.id: together(list(rows_of(one, tags))) for one in contracts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="other tags than those of the shipped weights")
    parser.add_argument(
        "--halves", type=Path, nargs=2, help="taggers of half 0 and half 1, for training contracts"
    )
    parser.add_argument("--kept", type=Path, help="a folder for tags")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = _every(args.contracts, Tags(args.kept, args.weights), kept_for_measuring=True)
    trained: dict[str, Rows] = {}
    if args.halves:
        kept = args.kept and args.kept / "halves"
        trained = _every(args.contracts, HalfTags(kept, args.halves), kept_for_measuring=False)
    parts = {"all": [*rows.values(), *trained.values()]}
    for half in (0, 1):
        parts[str(half)] = [*(own for name, own in rows.items() if half_of(name) != half), *trained.values()]
    tensors: dict[str, Tensor] = {}
    for part, own in parts.items():
        for number in range(NETS):
            net = fitted(together(own), number)
            tensors |= {f"{part}.{number}.{name}": value for name, value in net.state_dict().items()}
            print(part, number, flush=True)
    extents = sum(len(r.right_R) for r in parts["all"])
    manifest = {"nets": NETS, "contracts": len(rows), "trained": len(trained), "extents": extents}
    save_file(tensors, args.out, metadata={"manifest": json.dumps(manifest, sort_keys=True)})


if __name__ == "__main__":
    main()

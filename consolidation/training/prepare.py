"""Encode labelled contracts once and keep their token features on disk for training.

`python -m consolidation.training.prepare --contracts FILE --out FOLDER [--swap SEED] [--threads N]`

A folder holds `ids.npy` uint16 `[W, T]`, `lengths.npy` int16 `[W]`, `features.npy` float16 `[W, T, F]`,
`sentences.npy` float16 `[W, E]` and `index.json`, which lists for each contract its windows and facts in
window coordinates. Without `--swap` every window of every contract is kept; with it the values of the
training contracts are swapped (see `swaps`) and only windows that hold facts, and some beside them, are.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from consolidation.encoder import Encoder, WordPieces
from consolidation.training.facts import Contract, Range, held_out, load_contracts
from consolidation.training.swaps import swapped
from consolidation.windows import WINDOW_TOKENS, pack

BATCH_WINDOWS = 32
MAX_WINDOWS = 640
BESIDE = 14


def _tokens(place: Range, starts: list[int], ends: list[int]) -> Range:
    """Token range that covers a character range."""
    return bisect_right(ends, place[0]), bisect_left(starts, place[1])


def describe(contract: Contract, offsets: list[Range]) -> dict[str, Any]:
    """Facts and clauses of a contract as token ranges."""
    starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]
    facts = [
        {
            "category": fact.category,
            "subject": fact.subject,
            "gold": fact.gold,
            "places": [_tokens(place, starts, ends) for place in fact.places],
        }
        for fact in contract.facts
    ]
    clauses = {
        category: [_tokens(place, starts, ends) for place in places]
        for category, places in contract.clauses.items()
        if places
    }
    return {"id": contract.id, "held_out": held_out(contract.id), "facts": facts, "clauses": clauses}


def chosen_windows(row: dict[str, Any], count: int, dice: random.Random | None) -> list[int]:
    """All windows, or (when swapped) those that hold facts and `BESIDE` others."""
    if dice is None:
        return list(range(min(count, MAX_WINDOWS)))
    needed = {
        t // WINDOW_TOKENS
        for fact in row["facts"]
        for start, end in fact["places"]
        for t in (start, max(start, end - 1))
    }
    others = [w for w in range(min(count, MAX_WINDOWS)) if w not in needed]
    return sorted(needed | set(dice.sample(others, min(BESIDE, len(others)))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--swap", type=int)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    contracts = load_contracts(args.contracts)
    dice = None if args.swap is None else random.Random(args.swap)
    if dice is not None:
        training = [c for c in contracts if not held_out(c.id) and c.facts]
        contracts = [swapped(c, training, dice) for c in training]
    pieces, encoder = WordPieces(), Encoder()

    rows: list[dict[str, Any]] = []
    all_ids: list[Tensor] = []
    all_lengths: list[Tensor] = []
    for contract in contracts:
        ids, offsets = pieces.encode(contract.text)
        ids_WT, lengths_W = pack(ids)
        row = describe(contract, offsets)
        keep = chosen_windows(row, len(ids_WT), dice)
        row |= {"tokens": len(ids), "windows": keep, "first": sum(len(x) for x in all_ids)}
        rows.append(row)
        all_ids.append(ids_WT[keep])
        all_lengths.append(lengths_W[keep])
    ids_WT, lengths_W = torch.cat(all_ids), torch.cat(all_lengths)
    np.save(args.out / "ids.npy", ids_WT.numpy().astype(np.uint16))
    np.save(args.out / "lengths.npy", lengths_W.numpy().astype(np.int16))
    shape = (len(ids_WT), WINDOW_TOKENS, 2 * encoder.width)
    features = np.lib.format.open_memmap(args.out / "features.npy", "w+", np.float16, shape)
    sentences = np.zeros((len(ids_WT), encoder.width), np.float16)
    for i in range(0, len(ids_WT), BATCH_WINDOWS):
        part = slice(i, i + BATCH_WINDOWS)
        feats, sent = encoder.features(ids_WT[part], lengths_W[part])
        features[part], sentences[part] = feats.half().numpy(), sent.half().numpy()
        if i % (BATCH_WINDOWS * 50) == 0:
            print(f"{i}/{len(ids_WT)} windows", flush=True)
    features.flush()
    np.save(args.out / "sentences.npy", sentences)
    (args.out / "index.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()

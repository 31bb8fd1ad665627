"""Encode labelled contracts once and keep their token features on disk for training.

`python -m laboratory.data.prepare --contracts FILE --out FOLDER [--swap SEED] [--most WINDOWS]
[--encoders FILE ...] [--device D] [--threads N]`

A folder holds `ids.npy` uint16 `[W, T]`, `lengths.npy` int16 `[W]`, `features.npy` float16 `[W, T, F]` of the frozen
layers, `sentences.npy` float16 `[W, E]`, `index.json`, which lists for each contract its windows and facts in
window coordinates, and with `--encoders` `tags.npy` float16 `[W, T, L]` of the clause tagger. Without `--swap` every
window of every contract is kept, up to `--most`; with it the values of the training contracts are swapped (see
`swaps`) and only windows that hold facts, and some beside them, are.
What a folder holds already of the same tokens is not made again; the facts in its index are.
`--tokens` ends before the features, which another machine then makes of the folder alone, without `--contracts`;
`--lower` stores of them only what `fit.encoder` starts from, which is of no use to other trainings.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from consolidation.files import write_atomically
from consolidation.parts.encoder import FEATURE_LAYERS, TUNED_FROM, Encoder, WordPieces
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import WINDOW_TOKENS, pack
from laboratory.data.as_asked import as_asked
from laboratory.data.computed import COMPUTED_CATEGORIES
from laboratory.data.facts import SHORT_CATEGORIES, Contract, Fact, Range, half_of, held_out, load_contracts
from laboratory.data.selfstudy import every_fact
from laboratory.data.swaps import swapped

#: Windows that are encoded at once, by a processor and by a card.
BATCH_WINDOWS, CARD_WINDOWS = 32, 512
#: Facts whose windows are kept of a swapped contract; others are there when they stand in those.
KEPT = {*SHORT_CATEGORIES, *COMPUTED_CATEGORIES}
BESIDE, FIRST = 6, 24


def _tokens(place: Range, starts: list[int], ends: list[int]) -> Range:
    """Token range that covers a character range."""
    return bisect_right(ends, place[0]), bisect_left(starts, place[1])


def describe(
    contract: Contract,
    offsets: list[Range],
    pieces: WordPieces,
    dice: random.Random,
    asked: Sequence[Fact] = (),
) -> dict[str, Any]:
    """Facts, `asked` ones too, and clauses of a contract as token ranges.

    `said` are the word pieces of an answer that is not copied.
    """
    starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]
    facts = [
        {
            "category": fact.category,
            "subject": fact.subject,
            "gold": fact.gold,
            "places": [_tokens(place, starts, ends) for place in fact.places],
        }
        | ({"said": pieces.encode(fact.answer)[0]} if fact.answer else {})
        for fact in (*every_fact(contract, dice), *asked)
    ]
    clauses = {
        category: [_tokens(place, starts, ends) for place in places]
        for category, places in contract.clauses.items()
        if places
    }
    return {"id": contract.id, "held_out": held_out(contract.id), "facts": facts, "clauses": clauses}


def chosen_windows(
    row: dict[str, Any], count: int, most: int, dice: random.Random, *, swap: bool
) -> list[int]:
    """Windows that are kept of a contract, in order.

    Of a swapped one those that hold facts and `BESIDE` others; else all, or of one that has more than `most` those
    that hold facts or clauses, the first `FIRST`, and others up to `most`.
    """
    if not swap and count <= most:
        return list(range(count))
    places = [p for fact in row["facts"] if fact["category"] in KEPT for p in fact["places"]]
    if not swap:
        places += [p for clause in row["clauses"].values() for p in clause]
    needed = {t // WINDOW_TOKENS for start, end in places for t in (start, max(start, end - 1))}
    if not swap:
        needed |= set(range(FIRST))
    others = [w for w in range(count) if w not in needed]
    more = BESIDE if swap else max(0, most - len(needed))
    return sorted(needed | set(dice.sample(others, min(more, len(others)))))


def forget_if_changed(folder: Path, ids_WT: Tensor) -> None:
    """Delete features and tags of a folder that were made of other tokens, as of swaps by an earlier rule."""
    ids = folder / "ids.npy"
    if ids.exists() and not np.array_equal(np.load(ids), ids_WT.numpy()):
        for name in ("features.npy", "tags.npy", "sentences.npy"):
            (folder / name).unlink(missing_ok=True)


def encode(
    folder: Path, encoder: Encoder, ids_WT: Tensor, lengths_W: Tensor, layers: int = len(FEATURE_LAYERS)
) -> None:
    """Write the frozen features, of the first `layers` of `FEATURE_LAYERS`, and sentence vectors of all windows."""
    shape = (len(ids_WT), WINDOW_TOKENS, layers * encoder.width)
    unfinished = folder / "features.part.npy"
    features = np.lib.format.open_memmap(unfinished, "w+", np.float16, shape)
    sentences = np.zeros((len(ids_WT), encoder.width), np.float16)
    device = encoder.device
    count = CARD_WINDOWS if device.type == "cuda" else BATCH_WINDOWS
    for i in range(0, len(ids_WT), count):
        part = slice(i, i + count)
        both, sent = encoder.features(ids_WT[part].to(device), lengths_W[part].to(device), tagged=False)
        features[part] = both[..., : shape[-1]].half().cpu().numpy()
        sentences[part] = sent.half().cpu().numpy()
        if i % (count * 50) == 0:
            print(f"{i}/{len(ids_WT)} windows", flush=True)
    features.flush()
    np.save(folder / "sentences.npy", sentences)
    unfinished.rename(folder / "features.npy")


def encode_tags(folder: Path, encoders: list[Encoder], rows: list[dict[str, Any]], lengths_W: Tensor) -> None:
    """Write the clause tags of all windows, from the stored features of the layer below the tuned ones.

    Of two encoders, each of which learned from one half of the contracts, the one that has not seen a contract tags
    it (cross-fitting): tags of contracts that it was trained on would be far better than those of new ones.
    """
    frozen = np.load(folder / "features.npy", mmap_mode="r")
    at = FEATURE_LAYERS.index(TUNED_FROM) * encoders[0].width
    unfinished = folder / "tags.part.npy"
    tags = np.lib.format.open_memmap(unfinished, "w+", np.float16, (*frozen.shape[:2], len(CATEGORIES)))
    for row in rows:
        encoder = encoders[1 - half_of(row["id"])] if len(encoders) == 2 else encoders[0]
        end = row["first"] + len(row["windows"])
        for i in range(row["first"], end, BATCH_WINDOWS):
            part = slice(i, min(i + BATCH_WINDOWS, end))
            lower = torch.from_numpy(frozen[part, :, at : at + encoder.width].astype(np.float32))
            mask = torch.arange(WINDOW_TOKENS) < lengths_W[part, None]
            found = encoder.tags(lower.to(encoder.device), mask.to(encoder.device))
            tags[part] = found.half().cpu().numpy()
    tags.flush()
    unfinished.rename(folder / "tags.npy")


def tuned_encoder(path: Path, device: str = "cpu") -> Encoder:
    """The encoder, with the tuned layers and tagger of a file that `laboratory.fit.encoder` wrote."""
    kept = torch.load(path, map_location="cpu", weights_only=True)
    encoder = Encoder(device=device)
    encoder.tune(kept["tuned"], kept["tagger"])
    return encoder


def main(arguments: Sequence[str] | None = None) -> None:
    args = _arguments(arguments)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    rows, ids_WT, lengths_W = _kept(args.out) if args.contracts is None else _made(args)
    if not args.tokens and not (args.out / "features.npy").exists():
        layers = FEATURE_LAYERS.index(TUNED_FROM) + 1 if args.lower else len(FEATURE_LAYERS)
        encode(args.out, Encoder(device=args.device), ids_WT, lengths_W, layers)
    if args.encoders and not (args.out / "tags.npy").exists():
        encoders = [tuned_encoder(path, args.device) for path in args.encoders]
        encode_tags(args.out, encoders, rows, lengths_W)
    with write_atomically(args.out / "index.json") as handle:
        handle.write(json.dumps(rows).encode())


def _kept(folder: Path) -> tuple[list[dict[str, Any]], Tensor, Tensor]:
    """What a finished folder says of its windows, as `_rows` gives it. Raises FileNotFoundError."""
    rows: list[dict[str, Any]] = json.loads((folder / "index.json").read_text())
    ids_WT, lengths_W = (np.load(folder / name).astype(np.int64) for name in ("ids.npy", "lengths.npy"))
    return rows, torch.from_numpy(ids_WT), torch.from_numpy(lengths_W)


def _made(args: argparse.Namespace) -> tuple[list[dict[str, Any]], Tensor, Tensor]:
    """Tokens of the contracts, written into the folder."""
    dice = None if args.swap is None else random.Random(args.swap)
    index = args.out / "index.json"
    before = {d["id"]: d["windows"] for d in json.loads(index.read_text())} if index.exists() else {}
    contracts = _chosen_contracts(args.contracts, dice, kept_for_measuring=args.held_out)
    asked = as_asked(args.asked) if dice is None else {}
    rows, ids_WT, lengths_W = _rows(contracts, before, args.most, dice, asked)
    forget_if_changed(args.out, ids_WT)
    np.save(args.out / "ids.npy", ids_WT.numpy().astype(np.uint16))
    np.save(args.out / "lengths.npy", lengths_W.numpy().astype(np.int16))
    return rows, ids_WT, lengths_W


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, help="left out: the tokens and index in --out are used")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--swap", type=int)
    parser.add_argument(
        "--held-out", action="store_true", help="swap the contracts kept for measuring instead"
    )
    parser.add_argument(
        "--most", type=int, default=640, help="windows kept of a contract, facts and clauses first"
    )
    parser.add_argument(
        "--encoders", type=Path, nargs="*", default=(),
        help="tuned layers, as laboratory.fit.encoder writes them: of all contracts, or of half 0 and half 1",
    )  # fmt: skip
    parser.add_argument(
        "--asked", type=Path, nargs="*", default=(),
        help="questions as people ask them, of contracts as they are: their names would be others in swapped ones",
    )  # fmt: skip
    parser.add_argument("--tokens", action="store_true", help="tokens and index alone")
    parser.add_argument("--lower", action="store_true", help="features for `fit.encoder` alone")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


def _chosen_contracts(
    path: Path, dice: random.Random | None, *, kept_for_measuring: bool
) -> Sequence[Contract]:
    """The contracts as they are; with dice, those of one split that have facts, their values swapped."""
    contracts = load_contracts(path)
    if dice is None:
        return contracts
    training = [c for c in contracts if not held_out(c.id) and c.facts]
    chosen = [c for c in contracts if held_out(c.id) and c.facts] if kept_for_measuring else training
    return [swapped(c, training, dice) for c in chosen]


def _rows(
    contracts: Sequence[Contract],
    before: Mapping[str, list[int]],
    most: int,
    dice: random.Random | None,
    as_people_ask: Mapping[str, Sequence[Fact]],
) -> tuple[list[dict[str, Any]], Tensor, Tensor]:
    """The rows of the index, and tokens and lengths of the windows that are kept; `before` are those kept earlier."""
    pieces, asked = WordPieces(), dice or random.Random(0)
    rows: list[dict[str, Any]] = []
    all_ids: list[Tensor] = []
    all_lengths: list[Tensor] = []
    for contract in contracts:
        ids, offsets = pieces.encode(contract.text)
        ids_WT, lengths_W = pack(ids)
        row = describe(contract, offsets, pieces, asked, as_people_ask.get(contract.id, ()))
        keep = chosen_windows(row, len(ids_WT), most, asked, swap=dice is not None)
        keep = before.get(contract.id, keep)
        row |= {"tokens": len(ids), "windows": keep, "first": sum(len(x) for x in all_ids)}
        rows.append(row)
        all_ids.append(ids_WT[keep])
        all_lengths.append(lengths_W[keep])
    return rows, torch.cat(all_ids), torch.cat(all_lengths)


if __name__ == "__main__":
    main()

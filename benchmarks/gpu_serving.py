"""What a hybrid costs asleep and awake, with random weights: python -m benchmarks.gpu_serving [--shape small].

Speed does not depend on what the weights say. The shapes are a small one for a processor, and those of
Granite-4.0-H-1B and Falcon-H1-0.5B for a card. `--seconds` bounds what grows with documents, part by part; what does
not fit stands as null, and reading again is then reckoned from the tokens that were read.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from benchmarks import hybrid_stand
from benchmarks.hybrid_restart import ROOT, asked, restart
from benchmarks.hybrid_shapes import SHAPES
from benchmarks.hybrid_stand import Stand
from benchmarks.reports import report
from consolidation.errors import MemoryRefused
from consolidation.parts.hybrid.cache import attention_bytes
from tests.engine import hybrids

OUT = ROOT / "benchmarks" / "results" / "gpu_serving.json"
LENGTHS = {"4k": 4096, "32k": 32768, "128k": 131072, "1m": 1048576}
#: Tokens that are read at once on the way to a long document's state, and shares of the time for parts that grow.
STEP_TOKENS = 2048
AWAKE_SHARE, REREAD_SHARE, BATCHES_SHARE = 0.5, 0.2, 0.1


def sleeping(stand: Stand) -> dict[str, Any]:
    """Tokens per second of consolidation against one plain forward call, and the rate of matrix products."""
    ids, model = stand.tokens(1, 2048), stand.model
    square = torch.randn(2048, 2048, device=stand.device, dtype=model.dtype)
    plain = stand.seconds(lambda: model.hidden(model.inject(model.blank()), ids))
    found: dict[str, Any] = {
        "forward_tokens_per_s": 2048 / plain,
        "matrix_gflops": 2 * 2048**3 / stand.seconds(lambda: square @ square) / 1e9,
        "parameters": model.active,
    }
    for passes in (1, 2, 4):
        part = ids[:, : 1024 // passes]
        took = stand.seconds(lambda: stand.sleep(model.inject(model.blank()), part, passes))  # noqa: B023
        found[f"consolidate_fraction_of_forward_n{passes}"] = part.shape[1] / took * plain / 2048
    return found


def awake(stand: Stand) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """Time to the first token from states of growing documents; each goes on from the last.

    A state is as large and as fast to ask whatever the windows were that it was read in; wide ones are read sooner.
    """
    stand.give(AWAKE_SHARE)
    cache, read = stand.model.inject(stand.model.blank()), 0
    found: dict[str, Any] = dict.fromkeys((f"first_token_s_{name}" for name in LENGTHS), None)
    states = stand.model.capture(cache)
    for name, length in LENGTHS.items():
        while read < length and stand.left() > 0:
            step = min(STEP_TOKENS, length - read)
            stand.sleep(cache, stand.tokens(1, step), 1, STEP_TOKENS)
            read += step
        if read < length:
            break
        states = stand.model.capture(cache)
        found[f"first_token_s_{name}"] = stand.seconds(lambda: stand.first(states), 9)  # noqa: B023
    return found | {"state_read_tokens": read}, states


def against_attention(stand: Stand, states: dict[str, torch.Tensor]) -> dict[str, Any]:
    """Bytes and questions per second beside the keys and values of the same weights, at 128k tokens.

    A warm prefix needs keys and values of that length, not those of a text: random ones take as long to attend to.
    Where reading all again does not fit into the time, it is reckoned from what was read, in proportion: too short,
    for later tokens attend to more. `reread_tokens` says how much was read.
    """
    model, length = stand.model, LENGTHS["128k"]
    probe = model.inject(model.blank())
    model.hidden(probe, stand.tokens(1, 8))
    per_token = attention_bytes(probe) // 8
    held = sum(t.numel() * p.dtype.itemsize for p, t in zip(model.places, states.values(), strict=True))
    from_state = stand.seconds(lambda: stand.ask(states, 1))
    found = {
        "state_bytes": held,
        "kv_bytes_per_token": per_token,
        "memory_ratio_vs_kv_128k": per_token * length / held,
    }
    return (
        found
        | {
            "throughput_ratio_vs_warm_prefix_128k": stand.seconds(_warm(stand, states, length), 1)
            / from_state,
        }
        | _reread(stand, length, from_state)
    )


def _warm(stand: Stand, states: dict[str, torch.Tensor], length: int) -> Callable[[], object]:
    model = stand.model
    cache = model.inject(states)
    model.hidden(cache, stand.tokens(1, 1))
    layers: list[Any] = cache.layers
    for layer in layers:
        keys = getattr(layer, "keys", None)
        if keys is not None:
            shape = (*keys.shape[:2], length, keys.shape[-1])
            layer.keys, layer.values = (
                torch.randn(shape, dtype=keys.dtype, device=keys.device) for _ in "kv"
            )

    def ask() -> None:
        logits = model.feed(cache, stand.tokens(1, hybrid_stand.QUESTION_TOKENS), length)
        for i in range(hybrid_stand.ANSWER_TOKENS):
            logits = model.step(
                cache, logits.argmax(-1, keepdim=True), length + hybrid_stand.QUESTION_TOKENS + i
            )

    return ask


def _reread(stand: Stand, length: int, from_state: float) -> dict[str, Any]:
    stand.give(REREAD_SHARE)
    cache, read, began = stand.model.inject(stand.model.blank()), 0, time.perf_counter()
    while read < length and (stand.left() > 0 or not read):
        step = min(STEP_TOKENS, length - read)
        stand.model.feed(cache, stand.tokens(1, step), read)
        read += step
    whole = (time.perf_counter() - began) * length / read
    return {"throughput_ratio_vs_reread_128k": (whole + from_state) / from_state, "reread_tokens": read}


def batches(stand: Stand, states: dict[str, torch.Tensor]) -> dict[str, Any]:
    """Questions per second by the rows of a batch."""
    stand.give(BATCHES_SHARE)
    rates: dict[int, float] = {}
    for rows in (1, 4, 16, 64, 256):
        if stand.left() < 0 and rows > 64:
            break
        rates[rows] = rows / stand.seconds(lambda: stand.ask(states, rows), 2)  # noqa: B023
    return {"questions_per_s": rates, "batch64_speedup": rates[64] / rates[1]}


def classes(device: str) -> list[str]:
    """The classes whose random instances pass the self-test at load, stepped ones among them."""
    passing = []
    for name in [*hybrids.SEVERAL, *hybrids.STEPPED]:
        try:
            ways = hybrids.hybrid_memory(name, device=device).ways
        except MemoryRefused:
            continue
        passing.append(name if ways.several else f"{name} (stepped)")
    return passing


def main() -> None:
    """Measure, and write the result file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shape", choices=SHAPES, default="small")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--asked", type=Path)
    args = parser.parse_args()
    if args.asked:
        asked(args.asked, args.device)
        return
    stand = Stand(args.shape, args.device, args.seconds)
    name = torch.cuda.get_device_name() if stand.device.type == "cuda" else "cpu"
    figures: dict[str, Any] = {"device": name, "shape": args.shape, "dtype": str(stand.model.dtype)}
    states: dict[str, torch.Tensor] = {}

    def awakened() -> dict[str, Any]:
        found, last = awake(stand)
        states.update(last)
        return found

    def restarted() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            return restart(stand, Path(folder), args.device)

    parts: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: sleeping(stand),
        awakened,
        lambda: against_attention(stand, states),
        lambda: batches(stand, states),
        restarted,
        lambda: {"model_classes_passing": classes(args.device)},
    )
    asked_for = f"--shape {args.shape} --device {args.device} --seconds {args.seconds:g}"
    for part in parts:
        figures |= part()
        # a loan of a card may end before the last of them
        report(OUT, f"python -m benchmarks.gpu_serving {asked_for}", figures)


if __name__ == "__main__":
    main()

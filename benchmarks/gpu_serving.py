"""What a hybrid costs asleep and awake, with random weights: python -m benchmarks.gpu_serving [--shape small].

Speed does not depend on what the weights say. The shapes are a small one for a processor, and those of
Granite-4.0-H-1B and Falcon-H1-0.5B for a card. `--seconds` bounds what grows with documents, part by part; what does
not fit stands as null, and reading again is then reckoned from the tokens that were read. Parts come by their worth,
and each is written as soon as it is measured; one that fails is named under `failed`, and the next goes on.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks import hybrid_stand
from benchmarks.hybrid_restart import ROOT, Kept, asked, restart, restoring
from benchmarks.hybrid_shapes import SHAPES
from benchmarks.hybrid_stand import Stand
from benchmarks.reports import report
from consolidation.errors import MemoryRefused
from consolidation.parts.hybrid.cache import attention_bytes, drop_attention
from tests.engine import hybrids

OUT = ROOT / "benchmarks" / "results" / "gpu_serving.json"
LENGTHS = {"4k": 4096, "32k": 32768, "128k": 131072, "1m": 1048576}
#: Tokens that are read at once on the way to a long document's state, and of a plain forward call.
STEP_TOKENS = 2048
#: Documents whose windows are read in one batch.
TOGETHER = 16
#: Shares of the time for parts that grow.
TOGETHER_SHARE, AWAKE_SHARE, REREAD_SHARE, BATCHES_SHARE = 0.2, 0.25, 0.2, 0.1


def sleeping(stand: Stand) -> dict[str, Any]:
    """Tokens per second of one document's consolidation against one plain forward call, and of matrix products.

    Documents are read as a worker reads them: a step of windows, which differ in tokens, by the memory itself.
    """
    model = stand.model
    square = torch.randn(2048, 2048, device=stand.device, dtype=model.dtype)
    found = {
        "matrix_gflops": 2 * 2048**3 / stand.seconds(lambda: square @ square) / 1e9,
        "parameters": model.active,
    }
    return found | _sleeping(stand, 1, "", 3)


def together(stand: Stand) -> dict[str, Any]:
    """The same for windows of several documents in one batch; plain forward has as many rows."""
    stand.give(TOGETHER_SHARE)
    return {"documents_together": TOGETHER} | _sleeping(stand, TOGETHER, "_together", 1)


def _sleeping(stand: Stand, rows: int, suffix: str, times: int) -> dict[str, Any]:
    ids, model = stand.tokens(rows, STEP_TOKENS), stand.model
    plain = ids.numel() / stand.seconds(lambda: model.hidden(model.inject(model.blank(rows)), ids), times)
    found: dict[str, Any] = {f"forward_tokens_per_s{suffix}": plain}
    documents, tokens = stand.documents(rows)
    for passes in (1, 2, 4):
        fraction = None
        if rows == 1 or stand.left() > 0:
            read = partial(stand.memory.read_many, documents, passes)
            fraction = tokens / stand.seconds(read, times) / plain
        found[f"consolidate_fraction_of_forward{suffix}_n{passes}"] = fraction
    return found


class Growing:
    """A document that grows, and its state.

    A state is as large and as fast to ask whatever the windows were that it was read in; wide ones are read sooner.
    """

    def __init__(self, stand: Stand) -> None:
        self._stand, self._cache, self.read = stand, stand.model.inject(stand.model.blank()), 0

    def states(self) -> dict[str, torch.Tensor]:
        return self._stand.model.capture(self._cache)

    def to(self, length: int) -> bool:
        """Whether it came to this length in the time."""
        while self.read < length and self._stand.left() > 0:
            step = min(STEP_TOKENS, length - self.read)
            self._stand.model.hidden(self._cache, self._stand.tokens(1, step))
            drop_attention(self._cache)
            self._stand.wait()
            self.read += step
        return self.read >= length


def awake(stand: Stand, growing: Growing, names: Iterable[str]) -> dict[str, Any]:
    """Time to the first token from the state of a document of these lengths; null where the time was too short."""
    stand.give(AWAKE_SHARE)
    found: dict[str, Any] = {}
    for name in names:
        reached = growing.to(LENGTHS[name])
        states = growing.states()
        found[f"first_token_s_{name}"] = stand.seconds(partial(stand.first, states), 9) if reached else None
    return found | {"state_read_tokens": growing.read}


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
        stand.wait()
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
        try:
            rates[rows] = rows / stand.seconds(partial(stand.ask, states, rows), 2)
        except torch.OutOfMemoryError:
            break
    return {"questions_per_s": rates, "batch64_speedup": rates[64] / rates[1] if 64 in rates else None}


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
    parser.add_argument("--out", type=Path, default=OUT, help="the result file")
    parser.add_argument("--asked", type=Path)
    args = parser.parse_args()
    if args.asked:
        asked(args.asked, args.device)
        return
    asked_for = f"--shape {args.shape} --device {args.device} --seconds {args.seconds:g}"
    began = time.perf_counter()
    stand = Stand(args.shape, args.device, args.seconds)
    name = torch.cuda.get_device_name() if stand.device.type == "cuda" else "cpu"
    figures: dict[str, Any] = {"device": name, "shape": args.shape, "dtype": str(stand.model.dtype)}
    figures |= {"failed": {}, "seconds_by_part": {"drawing": time.perf_counter() - began}}
    with tempfile.TemporaryDirectory() as folder:
        for part, measure in parts(stand, Kept(stand, Path(folder), args.device)).items():
            began = time.perf_counter()
            try:
                figures |= measure()
            except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
                # what comes after it may well be measured
                figures["failed"][part] = f"{type(error).__name__}: {error} {getattr(error, 'stderr', '')}"
            figures["seconds_by_part"][part] = time.perf_counter() - began
            # a loan of a card may end before the last of them
            report(args.out, f"python -m benchmarks.gpu_serving {asked_for}", figures)
    sys.exit(1 if figures["failed"] else 0)


def parts(stand: Stand, kept: Kept) -> dict[str, Callable[[], dict[str, Any]]]:
    """What is measured, by its worth."""
    growing = Growing(stand)
    short, (longest,) = list(LENGTHS)[:-1], list(LENGTHS)[-1:]
    return {
        "sleeping": lambda: sleeping(stand),
        "together": lambda: together(stand),
        **{f"awake {name}": partial(awake, stand, growing, [name]) for name in short},
        "against attention": lambda: against_attention(stand, growing.states()),
        "batches": lambda: batches(stand, growing.states()),
        "restoring": lambda: restoring(kept),
        f"awake {longest}": lambda: awake(stand, growing, [longest]),
        "restart": lambda: restart(kept),
        "classes": lambda: {"model_classes_passing": classes(kept.device)},
    }


if __name__ == "__main__":
    main()

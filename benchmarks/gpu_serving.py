"""What a hybrid costs asleep and awake, with random weights: python -m benchmarks.gpu_serving [--shape small].

Speed does not depend on what the weights say. The shapes are a small one for a processor, and those of
Granite-4.0-H-1B and Falcon-H1-0.5B for a card. What does not fit into `--seconds` is left out and stands as null.
"""

import argparse
import copy
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM
from transformers.cache_utils import DynamicCache

from benchmarks.hybrid_shapes import SHAPES
from benchmarks.reports import report
from consolidation import Bank, Engine, consolidate, load_engine
from consolidation.errors import MemoryRefused
from consolidation.parts.hybrid.cache import attention_bytes, drop_attention
from consolidation.parts.hybrid.lanes import begin
from consolidation.parts.hybrid.model import CausalModel
from consolidation.protocol import FastWeights
from consolidation.text.windows import WINDOW_TOKENS
from tests.engine import hybrids
from tests.engine.conftest import key_for

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "benchmarks" / "results" / "gpu_serving.json"
LENGTHS = {"4k": 4096, "32k": 32768, "128k": 131072, "1m": 1048576}
QUESTION_TOKENS, ANSWER_TOKENS, DOCUMENTS = 32, 8, 100


class Stand:
    """A model on its device, and the time that is left."""

    def __init__(self, shape: str, device: str, seconds: float) -> None:
        torch.manual_seed(0)
        self.device, self.until = torch.device(device), time.monotonic() + seconds
        kind = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        config = copy.deepcopy(SHAPES[shape])
        # NB: with smaller weights a state says next to nothing, and a lost one would not be seen
        config.initializer_range = 8 / config.hidden_size
        self.raw = AutoModelForCausalLM.from_config(config, dtype=kind)
        self.model = CausalModel(self.raw.to(self.device))

    def left(self) -> float:
        return self.until - time.monotonic()

    def tokens(self, rows: int, count: int) -> torch.Tensor:
        return torch.randint(3, 250, (rows, count), device=self.device)

    def seconds(self, call: Callable[[], object], times: int = 3) -> float:
        """The median time of a call; once before, to warm up."""
        taken = []
        for _ in range(times + 1):
            self._wait()
            began = time.perf_counter()
            call()
            self._wait()
            taken.append(time.perf_counter() - began)
        return sorted(taken[1:])[times // 2]

    def _wait(self) -> None:
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    def sleep(self, cache: DynamicCache, ids_1T: torch.Tensor, passes: int) -> None:
        """Read tokens window by window, as the memory does."""
        for window in ids_1T.split(WINDOW_TOKENS, dim=1):
            for _ in range(passes):
                self.model.hidden(cache, window)
                drop_attention(cache)

    def ask(self, states: dict[str, torch.Tensor], rows: int) -> None:
        """One question to each row, answered."""
        many = {name: held.expand(rows, *held.shape[1:]) for name, held in states.items()}
        lanes = begin(self.model, many, self.tokens(rows, QUESTION_TOKENS).tolist(), together=True)
        for _ in range(ANSWER_TOKENS):
            lanes.step(lanes.logits_BX.argmax(-1))

    def first(self, states: dict[str, torch.Tensor]) -> None:
        begin(self.model, states, self.tokens(1, QUESTION_TOKENS).tolist(), together=True)


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
    """Time to the first token from states of growing documents; each goes on from the last."""
    cache, read = stand.model.inject(stand.model.blank()), 0
    found: dict[str, Any] = dict.fromkeys((f"first_token_s_{name}" for name in LENGTHS), None)
    states = stand.model.capture(cache)
    for name, length in LENGTHS.items():
        while read < length and stand.left() > 0:
            step = min(2048, length - read)
            stand.sleep(cache, stand.tokens(1, step), 1)
            read += step
        if read < length:
            break
        states = stand.model.capture(cache)
        found[f"first_token_s_{name}"] = stand.seconds(lambda: stand.first(states), 9)  # noqa: B023
    return found | {"state_read_tokens": read}, states


def against_attention(stand: Stand, states: dict[str, torch.Tensor]) -> dict[str, Any]:
    """Bytes and questions per second beside the keys and values of the same weights, at 128k tokens.

    A warm prefix needs keys and values of that length, not those of a text: random ones take as long to attend to.
    Reading again is timed on what fits into the time, and is null where that is not the whole.
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
    return found | {
        "throughput_ratio_vs_warm_prefix_128k": stand.seconds(_warm(stand, states, length), 1) / from_state,
        "throughput_ratio_vs_reread_128k": _reread(stand, length, from_state),
    }


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
        logits = model.feed(cache, stand.tokens(1, QUESTION_TOKENS), length)
        for i in range(ANSWER_TOKENS):
            logits = model.step(cache, logits.argmax(-1, keepdim=True), length + QUESTION_TOKENS + i)

    return ask


def _reread(stand: Stand, length: int, from_state: float) -> float | None:
    cache, read, began = stand.model.inject(stand.model.blank()), 0, time.perf_counter()
    while read < length:
        if stand.left() < 0:
            return None
        stand.model.feed(cache, stand.tokens(1, 2048), read)
        read += 2048
    return (time.perf_counter() - began + from_state) / from_state


def batches(stand: Stand, states: dict[str, torch.Tensor]) -> dict[str, Any]:
    """Questions per second by the rows of a batch."""
    rates: dict[int, float] = {}
    for rows in (1, 4, 16, 64, 256):
        if stand.left() < 0 and rows > 64:
            break
        rates[rows] = rows / stand.seconds(lambda: stand.ask(states, rows), 2)  # noqa: B023
    return {"questions_per_s": rates, "batch64_speedup": rates[64] / rates[1]}


def classes() -> list[str]:
    """The classes whose random instances pass the self-test at load, stepped ones among them."""
    passing = []
    for name in [*hybrids.SEVERAL, *hybrids.STEPPED]:
        try:
            ways = hybrids.hybrid_memory(name).ways
        except MemoryRefused:
            continue
        passing.append(name if ways.several else f"{name} (stepped)")
    return passing


def documents() -> list[str]:
    """Short texts, each unlike the others at its end: random weights forget what was long ago."""
    return [f"The seller ships crates of the kind {n * 7919 % 100003}" for n in range(DOCUMENTS)]


def _answers(engine: Engine, bank: Bank, names: list[str]) -> list[float]:
    """What each document's state, read from the disk, says of one question: how sure the first token is."""
    return [_sureness(engine, bank.load(name).fast_weights([0])) for name in names]


def _sureness(engine: Engine, state: FastWeights) -> float:
    decoding = engine.memory.decoding(state, ["What ships?"])
    decoding.step()
    signals = decoding.claim(0).signals
    return signals["presence"] + signals["log_likelihood"]


def restart(stand: Stand, folder: Path, device: str) -> dict[str, Any]:
    """States kept, the process killed, a new one asked 100 questions of 100 documents; and the times of restoring."""
    stand.raw.to("cpu").save_pretrained(folder / "model")
    hybrids.bytes_tokenizer().save_pretrained(folder / "model")
    engine, bank = load_engine(memory=f"hybrid:{folder / 'model'}", device=device), Bank(folder / "bank")
    names = [consolidate(engine, text, key_for(engine, text), bank).name for text in documents()]
    expected = _answers(engine, Bank(folder / "bank"), names)
    (folder / "names.json").write_text(json.dumps(names))
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.gpu_serving", "--asked", str(folder), "--device", device]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    took = time.perf_counter() - began
    said = json.loads(done.stdout.strip().split("\n")[-1])
    blank = _sureness(engine, engine.memory.blank_state())
    # what is said must be nearer to what was said before than to what is said from no state
    misses = sum(abs(a - b) > 0.1 * abs(b - blank) for a, b in zip(said, expected, strict=True))
    distinct = len(set(expected) - {blank})
    return {
        "restart_100_questions_s": took,
        "silent_misses": misses,
        "distinct_answers": distinct,
    } | _restoring(stand, engine, folder, names[0])


def _restoring(stand: Stand, engine: Engine, folder: Path, name: str) -> dict[str, Any]:
    path, model = folder / "bank" / f"{name}.safetensors", engine.memory.model  # type: ignore[attr-defined]

    def from_disk() -> None:
        with path.open("rb") as handle:
            os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        model.inject(Bank(folder / "bank").load(name).fast_weights([0]))

    kept = Bank(folder / "bank").load(name)
    here = {n: held.to(model.device) for n, held in kept.fast_weights([0]).items()}
    on_card = model.device.type == "cuda"
    return {
        "restore_s_disk": stand.seconds(from_disk),
        "restore_s_host": stand.seconds(lambda: model.inject(kept.fast_weights([0]))),
        "restore_s_gpu": stand.seconds(lambda: model.inject(here)) if on_card else None,
        "state_file_bytes": path.stat().st_size,
    }


def asked(folder: Path, device: str) -> None:
    """In a new process: ask every document, and print what was said."""
    engine = load_engine(memory=f"hybrid:{folder / 'model'}", device=device)
    print(
        json.dumps(_answers(engine, Bank(folder / "bank"), json.loads((folder / "names.json").read_text())))
    )


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
    figures |= sleeping(stand)
    more, states = awake(stand)
    figures |= more | against_attention(stand, states) | batches(stand, states)
    figures["model_classes_passing"] = classes()
    with tempfile.TemporaryDirectory() as folder:
        figures |= restart(stand, Path(folder), args.device)
    command = f"python -m benchmarks.gpu_serving --shape {args.shape} --seconds {args.seconds:g}"
    report(OUT, command, figures)


if __name__ == "__main__":
    main()

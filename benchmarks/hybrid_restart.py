"""The states of a hybrid after its process was killed: nothing is lost, and how soon they are at hand again."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.hybrid_stand import Stand
from consolidation import Bank, Engine, consolidate, load_engine
from consolidation.engine import WEIGHTS
from consolidation.protocol import FastWeights
from tests.engine import hybrids
from tests.engine.conftest import key_for

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = 100


def documents() -> list[str]:
    """Short texts, each unlike the others at its end: random weights forget what was long ago."""
    return [f"The seller ships crates of the kind {n * 7919 % 100003}" for n in range(DOCUMENTS)]


def _engine(folder: Path, device: str) -> Engine:
    """The hybrid beside the shipped parts; where their weights are not at hand, beside the smallest there are."""
    if WEIGHTS.exists():
        return load_engine(memory=f"hybrid:{folder / 'model'}", device=device)
    return hybrids.engine_around(folder / "model", device)


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
    engine, bank = _engine(folder, device), Bank(folder / "bank")
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

    def from_disk(*, cold: bool) -> None:
        if cold:
            with path.open("rb") as handle:
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        model.inject(Bank(folder / "bank").load(name).fast_weights([0]))

    kept = Bank(folder / "bank").load(name)
    here = {n: held.to(model.device) for n, held in kept.fast_weights([0]).items()}
    on_card = model.device.type == "cuda"
    return {
        "restore_s_disk": stand.seconds(lambda: from_disk(cold=True)),
        "restore_s_disk_warm": stand.seconds(lambda: from_disk(cold=False)),
        "restore_s_host": stand.seconds(lambda: model.inject(kept.fast_weights([0]))),
        "restore_s_gpu": stand.seconds(lambda: model.inject(here)) if on_card else None,
        "state_file_bytes": path.stat().st_size,
    }


def asked(folder: Path, device: str) -> None:
    """In a new process: ask every document, and print what was said."""
    engine = _engine(folder, device)
    print(
        json.dumps(_answers(engine, Bank(folder / "bank"), json.loads((folder / "names.json").read_text())))
    )

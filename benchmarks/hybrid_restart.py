"""The states of a hybrid after its process was killed: nothing is lost, and how soon they are at hand again."""

import json
import os
import subprocess
import sys
import time
from functools import cached_property
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
#: Documents that are asked even where there is no time, and the share of the time in which states are made.
LEAST, SHARE = 10, 0.15


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


class Kept:
    """States of short documents, kept in a folder beside their model."""

    def __init__(self, stand: Stand, folder: Path, device: str) -> None:
        self.stand, self.folder, self.device, self.names = stand, folder, device, list[str]()

    @cached_property
    def engine(self) -> Engine:
        self.stand.raw.save_pretrained(self.folder / "model")
        hybrids.bytes_tokenizer().save_pretrained(self.folder / "model")
        return _engine(self.folder, self.device)

    def bank(self) -> Bank:
        """With nothing in its tiers."""
        return Bank(self.folder / "bank")

    def more(self) -> None:
        """One more document."""
        text = documents()[len(self.names)]
        key = key_for(self.engine, text)
        self.names.append(consolidate(self.engine, text, key, self.bank()).name)


def restart(kept: Kept) -> dict[str, Any]:
    """The process killed, a new one asked a question of each document: what it says must be what was said before.

    There are 100 documents where the time is long enough; `restart_documents` says how many.
    """
    engine, folder = kept.engine, kept.folder
    kept.stand.give(SHARE)
    while len(kept.names) < min(DOCUMENTS, LEAST) or (len(kept.names) < DOCUMENTS and kept.stand.left() > 0):
        kept.more()
    expected = _answers(engine, kept.bank(), kept.names)
    (folder / "names.json").write_text(json.dumps(kept.names))
    began = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "benchmarks.gpu_serving",
        "--asked",
        str(folder),
        "--device",
        kept.device,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    took = time.perf_counter() - began
    said = json.loads(done.stdout.strip().split("\n")[-1])
    blank = _sureness(engine, engine.memory.blank_state())
    # what is said must be nearer to what was said before than to what is said from no state
    misses = sum(abs(a - b) > 0.1 * abs(b - blank) for a, b in zip(said, expected, strict=True))
    return {
        "restart_documents": len(kept.names),
        "restart_s": took,
        "restart_100_questions_s": took if len(kept.names) == 100 else None,
        "silent_misses": misses,
        "distinct_answers": len(set(expected) - {blank}),
    }


def restoring(kept: Kept) -> dict[str, Any]:
    """How soon a state is at hand again: from the disk, from the host's memory, on the card."""
    stand, model = kept.stand, kept.engine.memory.model  # type: ignore[attr-defined]
    kept.more()
    name = kept.names[0]
    path = kept.folder / "bank" / f"{name}.safetensors"

    def from_disk(*, cold: bool) -> None:
        if cold:
            with path.open("rb") as handle:
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        model.inject(kept.bank().load(name).fast_weights([0]))

    loaded = kept.bank().load(name)
    here = {n: held.to(model.device) for n, held in loaded.fast_weights([0]).items()}
    on_card = model.device.type == "cuda"
    return {
        "restore_s_disk": stand.seconds(lambda: from_disk(cold=True)),
        "restore_s_disk_warm": stand.seconds(lambda: from_disk(cold=False)),
        "restore_s_host": stand.seconds(lambda: model.inject(loaded.fast_weights([0]))),
        "restore_s_gpu": stand.seconds(lambda: model.inject(here)) if on_card else None,
        "state_file_bytes": path.stat().st_size,
    }


def asked(folder: Path, device: str) -> None:
    """In a new process: ask every document, and print what was said."""
    engine = _engine(folder, device)
    print(
        json.dumps(_answers(engine, Bank(folder / "bank"), json.loads((folder / "names.json").read_text())))
    )

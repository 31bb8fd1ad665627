"""Write the shipped weights: tuned layers, tagger, memory, router and reader in half precision, with their manifest.

`python -m laboratory.fit.export --memory CHECKPOINT --passages FILE --encoder FILE --out FILE
[--calibration FILE]`
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save

from consolidation.engine import WEIGHTS
from consolidation.files import write_atomically
from consolidation.parts.confidence import BIAS, SCORE, Fitted
from consolidation.parts.embedded.codes import codes, packed_codes
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.memory import LOG_LIKELIHOOD, PRESENCE, SIGNALS, STORED, WEAKEST
from consolidation.parts.router import PassageConfig
from consolidation.protocol import AnswerSettings, SleepSettings

#: What is believed before anything was fitted.
FIRST = Fitted(
    {PRESENCE: 0.5, LOG_LIKELIHOOD: 1.0, WEAKEST: 0.5, SCORE: 0.1, BIAS: 0.0}, SIGNALS, clause={SCORE: 1.0}
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--calibration", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--passes", type=int, default=SleepSettings().passes)
    parser.add_argument("--segment-windows", type=int, default=SleepSettings().segment_windows)
    parser.add_argument("--stored", default=next(iter(STORED.values())), help="stored type of fast weights")
    args = parser.parse_args()
    memory = torch.load(args.memory, weights_only=True)
    parts = {"model": memory["model"]}
    parts |= torch.load(args.passages, weights_only=True)
    parts |= torch.load(args.encoder, weights_only=True)
    model = ModelConfig(**memory["config"])
    codes_NX = codes(model.vocabulary, model.heads * model.value_width)
    tensors = {
        f"{part}.{name}": t.half().contiguous() for part, state in parts.items() for name, t in state.items()
    }
    tensors["codes"] = packed_codes(codes_NX)
    settings = SleepSettings(args.passes, segment_windows=args.segment_windows)
    fitted = {"confidence": asdict(FIRST), "answers": asdict(AnswerSettings())}
    if args.calibration:
        fitted = json.loads(args.calibration.read_text())
    manifest = {
        "model": memory["config"],
        "passages": asdict(PassageConfig()),
        "sleep": asdict(settings),
        "stored": dict.fromkeys(STORED, args.stored),
    } | fitted
    with write_atomically(args.out) as handle:
        handle.write(save(tensors, metadata={"manifest": json.dumps(manifest, sort_keys=True)}))


if __name__ == "__main__":
    main()

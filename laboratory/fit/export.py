"""Write the weights of the memory and its encoder: tuned layers, tagger and memory in half precision, and a manifest.

`python -m laboratory.fit.export --memory CHECKPOINT --encoder FILE --out FILE [--answers FILE] [--claims FILE]`

`--answers` are the constants of `laboratory.answers.fit`, `--claims` those of `laboratory.fit.calibrate`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save

from consolidation.engine import WEIGHTS
from consolidation.files import write_atomically
from consolidation.parts.confidence import BIAS, SCORE, Fitted
from consolidation.parts.embedded.codes import codes, packed_codes
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.memory import LOG_LIKELIHOOD, PRESENCE, SIGNALS, STORED, WEAKEST
from consolidation.protocol import AnswerSettings, SleepSettings
from laboratory.answers.fit import Constants, manifest

#: What is believed before anything was fitted.
FIRST = Fitted(
    {PRESENCE: 0.5, LOG_LIKELIHOOD: 1.0, WEAKEST: 0.5, SCORE: 0.1, BIAS: 0.0},
    SIGNALS,
    value={"judged": 1.0, "reads": 1.0, "score": 0.5, BIAS: 0.0},
    polarity={"reads": 1.0, "score": 0.5, BIAS: 0.0},
    says={"judged": 1.0, BIAS: 0.0},
    says_polarity={"judged": 1.0, BIAS: 0.0},
    sure={"judged": 1.0, BIAS: 0.0},
    sure_polarity={"judged": 1.0, BIAS: 0.0},
)


def with_claims(answers: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """Constants of answers with the weights of claims put in, those of each half in the same half's."""
    kept = {name: claims["confidence"][name] for name in ("claim", "own")}
    confidence = answers["confidence"] | kept
    halves = zip(answers.get("without_half", ()), claims.get("without_half", ()), strict=True)
    joined = [with_claims(one, own) for one, own in halves]
    return answers | {"confidence": confidence} | ({"without_half": joined} if joined else {})


def constants(answers: Path | None, claims: Path | None) -> dict[str, Any]:
    """All constants for a manifest: those of answers, with the weights of claims where there are any."""
    if answers is None and claims is None:
        return manifest(Constants(FIRST, AnswerSettings()))
    of_claims: dict[str, Any] = json.loads(claims.read_text()) if claims else {}
    if answers is None:
        return of_claims
    of_answers: dict[str, Any] = json.loads(answers.read_text())
    return with_claims(of_answers, of_claims) if of_claims else of_answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--passes", type=int, default=SleepSettings().passes)
    parser.add_argument("--segment-windows", type=int, default=SleepSettings().segment_windows)
    parser.add_argument("--stored", default=next(iter(STORED.values())), help="stored type of fast weights")
    args = parser.parse_args()
    memory = torch.load(args.memory, weights_only=True)
    parts = {"model": memory["model"]}
    parts |= torch.load(args.encoder, weights_only=True)
    model = ModelConfig(**memory["config"])
    codes_NX = codes(model.vocabulary, model.heads * model.value_width)
    tensors = {
        f"{part}.{name}": t.half().contiguous() for part, state in parts.items() for name, t in state.items()
    }
    tensors["codes"] = packed_codes(codes_NX)
    settings = SleepSettings(args.passes, segment_windows=args.segment_windows)
    manifest = {
        "model": memory["config"],
        "sleep": asdict(settings),
        "stored": dict.fromkeys(STORED, args.stored),
    } | constants(args.answers, args.claims)
    with write_atomically(args.out) as handle:
        handle.write(save(tensors, metadata={"manifest": json.dumps(manifest, sort_keys=True)}))


if __name__ == "__main__":
    main()

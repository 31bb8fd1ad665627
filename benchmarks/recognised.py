"""Answers from recognised text beside answers from text: the same questions of the same contracts, by one path.

A contract's PDF is read as it is, and once more as a PDF of its pages drawn, turned a little, blurred and made
noisy. Both texts are consolidated and asked as the product asks; contracts that nothing was trained on come first,
then the shortest. An answer is right in words or in value, as in `benchmarks.natural`; of what a contract does not
say, nothing is asked.
"""

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import torch
from PIL import Image
from rapidfuzz.distance import Levenshtein

from benchmarks.natural import share
from consolidation.engine import WEIGHTS, load_engine
from laboratory.answers.banked import consolidated
from laboratory.answers.collect import ABSENT, answered
from laboratory.answers.fit import Given, given, shipped_halves
from laboratory.data.facts import Contract, held_out
from laboratory.reading.facts import natural
from readers.client import Parser
from readers.result import Limits

CONTRACTS = 10
OCR_SECONDS = 600
Degrade = Callable[[Any], Image.Image]


def measure(data_folder: Path, degraded: Degrade) -> dict[str, Any]:
    """The figures over `CONTRACTS` contracts, or over as many as `NIGHTBRIEF_OCR_CONTRACTS` says."""
    asked = natural(data_folder / "questions" / "questions.jsonl.xz")
    files = [path for path in (data_folder / "cuad" / "pdf").glob("*.pdf") if path.stem in asked]
    files.sort(key=lambda path: (not held_out(path.stem), path.stat().st_size))
    told: dict[str, list[Given]] = {"text": [], "ocr": []}
    lost = count = 0
    torch.set_num_threads(1)
    engine, halves = load_engine(), shipped_halves(WEIGHTS)
    for path in files[: int(os.environ.get("NIGHTBRIEF_OCR_CONTRACTS", CONTRACTS))]:
        texts = _texts(path, degraded)
        lost += Levenshtein.distance(" ".join(texts["text"].split()), " ".join(texts["ocr"].split()))
        count += len(" ".join(texts["text"].split()))
        for name, text in texts.items():
            with consolidated(engine, [Contract(path.stem, text, (), {}, {})]) as banked:
                for row in asked[path.stem]:
                    if row["kind"] not in ABSENT:
                        line = answered(engine, row, banked[0][1], engine.settings)
                        told[name].append(given(line, halves[line["half"]]))
        print(path.stem, {name: sum(one.equal for one in own) for name, own in told.items()}, flush=True)
    figures: dict[str, Any] = {"ocr_answers_questions": len(told["ocr"])}
    for name, own in told.items():
        figures |= share(f"{name}_answers_right", own, lambda one: True, lambda one: one.equal)
    return figures | {
        "ocr_answers_contracts": len({one.row["id"] for one in told["ocr"]}),
        "ocr_answers_character_difference_pct": round(100 * lost / max(1, count), 2),
    }


def _texts(path: Path, degraded: Degrade) -> dict[str, str]:
    """The text of a PDF, and that of its pages' pictures."""
    pages = [degraded(page) for page in pypdfium2.PdfDocument(path)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    with tempfile.TemporaryDirectory() as scratch, Parser(Path(scratch)) as parser:
        scan = Path(scratch) / "scan.pdf"
        scan.write_bytes(out.getvalue())
        return {
            "text": _read(parser, path, Limits()),
            "ocr": _read(parser, scan, Limits(ocr_seconds=OCR_SECONDS)),
        }


def _read(parser: Parser, path: Path, limits: Limits) -> str:
    with parser.read(path, path.name, limits) as reading:
        if reading.parsed.disposition != "accepted":
            raise SystemExit(f"{path.name} was not read: {reading.parsed.reason}")
        return "\n".join(reading.parsed.pages)

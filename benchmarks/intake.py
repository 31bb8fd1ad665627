"""What is read of received files, and what is said of the rest.

    python -m benchmarks.intake <data folder> [--parts ...]

Writes `benchmarks/results/intake.json`; the figures of parts that are not run stay. The data folder holds
`ingest-cases/` (files that lost something once, with what must come of them: the readers were mended by them, so
that figure says that they stay mended and nothing of other files), `cuad/` (contracts as PDF and as text) and
`pdf-hostile/`. Text is compared by word triples, and by runs of five characters without spaces: the share of those
of the contract's text that are in what was read; beside PDFium, and beside pdftotext where poppler is installed.
Times are of the wall clock, beside pypdf and PDFium on the same files in turns; on cores that are busy with something
else they say little.
"""

import argparse
import itertools
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from benchmarks import ingest, recalled, recognised
from benchmarks.reports import report_more
from readers.client import Parser
from readers.result import DISPOSITIONS, Limits, Parsed
from readers.slices import joined, slice_of
from tests.readers.every_kind import write_every_kind
from tests.readers.mutating import mutated
from tests.readers.test_ingest_cases import CASES, faults

RESULTS = Path(__file__).resolve().parent / "results" / "intake.json"
OCR_SECONDS = 600
OCR_PAGES = 5
FUZZ_CASES = 300
FUZZ_OCR_SECONDS = 2
MOST_FUZZ_CASES = 1_000_000
LONG_PAGES = 3000
SEED = 20


def cases(_: Path) -> dict[str, float]:
    """How many of the files that lost something come out as they must, and how many do not."""
    failed = [case["file"] for case in CASES if faults(case)]
    return {"cases_passed": len(CASES) - len(failed), "cases_total": len(CASES), "silent_losses": len(failed)}


def speeds(data_folder: Path) -> dict[str, float]:
    """Times of ingestion beside those of pypdf and PDFium alone."""
    figures = ingest.measure(data_folder)
    return {
        "ingest_time_vs_pypdf": figures["ingest_time_vs_pypdf"],
        "ingest_time_vs_pdfium": figures["ingest_time_vs_pdfium"],
        "pages_per_s": figures["ingest_pages_per_s"],
    }


def hundred(data_folder: Path) -> dict[str, float]:
    """How fast a hundred documents are taken in and read."""
    return _rates(data_folder, 100)


def thousands(data_folder: Path) -> dict[str, float]:
    """How fast five thousand are, most of them nearly the same as ten others; for ten minutes at most."""
    return _rates(data_folder, 5000)


def _rates(data_folder: Path, documents: int) -> dict[str, float]:
    found = ingest.rate(data_folder, documents)
    return {
        f"docs_per_s_at_{documents}": found["docs_per_s"],
        f"docs_read_at_{documents}": found["docs"],
        f"cpu_us_a_kilobyte_at_{documents}": found["cpu_us_a_kilobyte"],
    }


def recalls(data_folder: Path) -> dict[str, float]:
    """How much of the contracts' text is read, by ours and by others."""
    return recalled.measure(data_folder)


def recognition(data_folder: Path) -> dict[str, float]:
    """Errors of text recognition on first pages that are drawn, turned a little, blurred and made noisy."""
    folder = data_folder / "cuad"
    errors, words, seconds = [], [], []
    with tempfile.TemporaryDirectory() as scratch, Parser(Path(scratch)) as parser:
        for path in random.Random(SEED).sample(sorted(folder.glob("pdf/*.pdf")), OCR_PAGES):
            page = pypdfium2.PdfDocument(path)[0]
            text = " ".join(page.get_textpage().get_text_range().split())
            scan = Path(scratch) / "scan.png"
            _degraded(page).save(scan, dpi=(200, 200))
            with parser.read(scan, scan.name, Limits(ocr_seconds=OCR_SECONDS)) as reading:
                read = " ".join(" ".join(reading.parsed.pages).split())
                seconds.append(reading.cpu_seconds)
            errors.append(Levenshtein.distance(text, read) / max(1, len(text)))
            wanted = Counter(text.split())
            words.append(1 - (wanted - Counter(read.split())).total() / max(1, wanted.total()))
    return {
        "ocr_pages": OCR_PAGES,
        "ocr_character_error_pct": 100 * statistics.mean(errors),
        "ocr_character_error_pct_median": 100 * statistics.median(errors),
        "ocr_words_found_pct": 100 * statistics.mean(words),
        "ocr_s_per_page": statistics.mean(seconds),
    }


def _degraded(page: Any) -> Image.Image:
    chance = np.random.default_rng(SEED)
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    picture = picture.rotate(chance.uniform(-0.7, 0.7), fillcolor=255, resample=Image.Resampling.BICUBIC)
    points = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)
    return Image.fromarray((points + chance.normal(0, 12, points.shape)).clip(0, 255).astype(np.uint8))


def long(data_folder: Path) -> dict[str, float]:
    """What reading a PDF of 3,000 real pages takes in the confined process, part by part as the product does.

    `peak_mib_3000_pages` is that of the part that needs most.
    """
    with tempfile.TemporaryDirectory() as scratch, Parser(Path(scratch)) as parser:
        file = Path(scratch) / "long.pdf"
        _write_long(data_folder, file)
        peaks, seconds, parts = list[float](), list[float](), list[Parsed]()
        while (first := 1 + sum(len(part.pages) for part in parts)) <= LONG_PAGES:
            with parser.read(file, file.name, slice_of(Limits(), first)) as reading:
                if not reading.parsed.pages:
                    raise SystemExit(f"The long PDF was not read: {reading.parsed.reason}")
                parts.append(reading.parsed)
                peaks.append(reading.peak_kib / 1024)
                seconds.append(reading.cpu_seconds)
        whole = joined(parts, Limits())
        return {
            "peak_mib_3000_pages": max(peaks),
            "cpu_s_3000_pages": sum(seconds),
            "cpu_s_first_part": seconds[0],
            "parts_3000_pages": len(parts),
            "characters_3000_pages": sum(map(len, whole.pages)),
            "file_mib_3000_pages": file.stat().st_size / 2**20,
        }


def _write_long(data_folder: Path, file: Path) -> None:
    whole = pypdfium2.PdfDocument.new()
    for path in itertools.cycle(sorted((data_folder / "cuad").glob("pdf/*.pdf"))):
        part = pypdfium2.PdfDocument(path)
        left = LONG_PAGES - len(whole)
        whole.import_pages(part, list(range(min(left, len(part)))))
        if len(whole) == LONG_PAGES:
            break
    whole.save(file)
    whole.close()


def answers(data_folder: Path) -> dict[str, Any]:
    """Answers from recognised text beside answers from text."""
    return recognised.measure(data_folder, _degraded)


def mutations(data_folder: Path) -> dict[str, float]:
    """Files of every kind with bytes changed, cut off, doubled or put in: each must end with its text or a reason.

    At least `FUZZ_CASES`, and as many as `NIGHTBRIEF_FUZZ_MINUTES` allow; `fuzz_cpu_minutes` is what reading took.
    """
    begun = time.monotonic()
    until = begun + 60 * float(os.environ.get("NIGHTBRIEF_FUZZ_MINUTES", "0"))
    failures, slowest, count, used = 0, 0.0, 0, 0.0
    with tempfile.TemporaryDirectory() as scratch, Parser(Path(scratch)) as parser:
        for path, data in mutated(_fuzz_sources(data_folder, Path(scratch)), MOST_FUZZ_CASES, SEED):
            if count >= FUZZ_CASES and time.monotonic() > until:
                break
            count += 1
            changed = Path(scratch) / f"changed{path.suffix}"
            changed.write_bytes(data)
            with parser.read(changed, changed.name, Limits(ocr_seconds=FUZZ_OCR_SECONDS)) as reading:
                parsed, seconds = reading.parsed, reading.cpu_seconds
            slowest, used = max(slowest, seconds), used + seconds
            if not _has_ended_well(parsed):
                failures += 1
                print(f"case {count}: {path.name}: {parsed.disposition}: {parsed.reason}", flush=True)
                shutil.copy(changed, Path(tempfile.gettempdir()) / f"fuzz-{count}{path.suffix}")
    return {
        "fuzz_cases": count,
        "fuzz_failures": failures,
        "fuzz_slowest_s": slowest,
        "fuzz_minutes": (time.monotonic() - begun) / 60,
        "fuzz_cpu_minutes": used / 60,
    }


def _fuzz_sources(data_folder: Path, scratch: Path) -> list[Path]:
    found = [*(data_folder / "ingest-cases").glob("*.*"), *(data_folder / "pdf-hostile").glob("*.pdf")]
    made = scratch / "kinds"
    made.mkdir()
    return [*(path for path in sorted(found) if path.suffix not in (".json", ".md")), *write_every_kind(made)]


def _has_ended_well(parsed: Parsed) -> bool:
    stopped = "stopped its process" in parsed.reason or "no usable result" in parsed.reason
    said = (
        any(page.strip() for page in parsed.pages)
        if parsed.disposition == "accepted"
        else bool(parsed.reason)
    )
    return parsed.disposition in DISPOSITIONS and said and not stopped


PARTS = {
    "cases": cases,
    "recalls": recalls,
    "recognition": recognition,
    "mutations": mutations,
    "long": long,
    "ocr-answers": answers,
    "speeds": speeds,
    "hundred": hundred,
    "thousands": thousands,
}

if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data_folder", type=Path)
    arguments.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    given = arguments.parse_args()
    for part in given.parts:
        figures = PARTS[part](given.data_folder.resolve())
        report_more(RESULTS, "python -m benchmarks.intake ../shared/data", figures)

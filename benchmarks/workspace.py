"""What the reviewers' workspace costs beside the model: pages and files of a grid of 20,000 cells, and coding.

    python -m benchmarks.workspace

A matter of 500 documents and a grid of 41 questions, every cell answered and a third of them reviewed, is written to
an empty SQLite database; pages of it are asked for through Django's test client in this process, in every look that
addresses offer, so that the time is the server's: `page_p95_ms_20000_cells` is the 95th percentile over the looks
and rounds, `page_p95_cpu_ms_20000_cells` that of the processor's time, which on SQLite is all of the server's and
says more on cores that are busy with something else. `queries_per_grid_page` is the most of any look.
`export_20000_cells_s` is the time from asking for the grid as a workbook to the end of the job that makes it, with
every quote, and `export_20000_cells_csv_s` the same of a table; what can be made of all cells is.
`bulk_tag_5000_s` is the time from choosing all of a matter's 5,000 documents to the end of the job that codes them.
"""

import itertools
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.installation import own_installation, pages_ready
from benchmarks.reports import report_more

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from reviewapp.documents.models import Page
    from reviewapp.grids.models import Grid
    from reviewapp.questions.models import Answer, Citation

DOCUMENTS, QUESTIONS, CODED, ROUNDS = 500, 41, 5000, 4
SMALL = 20
RESULTS = Path(__file__).resolve().parent / "results" / "workspace.json"
COMMAND = "python -m benchmarks.workspace"
LOOKS = (
    "", "?part=3", "?sort=1", "?sort=-2&part=2", "?sort=1&group=1", "?show=unreviewed", "?show=check&in=3",
    "?show=not_found", "?show=disagreement", "?show=ocr", "?show=changed", "?show=stale", "?find=7",
)  # fmt: skip


def measure(documents: int, coded: int) -> dict[str, float]:
    """The figures, of a grid of so many documents and of so many to be coded."""
    ada, client = pages_ready()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    grid = _grid(ada, documents)
    page = reverse("grid", args=[grid.pk])
    times, worked, queries, size = [], [], [], 0
    for turn, look in itertools.product(range(ROUNDS + 1), LOOKS):
        began, at_work = time.perf_counter(), time.process_time()
        response = client.get(page + look)
        seconds, work = time.perf_counter() - began, time.process_time() - at_work
        if response.status_code != 200:
            raise SystemExit(f"{look}: status {response.status_code}.")
        if turn:
            times.append(1000 * seconds)
            worked.append(1000 * work)
        size = max(size, len(response.content))
    for look in LOOKS:
        with CaptureQueriesContext(connection) as captured:
            client.get(page + look)
        queries.append(len(captured))
    return {
        "page_p95_ms_20000_cells": round(statistics.quantiles(times, n=20)[-1], 1),
        "page_median_ms_20000_cells": round(statistics.median(times), 1),
        "page_p95_cpu_ms_20000_cells": round(statistics.quantiles(worked, n=20)[-1], 1),
        "page_bytes_20000_cells": size,
        "queries_per_grid_page": max(queries),
        "export_20000_cells_s": round(_export(grid, ada, "xlsx", documents), 2),
        "export_20000_cells_csv_s": round(_export(grid, ada, "csv", documents), 2),
        "bulk_tag_5000_s": round(_code(ada, coded), 2),
    }


def _grid(user: "User", number: int) -> "Grid":
    from django.utils import timezone

    from benchmarks.crowd import crowded_matter
    from reviewapp.documents.models import Page
    from reviewapp.frame.actor import Actor
    from reviewapp.grids.actions import create_grid
    from reviewapp.grids.sets import Asked, save_set
    from reviewapp.questions.models import Answer, Citation, Question
    from reviewapp.reviews.models import Review

    matter, _ = crowded_matter("Grid", number, acting_user=user)
    asked = [Asked(f"Question {n}", f"What is value {n}?") for n in range(QUESTIONS)]
    grid = create_grid(matter, "Grid", save_set(matter, "All", asked, actor=Actor(user)), actor=Actor(user))
    page_of = {page.document_id: page for page in Page.objects.filter(document__matter=matter)}
    documents, states = list(matter.documents.all()), ("supported", "check", "not_found", "check")
    for column in grid.columns.all():
        column.question = Question.objects.create(
            matter=matter, asked_by=user, text=column.wording, reach="all", planned=True, status="done"
        )
        column.save()
        cells = [
            Answer(
                question=column.question, document=document, order=n, state=states[(n + column.order) % 4],
                text=f"Value {n % 17} of the agreement", finished_at=timezone.now(), value_type="amount",
                value_normalised={"comparable": f"USD {n % 17}", "order": n % 17, "unit": "USD"},
            )
            for n, document in enumerate(documents)
        ]  # fmt: skip
        Answer.objects.bulk_create(cells, batch_size=500)
        Citation.objects.bulk_create(
            [
                _quote(cell, page_of[cell.document_id])
                for cell in cells
                if cell.state in ("supported", "check")
            ],
            batch_size=500,
        )
        Review.objects.bulk_create(
            [Review(answer=cell, number=1, kind="accept", by=user) for cell in cells[::3]], batch_size=500
        )
    return grid


def _quote(cell: "Answer", page: "Page") -> "Citation":
    from reviewapp.questions.models import Citation

    return Citation(
        answer=cell, document_id=cell.document_id, page=page, last_page=page.number, order=1, quote=page.text,
        marked=[[0, 8]], start=page.start, end=page.end, verification="exact", score=1.0,
    )  # fmt: skip


def _export(grid: "Grid", user: "User", format: str, number: int) -> float:
    from reviewapp.exports.actions import request_export
    from reviewapp.exports.tasks import make_export
    from reviewapp.frame.actor import Actor
    from reviewapp.jobs import lifecycle

    # NB: no broker is there, and nobody waits for it: the work is done here.
    lifecycle.send_all = lambda jobs: 0
    began = time.perf_counter()
    export = request_export(grid, format, actor=Actor(user), address="http://localhost/")
    make_export(str(export.jobs.get().pk))
    seconds = time.perf_counter() - began
    export.refresh_from_db()
    if export.held.get("answers") != number * QUESTIONS:
        raise SystemExit(f"The file holds {export.held.get('answers')} answers.")
    return seconds


def _code(user: "User", number: int) -> float:
    from benchmarks.crowd import crowded_matter
    from reviewapp.frame.actor import Actor
    from reviewapp.jobs import lifecycle
    from reviewapp.reviews.coding import code_many
    from reviewapp.reviews.models import Code
    from reviewapp.reviews.tasks import code_documents

    matter, _ = crowded_matter("Coded", number, acting_user=user)
    documents = list(matter.documents.all())
    # NB: no broker is there, and nobody waits for it: the work is done here.
    lifecycle.send_all = lambda jobs: 0
    began = time.perf_counter()
    coding = code_many(matter, documents, "privileged:yes", actor=Actor(user))
    code_documents(str(coding.jobs.get().pk))
    seconds = time.perf_counter() - began
    if Code.objects.count() != number:
        raise SystemExit("Not every document is coded.")
    return seconds


def main() -> None:
    """Measure and write the figures; with `--small`, on so few documents that nothing is written."""
    small = "--small" in sys.argv[1:]
    with own_installation("redis://127.0.0.1:1/0"):
        figures = measure(SMALL, SMALL) if small else measure(DOCUMENTS, CODED)
    if small:
        sys.stdout.write(f"{figures}\n")
    else:
        report_more(RESULTS, COMMAND, figures)


if __name__ == "__main__":
    main()

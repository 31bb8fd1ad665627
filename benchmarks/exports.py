"""What it takes to export a grid of 500 documents and 40 questions: 20,000 cells, each with a quote, half reviewed.

    python -m benchmarks.exports

The records are written as they would be and the job is run as a worker runs it, for each format that holds so many.
`export_20000_cells_s` is the workbook's time, from the job's beginning to the file in its place;
`export_20000_cells_mib` how much the process grew beyond what it had before, at its most; the others are the same
of the tables. A report of 5,000 cells, which is the most that it holds, is `export_report_5000_cells_s`.
"""

import hashlib
import logging
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.reports import report_more

if TYPE_CHECKING:
    from reviewapp.exports.models import Export
    from reviewapp.grids.models import Grid

DOCUMENTS, COLUMNS, REPORT_COLUMNS = 500, 40, 10
QUOTE = (
    "This Agreement is governed by the laws of the Commonwealth of Massachusetts, without regard to its rules on "
    "conflicts of law, and each party submits to the courts of that Commonwealth."
)
ROWS_AT_ONCE = 2_000
RESULTS = Path(__file__).resolve().parent / "results" / "workspace.json"
COMMAND = "python -m benchmarks.exports"


def measure() -> dict[str, Any]:
    """All figures."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    grid = _grid("Everything", COLUMNS)
    figures = {
        # NB: the table goes first, so that what the workbook adds to the process is its own.
        "export_csv_20000_cells_s": _made(grid, "csv")[0],
        "export_json_20000_cells_s": _made(grid, "json")[0],
    }
    seconds, mib = _made(grid, "xlsx")
    figures |= {"export_20000_cells_s": seconds, "export_20000_cells_mib": mib}
    return figures | {"export_report_5000_cells_s": _made(_grid("Report", REPORT_COLUMNS), "docx")[0]}


def _made(grid: "Grid", format: str) -> tuple[float, float]:
    """Seconds of one export, and MiB by which the process's greatest size grew with it."""
    from reviewapp.exports.actions import request_export
    from reviewapp.exports.tasks import make_export
    from reviewapp.frame.actor import Actor

    asked = request_export(grid, format, actor=Actor(grid.made_by), address="https://nightbrief.example/")
    before, began = _most_mib(), time.perf_counter()
    make_export(str(asked.jobs.get().pk))
    seconds = time.perf_counter() - began
    _check(asked)
    return round(seconds, 1), round(_most_mib() - before)


def _check(asked: "Export") -> None:
    asked.refresh_from_db()
    cells = asked.grid.columns.count() * DOCUMENTS if asked.grid else 0
    if asked.held.get("answers") != cells or asked.held.get("quotes") != cells:
        raise SystemExit(f"The {asked.format} file does not hold {cells} answers: {asked.jobs.get().reason}")


def _most_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _grid(name: str, columns: int) -> "Grid":
    from django.contrib.auth.models import User

    from reviewapp.frame.actor import Actor
    from reviewapp.grids.actions import create_grid
    from reviewapp.grids.sets import Asked, save_set
    from reviewapp.matters.actions import create_matter
    from reviewapp.questions.models import Question

    ada = User.objects.create_user(name)
    matter = create_matter(name, actor=Actor(ada))
    asked = [Asked(f"Law {number}", f"Which law governs part {number}?") for number in range(columns)]
    version = save_set(matter, "Laws", asked, actor=Actor(ada))
    grid = create_grid(matter, name, version, actor=Actor(ada))
    for column in grid.columns.all():
        column.question = Question.objects.create(
            matter=matter, asked_by=ada, text=column.wording, status=Question.Status.DONE, planned=True
        )
        column.save()
    _write_documents(grid)
    _write_cells(grid)
    return grid


def _write_documents(grid: "Grid") -> None:
    from reviewapp.documents.models import Document, Page

    documents, pages = [], []
    for number in range(DOCUMENTS):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        document = Document(
            matter=grid.matter, sha256=digest, name=f"Contract {number:04}.pdf", media_type="application/pdf",
            size_bytes=len(QUOTE), blob=digest, text_version="written", text_sha256=digest, page_count=1,
            char_count=len(QUOTE),
        )  # fmt: skip
        documents.append(document)
        pages.append(Page(document=document, number=1, text=QUOTE, start=0, end=len(QUOTE)))
    Document.objects.bulk_create(documents, batch_size=ROWS_AT_ONCE)
    Page.objects.bulk_create(pages, batch_size=ROWS_AT_ONCE)


def _write_cells(grid: "Grid") -> None:
    from django.utils import timezone

    from reviewapp.documents.models import Page
    from reviewapp.questions.models import Answer, Citation
    from reviewapp.reviews.models import Decision, Review

    pages = {page.document_id: page for page in Page.objects.filter(document__matter=grid.matter)}
    cells = [
        Answer(
            question=column.question, document_id=document, state="supported", text="Massachusetts", found_by="state",
            verification="exact", finished_at=timezone.now(),
        )
        for column in grid.columns.select_related("question")
        for document in pages
    ]  # fmt: skip
    Answer.objects.bulk_create(cells, batch_size=ROWS_AT_ONCE)
    quotes = [
        Citation(
            answer=cell, document_id=cell.document_id, page=pages[cell.document_id], last_page=1, order=0,
            quote=QUOTE, start=0, end=len(QUOTE), verification="exact",
        )
        for cell in cells
    ]  # fmt: skip
    Citation.objects.bulk_create(quotes, batch_size=ROWS_AT_ONCE)
    decided = [Decision(answer=cell, number=1, kind="accept", by=grid.made_by) for cell in cells[::2]]
    Decision.objects.bulk_create(decided, batch_size=ROWS_AT_ONCE)
    reviews = [Review(answer=cell, number=1, kind="accept", by=grid.made_by) for cell in cells[::2]]
    Review.objects.bulk_create(reviews, batch_size=ROWS_AT_ONCE)


def main() -> None:
    """Measure and write the figures."""
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ |= {
            "NIGHTBRIEF_DATA": folder,
            "NIGHTBRIEF_SECRET_KEY": "only-for-this-run-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "NIGHTBRIEF_REDIS_URL": "memory://",
        }
        os.environ.pop("DATABASE_URL", None)
        figures = measure()
    report_more(RESULTS, COMMAND, figures)


if __name__ == "__main__":
    main()

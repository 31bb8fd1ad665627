"""Long PDFs: read some pages at a time, gone on with after a stop, the same text as at once."""

import io
import json
import zlib
from collections.abc import Iterator

import pytest

from readers.read import read_file
from readers.result import Limits, Parsed, too_long_in_time
from readers.slices import PAGES, joined, lost, slice_of
from reviewapp.documents.models import Document
from reviewapp.intake.models import PagesRead
from reviewapp.intake.tasks import ingest_item
from reviewapp.jobs.models import Job
from reviewapp.jobs.work import shutting_down
from reviewapp.states.jobs import CONSOLIDATE
from tests.intake.conftest import Upload, item_named, run_jobs
from tests.readers import samples

pytestmark = pytest.mark.django_db
COUNT = 2 * PAGES + 3
LONG = samples.pdf(*(f"Clause {n} of the agreement" if n != PAGES + 7 else "" for n in range(1, COUNT + 1)))


@pytest.fixture
def stopping() -> Iterator[None]:
    """The worker is told to stop: it does after the part it is at."""
    shutting_down.set()
    yield
    shutting_down.clear()


def read(limits: Limits) -> Parsed:
    return read_file(io.BytesIO(LONG), "a.pdf", limits, io.BytesIO())


def test_parts_together_are_what_is_read_at_once() -> None:
    whole, parts = read(Limits()), [read(slice_of(Limits(), first)) for first in range(1, COUNT, PAGES)]
    both = joined(parts, Limits())
    assert (both.pages, both.boxes, both.disposition) == (whole.pages, whole.boxes, "accepted")
    assert (both.text_version, both.total_pages, both.members) == (whole.text_version, 0, ())
    assert [note.text for note in both.notes] == ["1 of pages 201 to 400 hold no text (page 207): blank."]
    parts[1] = lost(PAGES + 1, COUNT, too_long_in_time(Limits()))
    gap = joined(parts, Limits())
    assert (len(gap.pages), gap.pages[PAGES], gap.pages[-1]) == (COUNT, "", whole.pages[-1])
    assert [(note.kind, note.page) for note in gap.notes] == [("unread", PAGES + 1)]


def test_a_worker_that_is_stopped_goes_on_with_the_next_part(upload: Upload, stopping: None) -> None:
    batch = upload({"long.pdf": LONG})
    job = Job.objects.get()
    ingest_item(str(job.pk))
    kept = PagesRead.objects.get()
    assert (kept.first_page, item_named(batch, "long.pdf").disposition) == (1, "pending")
    told = f"Read so far: {PAGES} of {COUNT} pages. It goes on by itself."
    assert item_named(batch, "long.pdf").reason == told
    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, Document.objects.count()) == (PAGES, COUNT, 0)
    outcome = json.loads(zlib.decompress(kept.outcome))
    outcome["pages"][0] = "Kept from before"
    PagesRead.objects.update(outcome=zlib.compress(json.dumps(outcome).encode()))
    shutting_down.clear()
    run_jobs(batch)
    document = Document.objects.get()
    texts = list(document.pages.values_list("text", flat=True))
    assert (len(texts), texts[0], texts[-1]) == (
        COUNT,
        "Kept from before",
        f"Clause {COUNT} of the agreement",
    )
    assert not PagesRead.objects.exists()
    assert Job.objects.filter(kind=CONSOLIDATE.name, subject_id=document.pk).count() == 1

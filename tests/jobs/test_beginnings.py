"""A long PDF is consolidated while it is read: the state is that of the whole, nothing is done twice or left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import torch
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from consolidation import Engine, load_engine
from gpu_worker import engine as engines
from gpu_worker.tasks import consolidate_document
from reviewapp.briefs.models import Kept
from reviewapp.documents.models import Document
from reviewapp.documents.storage import vault_of
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.jobs import CONSOLIDATE_BEGINNING, INGEST_ITEM
from reviewapp.intake.models import Batch, BatchItem, PagesRead, Source
from reviewapp.intake.tasks import ingest_item
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.jobs.work import shutting_down
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from reviewapp.states.unfinished import remove_unfinished
from tests.jobs.conftest import Installation, wait_until
from tests.jobs.killing import CLAUSE, bank_file, bank_path, ended, kill_when, newest
from tests.readers import samples

PAGES = 8


def page(number: int) -> bytes:
    lines = "".join(f"({CLAUSE.format(n=10 * number + line)[:90]}) ' " for line in range(40))
    return f"BT /F1 7 Tf 10 TL 30 780 Td {lines} ET".encode()


def long_pdf() -> bytes:
    """Pages that differ, each of some windows."""
    return samples.pdf(*(str(n) for n in range(PAGES)), contents=[page(n) for n in range(PAGES)])


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The shipped weights, as this process's engine."""
    torch.set_num_threads(1)
    engines._loaded[engines.memory_name()] = load_engine()
    yield engines._loaded[engines.memory_name()]
    engines._loaded.clear()


@contextmanager
def stopping() -> Iterator[None]:
    """The worker is told to stop: it does after the part that it is at."""
    shutting_down.set()
    yield
    shutting_down.clear()


def upload(matter: Matter, admin: User) -> Batch:
    return create_batch(
        actor=Actor(admin), matter=matter, files=[Incoming("long.pdf", [long_pdf()])], source=Source.BROWSER
    )


def do(kind: str, work: Callable[[str], object], matter: Matter) -> Job:
    """What a worker does with the matter's waiting job of this kind."""
    job = Job.objects.get(kind=kind, matter=matter, status=Status.WAITING)
    work(str(job.pk))
    job.refresh_from_db()
    return job


def unfinished(matter: Matter) -> list[str]:
    return [name for name in vault_of("bank").names(str(matter.pk)) if name.endswith(".partial")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_is_read_is_consolidated_once_and_nothing_is_left(
    engine: Engine, matter: Matter, admin: User, settings: LazySettings, client: Client
) -> None:
    settings.PAGES_AT_ONCE = 3
    batch = upload(matter, admin)
    for _ in range(2):
        with stopping():
            do(INGEST_ITEM.name, ingest_item, matter)
    assert PagesRead.objects.count() == 2
    begun = do(CONSOLIDATE_BEGINNING.name, consolidate_document, matter)
    assert (begun.status, begun.result, begun.progress_total) == (Status.SUCCEEDED, {"pages": 6}, 6)
    assert 3 < begun.progress_done < 6
    client.force_login(admin)
    shown = client.get(reverse("batch", args=[batch.pk])).content.decode()
    assert f"{begun.progress_done} pages consolidated so far." in shown
    assert not Document.objects.exists(), "nobody is told of half a text"
    assert (len(unfinished(matter)), remove_unfinished(matter.pk)) == (1, 0)

    do(INGEST_ITEM.name, ingest_item, matter)
    read = engine.memory.tokenise(Document.objects.get().text())
    last = do(CONSOLIDATE.name, consolidate_document, matter)
    assert last.progress_done == len(read) == State.objects.get().windows
    assert unfinished(matter) == []

    settings.PAGES_AT_ONCE = 200
    other = create_matter("Other", actor=Actor(admin))
    upload(other, admin)
    do(INGEST_ITEM.name, ingest_item, other)
    do(CONSOLIDATE.name, consolidate_document, other)
    at_once, in_parts = State.objects.order_by("document__created_at").reverse()
    assert (at_once.name, bank_file(at_once)) == (in_parts.name, bank_file(in_parts))
    clauses = Kept.objects.values_list("clauses", flat=True)
    assert clauses[0] == clauses[1] and clauses[0]


@pytest.mark.django_db(transaction=True)
def test_files_that_come_to_nothing_leave_nothing(
    engine: Engine, matter: Matter, admin: User, settings: LazySettings
) -> None:
    settings.PAGES_AT_ONCE = 3
    upload(matter, admin)
    with stopping():
        do(INGEST_ITEM.name, ingest_item, matter)
    do(CONSOLIDATE_BEGINNING.name, consolidate_document, matter)
    with stopping():
        do(INGEST_ITEM.name, ingest_item, matter)
    waiting = Job.objects.get(kind=CONSOLIDATE_BEGINNING.name, status=Status.WAITING)
    lifecycle.cancel_all(Job.objects.filter(kind=INGEST_ITEM.name), matter=matter, actor=Actor(admin))
    assert BatchItem.objects.get().disposition == "not_read"
    assert (len(unfinished(matter)), remove_unfinished(matter.pk)) == (1, 0), "a worker may be at it still"
    do(CONSOLIDATE_BEGINNING.name, consolidate_document, matter)
    assert Job.objects.get(pk=waiting.pk).status == Status.SUCCEEDED
    assert not Job.objects.filter(kind=CONSOLIDATE.name).exists()
    assert (remove_unfinished(matter.pk), unfinished(matter)) == (1, [])


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.slow
def test_workers_killed_in_the_middle_lose_nothing_and_do_nothing_twice(
    installation: Installation, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTBRIEF_PAGES_AT_ONCE", "1")
    installation.without("ingest", "consolidate")
    installation.start("beat", "ingest")
    upload(matter, admin)
    half = lambda: PagesRead.objects.count() >= PAGES // 2 and not Document.objects.exists()  # noqa: E731
    assert kill_when(installation, "ingest", half, "half of it is read")
    installation.start("consolidate")
    under_way = Job.objects.filter(
        kind=CONSOLIDATE_BEGINNING.name, status=Status.RUNNING, progress_done__gt=0
    )
    assert kill_when(installation, "consolidate", under_way.exists, "some pages are consolidated")
    installation.start("consolidate")
    wait_until(lambda: ended(CONSOLIDATE_BEGINNING.name), what="what is read is consolidated")
    begun = newest(CONSOLIDATE_BEGINNING.name)
    assert (begun.status, begun.attempts) == (Status.SUCCEEDED, 2)
    assert 0 < begun.progress_done < begun.result["pages"] < PAGES

    installation.start("ingest")
    kinds = (INGEST_ITEM.name, CONSOLIDATE_BEGINNING.name, CONSOLIDATE.name)
    wait_until(lambda: Document.objects.exists() and ended(*kinds), what="all is done")
    state = State.objects.get()
    assert (state.status, state.windows) == (State.Status.READY, newest(CONSOLIDATE.name).progress_done)
    left = bank_path(state).parent.iterdir()
    assert [path for path in left if path.suffix not in (".index", ".lock")] == [bank_path(state)]
    assert not Job.objects.filter(status__in=(*UNDER_WAY, Status.FAILED)).exists()
    assert not PagesRead.objects.exists()

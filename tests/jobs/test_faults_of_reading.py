"""Workers that read and consolidate, killed in the middle of it: nothing is lost, nothing is done twice."""

from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from reviewapp.documents.models import Document, Page
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch, retry_items
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import BatchItem, Disposition, Source
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.sweeping import sweep
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.states.actions import request_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from tests.jobs.conftest import QUICK, Installation, store_document, wait_until
from tests.jobs.killing import (
    LONG,
    MIDDLING,
    SHORT,
    bank_file,
    bank_path,
    ended,
    is_running,
    kill_when,
    newest,
)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]


def upload(matter: Matter, user: User, texts: dict[str, str]) -> None:
    files = [Incoming(name, [text.encode()]) for name, text in texts.items()]
    create_batch(actor=Actor(user), matter=matter, files=files, source=Source.BROWSER)


def assert_ingested_once(names: set[str]) -> None:
    """Every file has one document with its pages and one consolidation job."""
    assert set(Document.objects.values_list("name", flat=True)) == names
    assert Document.objects.count() == len(names)
    for document in Document.objects.all():
        assert document.pages.count() == document.page_count > 0
        assert len(document.text()) == document.char_count
        accepted = Event.objects.filter(action="document.accepted", object_id=str(document.pk))
        assert accepted.count() == 1
        assert Job.objects.filter(document=document, kind=CONSOLIDATE.name).count() == 1
        assert State.objects.filter(document=document).count() == 1
    assert set(BatchItem.objects.values_list("disposition", flat=True)) == {Disposition.ACCEPTED}
    assert Page.objects.count() == sum(Document.objects.values_list("page_count", flat=True))


def assert_one_ready_state(document: Document) -> State:
    state = State.objects.get(document=document)
    assert (state.status, state.bytes) == (State.Status.READY, len(bank_file(state)))
    assert Event.objects.filter(action="state.built", matter=document.matter).count() == 1
    left = bank_path(state).parent.iterdir()
    assert [path for path in left if path.suffix not in (".index", ".lock")] == [bank_path(state)]
    return state


@pytest.mark.slow
def test_a_worker_that_hangs_is_replaced_and_its_late_result_refused(
    installation: Installation, matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The only worker of this test is frozen: sweep here, as an idle one would.
    monkeypatch.setattr(settings, "JOB_STALE_SECONDS", float(QUICK["NIGHTBRIEF_STALE_SECONDS"]))
    document = store_document(matter, "long.txt", LONG)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    wait_until(lambda: is_running(CONSOLIDATE.name), what="it runs")
    installation.freeze("consolidate")
    wait_until(lambda: sweep() or not is_running(CONSOLIDATE.name), what="it is put back")
    assert (newest(CONSOLIDATE.name).status, newest(CONSOLIDATE.name).attempts) == (Status.WAITING, 1)
    installation.thaw("consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="a second attempt")
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts) == (Status.SUCCEEDED, 2)
    assert_one_ready_state(document)


def test_consolidation_survives_the_death_of_its_worker(
    installation: Installation, matter: Matter, admin: User
) -> None:
    document = store_document(matter, "long.txt", MIDDLING, SHORT)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    under_way = lambda: Job.objects.filter(status=Status.RUNNING, progress_done__gt=0).exists()  # noqa: E731
    assert kill_when(installation, "consolidate", under_way, "some windows are read")
    assert State.objects.get().status == State.Status.CONSOLIDATING

    installation.start("consolidate")
    wait_until(lambda: ended(CONSOLIDATE.name), what="the state is built")
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts, job.progress_done) == (Status.SUCCEEDED, 2, job.progress_total)
    state = assert_one_ready_state(document)

    other = create_matter("Other", actor=Actor(admin))
    undisturbed = store_document(other, "long.txt", MIDDLING, SHORT)
    request_consolidation(undisturbed, Actor(admin))
    wait_until(lambda: ended(CONSOLIDATE.name), what="the same state in another matter")
    twin = assert_one_ready_state(undisturbed)
    assert (twin.name, bank_file(twin)) == (state.name, bank_file(state))


@pytest.mark.slow
def test_consolidation_goes_on_where_a_stopped_worker_left_it(
    installation: Installation, matter: Matter, admin: User
) -> None:
    document = store_document(matter, "long.txt", LONG)
    request_consolidation(document, Actor(admin))
    installation.start("beat", "consolidate")
    under_way = Job.objects.filter(status=Status.RUNNING, progress_done__gt=16)
    wait_until(under_way.exists, what="some windows are read")
    assert installation.stop("consolidate") == 0
    job = newest(CONSOLIDATE.name)
    assert (job.status, job.attempts) == (Status.WAITING, 0)
    assert State.objects.get().status == State.Status.WAITING
    bank = Path(settings.DATA) / "bank" / str(matter.pk)
    assert [path.suffix for path in bank.iterdir()] == [".partial"]
    done_before = job.progress_done

    installation.start("consolidate")
    wait_until(
        lambda: Job.objects.filter(progress_done__gt=0, status=Status.RUNNING).exists(), what="it goes on"
    )
    assert newest(CONSOLIDATE.name).progress_done >= done_before
    wait_until(lambda: ended(CONSOLIDATE.name), what="the state is built")
    assert_one_ready_state(document)


def test_ingestion_survives_the_death_of_its_worker(
    installation: Installation, matter: Matter, admin: User
) -> None:
    installation.start("beat", "ingest")
    files = {f"{n}.txt": f"Contract number {n}. " + LONG * 10 for n in range(6)}
    upload(matter, admin, files)
    first_attempt = Job.objects.filter(status=Status.RUNNING, attempts=1, kind=INGEST_ITEM.name)
    caught = None
    while caught is None:
        wait_until(lambda: first_attempt.exists() or ended(INGEST_ITEM.name), what="a file is read")
        installation.freeze("ingest")
        caught = first_attempt.first()
        assert caught or not ended(INGEST_ITEM.name), "never caught at work"
        if caught is None:
            installation.thaw("ingest")
    installation.kill("ingest")
    installation.start("ingest")
    wait_until(lambda: ended(INGEST_ITEM.name), what="all files are read")
    assert_ingested_once(set(files))
    for job in Job.objects.filter(kind=INGEST_ITEM.name):
        assert (job.status, job.attempts) == (Status.SUCCEEDED, 2 if job.pk == caught.pk else 1)


@pytest.mark.slow
def test_an_ingestion_that_kills_its_worker_every_time_stops_and_can_be_retried(
    installation: Installation, matter: Matter, admin: User
) -> None:
    installation.without("ingest")
    installation.start("beat")
    upload(matter, admin, {"heavy.txt": LONG * 70})
    for attempt in (1, 2, 3):
        installation.start("ingest")
        under_way = partial(is_running, INGEST_ITEM.name, attempt)
        assert kill_when(installation, "ingest", under_way, f"attempt {attempt}")
    installation.start("ingest")
    wait_until(lambda: ended(INGEST_ITEM.name), what="the job is given up")
    job, item = newest(INGEST_ITEM.name), BatchItem.objects.get()
    assert (job.status, job.attempts) == (Status.FAILED, 3)
    assert job.reason.startswith("Tried 3 times without success.") and job.reason in item.reason
    assert not Document.objects.exists()

    retry_items(actor=Actor(admin), batch=item.batch)
    wait_until(lambda: ended(INGEST_ITEM.name), what="the retry")
    assert_ingested_once({"heavy.txt"})

"""Clio: documents in, answers back as notes, and nothing without an admin's word."""

from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from reviewapp.clio.models import Connection, SentNote
from reviewapp.clio.tasks import fetch, send
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.intake.models import BatchItem
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Answer
from reviewapp.site.checks import check_clio
from tests.clio.server import FakeClio, running
from tests.intake.conftest import run_jobs
from tests.pages.world import GOVERNED, World, add_document, ask, finding, people_and_matter

pytestmark = pytest.mark.django_db
TASKS = {"fetch_from_clio": fetch, "send_to_clio": send}


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    # NB: a heart looks from a connection of its own, which sees nothing of a test's transaction.
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)


@pytest.fixture
def there(settings: Settings) -> Iterator[FakeClio]:
    with running() as clio:
        settings.CLIO_ADDRESS, settings.CLIO_CLIENT_ID, settings.CLIO_CLIENT_SECRET = (
            clio.address,
            "nb",
            "secret",
        )
        settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
        yield clio


def worked() -> Job | None:
    """Do what a worker does with one job of Clio's."""
    job = Job.objects.filter(kind__in=TASKS, status=Status.WAITING).first()
    if job is None:
        return None
    Job.objects.filter(pk=job.pk).update(not_before=None)
    TASKS[job.kind](str(job.pk))
    job.refresh_from_db()
    return job


def connected(world: World, client: Client, *, gives: bool) -> Connection:
    """A matter that an admin has connected, by the pages, as a browser does."""
    client.force_login(world.admin)
    key = world.matter.pk
    away = client.get(reverse("connect_clio", args=[key]))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away["Location"]).query).items()}
    assert asked["response_type"] == "code" and asked["redirect_uri"].endswith(reverse("clio_connected"))
    assert client.get(reverse("clio_connected"), {"code": "code", "state": "wrong"}).status_code == 404
    client.get(reverse("connect_clio", args=[key]))
    state = client.session["clio_state"]["state"]
    assert client.get(reverse("clio_connected"), {"code": "code", "state": state}).status_code == 302
    page = client.get(reverse("clio", args=[key])).content.decode()
    assert 'value="7 00007 Harbour"' in page
    chosen = {"there": "7 00007 Harbour"} | ({"gives_answers": "on"} if gives else {})
    client.post(reverse("choose_clio", args=[key]), chosen)
    return Connection.objects.get(matter=world.matter)


def test_documents_come_in_once_and_their_changes_as_versions(there: FakeClio, client: Client) -> None:
    world = people_and_matter()
    there.documents = {n: (f"Lease {n}.txt", n, f"Lease number {n}.".encode()) for n in (1, 2, 3)}
    there.documents[4] = ("Later.txt", 0, b"")
    connection = connected(world, client, gives=False)
    assert "access" not in connection.access and "refresh" not in connection.refresh
    there.limited = 3
    client.post(reverse("fetch_clio", args=[world.matter.pk]))
    job = worked()
    assert job and job.status == Status.SUCCEEDED and job.result == {"documents": 3, "unfinished": 1}, job
    assert there.limited == 0 and there.asked.count("GET /api/v4/documents.json") >= 2
    run_jobs(BatchItem.objects.latest("created_at").batch)
    assert set(Document.objects.values_list("external_id", flat=True)) == {"clio-1", "clio-2", "clio-3"}
    lease = Document.objects.get(external_id="clio-2")
    # A change at Clio is a new version here; what is known is not fetched again; a token that ended is refreshed.
    there.documents[2] = ("Lease 2.txt", 22, b"Lease number 2, amended.")
    there.good = set()
    before = len(there.asked)
    client.post(reverse("fetch_clio", args=[world.matter.pk]))
    job = worked()
    assert job and job.result["documents"] == 1, job
    assert [path for path in there.asked[before:] if "storage" in path] == ["GET /storage/2"]
    run_jobs(BatchItem.objects.latest("created_at").batch)
    assert Document.objects.get(pk=lease.pk).text() == "Lease number 2, amended."
    assert Document.every.filter(version_of=lease).count() == 1
    # Where Clio takes the connection no more, the page says so and nothing is tried again and again.
    there.good, there.refreshes = set(), False
    client.post(reverse("fetch_clio", args=[world.matter.pk]))
    job = worked()
    assert job and job.status == Status.FAILED and "Connect again" in job.reason
    assert "Connect again" in client.get(reverse("clio", args=[world.matter.pk])).content.decode()
    client.post(reverse("disconnect_clio", args=[world.matter.pk]))
    assert not Connection.objects.exists() and Document.objects.count() == 3


def test_answers_go_back_as_notes_only_where_an_admin_agreed(there: FakeClio, client: Client) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    question = ask(world, "Which law governs?", finding(lease, GOVERNED, supported=True))
    connection = connected(world, client, gives=False)
    to_send = {"question": str(question.pk)}
    client.post(reverse("send_to_clio", args=[world.matter.pk]), to_send)
    assert not SentNote.objects.exists() and not there.notes
    chosen = {"there": "7 00007 Harbour", "gives_answers": "on"}
    client.post(reverse("choose_clio", args=[world.matter.pk]), chosen)
    # An attempt whose answer was lost has written the note: the next one finds it, and writes no second.
    there.lost = 1
    client.post(reverse("send_to_clio", args=[world.matter.pk]), to_send)
    first, second = worked(), worked()
    assert first and first.attempts == 1 and second and second.status == Status.SUCCEEDED, (first, second)
    (note,) = there.notes
    assert (
        note["subject"].startswith("Which law governs? [NB-") and "Lease.pdf: Massachusetts" in note["detail"]
    )
    assert " ".join(GOVERNED.split()) in note["detail"] and SentNote.objects.get().there == str(note["id"])
    told = set(Event.objects.filter(action__startswith="clio.").values_list("action", flat=True))
    assert told == {"clio.connected", "clio.chosen", "clio.note_requested", "clio.note_sent"}
    # A note is not written into a matter that was chosen after it was asked for.
    client.post(reverse("send_to_clio", args=[world.matter.pk]), to_send)
    client.post(reverse("choose_clio", args=[world.matter.pk]), {**chosen, "there": "8 00008 Quay"})
    job = worked()
    assert job and job.status == Status.FAILED and "Another matter" in job.reason and len(there.notes) == 1
    client.post(reverse("choose_clio", args=[world.matter.pk]), chosen)
    # Consent that is withdrawn holds for what is on its way too.
    client.post(reverse("send_to_clio", args=[world.matter.pk]), to_send)
    Connection.objects.filter(pk=connection.pk).update(gives_answers=False)
    job = worked()
    assert job and job.status == Status.FAILED and len(there.notes) == 1
    assert Answer.objects.get().state == "supported"


def test_clio_is_there_for_admins_of_an_installation_that_knows_it(
    there: FakeClio, client: Client, settings: Settings
) -> None:
    world = people_and_matter()
    page = reverse("clio", args=[world.matter.pk])
    for person in (world.reviewer, world.outsider, world.staff):
        client.force_login(person)
        assert (
            client.get(page).status_code
            == client.get(reverse("connect_clio", args=[world.matter.pk])).status_code
        )
        assert client.get(page).status_code == 404
    client.force_login(world.admin)
    assert client.get(page).status_code == 200
    assert "Clio" in client.get(reverse("matter_settings", args=[world.matter.pk])).content.decode()
    settings.WEBHOOK_NETWORKS = []
    client.get(reverse("connect_clio", args=[world.matter.pk]))
    state = client.session["clio_state"]["state"]
    back = client.get(reverse("clio_connected"), {"code": "code", "state": state}, follow=True)
    assert "inside this network" in back.content.decode() and not Connection.objects.exists()
    assert check_clio(None) == []
    settings.CLIO_ADDRESS, settings.CLIO_CLIENT_SECRET = "http://127.0.0.2.example.org", ""
    assert [error.id for error in check_clio(None)] == ["nightbrief.E010", "nightbrief.E011"]
    settings.CLIO_CLIENT_ID = ""
    assert check_clio(None) == []
    assert client.get(page).status_code == 404
    assert "Clio" not in client.get(reverse("matter_settings", args=[world.matter.pk])).content.decode()

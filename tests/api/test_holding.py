"""A program's If-Match holds against pages too: what a page is changing is waited for, and then it was changed."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reviewapp.api.urls import SCHEMA
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.frame.holding import Held, hold
from reviewapp.grids import actions as grids
from reviewapp.grids.models import QuestionSet
from reviewapp.grids.sets import Asked, identify_set, save_set
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Batch, Source
from reviewapp.jobs import work
from reviewapp.lab.models import Comparison
from reviewapp.matters import identity
from reviewapp.matters.identity import put_matter
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import administered_matters
from reviewapp.reviews.coding import code_document
from reviewapp.webhooks.actions import add_endpoint
from tests.api.conftest import program_of
from tests.intake.conftest import run_jobs
from tests.pages.world import World, add_document, people_and_matter

PATIENCE_SECONDS = 300


class Case(NamedTuple):
    """What a page does to an object, a program's change of the same, and the row that whoever writes it waits for."""

    name: str
    row: models.Model
    page: tuple[str, dict[str, str]]
    program: tuple[str, str, dict[str, Any]]


def test_all_that_is_changed_under_a_condition_is_held() -> None:
    conditional = [
        path
        for path, operations in SCHEMA["paths"].items()
        for operation in operations.values()
        if "Needs If-Match" in operation.get("description", "")
    ]
    assert len(conditional) > 8
    for path in conditional:
        assert re.findall(r"/([a-z-]+)/\{", path)[-1] in set(Held), path


@pytest.fixture
def on_postgresql(transactional_db: None) -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    yield


def _waiting() -> int:
    """How many connections to this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # which a transaction keeps of when it first looked
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def _until_waiting(number: int, name: str, *sent: Future[int]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while _waiting() < number:
        assert not any(one.done() for one in sent), (name, [one.result() for one in sent if one.done()])
        assert time.monotonic() < end, (name, f"{_waiting()} of {number} wait")
        time.sleep(0.05)


def _apart(send: Callable[[], Any]) -> int:
    try:
        return int(send().status_code)
    finally:
        connection.close()


def _overtaken(case: Case, world: World) -> tuple[int, int]:
    """The statuses of a page's change and of a program's that comes while the page has to wait for the row."""
    client = Client()
    client.force_login(world.admin)
    return _beside(case, world, lambda: client.post(*case.page))


def _beside(case: Case, world: World, change: Callable[[], Any]) -> tuple[int, int]:
    admin = program_of(world.admin)
    method, path, body = case.program
    tag = admin.get(path).headers["ETag"]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            type(case.row)._base_manager.select_for_update(no_key=True).get(pk=case.row.pk)
            page = pool.submit(_apart, change)
            _until_waiting(1, case.name, page)
            program = pool.submit(_apart, lambda: admin.send(method, path, body or None, If_Match=tag))
            _until_waiting(2, case.name, page, program)
        return page.result(PATIENCE_SECONDS), program.result(PATIENCE_SECONDS)


def _cases(world: World) -> Iterator[Case]:
    actor, matter = Actor(world.admin), world.matter
    member = matter.memberships.get(user=world.reviewer)
    lease = add_document(matter, "Lease.pdf")
    code_document(lease, "responsive:yes", actor=actor)
    endpoint = add_endpoint(matter, "https://example.org/told", actor=actor)
    version = save_set(matter, "Leases", [Asked("Law", "Which law governs?")], actor=actor)
    grid = grids.create_grid(matter, "Leases", version, actor=actor)
    column, view = grid.columns.get(), grids.save_view(grid, "Mine", "show=check", actor=actor)
    draft = Comparison.objects.create(
        matter=matter, made_by=world.admin, title="Ours", source="own", most_minutes=15
    )
    asked = {"label": "Law", "wording": "Which law?", "type": "text", "standing": "", "choices": ""}

    def to(page: str, about: models.Model, /, **sent: str) -> tuple[str, dict[str, str]]:
        return reverse(page, args=[about.pk]), sent

    yield Case(
        "matter", matter, to("rename_matter", matter, name="By a page"),
        ("patch", f"/v1/matters/{matter.pk}", {"name": "By a program"}),
    )  # fmt: skip
    yield Case(
        "member", matter, to("change_role", member, role="admin"),
        ("patch", f"/v1/members/{member.pk}", {"role": "admin"}),
    )  # fmt: skip
    yield Case(
        "document", lease, to("rename_document", lease, name="By a page"),
        ("patch", f"/v1/documents/{lease.pk}", {"external_id": "L-1"}),
    )  # fmt: skip
    yield Case(
        "coding", Document.objects.get(pk=lease.pk), to("code_document", lease, code="privileged:yes"),
        ("patch", f"/v1/documents/{lease.pk}/coding", {"set": ["privileged:no"]}),
    )  # fmt: skip
    yield Case(
        "webhook", endpoint, to("switch_webhook", endpoint), ("delete", f"/v1/webhooks/{endpoint.pk}", {})
    )
    yield Case(
        "column", grid, to("column", column, **asked),
        ("patch", f"/v1/columns/{column.pk}", {"wording": "By a program?"}),
    )  # fmt: skip
    yield Case(
        "view", view, (reverse("save_view", args=[grid.pk]), {"name": "Mine", "show": "open"}),
        ("delete", f"/v1/views/{view.pk}", {}),
    )  # fmt: skip
    yield Case(
        "comparison", draft, to("remove_comparison", draft), ("delete", f"/v1/comparisons/{draft.pk}", {})
    )


@pytest.mark.timeout(900)
def test_a_condition_does_not_hold_while_a_page_changes_the_object(on_postgresql: None) -> None:
    world = people_and_matter()
    gone = {"comparison": 404}
    statuses = {case.name: _overtaken(case, world) for case in _cases(world)}
    assert statuses == {name: (302, gone.get(name, 412)) for name in statuses}


@pytest.mark.timeout(900)
def test_a_condition_does_not_hold_while_a_new_version_takes_the_place(
    on_postgresql: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # NB: a heart writes to the job's row, which would be one more that waits.
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)
    world = people_and_matter()
    actor = Actor(world.admin)

    def came(text: bytes) -> Batch:
        files = [Incoming("Lease.txt", [text], external_id="L-1")]
        return create_batch(actor=actor, matter=world.matter, files=files, source=Source.API)

    run_jobs(came(b"The rent is due on the first of each month."))
    lease, newer = Document.objects.get(), came(b"The rent is due on the second of each month.")

    def replace() -> HttpResponse:
        run_jobs(newer)
        return HttpResponse()

    case = Case("version", lease, ("", {}), ("delete", f"/v1/documents/{lease.pk}", {"reason": "Old."}))
    assert _beside(case, world, replace) == (200, 412)
    assert Document.objects.get().text().startswith("The rent is due on the second")


@pytest.mark.timeout(900)
def test_what_is_sent_under_a_name_waits_for_who_gives_the_name_away(on_postgresql: None) -> None:
    world = people_and_matter()
    program, actor = program_of(world.reviewer), Actor(world.reviewer)
    path, asked = f"/v1/matters/{world.matter.pk}/question-sets", {"wording": "Which law governs?"}
    sent = {"name": "Leases", "external_id": "LIST-1", "columns": [asked]}
    first = QuestionSet.objects.get(pk=program.post(path, sent).json()["id"])
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(Held.QUESTION_SETS, first.pk)
            again = pool.submit(_apart, lambda: program.post(path, sent | {"name": "More leases"}))
            _until_waiting(1, "set", again)
            save_set(world.matter, "Old leases", [Asked(**asked, label="")], actor=actor, of=first)
            identify_set(first, "LIST-2", actor=actor)
        assert again.result(PATIENCE_SECONDS) == 201
    found = QuestionSet.objects.filter(matter=world.matter).values_list("external_id", "name", "version")
    assert sorted(found) == [("LIST-1", "More leases", 1), ("LIST-2", "Old leases", 2)]


@pytest.mark.timeout(900)
def test_who_waits_for_a_matter_made_meanwhile_keeps_its_account_from_nobody(
    on_postgresql: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = people_and_matter()
    program, matter = program_of(world.staff), put_matter("Ashworth", "CMS-7", actor=Actor(world.staff))[0]
    seen = list[Actor]()

    def not_yet(actor: Actor) -> models.QuerySet[Matter]:
        """All matters, but none to who looks for the first time."""
        seen.append(actor)
        return administered_matters(actor) if len(seen) > 1 else Matter.objects.none()

    monkeypatch.setattr(identity, "administered_matters", not_yet)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(Held.MATTERS, matter.pk)
            sent = {"name": "Ashworth Ltd", "external_id": "CMS-7"}
            again = pool.submit(_apart, lambda: program.post("/v1/matters", sent))
            _until_waiting(1, "matter", again)
            # NB: refused at once if it is locked.
            User.objects.select_for_update(no_key=True, nowait=True).get(pk=world.staff.pk)
        assert again.result(PATIENCE_SECONDS) == 200
    matter.refresh_from_db()
    assert matter.name == "Ashworth Ltd"

"""Who locks several records locks them in one order, so that no two wait for each other."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.actions import note_change
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.intake import recognise
from reviewapp.intake.accept import is_overtaken
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.jobs import RECOGNISE_ITEM
from reviewapp.intake.models import BatchItem, Source
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Answer
from reviewapp.reviews.actions import accept_all
from tests.intake.conftest import run_jobs
from tests.pages.world import GOVERNED, add_document, ask, finding, people_and_matter


def looked_at(model: type[Model], change: Callable[[], object]) -> str:
    """How a change first reads records of this kind."""
    with transaction.atomic(), CaptureQueriesContext(connection) as done:
        change()
    reads = [query["sql"] for query in done.captured_queries if query["sql"].startswith("SELECT")]
    return next((sql for sql in reads if f'FROM "{model._meta.db_table}"' in sql), "")


def test_answers_and_documents_are_locked_in_one_order(db: None) -> None:
    world = people_and_matter()
    leases = [add_document(world.matter, f"Lease {number}.pdf") for number in range(3)]
    ask(world, "Which law governs?", *(finding(lease, GOVERNED) for lease in leases))
    every, actor = Answer.objects.all(), Actor(world.reviewer)
    accepted = looked_at(Answer, lambda: accept_all(world.matter, every, actor=actor))
    noted = looked_at(Document, lambda: note_change([lease.pk for lease in leases]))
    for sql, model in ((accepted, Answer), (noted, Document)):
        assert (
            sql.startswith(f'SELECT "{model._meta.db_table}"."id" AS "pk" FROM') and "ORDER BY 1 ASC" in sql
        )
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in accepted and "FOR NO KEY UPDATE" in noted


def test_a_withdrawal_waits_for_the_recognition_of_its_document(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = User.objects.create_user("admin", is_staff=True)
    matter = create_matter("Lease", actor=Actor(admin))
    sent = [Incoming("lease.txt", [b"The lease runs for ten years."])]
    batch = create_batch(actor=Actor(admin), matter=matter, files=sent, source=Source.BROWSER)
    run_jobs(batch)
    lifecycle.create_job(RECOGNISE_ITEM, batch.items.get(), matter=matter, actor=SYSTEM)
    withdrawn = list[Future[Withdrawal]]()

    def withdraw(document: Document) -> Withdrawal:
        try:
            return withdraw_document(document, actor=Actor(admin))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:

        def overtaken(item: BatchItem, document: Document) -> bool:
            """Asked while the job is locked and the document is not yet."""
            withdrawn.append(pool.submit(withdraw, document))
            time.sleep(1)  # until it waits
            return is_overtaken(item, document)

        monkeypatch.setattr(recognise, "is_overtaken", overtaken)
        run_jobs(batch)
    assert [one.result().name for one in withdrawn] == ["lease.txt"]
    assert Job.objects.get(kind=RECOGNISE_ITEM.name).status == Status.SUCCEEDED
    assert not Document.every.exists()
    assert batch.items.get().disposition == "withdrawn"

"""A matter of 5,000 documents: its pages fetch and send one part of it, and refresh only when something changed."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.crowd import crowded_matter, status_of
from reviewapp.frame.paging import PAGE_ROWS
from reviewapp.jobs.models import Job, Status
from reviewapp.states.progress import of_matter
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World, add_document, consolidate

DOCUMENTS = 5000
LITTLE = 2 * PAGE_ROWS + 1
MOST_BYTES = 160_000
MOST_QUERIES = 30


def rows_fetched(client: Client, address: str) -> tuple[list[int], int]:
    """How many rows each query of a page brings, and the bytes of the page."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    counts = []
    for query in captured.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM ({query['sql']}) AS asked")
                counts.append(cursor.fetchone()[0])
    return counts, len(response.content)


@pytest.mark.timeout(300)
@pytest.mark.slow
def test_a_matter_of_5000_documents_is_fetched_and_sent_in_parts(db: None, enter: Enter) -> None:
    admin = User.objects.create_user("ada")
    matter, batch = crowded_matter("Everything", DOCUMENTS, acting_user=admin)
    little, few = crowded_matter("Little", LITTLE, acting_user=admin)
    client = enter(admin)
    for name, large, small in [
        ("matter", matter.pk, little.pk),
        ("overview", matter.pk, little.pk),
        ("documents", matter.pk, little.pk),
        ("documents_list", matter.pk, little.pk),
        ("consolidation", matter.pk, little.pk),
        ("consolidation_rows", matter.pk, little.pk),
        ("questions", matter.pk, little.pk),
        ("documents_to_ask", matter.pk, little.pk),
        ("jobs", matter.pk, little.pk),
        ("coding", matter.pk, little.pk),
        ("upload", matter.pk, little.pk),
        ("batch", batch.pk, few.pk),
        ("batch_files", batch.pk, few.pk),
    ]:
        client.get(reverse(name, args=[small]))
        for query in ("", "?part=20", "?sort=-expiry&find=e", "?show=problems&mark=problems&sort=-problems"):
            counts, size = rows_fetched(client, reverse(name, args=[large]) + query)
            assert len(counts) == len(rows_fetched(client, reverse(name, args=[small]) + query)[0]), name
            assert len(counts) <= MOST_QUERIES, name
            assert max(counts) <= PAGE_ROWS + 1, name
            assert size <= MOST_BYTES, name
    body = text_of(client, "matter", matter.pk)
    assert body.count("<rect") < 20
    statuses = [status_of(place) for place in range(DOCUMENTS)]
    seen = of_matter(matter)
    assert (seen.documents, seen.ready, seen.failed, seen.not_requested) == (
        DOCUMENTS,
        statuses.count("ready"),
        statuses.count("failed"),
        statuses.count(""),
    )
    _parts_are_whole(client, reverse("documents", args=[little.pk]), LITTLE)
    _parts_are_whole(client, reverse("consolidation", args=[little.pk]), LITTLE)
    _parts_are_whole(client, reverse("batch", args=[few.pk]), LITTLE)


def _parts_are_whole(client: Client, address: str, documents: int) -> None:
    """Every document stands in exactly one part of the list."""
    seen: list[str] = []
    part = 1
    while True:
        body = client.get(address, {"part": part}).content.decode()
        seen += re.findall(r'<div class="name">\s*<a (?:class="opener" )?href="/documents/([^/]+)/"', body)
        if 'data-key="next"' not in body:
            break
        part += 1
    assert len(seen) == len(set(seen)) == documents


@pytest.mark.parametrize("name", ["matter", "documents", "consolidation", "batch"])
def test_a_live_part_is_sent_when_something_changed(world: World, enter: Enter, name: str) -> None:
    assert world.batch
    client = enter(world.admin)
    busy = Job.objects.filter(matter=world.matter, status=Status.RUNNING)
    # NB: the time left is worded in minutes and hours; so long a run does not reach the next one in this test.
    busy.update(started_at="2001-01-01T00:00:00Z")
    body = text_of(client, name, world.batch.pk if name == "batch" else world.matter.pk)
    address = _live(body)
    assert client.get(address).status_code == 204
    if name == "batch":
        world.batch.items.filter(disposition="pending").update(disposition="damaged")
    else:
        busy.update(progress_done=71)
    changed = client.get(address)
    assert changed.status_code == 200
    assert (
        "8 files, all read" if name == "batch" else ("4 of 9 documents ready" if name == "matter" else "71 %")
    ) in changed.content.decode()


def _live(body: str) -> str:
    found = re.search(r'hx-get="((?!/notices/)[^"]+since=[^"]+)"', body)
    assert found
    return found[1].replace("&amp;", "&")


def test_what_came_out_of_a_container_follows_it(world: World, enter: Enter) -> None:
    assert world.batch
    binder = world.batch.items.get(name="Closing binder.zip")
    inner = binder.children.create(batch=world.batch, name="Inner.zip", place=f"{binder.place}000000")
    binder.children.create(batch=world.batch, name="Last of the binder.txt", place=f"{binder.place}000001")
    inner.children.create(batch=world.batch, name="Innermost.txt", place=f"{inner.place}000000")
    names = ["Closing binder.zip", "Inner.zip", "Innermost.txt", "Last of the binder.txt", "Side letter.pdf"]
    body = text_of(enter(world.admin), "batch", world.batch.pk)
    at = [body.index(name) for name in names]
    assert at == sorted(at)
    rows = enter(world.admin).get(reverse("manifest", args=[world.batch.pk])).getvalue().decode().splitlines()
    assert [row.split(",")[0] for row in rows[-5:]] == names


# Choosing documents to ask.


def test_documents_to_ask_are_found_by_words_of_their_names(empty: World, enter: Enter) -> None:
    for number in range(30):
        consolidate(add_document(empty.matter, f"Lease {number:02} of Harbour Street.pdf"), "ready")
    client = enter(empty.reviewer)
    body = text_of(client, "documents_to_ask", empty.matter.pk, find="harbour lease")
    assert body.count("checkbox") == 20
    assert "There are more." in body
    one = text_of(client, "documents_to_ask", empty.matter.pk, find="harbour 07")
    assert re.findall(r"<span>(.+?)</span>", one) == ["Lease 07 of Harbour Street.pdf"]
    assert "No other document" in text_of(client, "documents_to_ask", empty.matter.pk, find="sublease")


def test_finding_documents_without_scripts_asks_nothing_and_forgets_nothing(
    world: World, enter: Enter
) -> None:
    lease, asked = world.documents["ready"], world.matter.questions.count()
    data = {
        "text": "Who is the tenant?",
        "scope": [str(lease.pk), "no id"],
        "find": "sublease",
        "finding": "1",
    }
    response = enter(world.reviewer).post(reverse("questions", args=[world.matter.pk]), data)
    body = response.content.decode()
    assert response.status_code == 200
    assert world.matter.questions.count() == asked
    assert ">Who is the tenant?</textarea>" in body
    assert re.findall(r'value="([^"]+)" checked', body) == [str(lease.pk)]
    assert "<span>Draft sublease.docx</span>" in body


def test_what_was_chosen_stays_when_the_question_is_refused(world: World, enter: Enter) -> None:
    lease = world.documents["ready"]
    data = {"text": "", "scope": [str(lease.pk)]}
    response = enter(world.reviewer).post(reverse("questions", args=[world.matter.pk]), data)
    assert re.findall(r'value="([^"]+)" checked', response.content.decode()) == [str(lease.pk)]


# Too much at once.


def test_more_files_than_are_taken_end_in_a_sentence(empty: World, enter: Enter, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    files = [SimpleUploadedFile(f"{number}.txt", b"text") for number in range(4)]
    response = enter(empty.admin).post(reverse("upload", args=[empty.matter.pk]), {"chosen": files})
    assert response.status_code == 413
    assert "At most 3 files can be uploaded at once. Upload them in parts" in response.content.decode()
    assert not empty.matter.batches.exists()


def test_more_chosen_documents_than_are_taken_end_in_a_sentence(empty: World, enter: Enter) -> None:
    data = {"text": "Which law?", "scope": [str(uuid4()) for _ in range(1010)]}
    response = enter(empty.reviewer).post(reverse("questions", args=[empty.matter.pk]), data)
    assert response.status_code == 413
    assert "At most 1,000 documents can be chosen" in response.content.decode()


def test_overlong_text_ends_in_a_sentence(empty: World, enter: Enter) -> None:
    data = {"text": "x" * 3_000_000}
    where = reverse("questions", args=[empty.matter.pk])
    response = enter(empty.reviewer).post(where, urlencode(data), "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "too long" in response.content.decode()

"""Tables that leave as CSV files are sent while they are made, by the server that the product runs on."""

import asyncio
import csv
import io
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.asgi import get_asgi_application
from django.db import connection
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse

from reviewapp.events.models import Event
from reviewapp.frame.tables import AT_ONCE, InParts, csv_file
from reviewapp.intake.models import Batch, BatchItem
from tests.pages.conftest import text_of
from tests.pages.world import World

ROWS = 5000
made = 0


def rows() -> Iterator[tuple[object, ...]]:
    """Rows that count how many of them were made."""
    global made
    for made in range(1, ROWS + 1):
        yield made, "=1+1", "x" * 100


def table(request: HttpRequest) -> InParts:
    """A page that is nothing but a long table."""
    return csv_file("table.csv", rows())


urlpatterns = [path("table/", table)]


def _called(*arguments: Any) -> None:
    try:
        async_to_sync(get_asgi_application())(*arguments)
    finally:
        connection.close()


def sent(where: str, client: Client | None = None) -> list[tuple[bytes, int]]:
    """What the server sends, part by part, each with how many rows were made by then."""
    parts: list[tuple[bytes, int]] = []
    cookies = client.cookies.output(header="", sep=";").strip() if client else ""
    scope = {
        "type": "http", "method": "GET", "path": where, "query_string": b"", "server": ("testserver", 80),
        "headers": [(b"host", b"testserver"), (b"cookie", cookies.encode())],
    }  # fmt: skip
    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if asked:
            return asked.pop()
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message
        elif message.get("body"):
            parts.append((message["body"], made))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # NB: Playwright's loop may run in this thread, and no second one may.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_called, scope, receive, send).result()
    return parts


@override_settings(ROOT_URLCONF=__name__)
def test_what_is_sent_first_is_sent_while_the_rest_is_not_made(db: None) -> None:
    parts = sent("/table/")
    assert parts[0][1] < ROWS / 5 and max(len(part) for part, _ in parts) < 2 * AT_ONCE
    found = list(csv.reader(io.StringIO(b"".join(part for part, _ in parts).decode())))
    assert len(found) == ROWS and found[0] == ["1", "'=1+1", "x" * 100]


@pytest.mark.django_db(transaction=True)
def test_long_lists_of_a_matter_are_sent_in_parts(world: World) -> None:
    client = Client()
    client.force_login(world.admin)
    Event.objects.bulk_create(
        Event(matter=world.matter, action="document.renamed", object_type="document", object_id="", detail={"n": n})
        for n in range(1, 3000)
    )  # fmt: skip
    batch = Batch.objects.create(matter=world.matter, created_by=world.admin)
    names = [f"{number:05} " + "long name " * 10 for number in range(2000)]
    BatchItem.objects.bulk_create(BatchItem(batch=batch, name=name, place=name[:5]) for name in names)
    for name, key in (("audit_csv", world.matter.pk), ("manifest", batch.pk)):
        parts = [part for part, _ in sent(reverse(name, args=[key]), client)]
        assert len(parts) > 2 and max(map(len, parts)) < 2 * AT_ONCE
        assert b"".join(parts).decode() == text_of(client, name, key)

"""Cursors where many rows share one moment: none is missed, none comes twice, and an index finds the next ones."""

import io
import re
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.integration_parts import crowd
from reviewapp.api.models import Operation
from reviewapp.documents.models import Document
from reviewapp.intake.models import Batch
from tests.api.conftest import Program
from tests.api.test_conventions import refusal
from tests.intake.conftest import run_jobs
from tests.pages.world import World

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)


def walked(program: Program, path: str, limit: int) -> list[str]:
    """The ids of a list, read to its end by its cursors."""
    ids, following = [], f"{path}?limit={limit}"
    while following:
        response = program.get(following)
        assert response.status_code == 200
        ids += [item["id"] for item in response.json()["items"]]
        link = re.search(r"<http://testserver([^>]+)>", response.headers.get("Link", ""))
        following = link[1] if link else ""
    return ids


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), min_size=1, max_size=9), st.integers(1, 4))
def test_rows_of_one_moment_come_each_once_and_in_order(
    world: World, admin: Program, moments: list[int], limit: int
) -> None:
    Operation.objects.all().delete()
    Document.every.all().delete()
    crowd(world.matter, len(moments))
    documents = list(Document.objects.all())
    for document, place in zip(documents, moments, strict=True):
        Document.objects.filter(pk=document.pk).update(updated_at=BEGIN + timedelta(seconds=place))
        begun = Operation.objects.create(kind="coding", matter=world.matter)
        Operation.objects.filter(pk=begun.pk).update(created_at=BEGIN + timedelta(seconds=place))
    for name, rows in (
        ("documents", Document.objects.order_by("updated_at", "id")),
        ("operations", Operation.objects.order_by("-created_at", "-id")),
    ):
        path = f"/v1/matters/{world.matter.pk}/{name}"
        assert walked(admin, path, limit) == [str(key) for key in rows.values_list("pk", flat=True)]


def test_an_index_finds_the_next_rows_among_thousands_of_one_moment(world: World, admin: Program) -> None:
    crowd(world.matter, 5000)
    Document.objects.update(updated_at=BEGIN)
    first = admin.get(f"/v1/matters/{world.matter.pk}/documents?limit=100").json()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        admin.get(f"/v1/matters/{world.matter.pk}/documents?limit=100&cursor={first['next_cursor']}")
    listing = next(one["sql"] for one in asked if "updated_at" in one["sql"].partition("ORDER BY")[2])
    with connection.cursor() as cursor:
        plan = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{plan} {listing}")
        steps = "\n".join(str(row) for row in cursor.fetchall())
    assert "documents_changed" in steps, steps
    assert re.search(r"ROW\(.*updated_at, .*id\) > |\(updated_at,id\)>", steps), steps
    assert "Sort" not in steps and "TEMP B-TREE" not in steps, steps


def test_items_come_once_while_others_come_in_before_them(world: World, admin: Program) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in ("in1.txt", "in2.txt"):
            archive.writestr(name, f"The rent of {name} is 900.")
    files = [SimpleUploadedFile("all.zip", packed.getvalue())]
    files += [SimpleUploadedFile(name, name.encode()) for name in ("b.txt", "c.txt")]
    headers = {"Authorization": f"Bearer {admin.secret}"}
    sent = Client().post(f"/v1/matters/{world.matter.pk}/batches", {"files": files}, headers=headers)
    begun = sent.json()
    path = f"/v1/operations/{begun['operation']['id']}/items"
    first = admin.get(f"{path}?limit=2").json()
    assert [item["name"] for item in first["items"]] == ["all.zip", "b.txt"]
    run_jobs(Batch.objects.get(pk=begun["batch"]["id"]))
    assert len(walked(admin, path, 2)) == len(set(walked(admin, path, 2))) == 5
    rest = admin.get(f"{path}?limit=2&cursor={first['next_cursor']}").json()
    assert [item["name"] for item in rest["items"]] == ["c.txt"] and rest["next_cursor"] is None
    for cursor in ("2", "W10", "WzEsMl0", "Wy0xLCJhIl0", "W3RydWUsImEiXQ", "é", "WzEsImEiXQ~"):
        refusal(admin.get(f"{path}?cursor={cursor}"), 422, "input-invalid")

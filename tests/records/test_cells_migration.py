"""What was answered before there were cells is kept: on SQLite always, on PostgreSQL where there is one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

BEFORE = [("review", "0001_initial"), ("jobs", "0001_initial")]


@pytest.fixture(params=["sqlite", "postgresql"])
def old(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[BaseDatabaseWrapper]:
    """A database of an installation of before."""
    url = f"sqlite:///{tmp_path}/old.sqlite3"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgres_url")
    given: Any = {"default": connections.settings["default"], "old": dj_database_url.parse(url)}
    connections.settings["old"] = connections.configure_settings(given)["old"]
    with django_db_blocker.unblock():
        yield connections["old"]
        connections["old"].close()
    del connections.settings["old"], connections["old"]


def records_of(executor: MigrationExecutor, nodes: list[tuple[str, str]]) -> Any:
    """The record classes as they are after these migrations."""
    return executor.loader.project_state(nodes).apps


def test_answers_become_cells(old: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(old)
    executor.migrate(BEFORE)
    get = records_of(executor, BEFORE).get_model

    def write(model: str, **values: Any) -> Any:
        return get(*model.split(".")).objects.using("old").create(**values)

    user = write("auth.User", username="ada")
    matter = write("matters.Matter", name="Trial", created_by=user)
    document = write(
        "documents.Document", matter=matter, sha256="a" * 64, name="a.txt", media_type="text/plain",
        size_bytes=9, blob="a", text_version="1", text_sha256="b" * 64, page_count=2, char_count=7,
    )  # fmt: skip
    pages = [
        write("documents.Page", document=document, number=1, text="abc", start=0, end=3),
        write("documents.Page", document=document, number=2, text="def", start=4, end=7),
    ]
    facts: dict[str, Any] = {
        "status": "done",
        "examined": [{"document": str(document.pk)}],
        "cost": {"seconds": 2},
    }
    told: list[dict[str, Any]] = [
        facts
        | {"outcome": "answered", "text": "c d", "confidence": 0.9, "verification": "exact", "mode": "state"},
        facts | {"outcome": "not_found", "note": "1 of 2 documents was not consolidated yet."},
        {"status": "waiting"},
        {"status": "failed", "note": "Why."},
    ]
    questions = [
        write("review.Question", matter=matter, asked_by=user, text=str(n)) for n in range(len(told))
    ]
    answers = [write("review.Answer", question=q, **facts) for q, facts in zip(questions, told, strict=True)]
    write(
        "review.Citation", answer=answers[0], document=document, page=pages[0], order=0, quote="c\nd",
        start=2, end=5, verification="exact",
    )  # fmt: skip

    executor = MigrationExecutor(old)
    now = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "review"]
    executor.migrate(now)
    get = records_of(executor, now).get_model
    found, *others = get("review", "Question").objects.using("old").order_by("text")
    cell = found.answers.get()
    assert (cell.document_id, cell.text, cell.state, cell.found_by) == (document.pk, "c d", "check", "state")
    citation = cell.citations.get()
    assert (citation.quote, citation.last_page, citation.kind, citation.marked) == ("c\nd", 2, "quote", [])
    assert found.summary["earlier"]["examined"] == facts["examined"]
    assert (found.summary["sentence"], found.summary["state"]) == ("1 document says c d.", "check")
    assert found.summary["groups"][0]["documents"] == [str(document.pk)]
    assert not get("review", "Answer").objects.using("old").exclude(pk=cell.pk).exists()
    assert [(q.status, q.note) for q in others] == [
        ("done", "1 of 2 documents was not consolidated yet."),
        ("waiting", ""),
        ("failed", "Why."),
    ]
    assert (others[0].summary["earlier"]["outcome"], others[0].summary["state"]) == ("not_found", "not_found")
    assert others[0].summary["earlier"]["cost"] == {"seconds": 2}

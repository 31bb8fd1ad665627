"""Headers, errors, and documents that try to act."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid, save_view
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.models import Batch, Disposition
from reviewapp.jobs.models import Job
from reviewapp.questions.models import Answer, Question
from reviewapp.reviews.actions import Said, comment, decide
from reviewapp.reviews.coding import define_issue
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World, add_document, ask, consolidate, finding, nothing, upload

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7|add:7 }}</mark></textarea>"
RAW = ("<script>alert", "<img src=x")


@pytest.mark.parametrize("name", ["login", "matters"])
def test_pages_forbid_scripts_that_are_not_ours(empty: World, enter: Enter, name: str) -> None:
    response = enter(empty.admin if name == "matters" else None).get(reverse(name))
    rules = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "no-store" in response.headers["Cache-Control"]
    body = response.content.decode()
    assert " style=" not in body
    assert " onclick=" not in body
    assert "<script>" not in body


def test_browsers_are_told_of_tls_where_it_is_asked_for(settings: LazySettings) -> None:
    settings.SECURE_HSTS_SECONDS = 0
    assert "Strict-Transport-Security" not in Client().get(reverse("login"), secure=True).headers
    settings.SECURE_HSTS_SECONDS = 3600
    assert Client().get(reverse("login"), secure=True).headers["Strict-Transport-Security"] == "max-age=3600"
    assert "Strict-Transport-Security" not in Client().get(reverse("login")).headers


def test_a_fault_has_a_page_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("reviewapp.home.overview.strip_of", fail)
    client = Client(raise_request_exception=False)
    client.force_login(world.admin)
    response = client.get(reverse("matter", args=[world.matter.pk]))
    assert response.status_code == 500
    assert "Something went wrong on the server" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_an_unknown_address(empty: World, enter: Enter) -> None:
    for user in (None, empty.admin):
        response = enter(user).get("/no/such/page/")
        assert response.status_code == 404
        assert "This page is not available" in response.content.decode()


def _hostile_grid(world: World, question: Question) -> Grid:
    """A grid of this question, with everything in it that people write."""
    actor = Actor(world.admin)
    version = save_set(world.matter, HOSTILE, [Asked(HOSTILE, HOSTILE)], actor=actor, instructions=HOSTILE)
    grid = create_grid(world.matter, HOSTILE, version, actor=actor)
    grid.columns.update(question=question)
    save_view(grid, HOSTILE, "show=check", actor=actor)
    define_issue(world.matter, "<script>alert(1)</script>", actor=actor)
    cell = question.answers.get()
    comment(cell, HOSTILE, actor=actor)
    decide(cell, Said("reject", 0, reason=HOSTILE), actor=actor)
    decide(cell, Said("correct", 1, text=HOSTILE), actor=actor)
    return grid


def test_nothing_in_a_document_can_act(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, HOSTILE, [HOSTILE, HOSTILE])
    job = consolidate(document, "failed", actor=Actor(empty.admin))
    assert job
    Job.objects.filter(pk=job.pk).update(reason=HOSTILE)
    batch = upload(empty, [("note.txt", b"x")])
    batch.items.update(name=HOSTILE, disposition=Disposition.DAMAGED, reason=HOSTILE)
    Batch.objects.update(label=HOSTILE)
    facts = finding(
        document,
        HOSTILE,
        text=HOSTILE,
        provenance={"model_sha256": HOSTILE, "states": [HOSTILE]},
    )
    question = ask(empty, HOSTILE, facts, note=HOSTILE)
    table = ask(empty, HOSTILE, facts, nothing(add_document(empty.matter, f"{HOSTILE}2")))
    waiting = ask(empty, HOSTILE)
    Question.objects.filter(pk=waiting.pk).update(status="finding", draft=HOSTILE, asked_because=HOSTILE)
    client = enter(empty.admin)
    grid = _hostile_grid(empty, question)
    matter = empty.matter.pk
    citation = Answer.objects.get(question=question).citations.get()
    for body in [
        *(text_of(client, name, matter) for name in ("matter", "questions", "consolidation", "upload")),
        *(text_of(client, name, matter) for name in ("members", "jobs", "audit")),
        text_of(client, "question", question.pk),
        text_of(client, "question", waiting.pk),
        text_of(client, "question", table.pk),
        text_of(client, "batch", batch.pk),
        *(text_of(client, name, matter) for name in ("grids", "sets", "quality", "coding")),
        text_of(client, "grid", grid.pk),
        text_of(client, "grid", grid.pk, sort="1", group="1", find="script"),
        text_of(client, "grid_live", grid.pk),
        text_of(client, "cell", citation.answer_id),
        text_of(client, "page", document.pk, 1),
        text_of(client, "page", document.pk, 1, citation=str(citation.pk), q=HOSTILE),
        text_of(client, "search", matter, q="alert"),
        text_of(client, "search", matter, q=HOSTILE),
    ]:
        assert not any(raw in body for raw in RAW)
        assert "14</mark>" not in body


def test_what_cannot_be_kept_is_refused_and_names_turn_nothing_round(world: World, enter: Enter) -> None:
    client, matter = enter(world.admin), world.matter.pk
    for name in ("documents", "questions", "coding", "search"):
        assert client.get(reverse(name, args=[matter]), {"find": "a\x00b", "q": "\x00"}).status_code == 400
    assert client.post(reverse("define_issue", args=[matter]), {"name": "a\x00b"}).status_code == 400
    client.post(reverse("rename_matter", args=[matter]), {"name": "Lease \u202efdp.exe"})
    world.matter.refresh_from_db()
    assert world.matter.name == "Lease fdp.exe"
    coded = reverse("code_document", args=[world.documents["ready"].pk])
    for back in ("nowhere", "//elsewhere.example/", "https://elsewhere.example/"):
        there = client.post(coded, {"code": "privileged:yes", "back": back}).headers["Location"]
        assert there == reverse("document", args=[world.documents["ready"].pk])
    named = "A & B #1"
    body = text_of(client, "coding", matter, find=named)
    assert f'value="{named}"'.replace("&", "&amp;") in body
    sent = client.post(
        reverse("coding", args=[matter]),
        {"find": named, "look": "find=A+%26+B+%231", "code": "privileged:yes", "every": "1"},
    )
    assert sent.headers["Location"].endswith("?find=A+%26+B+%231")

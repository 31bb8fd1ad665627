"""What streams: claims as they come, an answer's stages, and the end of both when a token is revoked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.contrib.auth.models import User

from reviewapp.api.actions import revoke_token
from reviewapp.api.models import Token
from reviewapp.api.resources import operations
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job, Status
from reviewapp.questions.models import Question
from tests.api.conftest import program_of
from tests.pages.browsing import served
from tests.pages.full_world import full_world
from tests.pages.world import GOVERNED, finding, finish, plan


def test_claims_and_stages_stream_until_the_end_or_the_token_is_revoked(transactional_db: None) -> None:
    world = full_world()
    program = program_of(world.reviewer, "ask")
    lease = world.documents["ready"]
    with served() as address, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {program.secret}"
        asked = session.post(
            f"{address}/v1/matters/{world.matter.pk}/questions",
            json={"text": "Which law?", "document_ids": [str(lease.pk)]},
        ).json()
        events = session.get(f"{address}/v1/questions/{asked['question']['id']}/events", stream=True)
        assert events.headers["Content-Type"].startswith("text/event-stream")
        lines: Iterator[Any] = events.iter_lines(decode_unicode=True)
        assert next(line for line in lines if line.startswith("data:"))
        claims = session.get(f"{address}/v1/operations/{asked['operation']['id']}/claims", stream=True)
        question = Question.objects.get(pk=asked["question"]["id"])
        plan(question, lease)
        finish(question, finding(lease, GOVERNED))
        Job.objects.filter(subject_id=question.pk).update(status=Status.SUCCEEDED)
        (line,) = claims.iter_lines()
        claim = json.loads(line)
        assert claim == session.get(f"{address}/v1/claims/{claim['id']}").json()
        assert "event: done" in list(lines)
        told = session.get(f"{address}/v1/operations/{asked['operation']['id']}/events").text
        assert 'event: progress\ndata: {"id"' in told and '"status":"succeeded"' in told
        assert told.endswith("event: done\ndata: {}\n\n")
        waiting = world.questions["waiting"].pk
        running = session.get(f"{address}/v1/questions/{waiting}/events", stream=True)
        running_lines: Iterator[Any] = running.iter_lines(decode_unicode=True)
        assert next(line for line in running_lines if line.startswith("data:"))
        revoke_token(Token.objects.get(), actor=Actor(User.objects.get(pk=world.reviewer.pk)))
        assert "event: done" in list(running_lines)
        assert session.get(f"{address}/v1/me").status_code == 401


def test_a_stream_that_ends_before_its_operation_says_so(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = full_world()
    program = program_of(world.reviewer, "ask")
    monkeypatch.setattr(operations, "STREAM_SECONDS", 1.0)
    with served() as address, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {program.secret}"
        body = {"text": "Which law?", "document_ids": [str(world.documents["ready"].pk)]}
        asked = session.post(f"{address}/v1/matters/{world.matter.pk}/questions", json=body).json()
        path = f"{address}/v1/operations/{asked['operation']['id']}"
        told = session.get(f"{path}/events").text
        assert '"status":"running"' in told and "event: done" not in told
        assert session.get(f"{path}/claims").text == '{"ask_again":true}\n'
        Job.objects.filter(subject_id=asked["question"]["id"]).update(status=Status.CANCELLED)
        assert session.get(f"{path}/events").text.endswith("event: done\ndata: {}\n\n")
        assert session.get(f"{path}/claims").text == ""


def test_who_prefers_to_wait_gets_the_answer(transactional_db: None) -> None:
    world = full_world()
    program = program_of(world.reviewer, "ask")
    body = {"text": "Which law?", "document_ids": [str(world.documents["ready"].pk)]}
    path = f"/v1/matters/{world.matter.pk}/questions"
    first = program.post(path, body, Idempotency_Key="a", Prefer="wait=1")
    assert (first.status_code, first.headers["Preference-Applied"]) == (202, "wait=1")
    question = Question.objects.get(pk=first.json()["question"]["id"])
    plan(question, world.documents["ready"])
    finish(question, finding(world.documents["ready"], GOVERNED, supported=True))
    Job.objects.filter(subject_id=question.pk).update(status=Status.SUCCEEDED)
    again = program.post(path, body, Idempotency_Key="a", Prefer="respond-async, wait=5")
    assert again.status_code == 200
    assert again.json()["operation"]["status"] == "succeeded"
    assert again.json()["question"]["claims"][0]["state"] == "supported"

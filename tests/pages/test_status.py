"""The page about the installation, and what it says to those who ask when there is no room."""

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from prometheus_client.samples import Sample
from redis import Redis

from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.jobs import workers
from reviewapp.jobs.models import Job, Status
from reviewapp.questions import room
from reviewapp.questions.actions import ask_question, ask_waiting
from reviewapp.questions.models import Question
from reviewapp.site.numbers import TOLD, Installation
from reviewapp.site.status import points_of, rates_of
from tests.api.conftest import program_of
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World

SAID = dict.fromkeys((name for name, _, _ in TOLD), 0) | {
    "memory": "embedded", "device": "cpu", "reads": "", "does": "answer", "waiting": 3, "state_hits": 9,
    "state_misses": 1, "process_bytes": 2**30, "free_bytes": 2**33,
}  # fmt: skip


@pytest.fixture
def broker(settings: LazySettings, redis_url: str) -> str:
    settings.REDIS_URL = redis_url
    server = Redis.from_url(redis_url)
    for key in server.scan_iter(match="nightbrief:[wtr]*"):
        server.delete(key)
    return redis_url


@pytest.mark.redis
def test_admins_see_how_the_installation_is(
    empty: World, enter: Enter, broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "KEPT_EVERY", 1)
    assert workers.tell(SAID | {"answered_tokens": 100})
    time.sleep(1.05)
    assert workers.tell(SAID | {"answered_tokens": 600, "halved": 2})
    for text in ("First?", "Second?"):
        ask_question(empty.matter, text, actor=Actor(empty.reviewer))
    Job.objects.filter(question__text="First?").update(
        status=Status.FAILED, reason="The device has no memory left.", finished_at=timezone.now()
    )
    staff = User.objects.create_user("ines", password="a long password", is_staff=True)
    client = enter(staff)
    body = text_of(client, "status")
    for words in (
        "Answers questions",
        "90 % of those asked for",
        "2 times; half of the batch",
        "<polyline",
        "processor",
    ):
        assert words in body
    assert "The device has no memory left." in body and "Tokens a second in the last hour" in body
    assert 300 < rates_of([*workers.past(workers.told()[0]["worker"])])[-1] < 600  # type: ignore[index]
    part = client.get(reverse("status_part"))
    since = part.content.decode().partition("since=")[2].partition('"')[0]
    assert client.get(reverse("status_part"), {"since": since}).status_code == 204
    for other in (empty.reviewer, empty.admin):
        assert enter(other).get(reverse("status")).status_code == (200 if other.is_staff else 404)
        assert enter(other).get(reverse("status_part")).status_code == (200 if other.is_staff else 404)
    assert enter(None).get(reverse("status")).status_code == 302


@pytest.mark.redis
def test_admins_see_why_a_worker_cannot_start_until_it_does(enter: Enter, db: None, broker: str) -> None:
    client = enter(User.objects.create_user("ines", password="a long password", is_staff=True))
    assert workers.refuse("answer", "hybrid", "granite: its folder has no <config.json>")
    body = text_of(client, "status")
    assert "Answers questions, with hybrid, on " in body and "has no &lt;config.json&gt;" in body
    assert [one.labels["does"] for one in _samples("nightbrief_worker_cannot_start")] == ["answer"]
    assert workers.begin("answer", "embedded") and workers.refused()
    assert workers.begin("answer", "hybrid") and not workers.refused()
    assert "cannot start" not in text_of(client, "status")


def _samples(name: str) -> list[Sample]:
    return [one for family in Installation().collect() for one in family.samples if one.name == name]


@pytest.mark.redis
def test_without_workers_and_without_a_broker_the_page_says_so(
    enter: Enter, db: None, broker: str, settings: LazySettings
) -> None:
    client = enter(User.objects.create_user("ines", password="a long password", is_staff=True))
    assert "No worker has told of itself" in text_of(client, "status")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    body = text_of(client, "status")
    assert "(Redis) does not answer" in body and "Nothing waits." in body


def test_points_go_from_nought_to_the_greatest() -> None:
    assert points_of([0, 5, 10]) == "0.0,27.0 60.0,14.0 120.0,1.0"
    assert points_of([]) == "" and points_of([0]) == "0.0,27.0"


@pytest.mark.redis
def test_who_asks_when_there_is_no_room_is_told_when_to_come_back(
    empty: World, enter: Enter, settings: LazySettings, broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, where = Actor(empty.reviewer), reverse("questions", args=[empty.matter.pk])
    asked = [ask_question(empty.matter, f"Question {n}?", actor=actor) for n in range(3)]
    done, now = Job.objects.filter(question=asked[0]), timezone.now()
    settings.MOST_WAITING = 2
    done.update(status=Status.SUCCEEDED, started_at=now - timedelta(seconds=600), finished_at=now)
    body = enter(empty.reviewer).post(where, {"text": "One more?"}).content.decode()
    assert (
        "Busy: more questions wait than there is room for. Ask again in about 3 minutes; nothing was lost."
        in body
    )
    assert "One more?</textarea>" in body and Question.objects.count() == 3
    program, path = program_of(empty.reviewer), f"/v1/matters/{empty.matter.pk}/questions"
    once = {"Idempotency_Key": "one-more"}
    refused = program.post(path, {"text": "One more?"}, **once)
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert refused.headers["Retry-After"] == "180"
    ask_waiting(asked[0], actor=SYSTEM)
    settings.MOST_WAITING = 9
    monkeypatch.setattr(room, "TOLD_SECONDS", -1.0)
    for process in ("answer", "model"):
        assert workers.tell(SAID | {"does": process, "free_bytes": 2**20})
        refused = program.post(path, {"text": "One more?"})
        assert refused.status_code == 503 and "short of memory" in refused.json()["detail"]
    assert workers.tell(SAID)
    # asked under the same key, which a refusal does not use up
    assert program.post(path, {"text": "One more?"}, **once).status_code == 202

"""An answer as it comes, event by event."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.http import StreamingHttpResponse
from django.test import AsyncClient
from django.urls import reverse

from reviewapp.matters.models import Membership
from reviewapp.questions import stream
from reviewapp.questions.models import Question
from tests.pages.world import World


def stream_of(world: World, question: Question) -> list[str]:
    """All events of the question's stream, as its reviewer receives them."""

    async def collect() -> list[str]:
        client = AsyncClient()
        await client.aforce_login(world.reviewer)
        response = await client.get(reverse("events", args=[question.pk]))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/event-stream"
        parts: Any = cast("StreamingHttpResponse", response).streaming_content
        return [part.decode() async for part in parts]

    return async_to_sync(collect)()


def at_each_look(monkeypatch: pytest.MonkeyPatch, changes: list[Callable[[], object]]) -> None:
    """Make the changes one by one where the stream would sleep."""
    waiting = list(changes)

    async def change_instead_of_sleeping(seconds: float) -> None:
        await sync_to_async(waiting.pop(0))()

    monkeypatch.setattr(stream, "sleep", change_instead_of_sleeping)


def test_the_stream_tells_each_stage_once_and_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    question = world.questions["waiting"]
    answers = Question.objects.filter(pk=question.pk)
    at_each_look(
        monkeypatch,
        [
            lambda: answers.update(status="routing"),
            lambda: None,
            lambda: answers.update(status="finding", draft="five\nbusiness days\n\nevent: done"),
            lambda: answers.update(status="done", draft=""),
        ],
    )
    parts = stream_of(world, question)
    assert parts[0] == "retry: 2000\n\n"
    assert [part.split("\n")[0] for part in parts[1:]] == ["event: progress"] * 4 + ["event: done"]
    assert '"draft": "five\\nbusiness days\\n\\nevent: done"' in parts[3]
    assert all(part.count("\n") == 3 for part in parts[1:])


def test_the_stream_ends_for_who_leaves_the_matter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    question = world.questions["waiting"]

    def leave() -> None:
        Membership.objects.filter(user=world.reviewer).delete()
        Question.objects.filter(pk=question.pk).update(status="finding", draft="a secret")

    at_each_look(monkeypatch, [leave])
    parts = stream_of(world, question)
    assert "a secret" not in "".join(parts)
    assert parts[-1].startswith("event: done")

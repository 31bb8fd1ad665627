"""An answer while it comes, as server-sent events.

The page keeps its own copy of the address of the answer; an event carries the stage, the draft and how many
documents have answered, and `done` says that the answer is to be fetched. Nothing of the stream needs to
arrive: the page asks again without it.
"""

import json
from asyncio import sleep
from collections.abc import AsyncIterator, Callable
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.words_answers import STAGES
from reviewapp.questions import standing
from reviewapp.questions.models import Question
from reviewapp.questions.policy import access_question_by_id, visible_answers

LOOK_SECONDS = 0.4
STREAM_SECONDS = 300.0
SILENCE_SECONDS = 15.0


async def events(request: HttpRequest, question_id: UUID) -> HttpResponseBase:
    """Stream the stages and the draft of an answer until it is final or the stream's time is up."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponse(status=401)
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    actor = Actor(user)
    await _look(lambda: actor, question_id)
    return streamed(lambda: actor, question_id)


def streamed(actor: Callable[[], Actor], question_id: UUID | str) -> StreamingHttpResponse:
    """The stages and the draft of an answer; `actor` is asked at each look who may still see them."""
    response = StreamingHttpResponse(_events(actor, question_id), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(actor: Callable[[], Actor], question_id: UUID | str) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    said = None
    quiet = 0.0
    for _ in range(int(STREAM_SECONDS / LOOK_SECONDS)):
        try:
            question, done, total = await _look(actor, question_id)
        except ActionError:
            yield _event("done", {})
            return
        if (question.status, question.draft, done, total) != said:
            said, quiet = (question.status, question.draft, done, total), 0.0
            words = STAGES[question.status]
            # NB: a draft is what the model writes; no quote of it was looked for yet.
            news: dict[str, str | int] = {"stage": question.status, "words": words, "draft": question.draft}
            yield _event("progress", news | {"checked": False, "done": done, "total": total})
        if question.is_final:
            yield _event("done", {})
            return
        await sleep(LOOK_SECONDS)
        quiet += LOOK_SECONDS
        if quiet >= SILENCE_SECONDS:
            quiet = 0.0
            yield ": still here\n\n"


@sync_to_async
def _look(actor: Callable[[], Actor], question_id: UUID | str) -> tuple[Question, int, int]:
    """The question as it is now, and how many of how many documents have answered.

    Raises NotAvailable, also once the user has left the matter.
    """
    who = actor()
    question = access_question_by_id(who, question_id)
    counts = standing.counted(standing.current(visible_answers(who, question)))
    total = sum(counts.values())
    return question, total - counts.get(standing.State.WAITING, 0), total


def _event(name: str, data: dict[str, str | int]) -> str:
    # NB: JSON has no bare line end, so a draft cannot end the event or begin another.
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"

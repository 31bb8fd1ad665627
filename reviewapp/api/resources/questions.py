"""Questions, and what documents answer to them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Status

from reviewapp.api.models import Operation
from reviewapp.api.operations import begun, shape_of_operation, tell_of
from reviewapp.api.paging import OVERLAP, Cursor, Limit, PageOf, Since, listed, moment
from reviewapp.api.problems import wrong_field
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_work import (
    Asked,
    ClaimPage,
    NewQuestion,
    NewQuestions,
    OperationShape,
    QuestionShape,
)
from reviewapp.claims import Claim, ClaimState, claims_of
from reviewapp.documents.models import Document
from reviewapp.documents.policy import visible_documents
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions import actions
from reviewapp.questions.choosing import key_of, with_keys
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.policy import (
    access_question_by_id,
    access_question_to_withdraw,
    may_ask,
    visible_answers,
    visible_answers_of_matter,
    visible_questions,
)
from reviewapp.questions.standing import changed_since, counted, current
from reviewapp.questions.stream import streamed
from reviewapp.questions.told import summary_told
from reviewapp.reviews.policy import access_answer_by_id

resource = Resource("Questions")

CLAIMS_SHOWN = 100
Boxes = Annotated[bool, Query(True, description="Whether quotes come with the rectangles of their lines.")]


def shape_of_question(actor: Actor, question: Question, *, claims: bool = False) -> QuestionShape:
    """A question as others see it; with its first claims when they are asked for and it is done."""
    cells = current(visible_answers(actor, question))
    shape = QuestionShape(
        id=str(question.pk),
        matter_id=str(question.matter_id),
        text=question.text,
        reach=question.reach,  # type: ignore[arg-type]
        document_ids=[str(document.pk) for document in question.scope.all()],
        asked_because=question.asked_because,
        understood_as=question.in_full,
        left_aside=question.left_aside,
        asked=question.version,
        status=question.status,  # type: ignore[arg-type]
        counts=counted(cells),
        summary=summary_told(question),
        note=question.note,
        created_at=question.created_at,
        finished_at=question.finished_at,
    )
    if claims and question.is_final:
        shape.claims = claims_of(cells.order_by("order")[:CLAIMS_SHOWN])
    return shape


def documents_named(request: ApiRequest, matter: Matter, keys: Sequence[str]) -> list[Document]:
    """The documents with these ids. Raises Refused when the matter has not all of them."""
    if not keys:
        return []
    found = with_keys(visible_documents(request.actor, matter), list(keys))
    known = {document.pk for document in found}
    for place, key in enumerate(keys):
        if key_of(key) not in known:
            raise wrong_field(f"/document_ids/{place}", "the matter has no document of this id")
    return found


@resource.get("/matters/{matter_id}/questions", PageOf[QuestionShape])
def list_questions(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[QuestionShape]:
    """The questions of a matter, the newest first."""
    rows = visible_questions(request.actor, access_matter_by_id(request.actor, matter_id))
    return listed(
        request,
        response,
        rows.select_related("matter").prefetch_related("scope"),
        ("-created_at", "-id"),
        cursor,
        min(limit, 100),
        lambda found: [shape_of_question(request.actor, question) for question in found],
    )


@resource.post("/matters/{matter_id}/questions", {200: Asked, 202: Asked}, scope=Scope.ASK)
def ask(request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewQuestion) -> Status[Any]:
    """Ask a question. With `Prefer: wait=20` the answer (200) comes with its claims if it is there by then."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_ask)
    documents = documents_named(request, matter, payload.document_ids)
    reach = Question.Reach.ALL if documents else Question.Reach(payload.reach)
    (question,) = actions.ask_many(matter, [payload.text], actor=request.actor, scope=documents, reach=reach)
    operation = begun(Operation.Kind.QUESTIONS, matter, request.actor, subjects=[str(question.pk)])
    tell_of(operation, response)
    asked = Asked(
        question=shape_of_question(request.actor, question), operation=shape_of_operation(operation)
    )
    return Status(202, asked)


@resource.post("/matters/{matter_id}/questions/many", {202: OperationShape}, scope=Scope.ASK)
def ask_many(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewQuestions
) -> Status[Any]:
    """Ask many questions of many documents; the operation's claims stream as NDJSON while they come."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_ask)
    documents = documents_named(request, matter, payload.document_ids)
    questions = actions.ask_many(matter, payload.texts, actor=request.actor, scope=documents)
    keys = [str(question.pk) for question in questions]
    operation = begun(Operation.Kind.QUESTIONS, matter, request.actor, subjects=keys)
    tell_of(operation, response)
    return Status(202, shape_of_operation(operation))


@resource.get("/questions/{question_id}", QuestionShape)
def get_question(request: ApiRequest, question_id: str) -> QuestionShape:
    """One question, with its first 100 claims once it is done."""
    question = access_question_by_id(request.actor, question_id)
    return shape_of_question(request.actor, question, claims=True)


@resource.get("/questions/{question_id}/claims", PageOf[Claim])
def list_claims(
    request: ApiRequest,
    response: HttpResponse,
    question_id: str,
    cursor: Cursor,
    limit: Limit,
    boxes: Boxes,
    state: Annotated[ClaimState | Literal[""], Query("", description="Only those in this state.")],
) -> PageOf[Claim]:
    """What each document answers to a question, in the order in which they were asked."""
    question = access_question_by_id(request.actor, question_id)
    rows = current(visible_answers(request.actor, question))
    rows = rows.filter(state=state) if state else rows
    return _claims(request, response, rows, ("order", "id"), cursor, limit, boxes)


@resource.get("/matters/{matter_id}/claims", ClaimPage)
def list_claims_of_matter(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    cursor: Cursor,
    limit: Limit,
    boxes: Boxes,
    updated_since: Since,
) -> ClaimPage:
    """All current claims of a matter, the oldest first.

    To mirror them, follow the pages to the end, then ask again with `updated_since`: claims that later ones replaced
    come too, with `superseded_at`. Claims of documents that are gone have these documents' tombstones.
    """
    until = timezone.now() - OVERLAP
    rows = visible_answers_of_matter(request.actor, access_matter_by_id(request.actor, matter_id))
    rows = rows.filter(changed_since(moment(updated_since))) if updated_since else current(rows)
    page = _claims(request, response, rows, ("created_at", "id"), cursor, limit, boxes)
    return ClaimPage(items=page.items, next_cursor=page.next_cursor, until=until)


def _claims(
    request: ApiRequest,
    response: HttpResponse,
    rows: QuerySet[Answer],
    order: Sequence[str],
    cursor: str,
    limit: int,
    boxes: bool,
) -> PageOf[Claim]:
    def shaped(found: list[Answer]) -> list[Claim]:
        claims = {
            claim.id: claim for claim in claims_of(rows.filter(pk__in=[a.pk for a in found]), boxes=boxes)
        }
        return [claims[str(answer.pk)] for answer in found if str(answer.pk) in claims]

    return listed(request, response, rows, order, cursor, limit, shaped)


@resource.get("/claims/{claim_id}", Claim)
def get_claim(request: ApiRequest, claim_id: str) -> Claim:
    """One claim; its id stays when a later one replaces it."""
    answer = access_answer_by_id(request.actor, claim_id)
    return claims_of(visible_answers(request.actor, answer.question).filter(pk=answer.pk))[0]


@resource.post("/questions/{question_id}/cancel", QuestionShape, scope=Scope.ASK)
def cancel_question(request: ApiRequest, question_id: str) -> QuestionShape:
    """Stop asking (who asked, or an admin); what was answered so far is kept."""
    question = access_question_to_withdraw(request.actor, question_id)
    actions.withdraw_question(question, actor=request.actor)
    question.refresh_from_db()
    return shape_of_question(request.actor, question)


@resource.post("/questions/{question_id}/again", {200: Asked, 202: Asked}, scope=Scope.ASK)
def ask_again(request: ApiRequest, response: HttpResponse, question_id: str) -> Status[Any]:
    """Ask the same documents anew; what they answered before is kept as superseded."""
    question = access_question_by_id(request.actor, question_id, may=may_ask)
    question = actions.ask_again(question, actor=request.actor)
    operation = begun(Operation.Kind.QUESTIONS, question.matter, request.actor, subjects=[str(question.pk)])
    tell_of(operation, response)
    asked = Asked(
        question=shape_of_question(request.actor, question), operation=shape_of_operation(operation)
    )
    return Status(202, asked)


@resource.get(
    "/questions/{question_id}/events",
    {200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "Server-sent events: `progress` with stage, draft (being written, not "
                "`checked`), done and total; then `done`, when the checked answer is there.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            }
        }
    },
)
def stream_question(request: ApiRequest, question_id: str) -> StreamingHttpResponse:
    """An answer while it comes, as server-sent events; it ends at once when the token is revoked."""
    question = access_question_by_id(request.actor, question_id)
    return streamed(request.caller.now, question.pk)

"""What people decide about claims and note beside them."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Status

from reviewapp.api.paging import OVERLAP, Cursor, Limit, Since, linked, moment, page_rows
from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_review import (
    CommentShape,
    DecisionShape,
    NewComment,
    NewDecision,
    ReviewPage,
    ReviewShape,
)
from reviewapp.claims import Value
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions.models import Answer
from reviewapp.reviews import actions
from reviewapp.reviews.models import Comment, Decision, Review
from reviewapp.reviews.policy import access_answer_by_id, may_review, visible_comments, visible_reviews

resource = Resource("Reviews")


def shape_of_review(review: Review) -> ReviewShape:
    """A review as others see it; its answer and its people are read before."""
    answer = review.answer
    return ReviewShape(
        claim_id=str(answer.pk),
        question_id=str(answer.question_id),
        document_id=str(answer.document_id),
        number=review.number,
        decision=review.kind or None,  # type: ignore[arg-type]
        by=person_of(review.by) if review.by else None,
        confirmed_by=person_of(review.confirmed_by) if review.confirmed_by else None,
        text=review.text,
        value=_value(answer, review.value_normalised),
        changed_at=review.changed_at,
    )


def with_people(rows: Any) -> Any:
    """The reviews with all that `shape_of_review` reads of them, in one query."""
    return rows.select_related("answer__question", "by", "confirmed_by")


def _value(answer: Answer, typed: dict[str, Any] | None) -> Value | None:
    if not typed:
        return None
    names = ("text", "comparable", "shown", "order", "unit")
    said = {name: typed[name] for name in names if typed.get(name) is not None}
    kind = answer.question.value_type or answer.value_type or str(typed.get("kind", ""))
    return Value(type=kind, **{"text": "", "comparable": "", "shown": ""} | said)


def _decision(answer: Answer, made: Decision) -> DecisionShape:
    return DecisionShape(
        id=str(made.pk),
        number=made.number,
        kind=made.kind,  # type: ignore[arg-type]
        by=person_of(made.by),
        text=made.text,
        value=_value(answer, made.value_normalised),
        reason=made.reason,
        created_at=made.created_at,
    )


def _comment(made: Comment) -> CommentShape:
    return CommentShape(
        id=str(made.pk),
        question_id=str(made.question_id),
        document_id=str(made.document_id),
        by=person_of(made.by),
        text=made.text,
        created_at=made.created_at,
    )


def _whole(request: ApiRequest, answer: Answer) -> ReviewShape:
    """The review of one claim, with every decision and comment."""
    rows = visible_reviews(request.actor, answer.question.matter).filter(answer=answer)
    review = with_people(rows).first() or Review(answer=answer)
    shape = shape_of_review(review)
    decisions: Iterable[Decision] = answer.decisions.select_related("by").order_by("number")
    shape.decisions = [_decision(answer, made) for made in decisions]
    shape.comments = [_comment(made) for made in visible_comments(request.actor, answer).select_related("by")]
    return shape


@resource.get("/matters/{matter_id}/reviews", ReviewPage)
def list_reviews(
    request: ApiRequest,
    response: HttpResponse,
    matter_id: str,
    cursor: Cursor,
    limit: Limit,
    updated_since: Since,
) -> ReviewPage:
    """Where the claims of a matter stand that somebody decided about, the longest unchanged first."""
    until = timezone.now() - OVERLAP
    rows = with_people(visible_reviews(request.actor, access_matter_by_id(request.actor, matter_id)))
    if updated_since is not None:
        rows = rows.filter(changed_at__gte=moment(updated_since))
    found, following = page_rows(rows, ("changed_at", "answer_id"), cursor, limit)
    linked(request, response, following)
    return ReviewPage(items=[shape_of_review(review) for review in found], next_cursor=following, until=until)


@resource.get("/claims/{claim_id}/review", ReviewShape)
def get_review(request: ApiRequest, claim_id: str) -> ReviewShape:
    """Where one claim stands, with every decision and comment."""
    return _whole(request, access_answer_by_id(request.actor, claim_id))


@resource.post(
    "/claims/{claim_id}/decisions", {201: ReviewShape}, scope=Scope.REVIEW, operation_id="decideAboutClaim"
)
def decide(request: ApiRequest, response: HttpResponse, claim_id: str, payload: NewDecision) -> Status[Any]:
    """Accept, correct, reject, confirm or undo. Refused (409) when somebody decided since `seen`."""
    answer = access_answer_by_id(request.actor, claim_id, may=may_review)
    said = actions.Said(
        kind=payload.kind,
        seen=payload.seen,
        text=payload.text,
        reason=payload.reason,
        value_type=answer.question.value_type or answer.value_type,
    )
    actions.decide(answer, said, actor=request.actor)
    response.headers["Location"] = f"/v1/claims/{answer.pk}/review"
    return Status(201, _whole(request, answer))


@resource.post("/claims/{claim_id}/comments", {201: CommentShape}, scope=Scope.REVIEW)
def add_comment(
    request: ApiRequest, response: HttpResponse, claim_id: str, payload: NewComment
) -> Status[Any]:
    """Note something beside a claim."""
    answer = access_answer_by_id(request.actor, claim_id, may=may_review)
    made = actions.comment(answer, payload.text, actor=request.actor)
    response.headers["Location"] = f"/v1/claims/{answer.pk}/review"
    return Status(201, _comment(made))

"""Pages of cells: what a document answers, and what people decide about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions.models import Answer
from reviewapp.reviews import actions
from reviewapp.reviews.cells import cell_view
from reviewapp.reviews.choices import choices_of
from reviewapp.reviews.policy import (
    access_answer_by_id,
    may_review,
    may_set_review_rules,
    wants_second_reviewer,
)
from reviewapp.reviews.values import ValueTypeError


@require_GET
@signed_in
def cell(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """A cell on a page of its own, or as the part of a grid's drawer."""
    return _cell(request, access_answer_by_id(request.actor, answer_id))


@require_POST
@signed_in
def decide(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """Decide about a cell; what was written stays when the decision is refused."""
    answer = access_answer_by_id(request.actor, answer_id, may=may_review)
    sent = request.POST
    said = actions.Said(
        kind=sent.get("kind", ""),
        seen=_number(sent.get("seen", "")),
        text=sent.get("text", ""),
        reason=sent.get("reason", ""),
        value_type=answer.question.value_type or answer.value_type,
    )
    try:
        actions.decide(answer, said, actor=request.actor)
    except (actions.ReviewError, ValueTypeError) as error:
        return _cell(request, answer, refused=error, said=said)
    response = _cell(request, answer) if request.htmx else redirect("cell", answer.pk)
    response.headers["HX-Trigger-After-Settle"] = "cell-decided"
    return response


@require_POST
@signed_in
def comment(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """Note something beside a cell."""
    answer = access_answer_by_id(request.actor, answer_id, may=may_review)
    text = request.POST.get("comment", "")
    try:
        actions.comment(answer, text, actor=request.actor)
    except actions.ReviewError as error:
        return _cell(request, answer, refused=error, comment=text)
    return _cell(request, answer) if request.htmx else redirect("cell", answer.pk)


@require_POST
@signed_in
def rules(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Say whether decisions need a second person (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_set_review_rules)
    wanted = request.POST.get("second_reviewer") == "on"
    actions.set_rules(matter, second_reviewer=wanted, actor=request.actor)
    messages.success(request, "Kept.")
    return redirect("quality", matter.pk)


def _cell(
    request: SignedInRequest,
    answer: Answer,
    *,
    refused: actions.ReviewError | ValueTypeError | None = None,
    said: actions.Said | None = None,
    comment: str = "",
) -> HttpResponse:
    matter = answer.question.matter
    shown = cell_view(answer)
    needs_second = wants_second_reviewer(matter)
    context: dict[str, Any] = matter_frame(request, matter, "grids") | {
        "shown": shown,
        "cell": answer,
        "question": answer.question,
        "value_type": answer.question.value_type or answer.value_type,
        "choices": choices_of(answer.question),
        "may_review": may_review(request.actor, matter),
        "may_confirm": shown.may_be_confirmed_by(request.user),
        "needs_second": needs_second,
        "refused": refused,
        "said": said,
        "comment": comment,
        "noted": sum(one.by_id == request.user.pk for one in shown.comments),
    }
    # NB: a part that is refused is shown in its place, which is only done with what succeeds.
    status = refused.status if refused and not request.htmx else 200
    template = "reviews/drawer.html" if request.htmx else "reviews/cell.html"
    return render(request, template, context, status=status)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0

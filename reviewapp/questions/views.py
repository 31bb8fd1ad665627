"""Pages of questions and answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id, may_view
from reviewapp.questions import actions
from reviewapp.questions.forms import AskForm
from reviewapp.questions.models import Question
from reviewapp.questions.policy import (
    access_question_by_id,
    access_question_to_withdraw,
    answer_to,
    may_ask,
    may_withdraw_question,
    visible_questions,
)

STAGES = ("routing", "answering", "checking", "reading")


@require_http_methods(["GET", "POST"])
@signed_in
def questions(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's questions, newest first; a POST asks one."""
    may = may_ask if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    documents = visible_documents(request.actor, matter)
    form = AskForm(documents, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            question = actions.ask_question(
                matter, form.cleaned_data["text"], actor=request.actor, scope=form.cleaned_data["scope"]
            )
        except actions.QuestionError as error:
            form.add_error("text", str(error))
        else:
            return redirect("question", question.pk)
    asked = visible_questions(request.actor, matter).select_related("answer", "asked_by")
    context = matter_frame(request, matter, "questions")
    context |= {
        "form": form,
        "part": page_of(request, asked, 50),
        "may_ask": may_ask(request.actor, matter),
    }
    return render(request, "questions/questions.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One question with its answer, or with the answer as it comes."""
    found = access_question_by_id(request.actor, question_id)
    context = matter_frame(request, found.matter, "questions") | _answer(request, found)
    context |= {
        "form": AskForm(visible_documents(request.actor, found.matter)),
        "may_ask": may_ask(request.actor, found.matter),
    }
    return render(request, "questions/question.html", context)


@require_GET
@signed_in
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """The answer as a part of its page."""
    found = access_question_by_id(request.actor, question_id)
    return render(request, "questions/answer.html", {"matter": found.matter} | _answer(request, found))


def _answer(request: SignedInRequest, question: Question) -> dict[str, Any]:
    answer = answer_to(question)
    context: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "scope": question.scope.order_by("name"),
        "may_stop": may_withdraw_question(request.actor, question),
        "may_retry": may_ask(request.actor, question.matter),
    }
    if not answer.is_final:
        return context | {"stages": _stages(answer.status)}
    citations = answer.citations.select_related("document", "page")
    return context | {"citations": citations, "states": answer.provenance.get("states", [])}


def _stages(now: str) -> list[tuple[str, str]]:
    """The stages with the class each is shown in: past, now or none."""
    at = STAGES.index(now) if now in STAGES else -1
    return [
        (stage, "past" if place < at else "now" if place == at else "") for place, stage in enumerate(STAGES)
    ]


@require_POST
@signed_in
def stop(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Stop an answer that is under way."""
    found = access_question_to_withdraw(request.actor, question_id)
    actions.withdraw_question(found, actor=request.actor)
    return redirect("question", found.pk)


@require_POST
@signed_in
def retry(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Try again a question whose answer failed or was stopped."""
    found = access_question_by_id(request.actor, question_id, may=may_ask)
    try:
        actions.retry_question(found, actor=request.actor)
    except actions.QuestionError as error:
        messages.error(request, str(error))
    return redirect("question", found.pk)

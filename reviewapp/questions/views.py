"""Pages of questions and answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.frame import matter_frame, page_of
from reviewapp.questions import actions
from reviewapp.questions.forms import AskForm
from reviewapp.questions.models import Question

STAGES = ("routing", "answering", "checking", "reading")


@require_http_methods(["GET", "POST"])
@signed_in
def questions(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's questions, newest first; a POST asks one."""
    may = policy.may_ask if request.method == "POST" else policy.may_view
    matter = policy.access_matter_by_id(request.user, matter_id, may=may)
    documents = policy.visible_documents(request.user, matter)
    form = AskForm(documents, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            question = actions.ask_question(
                matter, form.cleaned_data["text"], acting_user=request.user, scope=form.cleaned_data["scope"]
            )
        except actions.QuestionError as error:
            form.add_error("text", str(error))
        else:
            return redirect("question", question.pk)
    asked = policy.visible_questions(request.user, matter).select_related("answer", "asked_by")
    context = matter_frame(request, matter, "questions")
    context |= {
        "form": form,
        "part": page_of(request, asked, 50),
        "may_ask": policy.may_ask(request.user, matter),
    }
    return render(request, "questions/questions.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One question with its answer, or with the answer as it comes."""
    found = policy.access_question_by_id(request.user, question_id)
    context = matter_frame(request, found.matter, "questions") | _answer(request, found)
    context |= {
        "form": AskForm(policy.visible_documents(request.user, found.matter)),
        "may_ask": policy.may_ask(request.user, found.matter),
    }
    return render(request, "questions/question.html", context)


@require_GET
@signed_in
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """The answer as a part of its page."""
    found = policy.access_question_by_id(request.user, question_id)
    return render(request, "questions/answer.html", {"matter": found.matter} | _answer(request, found))


def _answer(request: SignedInRequest, question: Question) -> dict[str, Any]:
    answer = policy.answer_to(question)
    context: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "scope": question.scope.order_by("name"),
        "may_stop": policy.may_withdraw_question(request.user, question),
        "may_retry": policy.may_ask(request.user, question.matter),
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
    found = policy.access_question_to_withdraw(request.user, question_id)
    actions.withdraw_question(found, acting_user=request.user)
    return redirect("question", found.pk)


@require_POST
@signed_in
def retry(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Try again a question whose answer failed or was stopped."""
    found = policy.access_question_by_id(request.user, question_id, may=policy.may_ask)
    try:
        actions.retry_question(found, acting_user=request.user)
    except actions.QuestionError as error:
        messages.error(request, str(error))
    return redirect("question", found.pk)

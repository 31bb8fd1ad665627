"""Pages of questions and answers."""

from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.documents.ordering import by_name
from reviewapp.documents.policy import visible_documents
from reviewapp.documents.search import Hit, search_pages
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Actor
from reviewapp.frame.paging import page_of
from reviewapp.frame.words_answers import OUTCOMES, UNCHECKED
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id, may_view
from reviewapp.questions import actions, history
from reviewapp.questions import standing as standings
from reviewapp.questions.asking import ask_box, like
from reviewapp.questions.copies import note_copies, repeated
from reviewapp.questions.models import Question
from reviewapp.questions.policy import (
    access_question_by_id,
    access_question_to_withdraw,
    documents_in_scope,
    may_ask,
    may_withdraw_question,
    visible_answers,
    visible_askers,
    visible_questions,
    visible_questions_in_thread,
)
from reviewapp.questions.room import ahead_of
from reviewapp.questions.selectors import not_asked
from reviewapp.questions.stale import ask_stale, note_before, stale
from reviewapp.questions.told import note_sentences

STAGES = ("routing", "finding", "reading")
EARLIER_SHOWN = 50
CLOSEST_PAGES = 3
#: Groups of equal values that stand above the table, and that can be listed there at most.
GROUPS_SHOWN, GROUPS_LISTED = 12, 200


@require_http_methods(["GET", "POST"])
@signed_in
def questions(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's questions, newest first; a POST asks one. `?like=` begins with another question's words."""
    may = may_ask if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    box = ask_box(request, matter, request.POST if request.method == "POST" else like(request, matter))
    form = box["form"]
    if form.is_bound and form.is_valid():
        try:
            question = actions.ask_question(
                matter,
                form.cleaned_data["text"],
                actor=request.actor,
                scope=form.cleaned_data["scope"],
                follows=form.cleaned_data["follows"],
            )
        except actions.QuestionError as error:
            form.add_error("text", str(error))
        else:
            return redirect("question", question.pk)
    every = visible_questions(request.actor, matter)
    part = page_of(request, history.listed(history.narrowed(every, request.GET)), 50)
    history.note_sources(part)
    query = history.query_of(request.GET)
    context = matter_frame(request, matter, "questions") | box
    context |= {
        "part": part,
        "query": query,
        "narrowed": {name: request.GET.get(name, "") for name in history.NARROWING},
        "people": visible_askers(request.actor, matter) if part or query else [],
        "outcomes": OUTCOMES,
    }
    return render(request, "questions/questions.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """One question with what its documents answer, also while they are asked."""
    found = access_question_by_id(request.actor, question_id)
    context = matter_frame(request, found.matter, "questions") | _answer(request, found)
    thread = list(visible_questions_in_thread(request.actor, found))
    note_sentences(thread)
    context |= ask_box(request, found.matter) | {"following": found, "thread": thread}
    return render(request, "questions/question.html", context)


@require_GET
@signed_in
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """The answer as a part of its page; nothing (204) while it is as `?seen=` says."""
    found = access_question_by_id(request.actor, question_id)
    context = _answer(request, found)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "questions/answer.html", {"matter": found.matter} | context)


def _answer(request: SignedInRequest, question: Question) -> dict[str, Any]:
    every = visible_answers(request.actor, question)
    cells, documents = standings.current(every), documents_in_scope(question)
    earlier = list(standings.earlier(every)[:EARLIER_SHOWN])
    standing = standings.standing_of(question, cells, documents)
    state, value = request.GET.get("state", ""), request.GET.get("value", "")
    folded = question.summary.get("folded") or {}
    meets = folded.get("meets", ()) if folded.get("condition") else ()
    part = page_of(request, standings.rows(standings.narrowed(cells, question.summary, state, value), meets))
    if earlier:
        note_before(part)
    repeats = repeated(cells) if standing.cells > 1 else 0
    if repeats:
        note_copies(part, cells)
    ahead = None if question.is_final else ahead_of(question)
    single = part[0] if standing.cells == 1 and part else None
    return {
        "question": question,
        "others": _others(request.actor, question),
        "scope": question.scope.order_by(by_name()),
        "left_out": 0 if standing.cells else question.leaves_out.count(),
        "standing": standing,
        "stale": stale(question, every, documents),
        "part": part,
        "single": single,
        "stages": _stages(question.status),
        "unchecked_words": UNCHECKED,
        "repeats": repeats,
        "closest": _closest(question),
        "earlier": earlier,
        "ahead": ahead,
        "seen": f"{standing.marker}.{ahead.marker}" if ahead else standing.marker,
        "state": state,
        "value": value,
        "query": _narrowing(state, value),
        **_groups(question.summary.get("groups", []), value),
        "may_stop": may_withdraw_question(request.actor, question),
        "may_retry": may_ask(request.actor, question.matter),
    }


def _groups(groups: Sequence[Any], value: str) -> dict[str, Any]:
    """The groups of equal values with their places: the first ones, those that are shown on request, how many not."""
    placed = list(enumerate(groups))
    further = placed[GROUPS_SHOWN:GROUPS_LISTED]
    return {
        "groups": groups,
        "first_groups": placed[:GROUPS_SHOWN],
        "further_groups": further,
        "unlisted_groups": len(placed[GROUPS_LISTED:]),
        "is_further": any(value == str(place) for place, _ in further),
    }


def _others(actor: Actor, question: Question) -> int:
    """How many documents there are that an ended question did not ask."""
    return not_asked(question, visible_documents(actor, question.matter)).count() if question.is_final else 0


def _closest(question: Question) -> list[Hit]:
    """The pages that hold the words of a question that documents cannot answer."""
    if not question.summary.get("refused"):
        return []
    return search_pages(question.matter, question.summary.get("topic", ""), CLOSEST_PAGES)


def _narrowing(state: str, value: str) -> str:
    """What the addresses of the table's other pages begin with."""
    kept = {name: given for name, given in (("state", state), ("value", value)) if given}
    return f"{urlencode(kept)}&" if kept else ""


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
    """Try again a question that failed or was stopped."""
    return _ask_more(request, question_id, actions.retry_question)


@require_POST
@signed_in
def rest(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Ask the documents that were not asked yet."""
    return _ask_more(request, question_id, actions.ask_rest)


@require_POST
@signed_in
def again(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Ask the question anew; the answers until now are kept as earlier ones."""
    return _ask_more(request, question_id, actions.ask_again)


@require_POST
@signed_in
def renew(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Ask again what has grown stale."""
    return _ask_more(request, question_id, _ask_stale)


def _ask_stale(question: Question, *, actor: Actor) -> Question:
    return ask_stale(question, documents_in_scope(question), actor=actor)


class AskMore(Protocol):
    """A change that has a question worked on once more. Raises QuestionError."""

    def __call__(self, question: Question, *, actor: Actor) -> Question: ...


def _ask_more(request: SignedInRequest, question_id: UUID, change: AskMore) -> HttpResponse:
    found = access_question_by_id(request.actor, question_id, may=may_ask)
    try:
        change(found, actor=request.actor)
    except actions.QuestionError as error:
        messages.error(request, str(error))
    return redirect("question", found.pk)

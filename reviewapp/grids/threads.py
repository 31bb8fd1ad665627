"""Question sets made of threads of questions."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.grids.models import NAME_CHARACTERS, SetVersion
from reviewapp.grids.policy import may_run_grids
from reviewapp.grids.sets import Asked, column_type, save_set
from reviewapp.questions.models import FOUND, Question
from reviewapp.questions.policy import (
    access_question_by_id,
    visible_answers_of_matter,
    visible_questions_in_thread,
)

LABEL_CHARACTERS = 60


def set_of(questions: Iterable[Question], *, actor: Actor) -> SetVersion:
    """A question set of what these questions ask of any document, each once, typed by what was answered.

    Raises SetError like `save_set`.
    """
    asked = {question.of_any or question.whole: question for question in questions}
    first = next(iter(asked.values()))
    visible = visible_answers_of_matter(actor, first.matter)
    answers = visible.filter(question__in=asked.values(), superseded_at=None, state__in=FOUND)
    types = dict(answers.order_by("order").values_list("question", "value_type"))
    columns = [
        Asked(Truncator(words).chars(LABEL_CHARACTERS), words, column_type(types.get(question.pk, "")))
        for words, question in asked.items()
    ]
    return save_set(first.matter, Truncator(first.text).chars(NAME_CHARACTERS), columns, actor=actor)


@require_POST
@signed_in
def set_of_thread(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Make a question set of the thread that a question is in."""
    found = access_question_by_id(request.actor, question_id, may=may_run_grids)
    try:
        version = set_of(
            visible_questions_in_thread(request.actor, found).select_related("matter"), actor=request.actor
        )
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("question", found.pk)
    messages.success(request, "The question set is made. Name and order its questions here.")
    return redirect("question_set", found.matter_id, version.set_id)

"""The box that questions are written in, as several pages show it."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, unsent
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable
from reviewapp.questions.examples import examples
from reviewapp.questions.forms import AskForm
from reviewapp.questions.models import Question
from reviewapp.questions.policy import access_question_by_id, may_ask, visible_questions
from reviewapp.questions.selectors import documents_like

#: More documents are not ticked one by one, but together.
MOST_TICKED = 200


def ask_box(request: SignedInRequest, matter: Matter, data: QueryDict | None = None) -> dict[str, Any]:
    """What the template of the box needs; `data` is what was sent. What was written when a session ended is there."""
    documents = visible_documents(request.actor, matter)
    if data is None and (kept := unsent(request, reverse("questions", args=[matter.pk]))):
        data = kept
        data["finding"] = ""
    is_asking = may_ask(request.actor, matter)
    form = AskForm(documents, data, visible_questions(request.actor, matter))
    return {
        "form": form,
        "following": form.following,
        "may_ask": is_asking,
        "examples": examples(documents) if is_asking else [],
    }


def like(request: SignedInRequest, matter: Matter) -> QueryDict | None:
    """The words and documents of the question that the form begins with: of those that it asked, or of all others.

    Which are ticked `?of=` says: "others", else those that were asked. Very many are not ticked one by one, but are
    those of that question. Raises NotAvailable.
    """
    key = request.GET.get("like")
    if not key:
        return None
    question: Question = access_question_by_id(request.actor, key)
    if question.matter_id != matter.pk:
        raise NotAvailable
    begun = QueryDict(mutable=True)
    begun.update({"text": question.whole, "finding": ""})
    documents = visible_documents(request.actor, matter)
    of = "others" if request.GET.get("of") == "others" else "asked"
    own = documents_like(question, documents, of)
    keys = [str(key) for key in own.values_list("pk", flat=True)[: MOST_TICKED + 1]]
    if len(keys) <= MOST_TICKED:
        begun.setlist("scope", keys)
    else:
        begun.update({"like": str(question.pk), "of": of})
    return begun

"""Answers that grew stale: marked, asked again on a click, with what changed; and the list that shows it."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.questions.actions import QuestionError, ask_rest
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.policy import documents_in_scope
from reviewapp.questions.stale import ask_stale
from tests.pages.conftest import Enter, text_of
from tests.pages.full_world import briefed
from tests.pages.world import GOVERNED, World, add_document, ask, finding, finish, nothing


@pytest.fixture
def leases(empty: World) -> list[Document]:
    return [add_document(empty.matter, f"Lease {n}.pdf") for n in (1, 2)]


def test_documents_read_anew_are_asked_again_alone(
    empty: World, leases: list[Document], enter: Enter
) -> None:
    one, two = leases
    question = ask(empty, "Which law?", finding(one, GOVERNED, text="Delaware"), finding(two, GOVERNED))
    client = enter(empty.reviewer)
    assert "Documents have changed" not in text_of(client, "question", question.pk)
    briefed(one)
    assert "1 document of those asked" in " ".join(text_of(client, "question", question.pk).split())
    assert "Documents changed" in text_of(client, "questions", empty.matter.pk)
    client.post(reverse("renew_question", args=[question.pk]))
    question.refresh_from_db()
    waiting = Answer.objects.get(question=question, state=Answer.State.WAITING)
    assert (waiting.document, waiting.version, question.version) == (one, 2, 2)
    finish(question, finding(one, GOVERNED))
    body = " ".join(text_of(client, "question", question.pk).split())
    assert 'Changed. Before: <span class="hit">Delaware</span>' in body and body.count("Changed.") == 1
    assert "Documents have changed" not in body


def test_a_new_document_has_the_question_asked_anew(
    empty: World, leases: list[Document], enter: Enter
) -> None:
    question = ask(empty, "Which law?", finding(leases[0], GOVERNED), nothing(leases[1]))
    client = enter(empty.reviewer)
    add_document(empty.matter, "Lease 3.pdf")
    assert "1 document came since" in text_of(client, "question", question.pk)
    client.post(reverse("renew_question", args=[question.pk]))
    question.refresh_from_db()
    assert (question.status, question.planned, question.version) == ("waiting", False, 2)
    assert not Answer.objects.filter(question=question, superseded_at=None).exists()


def test_nothing_is_asked_again_where_nothing_changed(
    empty: World, leases: list[Document], enter: Enter
) -> None:
    question = ask(empty, "Which law?", finding(leases[0], GOVERNED), nothing(leases[1]))
    answer = enter(empty.reviewer).post(reverse("renew_question", args=[question.pk]), follow=True)
    assert "Nothing that these answers depend on has changed." in answer.content.decode()
    question.refresh_from_db()
    assert (question.status, question.version) == ("done", 1)


def test_what_is_asked_already_or_finds_no_room_is_not_asked_again(
    empty: World, leases: list[Document], enter: Enter, settings: Settings
) -> None:
    question = ask(empty, "Which law?", finding(leases[0], GOVERNED), nothing(leases[1]))
    briefed(leases[0])
    seen = Question.objects.get(pk=question.pk)
    settings.MOST_WAITING = 0
    answer = enter(empty.reviewer).post(reverse("renew_question", args=[question.pk]), follow=True)
    assert "Busy: " in answer.content.decode()
    settings.MOST_WAITING = 10
    ask_rest(question, actor=Actor(empty.reviewer))
    with pytest.raises(QuestionError) as refused:  # as a click finds it that looked a moment earlier
        ask_stale(seen, documents_in_scope(seen), actor=Actor(empty.reviewer))
    assert refused.value.code == "question-not-ended"
    assert not Answer.objects.filter(question=question, state=Answer.State.WAITING).exists()


def test_the_list_is_narrowed_and_tells_scope_and_source(
    empty: World, leases: list[Document], enter: Enter
) -> None:
    one, two = leases
    ask(empty, "Which law governs?", finding(one, GOVERNED))
    ask(empty, "Any arbitration?", nothing(two))
    ask(empty, "Who signs?", finding(one, GOVERNED), nothing(two))
    texts = {"Which law governs?", "Any arbitration?", "Who signs?"}
    client = enter(empty.reviewer)
    body = " ".join(text_of(client, "questions", empty.matter.pk).split())
    assert "Asked of Lease 2.pdf" in body and "Asked of 2 documents" in body
    assert "Lease 1.pdf, page 2" in body
    for query, wanted in (
        ({"find": "LAW which"}, {"Which law governs?"}),
        ({"outcome": "not_found"}, {"Any arbitration?"}),
        ({"in": "lease 2"}, {"Any arbitration?", "Who signs?"}),
        ({"by": str(empty.admin.pk)}, set()),
        ({"by": str(empty.reviewer.pk), "outcome": "nonsense"}, texts),
    ):
        body = text_of(client, "questions", empty.matter.pk, **query)
        shown = {text for text in texts if f">{text}</a>" in body}
        assert shown == wanted, query
    assert "No question is like that." in text_of(client, "questions", empty.matter.pk, find="zzz")

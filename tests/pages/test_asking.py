"""The box that questions are written in, and questions that go on from others."""

import pytest
from django.test import Client
from django.urls import reverse

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.grids.models import SetVersion
from reviewapp.matters.actions import create_matter
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Question
from tests.pages.conftest import Enter, text_of
from tests.pages.full_world import briefed
from tests.pages.world import GOVERNED, PASSWORD, World, add_document, ask, finding, finish


@pytest.fixture
def lease(empty: World) -> Document:
    document = add_document(empty.matter, "Harbour.pdf")
    briefed(document)
    add_document(empty.matter, "Other.pdf")
    return document


def test_examples_are_of_what_documents_hold_and_ask_at_once(
    empty: World, lease: Document, enter: Enter
) -> None:
    client = enter(empty.reviewer)
    body = text_of(client, "matter", empty.matter.pk)
    example = "When does the Northgate Properties LLC agreement expire?"
    assert f'name="text" value="{example}"' in body
    client.post(reverse("questions", args=[empty.matter.pk]), {"text": ["", example]})
    assert Question.objects.get().text == example


@pytest.mark.parametrize("find", ["harbour", "ashworth", "Tenant", "northgate landlord"])
def test_documents_are_found_by_name_party_and_role(
    empty: World, lease: Document, enter: Enter, find: str
) -> None:
    body = text_of(enter(empty.reviewer), "documents_to_ask", empty.matter.pk, find=find)
    assert "Harbour.pdf" in body and "Other.pdf" not in body


def test_what_was_written_is_there_after_signing_in(empty: World, lease: Document) -> None:
    client, home = Client(), reverse("matter", args=[empty.matter.pk])
    sent = client.post(
        reverse("questions", args=[empty.matter.pk]),
        {"text": "Which law governs?", "scope": [str(lease.pk)]},
        headers={"referer": f"http://testserver{home}"},
    )
    assert sent.headers["Location"] == f"{reverse('login')}?next={home}"
    credentials = {"username": "rhea", "password": PASSWORD}
    assert client.post(sent.headers["Location"], credentials).headers["Location"] == home
    body = client.get(home).content.decode()
    assert "Which law governs?</textarea>" in body and f'value="{lease.pk}" checked' in body
    assert "Which law governs?</textarea>" not in client.get(home).content.decode()


def test_of_many_chosen_documents_the_first_are_named(empty: World, enter: Enter) -> None:
    chosen = [add_document(empty.matter, f"Lease {number:02}.pdf") for number in range(23)]
    question = ask_question(empty.matter, "Which law?", actor=Actor(empty.reviewer), scope=chosen)
    body = " ".join(text_of(enter(empty.reviewer), "question", question.pk).split())
    assert "of 23 chosen documents: Lease 00.pdf, " in body and "Lease 19.pdf and 3 more" in body
    assert "Lease 20.pdf" not in body.split("chosen documents:")[1].split("</p>")[0]


def test_nothing_leads_to_another_site_after_signing_in(empty: World) -> None:
    where = reverse("questions", args=[empty.matter.pk])
    sent = Client().post(where, {"text": "?"}, headers={"referer": "https://elsewhere.example/a"})
    assert sent.headers["Location"] == f"{reverse('login')}?next=/"


def test_too_long_a_question_is_refused_and_kept(empty: World, enter: Enter) -> None:
    text = "Why? " * 480 + "And when?"
    answer = enter(empty.reviewer).post(reverse("questions", args=[empty.matter.pk]), {"text": text})
    assert answer.status_code == 422 and not Question.objects.exists()
    body = answer.content.decode()
    assert "this one has 2409" in body and "And when?</textarea>" in body


def test_a_thread_is_shown_and_becomes_a_question_set(empty: World, lease: Document, enter: Enter) -> None:
    first = ask(empty, "Which law governs?", finding(lease, GOVERNED))
    client = enter(empty.reviewer)
    sent = {"text": "and when does it expire?", "follows": str(first.pk)}
    client.post(reverse("questions", args=[empty.matter.pk]), sent)
    second = Question.objects.get(follows=first)
    finish(second, finding(lease, GOVERNED, value_type="date"))
    Question.objects.filter(pk=second.pk).update(
        in_full="When does the Ashworth lease expire?",
        of_any="When does the agreement expire?",
        left_aside=["if <nobody> objects", "thanks"],
    )
    body = text_of(client, "question", second.pk)
    assert "Not taken into account:</span> “if &lt;nobody&gt; objects”, “thanks”." in " ".join(body.split())
    assert "Understood as:" in body and "This thread" in body and "Which law governs?" in body
    like = client.get(reverse("questions", args=[empty.matter.pk]), {"like": str(second.pk)})
    assert "When does the Ashworth lease expire?</textarea>" in like.content.decode()
    client.post(reverse("set_of_thread", args=[second.pk]))
    made = SetVersion.objects.get(set__matter=empty.matter)
    columns = [(column["wording"], column["type"]) for column in made.columns]
    assert columns == [("Which law governs?", "text"), ("When does the agreement expire?", "date")]


def test_a_question_goes_on_from_none_of_another_matter(empty: World, enter: Enter) -> None:
    other = create_matter("Other", actor=Actor(empty.staff))
    foreign = ask_question(other, "Why?", actor=Actor(empty.staff))
    sent = {"text": "And when?", "follows": str(foreign.pk)}
    answer = enter(empty.reviewer).post(reverse("questions", args=[empty.matter.pk]), sent)
    assert answer.status_code == 422 and Question.objects.count() == 1

"""Questions and their cells: what is written, what is refused, what is kept."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.understand import understand
from gpu_worker.summary import summarise
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs.lifecycle import claim, end
from reviewapp.jobs.models import Job, Status
from reviewapp.matters import actions as matters
from reviewapp.matters.models import Matter
from reviewapp.questions import actions
from reviewapp.questions.actions import QuestionError
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.quotes import QuoteFacts, merged
from reviewapp.questions.results import (
    AnswerFacts,
    current_cells,
    finish_question,
    plan_cells,
    store_cells,
)
from tests.jobs.conftest import store_document


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create(username="admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    return matters.create_matter("Trial", actor=Actor(admin))


@pytest.fixture
def document(matter: Matter) -> Document:
    return store_document(matter, "a.txt", "one two", "", "three four")


@pytest.fixture
def question(matter: Matter, admin: User) -> Question:
    return actions.ask_question(matter, "?", actor=Actor(admin))


def said(document: Document, start: int, end: int, **changes: Any) -> AnswerFacts:
    """The document answers with these characters of its text."""
    quote = document.text()[start:end]
    facts: dict[str, Any] = {"quotes": [QuoteFacts(start, end, quote, "exact", 1.0)], "text": quote}
    return AnswerFacts(str(document.pk), "answered", **(facts | changes))


def answered(question: Question, *found: AnswerFacts) -> Question:
    """Everything that a worker writes."""
    with transaction.atomic():
        if not question.planned:
            plan_cells(question, Document.objects.filter(pk__in=[f.document for f in found]), "asked")
        store_cells(question, found)
        finish_question(question, summarise(understand(question.text), current_cells(question)))
    question.jobs.update(status=Status.SUCCEEDED)
    return question


@pytest.mark.parametrize(
    ("start", "end", "pages"), [(0, 3, (1, 1)), (4, 14, (1, 3)), (9, 14, (3, 3)), (7, 12, (1, 3))]
)
def test_a_quote_is_on_the_pages_where_it_stands(
    document: Document, question: Question, start: int, end: int, pages: tuple[int, int]
) -> None:
    answered(question, said(document, start, end))
    citation = question.answers.get().citations.get()
    assert (citation.page.number, citation.last_page) == pages
    assert citation.quote == "one two\n\nthree four"[start:end]


def test_nothing_is_quoted_that_is_not_in_the_text(
    matter: Matter, document: Document, question: Question
) -> None:
    other = store_document(matter, "b.txt", "one two")
    wrong = said(document, 0, 3, quotes=[QuoteFacts(0, 3, "One", "exact", 1.0)])
    answered(question, wrong, said(other, 0, 3))
    cell = question.answers.get(document=document)
    assert (cell.state, cell.text, cell.note) == ("failed", "", "A quote is not in the stored text.")
    assert not cell.citations.exists()
    assert question.answers.get(document=other).state == "check"


def test_the_answer_is_marked_inside_its_quote(document: Document, question: Question) -> None:
    quotes = [QuoteFacts(4, 14, "two\n\nthree", "exact", 1.0, marked=[(9, 14)])]
    answered(question, said(document, 4, 14, quotes=quotes))
    assert question.answers.get().citations.get().marked == [[5, 10]]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "check"),
        ({"supported": True}, "supported"),
        ({"supported": True, "quotes": []}, "check"),
        ({"outcome": "not_found", "supported": True}, "not_found"),
        ({"outcome": "not_examined"}, "not_examined"),
    ],
)
def test_supported_is_said_only_with_a_judge_and_a_quote(
    document: Document, question: Question, changes: dict[str, Any], state: str
) -> None:
    facts = said(document, 0, 3)
    answered(question, AnswerFacts(**(vars(facts) | changes)))
    assert question.answers.get().state == state


def test_cells_are_written_once(document: Document, question: Question) -> None:
    answered(question, said(document, 0, 3))
    store_cells(question, [said(document, 4, 7)])
    assert [cell.text for cell in question.answers.all()] == ["one"]
    with pytest.raises(IntegrityError), transaction.atomic():
        plan_cells(question, [document], "")


def test_asking_again_keeps_what_was_said_before(document: Document, question: Question, admin: User) -> None:
    answered(question, said(document, 0, 3))
    question = actions.ask_again(question, actor=Actor(admin))
    assert (question.status, question.version, question.summary) == ("waiting", 2, {})
    with pytest.raises(QuestionError, match="being asked"):
        actions.ask_again(question, actor=Actor(admin))
    answered(question, said(document, 4, 7))
    now, before = question.answers.order_by("-version")
    assert (now.text, now.superseded_at, now.version) == ("two", None, 2)
    assert (before.text, before.citations.get().quote) == ("one", "one") and before.superseded_at
    assert Event.objects.filter(action="question.asked_again").count() == 1


def test_the_rest_is_asked_once_the_first_are_done(
    document: Document, question: Question, admin: User
) -> None:
    with pytest.raises(QuestionError, match="when the first ones are done"):
        actions.ask_rest(question, actor=Actor(admin))
    answered(question, said(document, 0, 3))
    question = actions.ask_rest(question, actor=Actor(admin))
    assert (question.reach, question.planned, question.status) == ("all", False, "waiting")
    assert [cell.text for cell in current_cells(question)] == ["one"]


def ended(question: Question, status: Status) -> Question:
    job = question.job
    assert job is not None and claim(str(job.pk), "test:1")
    job.refresh_from_db()
    with transaction.atomic():
        end(job, status, "Why.")
    question.refresh_from_db()
    return question


def test_what_was_answered_before_a_failure_stays(
    matter: Matter, document: Document, question: Question, admin: User
) -> None:
    other = store_document(matter, "b.txt", "one two")
    plan_cells(question, [document, other], "asked")
    store_cells(question, [said(document, 0, 3)])
    question = ended(question, Status.FAILED)
    assert [(cell.state, cell.note) for cell in current_cells(question)] == [
        ("check", ""),
        ("failed", "Why."),
    ]
    question = actions.retry_question(question, actor=Actor(admin))
    assert [cell.state for cell in current_cells(question)] == ["check", "waiting"]


def test_documents_that_were_not_asked_yet_have_no_cell_after_stopping(
    matter: Matter, document: Document, question: Question
) -> None:
    other = store_document(matter, "b.txt", "one two")
    plan_cells(question, [document, other], "asked")
    store_cells(question, [said(document, 0, 3)])
    question = ended(question, Status.CANCELLED)
    assert [cell.document for cell in current_cells(question)] == [document]
    assert not question.planned


def test_many_questions_have_one_job_and_one_entry_each(matter: Matter, admin: User) -> None:
    documents = [store_document(matter, f"{n}.txt", "text") for n in range(3)]
    asked = actions.ask_many(matter, ["One?", "Two?"], actor=Actor(admin), scope=documents)
    assert Job.objects.count() == Event.objects.filter(action="question.asked").count() == 2
    assert [question.reach for question in asked] == ["all", "all"]
    with pytest.raises(QuestionError):
        actions.ask_many(matter, ["Three?", " "], actor=Actor(admin))
    assert Question.objects.count() == 2


def test_a_chunk_of_cells_takes_few_queries(matter: Matter, question: Question) -> None:
    documents = [store_document(matter, f"{n}.txt", "one two three") for n in range(16)]
    plan_cells(question, documents, "asked")
    with CaptureQueriesContext(connection) as captured:
        store_cells(question, [said(document, 4, 7) for document in documents])
    assert Answer.objects.filter(state="check").count() == 16
    # NB: `said` reads each document's text for itself.
    assert len(captured) - 16 <= 10


def cells(*told: tuple[str, str]) -> list[Answer]:
    return [
        Answer(state=state, text=text, document=Document(pk=uuid4(), name=f"Lease {number}.pdf"))
        for number, (state, text) in enumerate(told, 1)
    ]


@pytest.mark.parametrize(
    ("text", "told", "sentence", "state"),
    [
        ("Which law governs?", [("check", "Delaware")], "Delaware", "check"),
        (
            "Which law governs?",
            [("check", "Delaware")] * 3 + [("supported", "New York")] * 2 + [("not_found", "")] * 7,
            "Delaware: 3 documents; New York: 2 documents. 3 answers are to be checked. "
            "Nothing was found in 7 documents.",
            "check",
        ),
        (
            "Which contracts are governed by Delaware law?",
            [("supported", "Delaware"), ("supported", "New York"), ("failed", "")],
            "1 of the 2 documents where this could be told: Delaware ({document 0}). 1 document was not examined.",
            "supported",
        ),
        (
            "Which agreement expires last?",
            [
                ("supported", "May 1, 2020"),
                ("supported", "2 March 2024"),
                ("supported", "2024-03-02"),
                ("check", "1999-01-01"),
            ],
            "Latest: March 2, 2024 ({document 0} and {document 1}). 1 answer is to be checked.",
            "check",
        ),
        (
            "Which agreement expires last?",
            [("supported", "May 1, 2020")] * 4,
            "Latest: May 1, 2020 (4 documents).",
            "supported",
        ),
        ("Which law governs?", [("not_found", "")] * 2, None, "not_found"),
        ("Which law governs?", [("waiting", "")], "", "not_found"),
    ],
)
def test_cells_are_folded(text: str, told: list[tuple[str, str]], sentence: str | None, state: str) -> None:
    summary = summarise(understand(text), cells(*told))
    assert sentence is None or summary["sentence"] == sentence
    assert (summary["state"], summary["asked"]) == (state, sum(state != "waiting" for state, _ in told))
    json.dumps(summary)


TEXT = "".join(chr(97 + n % 26) for n in range(60))
quotes = st.lists(
    st.tuples(st.integers(0, 59), st.integers(1, 20)).map(
        lambda at: QuoteFacts(at[0], min(60, sum(at)), TEXT[at[0] : sum(at)], "exact", 1.0, [at])
    ),
    max_size=8,
)


@given(quotes)
def test_overlapping_quotes_make_one_card(given_quotes: list[QuoteFacts]) -> None:
    cards = merged(given_quotes)
    for card in cards:
        assert card.quote == TEXT[card.start : card.end]
    covered = {n for quote in given_quotes for n in range(quote.start, quote.end)}
    assert sorted(n for card in cards for n in range(card.start, card.end)) == sorted(covered)
    assert {mark for card in cards for mark in card.marked} == {m for q in given_quotes for m in q.marked}


def test_a_question_may_be_one_that_briefs_answer_and_only_such(matter: Matter, admin: User) -> None:
    names = ["clause:Insurance", ""]
    asked = actions.ask_many(matter, ["Insured?", "Since when?"], actor=Actor(admin), standing=names)
    assert [question.standing for question in asked] == names
    for wrong, code in ((["clause:Unheard"], "standing-unknown"), (names, "standing-incomplete")):
        with pytest.raises(QuestionError) as refused:
            actions.ask_many(matter, ["Insured?"], actor=Actor(admin), standing=wrong)
        assert refused.value.code == code
    assert Question.objects.count() == 2

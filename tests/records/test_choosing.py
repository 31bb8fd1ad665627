"""Which documents a question is asked of, and what people are told about it."""

import pytest
from django.contrib.auth.models import User

from consolidation.asking.understand import understand
from gpu_worker import choosing
from gpu_worker.choosing import Chosen, choose_documents
from gpu_worker.engine import current_engine
from gpu_worker.following import line_of
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter, remove_member
from reviewapp.matters.models import Matter, Membership
from reviewapp.questions.actions import ask_many, ask_question
from reviewapp.questions.models import Question
from reviewapp.questions.policy import documents_in_scope
from reviewapp.questions.results import note_understood, plan_cells
from tests.jobs.conftest import store_document


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create(username="admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    """Three agreements; the words of the question tried most stand in the last one."""
    matter = create_matter("Trial", actor=Actor(admin))
    store_document(matter, "Ashworth Promotion Agreement.txt", "Nothing of that.")
    store_document(matter, "Sierra Distributor Agreement.txt", "Made with Orchard Widgets Ltd.")
    store_document(matter, "Zond Amendment.txt", "The royalty is due on the first day of the quarter.")
    return matter


def to_ask(question: Question) -> Chosen:
    return choose_documents(current_engine(), question, understand(question.text))


def chosen(matter: Matter, user: User, text: str) -> tuple[list[str], str]:
    found = to_ask(ask_question(matter, text, actor=Actor(user)))
    return [document.name.split()[0] for document in found.documents], found.because


def test_documents_that_a_question_leaves_out_are_never_asked(matter: Matter, admin: User) -> None:
    text = "Which contracts other than the Sierra agreement expire before 2012?"
    question = ask_question(matter, text, actor=Actor(admin))
    found = to_ask(question)
    assert sorted(document.name.split()[0] for document in found.documents) == ["Ashworth", "Zond"]
    assert found.because == "the question names none and leaves out the Sierra agreement"
    plan_cells(question, found.documents, found.because, left_out=found.left_out)
    # it is no rest that could be asked later, also where all are
    question.reach = question.Reach.ALL
    assert not documents_in_scope(question).filter(name__startswith="Sierra").exists()
    again = to_ask(question)
    assert not again.documents and [document.name.split()[0] for document in again.left_out] == ["Sierra"]
    unknown = to_ask(ask_question(matter, "rank the contracts by term, except Wexley", actor=Actor(admin)))
    assert len(unknown.documents) == 3 and unknown.because.endswith("as none goes by the name of Wexley")
    named, because = chosen(matter, admin, "What is the term of the Sierra agreement?")
    assert named == ["Sierra"] and "leaves out" not in because


@pytest.mark.parametrize(
    ("text", "names", "because"),
    [
        ("sierra governing law", ["Sierra"], "the question names sierra"),
        ("What is Ashworth's governing law?", ["Ashworth"], "the question names Ashworth"),
        ("When is the royalty due?", ["Zond", "Ashworth", "Sierra"], "the question names none"),
        ("Does Acme Gadgets owe rent?", [], "no document mentions Acme Gadgets"),
    ],
)
def test_the_documents_that_a_question_names_are_asked(
    matter: Matter, admin: User, text: str, names: list[str], because: str
) -> None:
    assert chosen(matter, admin, text) == (names, because)


def test_a_name_that_stands_in_a_text_is_not_called_unknown(matter: Matter, admin: User) -> None:
    _, because = chosen(matter, admin, "Does Orchard Widgets owe rent?")
    assert "no document mentions" not in because


def test_the_likeliest_go_first_and_the_rest_when_all_are_asked_for(
    matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "LIKELIEST", 2)
    question = ask_question(matter, "When is the royalty due?", actor=Actor(admin))
    first = to_ask(question)
    assert [document.name.split()[0] for document in first.documents] == ["Zond", "Ashworth"]
    assert first.because.endswith("and these are the likeliest to answer")
    plan_cells(question, first.documents, first.because)
    assert to_ask(question).documents == []
    question.reach = question.Reach.ALL
    rest = to_ask(question)
    assert [document.name.split()[0] for document in rest.documents] == ["Sierra"]
    (everything,) = ask_many(matter, ["When is the royalty due?"], actor=Actor(admin))
    assert len(to_ask(everything).documents) == 3


def test_chosen_documents_alone_are_asked(matter: Matter, admin: User) -> None:
    document = matter.documents.get(name__startswith="Zond")
    question = ask_question(matter, "Who signs?", actor=Actor(admin), scope=[document])
    found = to_ask(question)
    assert (list(found.documents), found.because) == ([document], "it was chosen")


def test_nothing_is_asked_for_who_has_left(matter: Matter, admin: User) -> None:
    other = User.objects.create(username="other")
    Membership.objects.create(matter=matter, user=other, role="reviewer")
    question = ask_question(matter, "Who signs?", actor=Actor(other))
    remove_member(Membership.objects.get(user=other), actor=Actor(admin))
    assert list(to_ask(question).documents) == []


def test_a_question_that_goes_on_is_asked_of_the_documents_before(matter: Matter, admin: User) -> None:
    first = ask_question(matter, "What is Ashworth's governing law?", actor=Actor(admin))
    plan_cells(first, to_ask(first).documents, "the question names Ashworth")
    for text, in_full, names in (
        ("and when does it expire?", "When does the Ashworth agreement expire?", ["Ashworth"]),
        ("what about the Sierra agreement?", "What is the Sierra agreement's governing law?", ["Sierra"]),
        ("and the others?", "What is the agreement's governing law?", ["Sierra", "Zond"]),
        ("Who signed the Zond Amendment?", "Who signed the Zond Amendment?", ["Zond"]),
    ):
        question = ask_question(matter, text, actor=Actor(admin), follows=first)
        line = line_of(question)
        assert line and line.text == in_full
        note_understood(question, line.text)
        found = choose_documents(current_engine(), question, understand(question.whole), line)
        assert sorted(document.name.split()[0] for document in found.documents) == names
    assert question.thread == first and question.in_full == ""
    second = ask_question(matter, "what about the Sierra agreement?", actor=Actor(admin), follows=first)
    plan_cells(second, matter.documents.filter(name__startswith="Sierra"), "the question names Sierra")
    other = ask_question(matter, "and for the other one?", actor=Actor(admin), follows=second)
    line = line_of(other)
    assert line and line.documents == frozenset({matter.documents.get(name__startswith="Ashworth").pk})

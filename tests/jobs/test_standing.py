"""Standing questions from sleep to cell: what consolidation writes down answers them, and no model is asked again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
import torch
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consolidation import Engine, load_engine
from consolidation.asking.typed import normalise
from consolidation.briefs import brief
from consolidation.briefs.clauses import clauses_of
from gpu_worker import engine as engines
from gpu_worker import tasks
from gpu_worker.asked import asked_by
from gpu_worker.briefs import typed_facts
from gpu_worker.translate import gather_sources, waiting_note
from reviewapp.briefs.models import Brief
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.actions import ask_many, ask_question
from reviewapp.questions.models import Answer, Question
from reviewapp.states.actions import request_consolidation
from tests.jobs.conftest import store_document

FIRST = """MASTER SUPPLY AGREEMENT

This Master Supply Agreement (the "Agreement") is made on March 3, 2014 by and between Orvelane Systems, Inc., a
Delaware corporation ("Supplier"), and Tamberlin Foods LLC ("Customer").

1. Term. This Agreement is effective as of April 1, 2014 (the "Effective Date") and shall continue for a period of
five (5) years from the Effective Date.

2. Governing Law. This Agreement shall be governed by the laws of the State of Oregon.
"""
INSURED = """3. Insurance. Supplier shall maintain, at its own expense, commercial general liability insurance
with limits of not less than $2,000,000 per occurrence, and shall name Customer as an additional insured.
"""
FILLER = "The Supplier shall deliver the Products in accordance with the Specifications and the delivery schedule. "
LETTER = "Dear Ms Okafor, thank you for the pleasant lunch. The weather was better than we had hoped.\n"
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Mute:
    """A part of an engine that has its names and answers nothing."""

    part: Any

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.part, name)
        assert not callable(value), f"the model was asked: {name}"
        return value


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The shipped weights, as the process's engine."""
    torch.set_num_threads(1)
    engine = load_engine()
    engines._loaded[engines.memory_name()] = engine
    yield engine
    engines._loaded.clear()


@pytest.fixture
def admin() -> User:
    return User.objects.create(username="admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    return create_matter("Trial", actor=Actor(admin))


@pytest.fixture
def slept(engine: Engine, matter: Matter, admin: User) -> dict[str, Document]:
    """Documents that were consolidated."""
    documents = [
        store_document(matter, "supply.pdf", FIRST + FILLER * 8, INSURED + FILLER * 8),
        store_document(matter, "letter.txt", LETTER),
    ]
    for document in documents:
        request_consolidation(document, actor=Actor(admin))
    for job in Job.objects.filter(kind="consolidate"):
        tasks.consolidate_document(str(job.pk))
    return {document.name: document for document in documents}


@pytest.fixture
def mute(engine: Engine, slept: dict[str, Document]) -> Iterator[None]:
    """From here on the engine must not be asked."""
    parts: dict[str, Any] = {
        name: Mute(getattr(engine, name)) for name in ("memory", "router", "reader", "judge", "encodings")
    }
    engines._loaded[engines.memory_name()] = replace(engine, **parts)
    yield
    engines._loaded[engines.memory_name()] = engine


def asked(matter: Matter, admin: User, *names: str) -> list[dict[str, Answer]]:
    """The cells of each question, by the name of the document."""
    questions = ask_many(matter, list(names), actor=Actor(admin), standing=names)
    for question in questions:
        assert question.job
        tasks.answer(str(question.job.pk))
    cells = Answer.objects.select_related("document")
    return [{cell.document.name: cell for cell in cells.filter(question=question)} for question in questions]


def queries_of(matter: Matter, admin: User, scope: Sequence[Document]) -> int:
    """Queries that it takes to answer for some documents."""
    (question,) = ask_many(matter, ["?"], actor=Actor(admin), scope=scope, standing=["clause:Insurance"])
    assert question.job
    with CaptureQueriesContext(connection) as captured:
        tasks.answer(str(question.job.pk))
    return len(captured)


@pytest.mark.usefixtures("mute")
def test_cells_are_what_the_sleep_wrote_and_the_model_is_not_asked(
    slept: dict[str, Document], matter: Matter, admin: User
) -> None:
    law, expiry, insured, escrow = asked(
        matter, admin, "field:governing_law", "field:expiry", "clause:Insurance", "clause:Source Code Escrow"
    )
    assert (law["supply.pdf"].text, law["supply.pdf"].value_type) == ("Oregon", "law")
    assert law["supply.pdf"].citations.get().quote.endswith("the laws of the State of Oregon.")
    assert expiry["supply.pdf"].text == "April 1, 2019"
    assert (expiry["supply.pdf"].value_normalised or {})["comparable"] == "2019-04-01"
    assert (insured["supply.pdf"].text, insured["supply.pdf"].found_by) == ("Yes", "tagger")
    proof = insured["supply.pdf"].citations.get()
    assert "commercial general liability insurance" in proof.quote and proof.page.number == 2
    held = Brief.objects.get(document=slept["supply.pdf"]).held.get(name="clause:Insurance")
    assert held.holds and held.holds["shown"] == "USD 2,000,000"
    assert {cell.state for cell in escrow.values()} == {"not_found"}
    nothing = law["letter.txt"]
    assert (nothing.state, nothing.text) == ("not_found", "")
    assert [citation.kind for citation in nothing.citations.all()] == ["passage"]
    assert all(cell.cost["tokens_forward"] == 0 for cell in law.values())
    one, all_ = (queries_of(matter, admin, scope) for scope in ([slept["supply.pdf"]], list(slept.values())))
    assert all_ <= one


def answered(matter: Matter, admin: User, text: str) -> Question:
    question = ask_question(matter, text, actor=Actor(admin))
    assert question.job
    tasks.answer(str(question.job.pk))
    return Question.objects.get(pk=question.pk)


def test_conditions_are_asked_one_by_one_and_folded(
    slept: dict[str, Document], matter: Matter, admin: User
) -> None:
    supply, letter = str(slept["supply.pdf"].pk), str(slept["letter.txt"].pk)
    both = answered(matter, admin, "Which contracts are governed by Oregon law and expire after 2018?")
    cell = both.answers.get(document=slept["supply.pdf"])
    law, expiry = "State of Oregon", "April 1, 2019"
    assert [part["text"] for part in cell.parts] == [law, expiry]
    assert cell.text == f"(1) {law} (2) {expiry}" and cell.value_type == "free"
    folded = both.summary["folded"]
    assert (folded["meets"], folded["fails"], folded["not_found"]) == ([supply], [], [letter])
    assert both.summary["sentence"].startswith(
        "The only document where this could be told: are governed by Oregon law"
    )
    assert "expire after 2018: yes 1, no 0, not told 1" in both.summary["sentence"]
    groups = {group["value"].split(":")[0]: group["documents"] for group in both.summary["groups"]}
    assert groups["not known"] == [letter]
    one_fails = answered(matter, admin, "Which contracts are governed by Oregon law and expire after 2021?")
    assert one_fails.summary["folded"]["fails"] == [supply]
    following = answered(matter, admin, "Which contract expires next?")
    assert following.summary["folded"]["extremes"] == [] and following.summary["folded"]["fails"] == [supply]
    assert following.summary["sentence"].startswith("No values that can be compared were found (on or after")
    first = answered(matter, admin, "Top 3 by expiry, except letter.txt")
    assert [str(one.document_id) for one in first.answers.all()] == [supply]
    assert [str(one.pk) for one in first.leaves_out.all()] == [letter]


def test_a_question_of_a_matter_is_put_in_the_words_of_all_its_documents(
    slept: dict[str, Document], matter: Matter, admin: User
) -> None:
    supply = slept["supply.pdf"]
    insured = answered(matter, admin, "any insurance requirements? which ones")
    assert insured.in_full == "Do any contracts have any insurance requirements?"
    assert insured.summary["folded"]["meets"] == [str(supply.pk)]
    again = asked_by(insured)
    assert (again.over, again.quantifier) == ("which", "any")
    meant = answered(matter, admin, "count the ones that just keep rolling over")
    assert meant.in_full == "How many contracts renew automatically?" and asked_by(meant).over == "count"
    bought = answered(
        matter, admin, "if we buy one of these companys or it merges, where does that trigger something?"
    )
    assert bought.in_full == "Which contracts have a change of control clause?"
    assert bought.left_aside == ["where does that trigger something"]
    assert not bought.answers.filter(state="supported").exists()
    of_one = ask_question(matter, "any insurance requirements?", actor=Actor(admin), scope=[supply])
    named = ask_question(matter, "Who has audit rights under the Orvelane agreement?", actor=Actor(admin))
    column = ask_many(matter, ["where is liability limited"], actor=Actor(admin), value_types=["place"])[0]
    for question in (of_one, named, column):
        assert question.job
        tasks.answer(str(question.job.pk))
        assert Question.objects.get(pk=question.pk).in_full == ""


def test_what_has_no_end_is_stored_without_an_order() -> None:
    endless = typed_facts(normalise("duration", "in perpetuity"))
    assert endless and endless["comparable"] == "without end"
    json.dumps(endless, allow_nan=False)


def test_briefs_of_other_rules_are_made_anew_and_documents_without_a_state_not_examined(
    engine: Engine, slept: dict[str, Document], matter: Matter, admin: User
) -> None:
    store_document(matter, "awake.txt", LETTER + "Again.")
    fresh = Brief.objects.get(document=slept["supply.pdf"]).version
    Brief.objects.update(version="rules-0")
    (law,) = asked(matter, admin, "field:governing_law")
    assert (law["supply.pdf"].text, law["letter.txt"].state) == ("Oregon", "not_found")
    assert law["awake.txt"].state == "not_examined"
    assert set(Brief.objects.values_list("version", flat=True)) == {fresh}
    Brief.objects.update(version="rules-0")
    tasks.make_briefs()
    assert set(Brief.objects.values_list("version", flat=True)) == {fresh}
    # other questions find the clauses and the brief of the sleep as well
    source, other = gather_sources(matter, [slept["supply.pdf"], store_document(matter, "new.txt", LETTER)])
    found = clauses_of(engine, source.text, brief(source.text))["Insurance"]
    assert source.clauses and source.brief
    assert [(s.start, s.end) for s in source.clauses["Insurance"]] == [(s.start, s.end) for s in found]
    assert source.brief.parties[0].name.value == "Orvelane Systems, Inc."
    assert (other.clauses, other.brief) == (None, None)


def test_one_document_that_waits_is_not_counted() -> None:
    assert waiting_note(1, 1) == "The document was not ready yet when this was answered; ask again later."
    assert waiting_note(1, 2).startswith("1 of 2 documents was not ready yet")
    assert waiting_note(0, 1) == ""

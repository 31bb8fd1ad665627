"""Decisions about cells, samples, the coding of documents: what counts, what is refused, what survives."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.exports.actions import open_export, request_export
from reviewapp.exports.tasks import make_export
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.questions.actions import ask_again
from reviewapp.questions.models import Answer
from reviewapp.reviews import coding
from reviewapp.reviews.actions import Said, accept_all, comment, decide
from reviewapp.reviews.cells import cell_view
from reviewapp.reviews.models import Code, Coding, Decision
from reviewapp.reviews.quality import Share, draw_sample, measured
from reviewapp.reviews.tasks import code_documents
from reviewapp.reviews.values import normalised
from tests.pages.world import GOVERNED, World, add_document, ask, finding, finish, nothing, people_and_matter


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def world(db: None) -> World:
    return people_and_matter()


@pytest.fixture
def cell(world: World) -> Answer:
    return ask(
        world, "Which law governs?", finding(add_document(world.matter, "Lease.pdf"), GOVERNED)
    ).answers.get()


def refused(code: str, *args: Any, **named: Any) -> None:
    with pytest.raises(ActionError) as error:
        decide(*args, **named)
    assert error.value.code == code


def test_the_newest_decision_counts_and_the_answer_stays_as_it_was(world: World, cell: Answer) -> None:
    rhea, ada = Actor(world.reviewer), Actor(world.admin)
    before = Answer.objects.filter(pk=cell.pk).values().get()
    assert decide(cell, Said("accept", 0), actor=rhea).kind == "accept"
    assert decide(cell, Said("correct", 1, text=" Delaware "), actor=ada).text == "Delaware"
    assert decide(cell, Said("reject", 2, reason="Another lease."), actor=rhea).kind == "reject"
    review = decide(cell, Said("undo", 3), actor=rhea)
    assert (review.kind, review.text, review.by, review.number) == ("correct", "Delaware", world.admin, 4)
    assert decide(cell, Said("undo", 4), actor=rhea).kind == "accept"
    assert decide(cell, Said("undo", 5), actor=rhea).kind == ""
    refused("nothing-to-undo", cell, Said("undo", 6), actor=rhea)
    assert Answer.objects.filter(pk=cell.pk).values().get() == before
    kinds = list(Decision.objects.order_by("number").values_list("kind", "by"))
    assert [kind for kind, _ in kinds] == ["accept", "correct", "reject", "undo", "undo", "undo"]
    assert Event.objects.filter(action="cell.reviewed", matter=world.matter).count() == 6
    assert "Delaware" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_a_decision_is_refused_that_did_not_see_the_newest(world: World, cell: Answer) -> None:
    decide(cell, Said("accept", 0), actor=Actor(world.admin))
    refused("decision-conflict", cell, Said("reject", 0, reason="No."), actor=Actor(world.reviewer))
    refused("correction-missing", cell, Said("correct", 1, text=" "), actor=Actor(world.reviewer))
    refused("reason-missing", cell, Said("reject", 1), actor=Actor(world.reviewer))
    refused("decision-unknown", cell, Said("burn", 1), actor=Actor(world.reviewer))
    refused("decision-too-long", cell, Said("correct", 1, text="x" * 2001), actor=Actor(world.reviewer))
    assert Decision.objects.count() == 1


def test_a_second_person_confirms_and_never_the_same(world: World, cell: Answer) -> None:
    rhea, ada = Actor(world.reviewer), Actor(world.admin)
    refused("nothing-to-confirm", cell, Said("confirm", 0), actor=ada)
    decide(cell, Said("accept", 0), actor=rhea)
    refused("second-person-needed", cell, Said("confirm", 1), actor=rhea)
    assert decide(cell, Said("confirm", 1), actor=ada).confirmed_by == world.admin
    refused("nothing-to-confirm", cell, Said("confirm", 2), actor=ada)
    assert decide(cell, Said("correct", 2, text="Maine"), actor=ada).confirmed_by is None


def test_decisions_stay_with_the_answer_they_are_about(world: World, cell: Answer) -> None:
    actor = Actor(world.reviewer)
    decide(cell, Said("accept", 0), actor=actor)
    comment(cell, "Compare the guarantee.", actor=actor)
    question = cell.question
    Answer.objects.filter(pk=cell.pk).update(note="")
    question = ask_again(question_done(question), actor=actor)
    finish(question, finding(cell.document, GOVERNED, text="Maine"))
    fresh = question.answers.get(superseded_at=None)
    shown = cell_view(fresh)
    assert shown.review is None and not shown.is_decided
    assert [answer.pk for answer in shown.earlier] == [cell.pk]
    assert [made.answer_id for made in shown.decisions] == [cell.pk]
    assert [note.text for note in shown.comments] == ["Compare the guarantee."]
    refused("answer-replaced", cell, Said("undo", 1), actor=actor)
    assert cell_view(Answer.objects.get(pk=cell.pk)).newest == fresh


def question_done(question: Any) -> Any:
    Job.objects.update(status=Status.SUCCEEDED)
    question.refresh_from_db()
    return question


def test_a_row_is_accepted_where_nobody_decided(world: World, cell: Answer) -> None:
    actor = Actor(world.reviewer)
    other = ask(world, "What is the cap?", nothing(cell.document)).answers.get()
    waiting = ask(world, "When does it end?")
    decide(cell, Said("reject", 0, reason="Wrong lease."), actor=actor)
    every = Answer.objects.filter(document=cell.document)
    assert accept_all(world.matter, every, actor=actor) == 1
    assert other.review.kind == "accept" and cell.review.kind == "reject"
    assert accept_all(world.matter, every, actor=actor) == 0
    assert not waiting.answers.exists()


@pytest.mark.parametrize(
    ("kind", "text", "comparable", "order"),
    [
        ("date", "2026-03-31", "2026-03-31", 739706.0),
        ("date", "March 31, 2026", "2026-03-31", 739706.0),
        ("date", "31/03/2026", "2026-03-31", 739706.0),
        ("date", "3/3/2026", "2026-03-03", 739678.0),
        ("date", "2026-03-04", "2026-03-04", 739679.0),
        ("duration", "2 years", "24 month", 730.5),
        ("duration", "30 days", "30 day", 30.0),
        ("amount", "$1,000,000", "USD 1000000", 1e6),
        ("amount", "EUR 12.50", "EUR 12.5", 12.5),
        ("yes_no", "yes", "yes", 1.0),
    ],
)
def test_corrections_are_compared_as_answers_are(kind: str, text: str, comparable: str, order: float) -> None:
    value = normalised(kind, text)
    assert value is not None
    assert (value["comparable"], value["order"]) == (comparable, order)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "March 2026"),
        ("date", "soon"),
        ("duration", "a while"),
        ("amount", "9" * 400),
        ("amount", "much"),
        ("yes_no", "maybe"),
    ],
)
def test_a_correction_of_another_type_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ActionError) as error:
        normalised(kind, text)
    assert error.value.code == "value-not-of-type"


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "03-04-26"])
def test_a_date_that_can_be_two_is_refused(text: str) -> None:
    with pytest.raises(ActionError) as error:
        normalised("date", text)
    assert (error.value.code, error.value.message) == (
        "value-not-of-type",
        "This can be March 4, 2026 or April 3, 2026. Write the month by its name.",
    )


def test_intervals_are_wilsons() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, and 0 of 20.
    assert [round(bound, 4) for bound in Share(81, 263).interval] == [0.2553, 0.3662]
    assert [round(bound, 4) for bound in Share(0, 20).interval] == [0.0, 0.1611]
    assert Share(0, 0).interval == (0.0, 1.0)


def test_a_sample_is_drawn_again_by_its_seed_and_measured(world: World) -> None:
    documents = [add_document(world.matter, f"Lease {n}.pdf") for n in range(8)]
    question = ask(
        world, "Which law governs?", *(finding(d, GOVERNED, supported=n < 4) for n, d in enumerate(documents))
    )
    ada, rhea = Actor(world.admin), Actor(world.reviewer)
    one = draw_sample(world.matter, 6, actor=ada, question=question, seed=11)
    again = draw_sample(world.matter, 6, actor=ada, question=question, seed=11)
    assert set(one.answers.all()) == set(again.answers.all()) and one.answers.count() == 6
    drawn = list(one.answers.order_by("pk"))
    for answer in drawn[:3]:
        decide(answer, Said("accept", 0), actor=ada)
    decide(drawn[0], Said("confirm", 1), actor=rhea)
    decide(drawn[1], Said("reject", 1, reason="No."), actor=rhea)
    found = measured(one)
    assert (found.cells, found.decided, found.precision.right) == (6, 3, 2)
    assert (found.agreement.right, found.agreement.number) == (1, 2)
    with pytest.raises(ActionError, match="between 1 and"):
        draw_sample(world.matter, 0, actor=ada)


def test_files_tell_what_counts_and_nothing_that_was_taken_back(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # NB: a heart looks from a connection of its own, which sees nothing of a test's transaction.
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)
    rhea = Actor(world.reviewer)
    documents = [add_document(world.matter, name) for name in ("Corrected.pdf", "Rejected.pdf", "Undone.pdf")]
    question = ask(world, "When does it end?", *(finding(document, GOVERNED) for document in documents))
    question.answers.update(value_type="date", value_normalised=normalised("date", "2026-03-31"))
    corrected, rejected, undone = question.answers.order_by("document__name")
    decide(corrected, Said("correct", 0, text="2027-03-31", value_type="date"), actor=rhea)
    decide(rejected, Said("reject", 0, reason="Another lease."), actor=rhea)
    decide(rejected, Said("reject", 1, reason="No date at all."), actor=rhea)
    decide(rejected, Said("undo", 2), actor=rhea)
    decide(undone, Said("accept", 0), actor=rhea)
    decide(undone, Said("reject", 1, reason="By mistake."), actor=rhea)
    decide(undone, Said("undo", 2), actor=rhea)
    export = request_export(question, "csv", actor=rhea)
    make_export(str(export.jobs.get().pk))
    export.refresh_from_db()
    with open_export(export, actor=rhea) as file:
        rows = list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert [(row["decision"], row["comparable"], row["reason"]) for row in rows] == [
        ("Corrected", "2027-03-31", ""),
        ("Rejected", "", "Another lease."),
        ("Accepted", "2026-03-31", ""),
    ]
    sample = draw_sample(world.matter, 3, actor=rhea)
    client.force_login(world.reviewer)
    response = client.get(reverse("protocol", args=[sample.pk]))
    lines = csv.reader(io.StringIO(response.getvalue().decode()))
    told = sorted((row[0], row[4], row[6]) for row in lines if len(row) == 10 and row[0] != "document")
    assert told == [
        ("Corrected.pdf", "correct", ""),
        ("Rejected.pdf", "reject", "Another lease."),
        ("Undone.pdf", "accept", ""),
    ]


def test_documents_have_one_value_a_field_and_many_issues(world: World) -> None:
    actor, lease = Actor(world.reviewer), add_document(world.matter, "Lease.pdf")
    issues = [coding.define_issue(world.matter, name, actor=actor) for name in ("Pricing", "Notice")]
    for name in ("responsive:yes", "responsive:no", *(f"issue:{issue.pk}" for issue in issues)):
        coding.code_document(lease, name, actor=actor)
    coded = {(code.field, code.value, code.issue) for code in Code.objects.filter(document=lease)}
    assert coded == {("responsive", "no", None), ("issue", "", issues[0]), ("issue", "", issues[1])}
    coding.code_document(lease, "responsive:yes", actor=actor, off=True)
    assert lease.codes.filter(field="responsive").count() == 1
    coding.code_document(lease, "responsive:no", actor=actor, off=True)
    assert lease.codes.filter(field="responsive").count() == 0
    other = create_matter("Other", actor=Actor(world.admin))
    for name, wrong in (("issue:none", lease), ("privileged:perhaps", lease)):
        with pytest.raises(ActionError, match="no such code"):
            coding.code_document(wrong, name, actor=actor)
    with pytest.raises(ActionError, match="no such code"):
        coding.code_document(add_document(other, "x.pdf"), f"issue:{issues[0].pk}", actor=actor)
    with pytest.raises(ActionError, match="already"):
        coding.define_issue(world.matter, "pricing", actor=actor)


def test_many_are_coded_in_chunks_and_go_on_where_they_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coding, "CHUNK", 2)
    actor = Actor(world.reviewer)
    documents = [add_document(world.matter, f"Lease {n}.pdf") for n in range(5)]
    made = coding.code_many(world.matter, documents, "privileged:yes", actor=actor)
    Coding.objects.filter(pk=made.pk).update(done=2)  # as an attempt leaves it that was killed after a chunk
    documents[4].delete()
    code_documents(str(made.jobs.get().pk))
    assert made.jobs.get().status == Status.SUCCEEDED
    coded = set(Code.objects.values_list("document__name", flat=True))
    assert coded == {"Lease 2.pdf", "Lease 3.pdf"}
    assert Code.objects.first().by == User.objects.get(username="rhea")  # type: ignore[union-attr]
    with pytest.raises(ActionError, match="Choose the documents"):
        coding.code_many(world.matter, [], "privileged:yes", actor=actor)
    assert Document.objects.count() == 4

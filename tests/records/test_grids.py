"""Question sets and grids: versions, running, rerunning what changed, and what becomes of old answers."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from reviewapp.briefs.models import Brief
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Column, Grid, QuestionSet, SetVersion
from reviewapp.grids.policy import visible_grid_documents
from reviewapp.grids.sets import Asked, columns_of, newest, save_set, ship_sets
from reviewapp.grids.showing import showing_of
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.policy import documents_to_ask
from reviewapp.reviews.actions import Said, decide
from tests.pages.world import GOVERNED, World, add_document, finding, finish, people_and_matter, plan


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def world(db: None) -> World:
    return people_and_matter()


def made(world: World, documents: Sequence[Document] = ()) -> Grid:
    actor = Actor(world.reviewer)
    asked = [Asked("Law", "Which law governs?"), Asked("", "When does it end?", "date", "field:expiry")]
    version = save_set(world.matter, "Leases", asked, actor=actor)
    return grids.create_grid(world.matter, "Grid", version, actor=actor, documents=documents)


def question_of(grid: Grid, order: int = 1) -> Question:
    column = grid.columns.select_related("question").get(order=order)
    assert column.question is not None
    return column.question


def work(question: Question) -> list[str]:
    """What a worker does: every document to ask answers; returns their names."""
    documents = documents_to_ask(question)
    plan(question, *documents)
    finish(question, *(finding(document, GOVERNED) for document in documents))
    Job.objects.filter(question=question).update(status=Status.SUCCEEDED)
    return sorted(document.name for document in documents)


def test_shipped_sets_are_written_once_and_keep_their_versions(db: None) -> None:
    ship_sets()
    ship_sets()
    commercial, nda = QuestionSet.objects.get(key="commercial"), QuestionSet.objects.get(key="nda")
    assert (len(columns_of(newest(commercial))), len(columns_of(newest(nda)))) == (41, 17)
    assert all(column.standing for column in columns_of(newest(commercial)))
    assert {column.type for column in columns_of(newest(nda))} == {"choice"}
    SetVersion.objects.filter(set=nda).update(columns=[{"label": "Old", "wording": "Old?"}])
    ship_sets()
    nda.refresh_from_db()
    assert nda.version == 2 and [v.number for v in nda.versions.all()] == [2, 1]
    assert SetVersion.objects.count() == 3


def test_a_set_is_edited_by_new_versions_and_refused_by_the_question(world: World) -> None:
    actor = Actor(world.reviewer)
    first = save_set(world.matter, "Leases", [Asked("", "Who signed?")], actor=actor)
    second = save_set(world.matter, "Leases", [Asked("By", "Who signed it?")], actor=actor, of=first.set)
    assert (first.number, second.number, second.set_id) == (1, 2, first.set_id)
    assert columns_of(SetVersion.objects.get(pk=first.pk))[0].wording == "Who signed?"
    for columns, code in [
        ([Asked("", "Who?"), Asked("", " ")], "column-wording-wrong"),
        ([Asked("", "Who?", "number")], "column-type-unknown"),
        ([Asked("", "Who?", standing="field:colour")], "column-standing-unknown"),
        ([], "columns-missing"),
    ]:
        with pytest.raises(ActionError) as error:
            save_set(world.matter, "Leases", columns, actor=actor)
        assert error.value.code == code


def test_a_preview_asks_five_and_a_run_the_others(world: World) -> None:
    for number in range(12):
        add_document(world.matter, f"Lease {number:02}.pdf")
    grid, actor = made(world), Actor(world.reviewer)
    grids.preview(grid, actor=actor)
    assert [question_of(grid, n).standing for n in (1, 2)] == ["", "field:expiry"]
    assert question_of(grid, 2).value_type == "date"
    sample = work(question_of(grid))
    assert len(sample) == 5
    with pytest.raises(ActionError) as error:
        grids.run(grid, actor=actor)
    assert error.value.code == "grid-in-preview"
    grid.refresh_from_db()
    assert grid.run_at is None and question_of(grid).version == 1
    work(question_of(grid, 2))
    assert grids.run(grid, actor=actor) == 2
    assert len(work(question_of(grid))) == 7 and len(work(question_of(grid, 2))) == 7
    assert grids.run(grid, actor=actor) == 0
    assert Answer.objects.count() == 24
    assert Event.objects.filter(action="grid.run").count() == 3


def test_a_run_asks_again_only_what_changed(world: World) -> None:
    documents = [add_document(world.matter, f"Lease {number}.pdf") for number in range(4)]
    grid, actor = made(world), Actor(world.reviewer)
    grids.run(grid, actor=actor)
    work(question_of(grid)), work(question_of(grid, 2))
    add_document(world.matter, "New.pdf")
    Answer.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    for document in documents[1:3]:
        Brief.objects.create(document=document, version="later")
    Answer.objects.filter(document=documents[1]).update(carried_at=timezone.now())
    decided = Answer.objects.get(question=question_of(grid, 2), document=documents[2])
    decide(decided, Said("accept", 0), actor=actor)
    Answer.objects.filter(question=question_of(grid), document=documents[3]).update(state="failed")
    assert grids.run(grid, actor=actor) == 2
    assert work(question_of(grid)) == ["Lease 2.pdf", "Lease 3.pdf", "New.pdf"]
    assert work(question_of(grid, 2)) == ["New.pdf"]
    assert Answer.objects.exclude(superseded_at=None).count() == 2


def test_a_paused_grid_goes_on_with_what_was_not_answered(world: World) -> None:
    documents = [add_document(world.matter, f"Lease {number}.pdf") for number in range(3)]
    grid, actor = made(world, documents[:2]), Actor(world.reviewer)
    grids.run(grid, actor=actor)
    question = question_of(grid)
    plan(question, *documents[:2])
    Answer.objects.filter(document=documents[0]).update(state="check", finished_at=timezone.now())
    grids.pause(grid, actor=actor)
    grid.refresh_from_db()
    assert grid.paused_at is not None
    assert set(Job.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert [cell.document for cell in question.answers.all()] == [documents[0]]
    assert grids.run(grid, actor=actor) == 2
    assert work(question_of(grid)) == ["Lease 1.pdf"]
    grids.cancel(grid, actor=actor)
    assert question_of(grid, 2).status == "cancelled"


def test_another_wording_is_another_question_and_the_old_answers_stay(world: World) -> None:
    add_document(world.matter, "Lease.pdf")
    grid, actor = made(world), Actor(world.reviewer)
    grids.run(grid, actor=actor)
    old = question_of(grid)
    work(old)
    column = Column.objects.get(grid=grid, order=1)
    grids.change_column(column, Asked("Law of the lease", "Which law governs?"), actor=actor)
    assert question_of(grid) == old and old.value_type == "text"
    grids.change_column(column, Asked("Law of the lease", "Which law governs?", "yes_no"), actor=actor)
    assert question_of(grid) == old and question_of(grid).value_type == "yes_no"
    with pytest.raises(ActionError) as error:
        said = Said("correct", 0, "Delaware", value_type=question_of(grid).value_type)
        decide(old.answers.get(), said, actor=actor)
    assert error.value.code == "value-not-of-type"
    grids.change_column(column, Asked("Law", "Under which law is it?"), actor=actor)
    new = question_of(grid)
    assert (new.text, new.replaces) == ("Under which law is it?", old)
    assert old.answers.get().superseded_at is None and old.text == "Which law governs?"
    assert work(new) == ["Lease.pdf"]


def test_a_grid_of_chosen_documents_never_becomes_one_of_all(world: World) -> None:
    lease = add_document(world.matter, "Lease.pdf")
    add_document(world.matter, "Other.pdf")
    grid, actor = made(world, [lease]), Actor(world.reviewer)
    grids.run(grid, actor=actor)
    assert work(question_of(grid)) == ["Lease.pdf"]
    lease.delete()
    with pytest.raises(ActionError, match="no documents"):
        grids.run(grid, actor=actor)
    assert not visible_grid_documents(actor, grid).exists()


def test_a_withdrawn_document_leaves_a_column_that_asks_no_other_until_it_is_run(world: World) -> None:
    actor = Actor(world.reviewer)
    lease = add_document(world.matter, "Lease.pdf")
    chosen, every = made(world, [lease]), made(world)
    grids.run(chosen, actor=actor)
    grids.preview(every, actor=actor)
    assert work(question_of(chosen)) == work(question_of(every)) == ["Lease.pdf"]
    work(question_of(every, 2))
    withdraw_document(lease, actor=Actor(world.admin))
    add_document(world.matter, "Other.pdf")
    column = Column.objects.get(grid=chosen, order=1)
    grids.change_column(column, Asked("Law", "Under which law is it?"), actor=actor)
    assert question_of(chosen).text == "Under which law is it?"
    assert documents_to_ask(question_of(chosen)) == []
    grids.run(every, actor=actor)
    assert work(question_of(every)) == ["Other.pdf"]


def test_what_does_not_belong_to_the_matter_is_refused(world: World) -> None:
    grid, actor = made(world), Actor(world.reviewer)
    with pytest.raises(ActionError, match="no documents"):
        grids.run(grid, actor=actor)
    other = create_matter("Other", actor=Actor(world.admin))
    foreign = add_document(other, "Foreign.pdf")
    with pytest.raises(ActionError, match="its own matter"):
        grids.create_grid(world.matter, "Grid", newest(grid.made_of.set), actor=actor, documents=[foreign])  # type: ignore[union-attr]
    with pytest.raises(ActionError, match="its own matter"):
        grids.assign(grid, world.reviewer, actor=actor, document=foreign)
    with pytest.raises(ActionError, match="members"):
        grids.assign(grid, world.outsider, actor=actor, column=grid.columns.first())
    with pytest.raises(ActionError, match="Choose"):
        grids.assign(grid, world.reviewer, actor=actor)


def test_what_a_column_leaves_out_is_not_waited_for(world: World) -> None:
    one = add_document(world.matter, "Acme.pdf")
    add_document(world.matter, "Sykes.pdf")
    grid = made(world)
    grids.run(grid, actor=Actor(world.reviewer))
    question_of(grid).leaves_out.set([one])
    assert work(question_of(grid)) == ["Sykes.pdf"] and work(question_of(grid, 2)) == [
        "Acme.pdf",
        "Sykes.pdf",
    ]
    question_of(grid).leaves_out.set([one])  # as planning told
    shown = showing_of(Actor(world.reviewer), grid, QueryDict())
    progress = shown.progress()
    assert (progress.done, progress.total) == (3, 3)
    assert [head["rows"] for head in shown.heads(progress, {})] == [1, 2]
    assert grids.run(grid, actor=Actor(world.reviewer)) == 0, "nothing changed"
    assert question_of(grid).version == 1
    add_document(world.matter, "New.pdf")
    assert grids.run(grid, actor=Actor(world.reviewer)) == 2

"""What questions cost against reading anew: of a matter, a question and a grid."""

import re
from collections.abc import Callable

import pytest
from django.db import connection

from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.costs import Spent, cost_plot, spent
from reviewapp.grids.sets import Asked, save_set
from reviewapp.questions.models import Answer
from reviewapp.states.models import State
from tests.pages.conftest import Enter, text_of
from tests.pages.world import GOVERNED, World, add_document, ask, consolidate, finding, nothing


def test_both_ways_are_told_and_where_they_cross(empty: World, enter: Enter) -> None:
    one, two, bare = (add_document(empty.matter, f"{name}.pdf") for name in ("One", "Two", "Bare"))
    for document in (one, two):
        consolidate(document, "ready", actor=Actor(empty.admin))
    State.objects.update(tokens=1000, seconds=8.0, passes=2)
    cost = {"tokens_forward": 100, "seconds": 1.0}
    found = [
        finding(one, GOVERNED, cost=cost | {"passages_read": 8}),
        finding(two, GOVERNED, cost=cost),
        nothing(bare),
    ]
    question = ask(empty, "Which law?", *found)
    client = enter(empty.reviewer)
    for name, key in (("matter_costs", empty.matter.pk), ("question_costs", question.pk)):
        body = " ".join(text_of(client, name, key).split())
        assert "1 question, 2 answers" in body and "after 3 questions" in body
        for tokens in ("4,000", "200", "2,000"):
            assert f'class="number">{tokens}</td>' in body
        assert body.count('class="number">200</td>') == 2 and "the mean of 1 answer of this matter" in body
    assert "Nothing to compare yet" in text_of(client, "matter_costs", people_without(empty))


def test_a_state_that_becomes_ready_meanwhile_is_compared_the_next_time(empty: World) -> None:
    one, two = (add_document(empty.matter, f"{name}.pdf") for name in ("One", "Two"))
    for document in (one, two):
        consolidate(document, "ready", actor=Actor(empty.admin))
    State.objects.update(tokens=1000, seconds=8.0, passes=2)
    State.objects.filter(document=two).update(status=State.Status.CONSOLIDATING)
    ask(empty, "Which law?", finding(one, GOVERNED), finding(two, GOVERNED))
    cells = Answer.objects.filter(question__matter=empty.matter)

    def becoming(execute: Callable[..., object], sql: str, *given: object) -> object:
        if Answer._meta.db_table in sql and sql.startswith("SELECT"):
            State.objects.filter(status=State.Status.CONSOLIDATING).update(status=State.Status.READY)
        return execute(sql, *given)

    with connection.execute_wrapper(becoming):
        told = spent(cells, State.objects.all(), cells)
    assert (told.cells, told.anew_tokens, told.once_tokens) == (1, 1000, 2000)
    assert spent(cells, State.objects.all(), cells).anew_tokens == 2000


def people_without(world: World) -> object:
    State.objects.all().delete()
    return world.matter.pk


@pytest.mark.parametrize(("asked", "after"), [(2.0, 3), (9.0, None)])
def test_lines_cross_where_asking_is_cheaper(asked: float, after: int | None) -> None:
    found = Spent(1, 2, 16.0, 4000.0, asked, 200.0, 8.0, 2000.0)
    plot = cost_plot(found)
    assert found.break_even == after
    assert plot and (plot.cross is None) == (after is None)


def test_a_grid_says_before_it_runs_what_is_best_done(empty: World, enter: Enter) -> None:
    actor = Actor(empty.reviewer)
    for name in ("One", "Two"):
        add_document(empty.matter, f"{name}.pdf")
    asked = [Asked("Law", "Which law governs?"), Asked("End", "When does it end?")]
    version = save_set(empty.matter, "Leases", asked, actor=actor)
    grid = grids.create_grid(empty.matter, "Leases", version, actor=actor)
    client = enter(empty.reviewer)

    def said(name: str, key: object) -> str:
        found = re.search(r'id="plan">(.*?)</p>', text_of(client, name, key), re.DOTALL)
        return " ".join(found.group(1).split()) if found else ""

    assert said("grid", grid.pk).startswith("2 questions to each of 2 documents: consolidating them takes ")
    assert said("grid_costs", grid.pk) == said("matter_costs", empty.matter.pk) == said("grid", grid.pk)
    grids.run(grid, actor=actor)
    assert not said("grid", grid.pk)

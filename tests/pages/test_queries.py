"""The number of queries does not grow with what is listed."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.matters.actions import add_member, create_matter
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World, add_document, ask, consolidate, finding, upload


@pytest.mark.parametrize(
    "name",
    [
        "matters",
        "matter",
        "planner",
        "documents",
        "clauses",
        "consolidation",
        "failed_briefs",
        "questions",
        "upload",
        "members",
        "jobs",
        "audit",
        "reading",
        "batch",
        "grids",
        "quality",
        "coding",
    ],
)
def test_pages_ask_the_database_as_often_for_much_as_for_little(
    world: World, enter: Enter, name: str
) -> None:
    client, batch = enter(world.admin), world.batch
    assert batch
    args = [] if name == "matters" else [batch.pk if name == "batch" else world.matter.pk]

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            text_of(client, name, *args)
        return len(captured)

    # NB: with some of everything there, for the audit asks once for each kind of thing that it names.
    _more_of_everything(world, batch, "More")
    queries()
    before = queries()
    _more_of_everything(world, batch, "Still more")
    assert queries() <= before
    assert before <= 30


def _more_of_everything(world: World, batch: Batch, what: str) -> None:
    for number in range(5):
        document = add_document(world.matter, f"{what} {number}.pdf")
        consolidate(
            document, ["ready", "failed", "waiting", "cancelled", ""][number], actor=Actor(world.admin)
        )
        ask(world, f"Question {number}?", finding(document, "Landlord"))
        upload(world, [(f"{what} {number}.txt", b"text")])
        BatchItem.objects.create(
            batch=batch, name=f"{what} {number}", document=document, disposition="accepted"
        )
        add_member(
            world.matter, User.objects.create_user(f"{what} {number}"), "reviewer", actor=Actor(world.admin)
        )
        create_matter(f"{what} {number}", actor=Actor(world.admin))

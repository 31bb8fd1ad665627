"""The order of names: whatever the case, numbers by their value."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviewapp.documents.actions import rename_document
from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name, compared
from reviewapp.exports.actions import request_export
from reviewapp.exports.content import content_of
from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid
from reviewapp.grids.sets import Asked, save_set
from tests.pages.world import add_document, people_and_matter

ORDER = [
    "1 a.txt", "Acme.pdf", "ATMOS.pdf", "exhibit 2.pdf", "Exhibit 010.pdf", "Exhibit 10.pdf", "ubung.pdf",
    "Übung.pdf", "Zeta.pdf",
]  # fmt: skip


@pytest.mark.django_db
def test_documents_stand_in_the_order_that_people_expect() -> None:
    matter = people_and_matter().matter
    made = {name: add_document(matter, name) for name in reversed(ORDER)}
    documents = Document.objects.filter(matter=matter)
    assert [one.name for one in documents] == ORDER
    assert [one.name for one in documents.order_by(by_name())] == ORDER
    assert [one.name for one in documents.order_by(by_name(descending=True))] == ORDER[::-1]
    if connection.vendor == "sqlite":
        plan = documents.order_by(by_name(), "created_at").values("pk")[:50].explain()
        assert "documents_by_name" in plan and "TEMP B-TREE" not in plan
    rename_document(made["Zeta.pdf"], "Alpha.pdf", actor=Actor(matter.created_by))
    assert [one.name for one in documents.all()][2] == "Alpha.pdf"


@pytest.mark.django_db
def test_a_grid_and_its_export_have_one_order(client: Client) -> None:
    world = people_and_matter()
    actor = Actor(world.admin)
    for name in ORDER:
        add_document(world.matter, name)
    version = save_set(world.matter, "Leases", [Asked("Law", "Which law governs?")], actor=actor)
    grid = create_grid(world.matter, "Leases", version, actor=actor)
    exported = [row.document.name for row in content_of(request_export(grid, "csv", actor=actor)).rows()]
    client.force_login(world.admin)
    shown = client.get(reverse("grid", args=[grid.pk])).content.decode()
    assert exported == ORDER == sorted(ORDER, key=lambda name: shown.index(f">{name}</a>"))


def test_names_are_compared_as_a_whole_order() -> None:
    for place, one in enumerate(ORDER):
        assert compared(one, one) == 0
        assert all(compared(one, after) < 0 < compared(after, one) for after in ORDER[place + 1 :])
    assert compared("a", "A") and compared("a", "A") == -compared("A", "a")

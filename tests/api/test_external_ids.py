"""What other systems call matters and question sets: sent again, one stands for the same thing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.models import Matter, Role
from tests.api.conftest import Program, program_of
from tests.api.test_conventions import refusal
from tests.api.test_resources import items, items_of_audit
from tests.pages.world import World, people_and_matter

CASE = {"name": "Harbour Street", "external_id": "CMS-7"}


@pytest.fixture
def staff(world: World) -> Program:
    return program_of(world.staff)


def test_a_case_is_one_matter_of_its_account(world: World, staff: Program) -> None:
    first = staff.post("/v1/matters", CASE, Idempotency_Key="a")
    assert (first.status_code, first.json()["external_id"]) == (201, "CMS-7")
    path = first.headers["Location"]
    again = staff.post("/v1/matters", CASE | {"name": "Harbour Street 7"}, Idempotency_Key="b")
    assert (again.status_code, again.headers["Location"], again.json()["id"]) == (
        200,
        path,
        first.json()["id"],
    )
    assert staff.get(path).json()["name"] == "Harbour Street 7"
    replayed = staff.post("/v1/matters", CASE, Idempotency_Key="a")
    assert (replayed.status_code, replayed.headers["Idempotency-Replayed"]) == (201, "true")
    assert staff.get(path).json()["name"] == "Harbour Street 7", "a repeat changes nothing"
    refusal(
        staff.post("/v1/matters", CASE | {"external_id": "CMS-8"}, Idempotency_Key="a"),
        422,
        "idempotency-key-reused",
    )

    # another account's case of the same number is another matter, and neither sees the other's
    elsewhere = create_matter("Theirs", actor=Actor(world.outsider))
    Matter.objects.filter(pk=elsewhere.pk).update(external_id="CMS-9", identified_by=world.outsider)
    assert items(staff, "/v1/matters?external_id=CMS-9") == []
    assert [row["id"] for row in items(staff, "/v1/matters?external_id=CMS-7")] == [first.json()["id"]]
    assert items(program_of(world.outsider), "/v1/matters?external_id=CMS-7") == []
    mine = staff.post("/v1/matters", CASE | {"external_id": "CMS-9"})
    assert mine.status_code == 201 and mine.json()["id"] != str(elsewhere.pk)
    refusal(program_of(world.reviewer).post("/v1/matters", CASE), 403, "may-not-create-matters")

    # one that the account administers is found whoever named it; one that it only reads is left alone
    handed = create_matter("Handed over", actor=Actor(world.outsider))
    Matter.objects.filter(pk=handed.pk).update(external_id="CMS-10", identified_by=world.outsider)
    membership = add_member(handed, world.staff, Role.REVIEWER, actor=Actor(world.outsider))
    refusal(staff.patch(f"/v1/matters/{handed.pk}", {"external_id": "X"}, If_Match="*"), 404, "not-available")
    membership.role = Role.ADMIN
    membership.save()
    found = staff.post("/v1/matters", {"name": "Ours now", "external_id": "CMS-10"})
    assert (found.status_code, found.json()["id"], found.json()["name"]) == (200, str(handed.pk), "Ours now")


def test_an_external_id_is_changed_and_taken_away(world: World, staff: Program) -> None:
    path = staff.post("/v1/matters", CASE).headers["Location"]
    other = staff.post("/v1/matters", {"name": "Other"}).headers["Location"]
    refusal(staff.patch(other, {"external_id": "CMS-7"}), 428, "if-match-missing")
    taken = staff.patch(other, {"external_id": "CMS-7"}, If_Match="*")
    refusal(taken, 409, "external-id-taken")
    assert [error["pointer"] for error in taken.json()["errors"]] == ["/external_id"]
    tag = staff.get(path).headers["ETag"]
    changed = staff.patch(path, {"external_id": ""}, If_Match=tag)
    assert (changed.status_code, changed.json()["external_id"], changed.json()["name"]) == (
        200,
        "",
        CASE["name"],
    )
    refusal(staff.patch(path, {"name": "Late"}, If_Match=tag), 412, "changed-meanwhile")
    given = staff.patch(other, {"external_id": " CMS-7 ", "name": "Case 7"}, If_Match="*").json()
    assert (given["external_id"], given["name"]) == ("CMS-7", "Case 7")

    # who was put out of a matter that it named itself is told so, and no second matter of the case is made
    matter = Matter.objects.get(pk=given["id"])
    add_member(matter, world.outsider, Role.ADMIN, actor=Actor(world.staff))
    matter.memberships.filter(user=world.staff).delete()
    refusal(staff.post("/v1/matters", CASE), 409, "external-id-taken")
    assert items(staff, "/v1/matters?external_id=CMS-7") == []


def test_a_question_set_is_handed_over_again_and_again(world: World, reader: Program) -> None:
    path = f"/v1/matters/{world.matter.pk}/question-sets"
    sent: dict[str, Any] = {"name": "Leases", "external_id": "LIST-1", "columns": [{"wording": "Which law?"}]}
    first = reader.post(path, sent)
    assert (first.status_code, first.json()["version"]) == (201, 1)
    same = reader.post(path, sent)
    assert (same.status_code, same.json()) == (200, first.json())
    more = reader.post(path, sent | {"columns": [*sent["columns"], {"wording": "When does it end?"}]})
    assert (more.status_code, more.json()["id"], more.json()["version"]) == (200, first.json()["id"], 2)
    (row,) = items(reader, f"{path}?external_id=LIST-1")
    assert row == more.json()
    other = reader.post(path, {**sent, "external_id": ""}).headers["Location"]
    refusal(reader.patch(other, {"external_id": "LIST-1"}, If_Match="*"), 409, "external-id-taken")
    renamed = reader.patch(other, {"external_id": "LIST-2"}, If_Match="*").json()
    assert (renamed["external_id"], renamed["version"]) == ("LIST-2", 1)
    assert reader.patch(other, {"external_id": "LIST-2"}, If_Match="*").status_code == 200
    named = [event for event in items_of_audit(world) if event["type"] == "question_set.identified"]
    assert [(event["object_id"], event["detail"]["external_id"]) for event in named] == [
        (first.json()["id"], "LIST-1"),
        (renamed["id"], "LIST-2"),
    ]
    refusal(program_of(world.outsider).post(path, sent), 404, "not-available")


@pytest.fixture
def account(transactional_db: None) -> Iterator[Program]:
    yield program_of(people_and_matter().staff)


def test_a_case_that_is_sent_by_many_at_once_is_one_matter(account: Program) -> None:
    def send(number: int) -> int:
        try:
            return int(account.post("/v1/matters", CASE).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(8))) == [200] * 7 + [201]
    assert Matter.objects.filter(external_id="CMS-7").count() == 1

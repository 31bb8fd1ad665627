"""One key has one effect, however many ask at once."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from reviewapp.api import keys
from reviewapp.api.models import Repeat
from reviewapp.api.problems import Refused
from reviewapp.frame.actor import Actor
from reviewapp.questions.models import Question
from reviewapp.reviews.coding import code_document
from tests.api.conftest import Program, program_of
from tests.pages.world import add_document, people_and_matter

AT_ONCE = 8


@pytest.fixture
def asker(transactional_db: None) -> Iterator[tuple[Program, str]]:
    """A program, and where it asks."""
    world = people_and_matter()
    yield program_of(world.reviewer, "ask"), f"/v1/matters/{world.matter.pk}/questions"


def repeated(asker: tuple[Program, str], times: int) -> Counter[int]:
    """The statuses of one question asked so often at once under one key; then it is answered again."""
    program, path = asker

    def ask(number: int) -> int:
        try:
            return int(program.post(path, {"text": "Who pays?"}, Idempotency_Key="one").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(ask, range(times)))
    again = program.post(path, {"text": "Who pays?"}, Idempotency_Key="one")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (202, "true")
    return statuses


def test_200_repeats_at_once_have_one_effect(asker: tuple[Program, str]) -> None:
    statuses = repeated(asker, 200)
    assert set(statuses) <= {202, 409} and statuses[202] >= 1
    assert Question.objects.count() == 1


def test_of_many_who_change_one_thing_at_once_each_is_answered(transactional_db: None) -> None:
    world = people_and_matter()
    document, admin = add_document(world.matter, "Lease.pdf"), program_of(world.admin)
    person = {"username": world.outsider.username, "role": "reviewer"}

    def change(number: int) -> int:
        try:
            code_document(document, "responsive:yes", actor=Actor(world.admin))
            return int(admin.post(f"/v1/matters/{world.matter.pk}/members", person).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(change, range(AT_ONCE)))
    assert statuses == {201: 1, 409: AT_ONCE - 1}
    assert document.codes.count() == 1


def test_of_many_changes_to_one_version_at_once_one_is_made(transactional_db: None) -> None:
    world = people_and_matter()
    path, admin = f"/v1/documents/{add_document(world.matter, 'Lease.pdf').pk}", program_of(world.admin)
    tag = admin.get(path).headers["ETag"]

    def change(number: int) -> int:
        try:
            return int(admin.patch(path, {"external_id": f"A-{number}"}, If_Match=tag).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(change, range(AT_ONCE)))
    assert statuses == {200: 1, 412: AT_ONCE - 1}


def test_work_that_is_overtaken_has_no_effect(asker: tuple[Program, str]) -> None:
    """Who was thought dead and comes back finds the key taken over, and what it did is undone."""
    claimed = keys.claim("token:1", "k", "f")
    Repeat.objects.update(claimed_at=claimed.claimed_at - 2 * keys.PATIENCE)
    newer = keys.claim("token:1", "k", "f")
    assert newer.attempt != claimed.attempt
    with pytest.raises(Refused), transaction.atomic():
        keys.locked(claimed)
    keys.release(claimed)
    assert Repeat.objects.filter(attempt=newer.attempt).exists()
    with pytest.raises(Refused):
        keys.claim("token:1", "k", "another")

"""No 5xx, no answer that is not declared, and not a byte of another matter, whatever is asked."""

import pytest

from reviewapp.api.urls import SCHEMA
from tests.api.conftest import Program, program_of
from tests.api.fuzzing import fuzz, told
from tests.api.worlds import SECRET_TEXT, ids_of, secret_matter
from tests.pages.world import World

CALLERS = ("reader", "nobody", "admin", "integration")
OPERATIONS = sorted(
    operation["operationId"] for methods in SCHEMA["paths"].values() for operation in methods.values()
)


def programs_of(world: World) -> dict[str, Program]:
    """A program of each kind; `nobody` has no token."""
    return {
        "nobody": Program(""),
        "reader": program_of(world.reviewer, "read", "ask"),
        "admin": program_of(world.admin),
        "integration": program_of(world.staff, "read", "upload", "manage"),
    }


@pytest.mark.slow
def test_whatever_is_asked_by_one_caller_each(world: World, admin: Program) -> None:
    """Every operation is asked by one of the callers, each of which asks a quarter of them."""
    ids = ids_of(world, admin, secret_matter(world))
    asked = 0
    for place, (who, program) in enumerate(programs_of(world).items()):
        own = set(OPERATIONS[place :: len(CALLERS)])
        found = fuzz(program.secret, ids, [SECRET_TEXT], examples=1, only=own.__contains__)
        assert not found.failures, told(found)
        assert (set(found.statuses) == {401}) is (who == "nobody")
        asked += found.cases
    assert asked > len(OPERATIONS)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", CALLERS)
def test_whatever_is_asked_by_everybody(world: World, admin: Program, who: str) -> None:
    ids = ids_of(world, admin, secret_matter(world))
    program = programs_of(world)[who]
    found = fuzz(program.secret, ids, [SECRET_TEXT], examples=1 if who == "nobody" else 2)
    assert not found.failures, told(found)
    assert found.cases > 50
    assert (set(found.statuses) == {401}) is (who == "nobody")

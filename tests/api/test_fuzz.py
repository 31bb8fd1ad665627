"""No 5xx, no answer that is not declared, and not a byte of another matter, whatever is asked."""

import pytest

from tests.api.conftest import Program, program_of
from tests.api.fuzzing import fuzz, told
from tests.api.worlds import SECRET_TEXT, ids_of, secret_matter
from tests.pages.world import World


@pytest.mark.parametrize("who", ["nobody", "reader", "admin", "integration"])
def test_whatever_is_asked(world: World, admin: Program, who: str) -> None:
    ids = ids_of(world, admin, secret_matter(world))
    programs = {
        "nobody": Program(""),
        "reader": program_of(world.reviewer, "read", "ask"),
        "admin": program_of(world.admin),
        "integration": program_of(world.staff, "read", "upload", "manage"),
    }
    found = fuzz(programs[who].secret, ids, [SECRET_TEXT], examples=1 if who == "nobody" else 2)
    assert not found.failures, told(found)
    assert found.cases > 50
    assert (set(found.statuses) == {401}) is (who == "nobody")

"""The matter of the tests of intake."""

from tests.intake.conftest import admin, matter

__all__ = ["admin", "matter"]

"""Workbooks whose sheets do not hold all that there is."""

import pytest

from reviewapp.exports import sheets
from reviewapp.exports.actions import request_export
from reviewapp.exports.storage import exports_vault
from reviewapp.exports.tasks import make_export
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Status
from tests.pages.world import GOVERNED, add_document, ask, finding, people_and_matter


@pytest.mark.parametrize(("most", "made"), [(3, False), (40, True)])
def test_a_workbook_holds_every_row_or_is_not_made(
    db: None, monkeypatch: pytest.MonkeyPatch, most: int, made: bool
) -> None:
    # NB: a heart looks from a connection of its own, which sees nothing of a test's transaction.
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(sheets, "MOST_ROWS", most, raising=False)
    world = people_and_matter()
    leases = [add_document(world.matter, f"Lease {number}.pdf") for number in range(3)]
    question = ask(world, "Which law governs?", *(finding(lease, GOVERNED) for lease in leases))
    export = request_export(question, "xlsx", actor=Actor(world.reviewer))
    make_export(str(export.jobs.get().pk))
    export.refresh_from_db()
    job = export.jobs.get()
    assert (export.made_at is not None) == made
    assert list(exports_vault().names(str(world.matter.pk))) == ([export.name] if made else [])
    if not made:
        assert job.status == Status.FAILED
        assert job.reason == (
            "The sheet “Answers” of a workbook holds at most 3 rows, and there are more. Export a smaller grid or "
            "one question, or choose CSV or JSON."
        )

"""Documents that a question names by their files."""

from __future__ import annotations

import pytest

from consolidation.asking.names import Names
from consolidation.asking.understand import understand
from tests.asking.test_names import Document

NAMES = Names(
    (
        Document("oak", "OAK_AGREEMENT.pdf", ("Supply Agreement",), ("Oak Mills Ltd", "Fern Dairy Inc")),
        Document("plan", "plan_b.txt", ("Plan",), ("Elm Inc", "Ash Co")),
        Document("plain", "agreement.txt", (), ("Weir Holdings Limited",)),
        Document("lease", "lease.txt", ("Lease",), ("Elm Inc", "Birch Co")),
        Document("under", "sublease.txt", ("Sublease",), ("Birch Co", "Larch Co")),
        Document("dated", "2003_LARCH_SUPPLY_v2.docx", ("Supply Agreement",), ("Larch Co", "Yew Co")),
    )
)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("in OAK_AGREEMENT.pdf, who signed?", {"oak"}),
        ("oak agreement.PDF: who signed?", {"oak"}),
        ("plan_b.txt: who signed?", {"plan"}),
        ("Who signed plan b.txt?", {"plan"}),
        ('In "plan-b.txt" who signed?', {"plan"}),
        ("plan_b.txt and lease.txt: who signed?", {"plan", "lease"}),
        ("When does sublease.txt end?", {"under"}),
        ("When does lease.txt end?", {"lease"}),
        ("When does agreement.txt end?", {"plain"}),
        ("Who signed larch_supply.docx?", {"dated"}),
    ],
)
def test_a_file_name_names_its_document(question: str, meant: set[str]) -> None:
    found = NAMES.meant(question)
    assert {one.document_id for one in found.chosen} == meant
    assert all(one.by == "file name" for one in found.chosen)
    assert "the agreement" in found.neutral
    assert "." not in found.neutral


@pytest.mark.parametrize(
    ("question", "unknown"),
    [("plan_c.txt: who signed?", "plan_c.txt"), ("Who signed report.pdf?", "report.pdf")],
)
def test_a_file_that_there_is_not_is_said_to_be_none(question: str, unknown: str) -> None:
    found = NAMES.meant(question)
    assert (found.chosen, found.unknown) == ((), (unknown,))
    assert unknown in found.sentence


@pytest.mark.parametrize(
    "question", ["Is there an agreement?", "What is plan b?", "Does it renew e.g. yearly?", "Who signed?"]
)
def test_no_file_is_named_by_ordinary_words(question: str) -> None:
    found = NAMES.meant(question)
    assert not [one for one in found.chosen if one.by == "file name"]
    assert not found.unknown


def test_the_neutral_question_is_understood_as_of_one_document() -> None:
    asked = understand(NAMES.meant("plan_b.txt: who signed?").neutral)
    assert (asked.value, asked.over) == ("person", "document")

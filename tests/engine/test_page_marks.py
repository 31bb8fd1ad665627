"""What stands between pages is in no answer, and what a form tells those who fill it in is none."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.proposals.candidates import from_readings, written
from consolidation.protocol import Reading, Span
from consolidation.shapes.instructions import instruction_at
from consolidation.shapes.page_heads import pages_within
from consolidation.shapes.shaping import shaped, trimmed
from tests.engine.test_whole_answers import passages_of

PAGED = "".join(
    f"The farm keeps {beast} that graze\n\n{at}\n<PAGE>\n\nJuly 25, 1997\nPage {at + 1}\n\nbehind barn {name} alone."
    "\n\n"
    for at, (beast, name) in enumerate(zip(["goats", "geese", "hens", "dogs"], "ABCD", strict=True), 1)
)


def test_marks_of_pages_and_what_runs_beside_them_are_not_written() -> None:
    low, high = PAGED.index("geese"), PAGED.index("barn B") + 6
    assert written(PAGED, [(low, high)]) == "geese that graze behind barn B"
    once = "It keeps geese\n<PAGE>   9\n\nof the hill. It rains."
    assert written(once, [(9, once.index("."))]) == "geese of the hill"
    # a line that stands on one page alone is of the text
    alone = "It keeps\n<PAGE>\n\nold geese\nof the hill."
    assert written(alone, [(0, len(alone) - 1)]) == "It keeps old geese of the hill"


def test_a_place_neither_begins_nor_ends_with_what_stands_between_pages() -> None:
    low, high = PAGED.index("2\n<PAGE>"), PAGED.index("barn B") + 6
    assert PAGED[slice(*trimmed(PAGED, (low, high)))] == "behind barn B"
    low, high = PAGED.index("geese"), PAGED.index("behind barn B")
    assert PAGED[slice(*trimmed(PAGED, (low, high)))] == "geese that graze"
    plain = "It says page 2 of the deed."
    assert pages_within(plain, 0, len(plain)) == ()


FORM = (
    "4.1 The work is done by May 1, 2008.\n(Insert provisions, if any, for liquidated damages relating to "
    "failure, or for bonus payments for early completion of the Work (or part of it).)\n"
    "The fee is five dollars (State the number)."
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("(Insert number of calendar days. A date may be used.)", True),
        ("(If applicable, insert the name of the agent.)", True),
        ("(List here any additional documents.)", True),
        ("(State a lump sum or a percentage.)", True),
        ("[Describe the land]", True),
        ("(check one)", True),
        ("(list price of goats)", False),
        ("(State of Vale)", False),
        ("(initial term)", False),
        ("(check number 12)", False),
        ("(the Tenant shall insert the key)", False),
        ("Insert the key", False),
    ],
)
def test_what_a_form_tells_its_users_is_known(words: str, told: bool) -> None:
    text = f"It is so {words} and no more."
    assert (instruction_at(text, text.index(words) + 8) is not None) is told


def test_no_instruction_of_a_form_is_proposed() -> None:
    asked = understand("What are the liquidated damages?")
    passages = passages_of(FORM)
    low = passages.ranges[0][0]

    def proposed(words: str) -> list[str]:
        at = FORM.index(words) - low
        reading = Reading(1.0, (Span((at, at + len(words)), 1.0),))
        return [one.said for one in from_readings(asked, passages, [0], [reading])]

    assert proposed("for bonus payments for early completion") == []
    assert proposed("(or part of it)") == []
    assert proposed("five dollars (State the number") == ["five dollars"]
    assert proposed("May 1, 2008") == ["May 1, 2008"]


PLACES = [
    ("It is built at a 118 MW plant at Vale Works, Ohio.", "a 118 MW plant at Vale Works, Ohio", "Vale Works, Ohio"),
    ("It is an office in Dallas, Texas now.", "an office in Dallas, Texas", "Dallas, Texas"),
    ("It is the old barn near the Hill of Vale.", "the old barn near the Hill of Vale", "Hill of Vale"),
    ("Go to a court of justice in Ohio first.", "a court of justice in Ohio", "a court of justice in Ohio"),
    ("It is the barn on the hill.", "the barn on the hill", "the barn on the hill"),
    ("It is at 5 Main Street in Vale.", "5 Main Street in Vale", "5 Main Street in Vale"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "place"), PLACES)
def test_a_place_is_told_without_the_thing_that_is_there(text: str, words: str, place: str) -> None:
    asked = understand("Where is the plant located?")
    low = text.index(words)
    assert asked.value == "place"
    (found,) = shaped(asked, text, (low, low + len(words)), len(text))
    assert text[slice(*found)] == place


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("the land on Exhibit A attached hereto", "the land on Exhibit", "the land on Exhibit A"),
        ("as Section 4.2(b) says", "Section", "Section 4.2(b)"),
        ("in Schedule 1-A, and so on", "in Schedule", "in Schedule 1-A"),
        ("the Exhibit is attached", "the Exhibit", "the Exhibit"),
        ("the schedule A Farmer keeps", "the schedule A Farmer", "the schedule A Farmer"),
    ],
)
def test_a_part_of_a_contract_has_its_letter(text: str, words: str, whole: str) -> None:
    low = text.index(words)
    assert text[slice(*trimmed(text, (low, low + len(words))))] == whole

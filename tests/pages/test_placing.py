"""From characters to boxes, and what is said beside a page."""

import pytest

from readers.boxes import WordBox
from reviewapp.reader.finding import find
from reviewapp.reader.paragraphs import paragraphs_of
from reviewapp.reader.pinpoint import bates_number
from reviewapp.reader.placing import lines_of, moved, placed_share

TEXT = "Rent is due\nmonthly in advance"
WORDS = [
    WordBox(0, 4, (0.1, 0.1, 0.2, 0.12)),
    WordBox(5, 7, (0.22, 0.1, 0.25, 0.12)),
    WordBox(8, 11, (0.27, 0.1, 0.32, 0.12)),
    WordBox(12, 19, (0.1, 0.14, 0.25, 0.16)),
]


def test_a_line_has_one_box() -> None:
    lines = lines_of(WORDS, [(5, 19)], 1.4)
    assert [line.box for line in lines] == [(0.22, 0.1, 0.32, 0.12), (0.1, 0.14, 0.25, 0.16)]


def test_what_has_no_box_is_not_placed() -> None:
    assert placed_share(WORDS, TEXT, [(0, 19)]) == 1
    assert placed_share(WORDS, TEXT, [(12, len(TEXT))]) == pytest.approx(7 / 16)
    assert placed_share([], TEXT, [(0, 4)]) == 0


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("the office", "the\n o\ufb03ce", [(5, 9)]),
        ("the office", "the of-\nfice", [(4, 12)]),
        ("the office", "the officer", None),
    ],
)
def test_words_of_a_quote_are_found_in_the_text_whatever_its_spacing(
    quote: str, text: str, expected: list[tuple[int, int]] | None
) -> None:
    assert moved([(4, 10)], quote, text) == expected


def test_words_are_found_over_lines_and_signs() -> None:
    found = find("tenant's “rent”", [(1, "none"), (2, 'The tenant\u2019s\n"Rent" is due.'), (3, "")], 3)
    assert found
    assert (found.total, found.pages, found.here, found.previous, found.next) == (1, (2,), (), 2, None)


def test_a_bates_number_is_told_by_its_neighbours() -> None:
    texts = {1: "A\nABC000017", 2: "B\nABC000018", 3: "C\nINVOICE 4711"}
    assert [bates_number(texts, number) for number in (1, 2, 3)] == ["ABC000017", "ABC000018", ""]


def test_paragraphs_hold_all_words_and_hang_their_numbers() -> None:
    text = (
        "LEASE\n1.1 Rent. The Tenant pays the rent of each month in advance\nwithout delay.\n(a) Tax\n"
        + "x" * 60
    )
    paragraphs = paragraphs_of(text, [(6, 9)])
    said = ["".join(piece.text for piece in (*one.number, *one.pieces)) for one in paragraphs]
    assert " ".join(said).split() == text.split()
    assert [one.kind for one in paragraphs] == ["heading", "numbered", "numbered", "plain"]
    assert paragraphs[1].number[0].marked


def test_rows_stay_rows_and_short_lines_are_not_joined() -> None:
    text = "Rates and fees of the year\nRate\t12.5%\n\tdue monthly\n1.\tFirst clause\nSubject: Completion"
    paragraphs = paragraphs_of(text, [(32, 37)])
    assert [one.kind for one in paragraphs] == ["plain", "cells", "cells", "numbered", "plain"]
    cells = [[(piece.text, piece.marked) for piece in cell] for cell in paragraphs[1].cells]
    assert cells == [[("Rate\t", False)], [("12.5%", True)]]
    assert ["".join(piece.text for piece in cell) for cell in paragraphs[2].cells] == ["\t", "due monthly"]

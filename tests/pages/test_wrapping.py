"""Quotes as they are shown: without the breaks of the page that they stand on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.frame.templatetags.nightbrief import excerpt
from reviewapp.frame.wrapping import flowing, joined, quoted

RAGGED = (
    "In addition to the Retainer Fee set forth in\nParagraph 8 above, TPC agrees to pay Consolidated Artists on\n"
    "behalf of Ogle the\nfollowing bonuses of one and one-\nhalf percent:\n(a)  Sixty Thousand Dollars, each time\n"
    "Ogle wins; and\n(b) Twenty Thousand."
)


def test_lines_join_points_stay_apart_and_hyphens_are_kept() -> None:
    assert joined(RAGGED).split("\n") == [
        "In addition to the Retainer Fee set forth in Paragraph 8 above, TPC agrees to pay Consolidated Artists on "
        "behalf of Ogle the following bonuses of one and one-half percent:",
        "(a)  Sixty Thousand Dollars, each time Ogle wins; and",
        "(b) Twenty Thousand.",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("Price\tAmount\nRent\t5", "Price\tAmount\nRent\t5"),
        ("ARTICLE V TERM\nThe term begins", "ARTICLE V TERM\nThe term begins"),
        ("ALL OF THIS IS\nDISCLAIMED", "ALL OF THIS IS DISCLAIMED"),
        ("within thirty\n30 days of notice", "within thirty 30 days of notice"),
        ("- 7 -\ntournament", "- 7 - tournament"),
        ("as Section\n5.3 says", "as Section 5.3 says"),
        ("Of the parties. \n 5.3 Term", "Of the parties. \n 5.3 Term"),
        ("", ""),
    ],
)
def test_what_ends_a_line_for_good_stays(text: str, shown: str) -> None:
    assert joined(text) == shown


@given(
    st.text(alphabet="aB-. \n\t(1)", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)))
)
def test_no_word_is_lost_or_moved(text: str, ranges: list[tuple[int, int]]) -> None:
    shown = flowing(text)
    assert len(shown) == len(text)
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert "".join(piece.text for piece in quoted(text, ranges, ())) == joined(text)


def test_the_beginning_of_a_passage_is_shown_without_running_lines() -> None:
    quote = "It feeds the\ngoats.\nSource: BROOK FARM\nIt mends."
    running = (quote.index("Source"), quote.index("It mends"))
    assert excerpt(quote, [running], 240) == "It feeds the goats.\n[…] It mends."
    assert len(excerpt(quote * 9, [], 40)) == 40

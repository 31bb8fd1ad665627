"""Quotes are whole sentences, whatever stands in the middle of them."""

import pytest

from consolidation.passages.passages import Passages
from consolidation.passages.quotes import LONGEST, QUOTED, closest, quotes_of, sentence_around
from consolidation.text.breaks import page_marks
from consolidation.text.windows import split
from tests.engine.tiny import Words

PIECES = Words()


def quoted(text: str, words: str) -> str:
    passages = Passages(split(text, PIECES, 32))
    at = text.index(words)
    (quote,) = quotes_of(passages, [(at, at + len(words))])
    assert quote.quote == text[quote.start : quote.end]
    shown, last = "", quote.start
    for low, high in quote.left_out:
        shown, last = shown + text[last:low], high
    return " ".join((shown + text[last : quote.end]).split())


WHOLE = [
    "The well costs $15,000.00 for Lot No. 5 of Brook Farm, Inc. and is dug by it.",
    "Water is drawn until 5:00 p.m. Eastern Time on each day of the season.",
    "Under Section 2.1. of the Deed (see Hill v. Dale, 12 U.S. Code 4) J. R. Moss keeps 2.5 acres.",
    "Notices go to Ann Lee, Esq. of Stone Pty. Ltd. in P.O. Box 12 of the village.",
    "The barn belongs to Acme Co. and to Dr. Moss, Ph.D. of Vale.",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_stop_inside_a_sentence_ends_no_quote(sentence: str) -> None:
    text = f"The goats are fed at noon. {sentence} Nothing else is grown there."
    assert quoted(text, " ".join(sentence.split()[:3])) == sentence
    assert quoted(text, sentence.rstrip(".").split()[-1]) == sentence


def test_a_sentence_that_ends_with_a_title_ends_there() -> None:
    text = "The gate is shut. The goats go home with Ann Lee, Esq. The dog stays."
    assert quoted(text, "home") == "The goats go home with Ann Lee, Esq."


@pytest.mark.parametrize(
    "between",
    [
        "\n\n-7-\n\n",
        "\n\n<PAGE>\n\n",
        "\n<PAGE> 12\n",
        "\n\nPage 7 of 9\n\n",
        "\n- 7 -\n\n<PAGE>\n\n",
        "\n\n\f\n\n",
    ],
)
def test_the_end_of_a_page_ends_no_sentence_and_its_number_is_not_shown(between: str) -> None:
    text = f"The dog sleeps. The tenant feeds the goats that graze{between}behind the old barn. Nobody else does."
    whole = "The tenant feeds the goats that graze behind the old barn."
    assert quoted(text, "tenant") == quoted(text, "barn") == whole


def test_bare_numbers_are_of_pages_only_where_they_count_them() -> None:
    text = "The tenant feeds the goats\n\n{}\n\nthat graze there. It mends the fence\n\n{}\n\naround it. All is well."
    assert quoted(text.format(4, 5), "tenant") == "The tenant feeds the goats that graze there."
    assert len(page_marks(text.format(4, 5))) == 2
    assert page_marks(text.format(30, 12)) == ()


def test_a_number_before_a_line_between_pages_is_left_out_where_it_counts_pages() -> None:
    source = "\n\nSource: BROOK FARM, INC., 8-K, 1/7/2019\n\n"
    text = f"It feeds the goats that   11{source}graze there. It mends the fence   12{source}around it."
    assert quoted(text, "feeds") == "It feeds the goats that graze there."
    text = f"It pays the rent within   30{source}days of notice. It mends the fence   12{source}around it."
    assert quoted(text, "pays").startswith("It pays the rent within 30")


def test_a_heading_and_an_open_list_stay_apart() -> None:
    text = (
        "GOATS\n\nIt feeds goats.\n\nThe tenant keeps:\n\n(a) goats; and\n\n(b) geese.\n\nIt keeps no dogs."
    )
    assert quoted(text, "geese") == "(b) geese."
    assert quoted(text, "(a) goats") == "(a) goats;"


def test_a_sentence_goes_on_with_a_name_behind_a_page() -> None:
    text = "The rent is paid by the\n\n\nTenant on the first of May. It is low."
    assert quoted(text, "first") == "The rent is paid by the Tenant on the first of May."


def test_a_long_sentence_is_quoted_whole_and_a_longer_one_in_whole_clauses() -> None:
    clause = "the tenant shall feed the goats and the geese of the farm on every day of the year"
    long = f"In spring {', and '.join([clause] * 12)}."
    assert LONGEST < len(long) < QUOTED
    assert quoted(f"It rains. {long} It snows.", "spring") == long
    longer = f"In spring {'; '.join(f'({letter}) {clause}' for letter in 'abcdefghijklmnopqrstuvw')}."
    assert len(longer) > QUOTED
    cut = quoted(f"It rains. {longer} It snows.", "(k)")
    assert cut.startswith("(") and cut.endswith(";")
    assert "(k)" in cut and len(cut) < QUOTED


def test_what_is_judged_is_no_longer_than_before() -> None:
    text = "It rains. " + "the goats and the geese " * 60 + "sleep. It snows."
    low, high = sentence_around(Passages(split(text, PIECES, 32)), (700, 705))
    assert high - low <= LONGEST


@pytest.mark.parametrize("letter", ["b.", "(b)", "14."])
def test_an_item_behind_a_whole_sentence_is_quoted_without_it(letter: str) -> None:
    text = f"The headings limit no part thereof.\n    {letter} The laws of Ohio govern this deed.\n"
    assert quoted(text, "Ohio") == f"{letter} The laws of Ohio govern this deed."


CAPITALS = (
    "THIS DEED AND THE RIGHTS AND OBLIGATIONS OF\nTHE PARTIES UNDER IT SHALL BE GOVERNED BY, AND\nREAD UNDER, THE "
    "LAWS OF THE STATE OF VALE."
)


def test_a_sentence_in_capitals_is_quoted_from_its_beginning() -> None:
    assert quoted(f"8.3. LAW.\n{CAPITALS} It rains.", "STATE OF VALE") == " ".join(CAPITALS.split())
    # lines in capitals that are no sentence stay out
    assert quoted("GENERAL TERMS OF THE LEASE\nThe tenant feeds the goats. It rains.", "goats") == (
        "The tenant feeds the goats."
    )
    assert (
        quoted("DEED OF LEASE\nACME FARMS OF VALE\nTHE TENANT PAYS RENT.", "RENT") == "THE TENANT PAYS RENT."
    )


def test_a_running_line_alone_is_no_passage_that_comes_near() -> None:
    source = "Source: BROOK FARM, INC., 8-K, 1/7/2019"
    fence = f"It mends {'the fence and ' * 40}no other."
    text = f"{source}\n\n{fence}\n\n{source}\n\n{fence}"
    passages = Passages(split(text, PIECES, 8))
    near = closest(passages, range(len(passages.ranges)))
    assert source in [text[low:high].strip() for low, high in passages.ranges]
    assert [one.text.strip() for one in near].count(source) == 0
    assert any("fence" in one.text for one in near)

"""Quotes are found in the stored text, verbatim, or not given."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.answers.evidence import exact_matches, tolerant_match
from consolidation.briefs import brief
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import passage_of, quotes_of, sentence_around
from consolidation.text.folding import fold
from consolidation.text.ranges import in_word, whole_words
from consolidation.text.values import (
    comparable,
    exact_match,
    find_dates,
    find_durations,
    number_words,
    token_f1,
)
from consolidation.text.windows import split
from tests.engine.tiny import Words

PIECES = Words()
TEXT = (
    "THIS AGREEMENT is made as of June 8, 2010 (the \u201cEffective Date\u201d) by "
    "Soci\u00e9t\u00e9 G\u00e9n\u00e9rale,\n   S.A.\n"
    "It renews for one (1)\u00a0year. Notice: ninety (90) days. "
    "Governed by the laws of New\n York, U.S.A. Fee: $1,000."
)


@pytest.mark.parametrize(
    ("claim", "written"),
    [
        ("june 8, 2010", "June 8, 2010"),
        ("societe generale, s. a.", "Soci\u00e9t\u00e9 G\u00e9n\u00e9rale,\n   S.A"),
        ("one ( 1 ) year", "one (1)\u00a0year"),
        ("new york", "New\n York"),
    ],
)
def test_words_are_found_whatever_case_spacing_and_accents(claim: str, written: str) -> None:
    places = list(exact_matches(claim, TEXT))
    assert [TEXT[m.start : m.end] for m in places] == [written]


def test_a_part_of_a_word_is_no_match() -> None:
    assert not list(exact_matches("renew", TEXT))
    assert not list(exact_matches("", TEXT))


def test_a_slip_is_tolerated_but_never_another_number() -> None:
    near = tolerant_match("societe generele s.a", TEXT, 88.0)
    assert near is not None
    assert near.kind == "tolerant"
    assert "n\u00e9rale" in TEXT[near.start : near.end]
    assert tolerant_match("june 9, 2010", TEXT, 88.0) is None
    assert tolerant_match("ninety (80) days", TEXT, 88.0) is None
    assert tolerant_match("governed by the laws of france", TEXT, 88.0) is None


def test_a_quote_begins_where_its_sentence_does_and_not_after_an_abbreviation() -> None:
    text = "It is 1 St. Ann Rd. Effective as of _Dec. 8, 2005, Acme of Ft. Lauderdale, Florida, pays. Beta lends."
    for words in ("8, 2005", "Florida"):
        low, high = sentence_around(
            Passages(split(text, PIECES, 32)), (text.index(words), text.index(words) + 4)
        )
        assert text[low:high] == text[: text.index(" Beta")]


def test_a_sentence_over_the_end_of_a_page_is_quoted_whole_without_the_lines_that_run_there() -> None:
    rooms = ("roof", "cellar", "garden", "stable")
    pages = [
        f"in good repair at its cost. It pays for the {room} well.\n"
        f"He sees to the {room} of it. The Tenant shall keep the {room}\n\n"
        f"Lease of Elm House\n{n}\n\nSource: ELM INC, 8-K, 9/5/2014\n\n"
        for n, room in enumerate(rooms, 1)
    ]
    text, starts = "".join(pages), [sum(map(len, pages[:n])) for n in range(4)]
    passages = Passages(split(text, PIECES, 32), brief(text, starts))
    place = text.index("cellar\n\n"), text.index("cellar\n\n") + 6
    (quote,) = quotes_of(passages, [place])
    assert quote.quote == text[quote.start : quote.end]
    shown = quote.quote
    for low, high in reversed(quote.left_out):
        shown = shown[: low - quote.start] + shown[high - quote.start :]
    assert " ".join(shown.split()) == "The Tenant shall keep the cellar in good repair at its cost."
    # a title over a sentence at the top of a page, and the line above it, are none of it
    titled = text.replace(
        "in good repair at its cost. It pays for the garden", "7\nOF COSTS\nIt pays for the garden"
    )
    made = Passages(
        split(titled, PIECES, 32),
        brief(titled, [0, *(m.end() for m in re.finditer("9/5/2014\n\n", titled))][:4]),
    )
    (top,) = quotes_of(made, [(titled.index("pays for the garden"), titled.index("garden well"))])
    assert top.quote == "It pays for the garden well."
    # a footer at the end of the text is no part of the last sentence
    (last,) = quotes_of(passages, [(text.index("stable\n\n"), text.index("stable\n\n") + 6)])
    assert last.quote == "The Tenant shall keep the stable"


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_a_quote_holds_its_place_and_lies_in_the_text(text: str, at: int, length: int) -> None:
    start = min(at, len(text))
    end = min(start + length, len(text))
    low, high = sentence_around(Passages(split(text, PIECES, 32)), (start, end))
    assert 0 <= low <= start <= end <= high <= len(text)


@given(st.text(alphabet="ab1é日 .,_-'", max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_what_is_marked_begins_and_ends_at_word_bounds(text: str, at: int, length: int) -> None:
    start = min(at, len(text))
    end = min(start + length, len(text))
    (quote,) = quotes_of(Passages(split(text, PIECES, 32)), [(start, end)])
    ((low, high),) = quote.marked
    assert quote.start <= low <= start <= end <= high <= quote.end
    if start < end:
        assert not in_word(text, low) and not in_word(text, high)
        assert text[low:start].isalnum() or low == start
        assert text[end:high].isalnum() or high == end


@pytest.mark.parametrize(
    ("text", "mark", "begins"),
    [
        ("It ends then. To the extent that it pays", ". To", "To the extent"),
        ("(see above), and it pays", "), and", "and it pays"),
        ("Then plan_b has underpaid the fee", "_b has", "plan_b has"),
        ("In plan_b, it pays", "b, it", "plan_b, it"),
        ("Source: an 8-K/A, of 2006", "/A, of", "8-K/A, of"),
        ("Signed --- Notwithstanding", "-- Not", "-- Not"),
        ("Then ._b pays", "_b pays", "_b pays"),
        ("Fees of .5 percent", ".5 per", ".5 percent"),
    ],
)
def test_a_passage_begins_with_a_whole_word_and_not_with_an_end(text: str, mark: str, begins: str) -> None:
    text = f"{'It is agreed that ' * 30}{text}"
    place = text.index(mark), len(text)
    found = passage_of(Passages(split(text, PIECES, 32)), place)
    assert found.text == text[found.start : found.end]
    assert found.text.startswith(begins)


LONG = f"Whoever {'keeps goats and ' * 40}sheep is a farmer."


@pytest.mark.parametrize(
    ("text", "mark", "shown"),
    [
        ("It is so. The rent is due on the first day.", "is due on", "The rent is due on the first day."),
        ("It rains. The rent is due. So is the fee. It snows.", "due. So", "The rent is due. So is the fee."),
        (f"{LONG} The rent is due.", "sheep is a farmer. The rent is", "The rent is due."),
        (f"It is so. The rent is due. {LONG}", "is due. Whoever keeps", "The rent is due. Whoever keeps"),
    ],
)
def test_a_passage_is_whole_sentences_where_they_end_near(text: str, mark: str, shown: str) -> None:
    start = text.index(mark)
    found = passage_of(Passages(split(text, PIECES, 32)), (start, start + len(mark)))
    assert found.text == shown


@given(st.text(alphabet="ab1 .,_-'\n", max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_a_passage_is_never_emptied(text: str, at: int, length: int) -> None:
    start = min(at, len(text))
    end = min(start + length, len(text))
    found = passage_of(Passages(split(text, PIECES, 32)), (start, end))
    assert found.end >= end
    assert found.text or start == end


def test_words_are_whole_in_any_script() -> None:
    marks = {"Governed by Delaware law": "aware l", "Le contrat de café": "caf", "契約は日本法による": "日本"}
    marks |= {
        "Fee: 1,250.50 each": "25",
        "Smith's lease": "mith",
        "cafe\u0301s pay": "cafe",
        "of SC&W only": "&W",
    }
    told = []
    for text, mark in marks.items():
        low, high = whole_words(text, (text.index(mark), text.index(mark) + len(mark)))
        told.append(text[low:high])
    assert told == ["Delaware law", "café", "日本", "250", "Smith", "cafe\u0301s", "SC&W"]


@given(st.lists(st.from_regex(r"[a-zA-Z0-9]{1,8}", fullmatch=True), min_size=3, max_size=30), st.data())
def test_any_run_of_words_of_a_text_is_found_in_it(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text = "; ".join(words)
    claim = " ".join(words[first : last + 1]).lower()
    found = [fold(text[m.start : m.end]).split("; ") for m in exact_matches(claim, text)]
    assert claim.split() in found


def test_values_compare_in_one_form() -> None:
    assert exact_match("june 8, 2010", "6/8/10")
    assert exact_match("8th day of June, 2010", "June 8, 2010")
    assert exact_match("thirty ( 30 ) days", "30 days")
    assert exact_match("Orvelane Systems, Inc.; Tamberlin LLC", "tamberlin llc ; orvelane systems , inc .")
    assert not exact_match("June 8, 2010", "June 8, 2011")
    assert not exact_match("30 days", "30 months")
    assert token_f1("state of new york", "New York") == pytest.approx(2 * 2 / 6)
    assert comparable("The Netherlands") == "netherlands"


@given(st.dates())
def test_dates_are_read_back_in_every_style(date: object) -> None:
    from datetime import date as day_type

    assert isinstance(date, day_type)
    if date.year < 1000:
        return
    month = date.strftime("%B")
    for written in (f"{month} {date.day}, {date.year}", f"{date.day} {month} {date.year}"):
        assert [f.value for f in find_dates(f"On {written}, both.")] == [date.isoformat()]


@given(st.integers(1, 399), st.sampled_from(["day", "week", "month", "year"]))
def test_durations_are_read_back_in_every_style(n: int, unit: str) -> None:
    for written in (f"{n} {unit}s", f"{number_words(n)} {unit}s", f"{number_words(n)} ({n}) {unit}s"):
        assert [f.value for f in find_durations(f"within {written} of it")] == [f"{n} {unit}"]

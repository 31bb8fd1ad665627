"""What holds of a brief whatever the text is."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidation.briefs import brief, headings, running_lines
from consolidation.briefs.kept import brief_of_plain, plain_brief
from consolidation.text.money import written_amounts
from tests.odd_texts import ODD_TEXTS

PIECES = """the Agreement between Acme, Inc. and (the "Company") January 5, 2001 $ 1,000,000 ____ [***] laws of
New York until terminated Section 1.1 ARTICLE IV three (3) years renew notice . ; : ( ) " , 12 /s/ If to: Name: a"""
WORDS = st.sampled_from([*PIECES.split(), "\n\n", "\n"])
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_places_lie_in_the_text_and_quotes_hold_them_stored_or_not(text: str) -> None:
    made = brief(text)
    for found in (*made.fields, *(party.name for party in made.parties)):
        assert found.written == "; ".join(text[low:high] for low, high in found.places)
        for (low, high), (start, end) in zip(found.places, found.quotes, strict=True):
            assert 0 <= start <= low < high <= end <= len(text)
    for term in made.terms:
        assert term.definition[0] <= term.place[0] < term.place[1] <= term.definition[1]
    assert brief_of_plain(json.loads(json.dumps(plain_brief(made)))) == made
    ends = 0
    for heading in made.headings:
        assert ends <= heading.place[0] < heading.place[1] <= len(text)
        ends = heading.place[1]


@settings(max_examples=150, deadline=None)
@given(ODD_TEXTS)
def test_no_line_takes_a_brief_down(text: str) -> None:
    made = brief(
        f"This Agreement is made by Zond, Inc. and Tern, LLC. The fee is {text} payable for {text} from {text}"
    )
    assert all(found.written for found in made.fields)


def test_an_amount_too_large_to_be_one_is_none() -> None:
    assert not written_amounts("$888,888,888,888,888,888 billion and $777,777,777,777,777,777,777")
    assert [one.value for one in written_amounts("$7 billion")] == ["USD 7000000000"]


HOSTILE = [
    "_",
    "9",
    "May ____ ",
    "between Acme and ",
    "term of this Agreement shall continue until until ",
    '(the (the "A ',
    "one hundred twenty ",
    "governed by the law law ",
    "1.1.1.1 A ",
    "A a & of the ",
    "( ( ( (",
    "_ [ * * ",
    "     ",
    "1,000,000,000 ",
    "\n\n\n ",
    "This Agreement Amendment to the ",
    '"x" means ',
    "A" * 40,
    "If to A ",
    "effective on the date of ",
]


def _seconds(piece: str, length: int) -> float:
    began = time.process_time()
    brief(piece * (length // len(piece)))
    return time.process_time() - began


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    assert _seconds(piece, 160_000) < 20 * max(_seconds(piece, 20_000), 0.05)


def test_signatures_without_end_take_time_by_their_number() -> None:
    assert _seconds("By: /s/ C D\n", 40_000) < 8 * max(_seconds("By: /s/ C D\n", 10_000), 0.2)


def test_headings_of_lines_and_of_running_text() -> None:
    text = (
        "TABLE OF CONTENTS\n1. Definitions 1\n2. Term 4\n\n1. Definitions. The terms below apply.\n"
        "ARTICLE II TERM AND TERMINATION\n2.1 Initial Term. This Agreement lasts. 2.2 Renewal. It "
        "renews for 2 years.\n"
    )
    found = [(h.number, h.heading) for h in headings(text)]
    assert found[-4:] == [
        ("1", "Definitions"),
        ("ARTICLE II", "TERM AND TERMINATION"),
        ("2.1", "Initial Term"),
        ("2.2", "Renewal"),
    ]
    for heading in headings(text):
        low, high = heading.place
        assert text[low:high].endswith(heading.heading)


def test_running_lines_are_what_pages_repeat_at_their_edges() -> None:
    pages = [
        f"Confidential - Draft {n}\nText of page {n} alone.\nMore words here.\nAnd more.\nLast "
        f"words {n}a\nPage {n} of 4\n"
        for n in range(1, 5)
    ]
    running = running_lines(pages)
    assert "confidential - draft #" in running
    assert "page # of #" in running
    assert "more words here." in running or "and more." not in running


def test_a_running_header_is_neither_read_nor_lost_from_the_text() -> None:
    pages = [
        'This Supply Agreement is made as of May 1, 2019 by and between Alpha, Inc. ("Alpha") and '
        'Beta LLC ("Beta"). It ends ',
        "on May 1, 2024. This Agreement shall be governed by the laws of ",
        "the State of Ohio.",
    ]
    header = "Filed on July 9, 2011 by Gamma, Inc.\n"
    text = "".join(header + page + "\n" for page in pages)
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(header) + len(page) + 1
    made = brief(text, starts)
    law = made.first("governing_law")
    assert law is not None
    assert law.value == "Ohio"
    assert len(made.running) == 3
    date = made.first("agreement_date")
    assert date is not None
    assert date.value == "2019-05-01"

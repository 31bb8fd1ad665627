"""The form of answers: items of a list, fragments, names that a question says itself."""

import pytest

from consolidation.asking.understand import understand
from consolidation.shapes.shaping import (
    asks_several,
    items,
    joined,
    one_of,
    repeats,
    shaped,
    trimmed,
    unlabelled,
    whole,
)

LISTS = [
    ("corporate check, cashier's check and wire transfer", ["corporate check", "cashier's check", "wire transfer"]),
    ("war, flood, and earthquake", ["war", "flood", "earthquake"]),
    ("(a) upon insolvency; (b) upon dissolution, or (c) upon an assignment", [
        "upon insolvency", "upon dissolution", "upon an assignment",
    ]),
    ("$1,000, $2,000 and $3,000", ["$1,000", "$2,000", "$3,000"]),
    ("Acme, Inc. and Beta Holdings, LLC", ["Acme, Inc. and Beta Holdings, LLC"]),
    ("if the other party commits a material breach which it does not remedy", [
        "if the other party commits a material breach which it does not remedy",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), LISTS)
def test_an_enumeration_is_told_item_by_item_and_nothing_else_is(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in items(text, (0, len(text)))] == parts


def test_a_list_is_drawn_out_to_its_last_item() -> None:
    text = "may act through branches in France, Hong Kong, Singapore, Sweden and Switzerland. Nothing else."
    start, end = text.index("France"), text.index(", Singapore")
    assert text[slice(*whole(text, (start, end), len(text)))].endswith("Sweden and Switzerland")
    asked = understand("Which countries may it act in through branches?")
    assert len(shaped(asked, text, (start, end), len(text))) == 5
    open_ended = "sold in France, Hong Kong, provided that nothing is sold elsewhere."
    place = (8, open_ended.index(", provided"))
    assert whole(open_ended, place, len(open_ended)) == place


def test_fragments_are_joined_and_words_that_say_nothing_are_left_out() -> None:
    text = "to revoke (by notice) this license immediately; or to terminate"
    parts = [(0, 2), (3, 9), (22, 46), (48, 50)]
    assert [text[a:b] for a, b in joined(text, parts)] == ["to revoke", "this license immediately"]


def test_a_question_for_one_thing_gets_the_whole_of_it() -> None:
    text = "interest at the prime rate as published in the Journal, plus five (5) points. Costs are borne by Acme."
    marks = ["the prime rate", "Journal", "plus five (", ") points", "Acme"]
    parts = [(text.index(mark), text.index(mark) + len(mark)) for mark in marks]
    (place,) = one_of(text, parts)
    assert text[slice(*place)] == "the prime rate as published in the Journal, plus five (5) points"


def test_a_name_that_the_question_says_is_no_answer_to_who() -> None:
    asked = understand("Who is Acme's counterparty?")
    assert repeats(asked, "ACME, Inc.") and not repeats(asked, "Beta Holdings, LLC")
    assert not repeats(understand("What is the term of the Acme deal?"), "Acme")


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Who signed for Acme, and in what capacity?", True),
        ("Who are the parties?", True),
        ("When does it end?", False),
        ("Who bears the cost of insurance?", False),
        ("What risks does Acme bear?", True),
    ],
)
def test_whether_an_answer_may_have_parts(question: str, several: bool) -> None:
    assert asks_several(understand(question)) is several


@pytest.mark.parametrize(
    ("question", "over"),
    [
        ("What is the number of the underlying licence that this amends?", "document"),
        ("What documents make up the whole contract?", "document"),
        ("What is the number of contracts that renew by themselves?", "count"),
        ("Which documents contain a cap on liability?", "which"),
    ],
)
def test_words_for_documents_do_not_always_mean_those_of_the_matter(question: str, over: str) -> None:
    assert understand(question).over == over


def test_a_name_ends_where_the_next_label_begins() -> None:
    text = "Michael Hagon By: /s/ Siva Kumar"
    assert text[slice(*unlabelled(text, (0, len(text))))] == "Michael Hagon"


def test_a_name_keeps_its_legal_form_and_a_form_alone_is_none() -> None:
    text = "between Affinity Group, Inc. (AGI), a bank, and A.B. Watley, Inc.; Inc. Beta Ltd, of Ohio."
    marks = ["Affinity Group, Inc", "a bank", "A.B. Watley", "Inc. Beta", "Beta Ltd", "Ohio"]
    told = [text[slice(*trimmed(text, (text.index(mark), text.index(mark) + len(mark))))] for mark in marks]
    assert told == [
        "Affinity Group, Inc.",
        "a bank",
        "A.B. Watley, Inc.",
        "Inc. Beta Ltd",
        "Beta Ltd",
        "Ohio",
    ]
    assert trimmed("by LifeUSA/ Envision Health", (10, 26)) == (3, 27)
    text = "Southern Racing, Inc. races; Inc."
    parts = [trimmed(text, place) for place in [(0, 15), (17, 20), (29, 32)]]
    assert [text[a:b] for a, b in joined(text, parts)] == ["Southern Racing, Inc."]


@pytest.mark.parametrize(
    ("text", "mark", "told"),
    [
        ("options for 125,000 (all of the) shares", "000 (all", "125,000 (all"),
        ("at a price of $7.00 per share", "7.00 per share", "$7.00 per share"),
        ("at a price of $7.00 per share", "7.", "$7.00"),
        ("shall not exceed GBP 1,000,000.", "GBP 1,000,000.", "GBP 1,000,000"),
        ("costs 1,250,000.75 a year", "250", "1,250,000.75"),
        ("in lots 1,2 and 3.", "2", "2"),
    ],
)
def test_a_number_is_told_whole(text: str, mark: str, told: str) -> None:
    at = text.index(mark)
    assert text[slice(*trimmed(text, (at, at + len(mark))))] == told


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("The Agent will reimburse the Company", "The Agent"),
        ("each party shall bear its own costs", "each party"),
        ("Licensee or its affiliates must pay", "Licensee or its affiliates must pay"),
        ("the party that shall receive notice", "the party that shall receive notice"),
        ("Acme, Inc.", "Acme, Inc."),
    ],
)
def test_who_does_something_is_told_without_what_they_do(marked: str, says: str) -> None:
    text = f"So it is agreed. {marked}, in any event."
    low = text.index(marked)
    ((a, b),) = shaped(understand("Who pays the costs?"), text, (low, low + len(marked)), len(text))
    assert text[a:b] == says


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Which courts decide?", "the state and federal courts located in the County of Utah"),
        ("The courts of which county decide?", "County of Utah"),
    ],
)
def test_courts_are_told_with_their_place(question: str, says: str) -> None:
    text = "Suits are brought in the state and federal courts located in the County of Utah alone."
    low = text.index("County")
    ((a, b),) = shaped(understand(question), text, (low, low + len("County of Utah")), len(text))
    assert text[a:b] == says


def test_what_follows_a_name_behind_a_comma_is_joined_with_it() -> None:
    text = "C. Richard Moss, Jr. and Ann Dale"
    assert [text[a:b] for a, b in joined(text, [(0, 15), (17, 20), (25, 33)])] == [
        "C. Richard Moss, Jr.",
        "Ann Dale",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Fee\u201d", "the Fee"),
        ("\u201cthe Fee", "the Fee"),
        ('the Fee"', "the Fee"),
        ('a "Fee"', 'a "Fee"'),
        ("\u201cthe Fee\u201d", "\u201cthe Fee\u201d"),
    ],
)
def test_a_quotation_mark_stays_with_the_other_one(text: str, shown: str) -> None:
    assert text[slice(*trimmed(text, (0, len(text))))] == shown


def test_the_heading_of_the_next_clause_is_left_out() -> None:
    for text in ("3 months after it ends\n3 PAYMENTS", "3 months after it ends\n\n3.1. PAYMENTS AND FEES"):
        assert text[slice(*trimmed(text, (0, len(text))))] == "3 months after it ends"
    text = "the law of\nNEW YORK"
    assert text[slice(*trimmed(text, (0, len(text))))] == text


@pytest.mark.parametrize("text", ["12 people and a", "12 people and", "12 people or their"])
def test_what_joins_an_answer_to_what_follows_is_left_out(text: str) -> None:
    assert text[slice(*trimmed(text, (0, len(text))))] == "12 people"


def test_one_answer_ends_with_what_says_something() -> None:
    text = "uniforms for 12 people and a minimum of two"
    parts = [(13, 15), (16, 22), (23, 26), (27, 28)]
    assert [text[a:b] for a, b in one_of(text, parts)] == ["12 people"]


@pytest.mark.parametrize(
    ("text", "mark", "told"),
    [
        (
            "a total of Four Hundred Twenty Five Thousand Dollars in cash",
            "Twenty Five Thousand Dollars",
            "Four Hundred Twenty Five Thousand Dollars",
        ),
        ("for one hundred and eighty days after", "eighty days", "one hundred and eighty days"),
        ("guaranteed by H. F. Norbury in full", "Norbury", "H. F. Norbury"),
        ("and five days' notice", "five days", "five days"),
        ("7. A. Distributions. Pay none.", "Distributions", "Distributions"),
        ("Section 2.B. Norbury pays", "Norbury", "Norbury"),
    ],
)
def test_numbers_in_words_and_names_begin_where_they_begin(text: str, mark: str, told: str) -> None:
    low = text.index(mark)
    assert text[slice(*trimmed(text, (low, low + len(mark))))] == told


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ("It will not permit its cash to be less than $200 at any time.", "less than $200", "$200"),
        ("(b) Cash. Permit the amount of cash to be less than $200.", "less than $200", "$200"),
        ("It shall maintain cash of not less than $200.", "less than $200", "not less than $200"),
        ("He gives no more than thirty days' notice.", "more than thirty days", "no more than thirty days"),
        ("It ends if anybody buys more than 33% of it.", "more than 33%", "more than 33%"),
        ("It is not so. It ends if its cash is less than $5.", "less than $5", "less than $5"),
    ],
)
def test_a_bound_does_not_say_the_opposite_of_its_sentence(text: str, marked: str, told: str) -> None:
    low = text.index(marked)
    assert text[slice(*trimmed(text, (low, low + len(marked))))] == told

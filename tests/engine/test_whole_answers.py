"""Whole answers: all items of a list, and the whole of a definition."""

import pytest

from consolidation.asking.understand import understand
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, shown
from consolidation.proposals.completing import completed, is_part
from consolidation.proposals.defined import definition_of
from consolidation.text.windows import split
from tests.engine.tiny import Words

PIECES = Words()


def passages_of(text: str) -> Passages:
    return Passages(split(text, PIECES, 64))


def told(question: str, text: str, *words: str) -> str:
    passages = passages_of(text)
    places = tuple((text.index(one), text.index(one) + len(one)) for one in words)
    found = completed(understand(question), passages, Candidate("reader", "; ".join(words), places, 0))
    assert all(text[a:b].split() for a, b in found.places)
    return shown(understand(question), found)


EVENTS = (
    "Each of the following is an event of default:\n\n(a) the tenant fails to pay rent for ten (10) days;\n\n"
    "(b) the barn burns down;\n\n-7-\n\n(c) a goat escapes, or a goose; and\n\n(d) the dog barks.\n\nRent is paid."
)
ALL = "the tenant fails to pay rent for ten (10) days; the barn burns down; a goat escapes, or a goose; the dog barks"
WARRANTY = (
    "It covers nothing from (i) rain, (ii) the design of the farm or (iii) neglect or frost, except in May."
)
BEASTS = "The farm keeps goats, geese and hens."
DAYS = "May 1, 2008, June 2, 2008 and July 3, 2008"
COURTS = "the courts in and for Vale, and the court of Dale"
LAND = "all land, including hills and woods"
LISTS = [
    ("Which events are defaults?", EVENTS, ["the barn burns down"], ALL),
    (
        "Which events end it?",
        "It ends if either: (i) closes; burns down or floods, or is sold; (ii) is sued; (iii) moves.",
        ["closes"],
        "closes; burns down or floods, or is sold; is sued; moves",
    ),
    ("Which causes are excluded?", WARRANTY, ["rain"], "rain; the design of the farm; neglect or frost"),
    (
        "Which countries are covered?",
        "Sold in France, Spain and Italy.",
        ["France, Spain"],
        "France; Spain; Italy",
    ),
    ("Which beasts are kept?", BEASTS, ["geese and hens"], "geese and hens"),
    ("Which beasts are kept?", f"All of its {BEASTS[15:]}", ["geese and hens"], "its goats; geese; hens"),
    ("Which courts hear disputes?", f"Go to {COURTS}.", [COURTS], COURTS),
    ("Which days are holidays?", f"Rest on {DAYS}.", [DAYS], "May 1, 2008; June 2, 2008; July 3, 2008"),
    ("Which areas are covered?", f"It is {LAND}.", [LAND], LAND),
]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The laws of the State of Vermont govern it.", "State of Vermont"),
        ("The laws of the Commonwealth\nof Vermont govern it.", "Commonwealth of Vermont"),
        ("Vermont law governs it, and the state of mind of no party.", "Vermont"),
    ],
)
def test_a_law_is_told_with_what_its_name_follows(text: str, whole: str) -> None:
    assert told("Which law governs it?", text, "Vermont") == whole


@pytest.mark.parametrize(("question", "text", "words", "whole"), LISTS)
def test_a_list_is_told_with_all_of_its_items(question: str, text: str, words: list[str], whole: str) -> None:
    assert told(question, text, *words) == whole


def test_what_is_no_list_stays_as_it_is() -> None:
    assert told("When does the tenant pay?", EVENTS, "ten (10) days") == "ten (10) days"
    sections = "(a) Rent. It is low. The barn is old.\n\n(b) Dogs. None are kept.\n\n(c) Goats. Ten are kept."
    assert told("Which buildings are old?", sections, "The barn") == "The barn"
    clauses = "Under clauses (a) and (b) goats, that is (a) and (b), graze."
    assert told("Which terms apply?", clauses, "goats") == "goats"


def test_a_firm_of_several_partners_is_one_item() -> None:
    text = "The work is shared by Moss Corporation, Birch LLC and Hill, Dale & Sons, Inc. alone."
    assert told(
        "Which companies share the work?", text, "Moss Corporation, Birch LLC and Hill, Dale & Sons, Inc."
    ) == ("Moss Corporation; Birch LLC; Hill, Dale & Sons, Inc.")
    only = "Hill, Dale & Sons, Inc."
    assert told("Who are the parties?", f"It binds {only} and nobody else.", only) == only


def test_one_item_of_a_sentence_that_goes_on_is_no_whole_list() -> None:
    text = "The tenant insures the barn and the stable at its own cost. It feeds the goats."
    asked = understand("Which buildings are insured?")
    barn, goats = (
        Candidate("reader", one, ((text.index(one), text.index(one) + len(one)),), 0)
        for one in ("the barn", "the goats")
    )
    assert asked.value == "list"
    assert is_part(asked, passages_of(text), barn)
    assert not is_part(asked, passages_of(text), goats)
    assert not is_part(understand("What is the term?"), passages_of(text), barn)


DEFINITIONS = (
    '1.1 "Net Sales" means the gross price of all goats sold, less: (a) taxes; (b) hay; and (c) returns.\n\n'
    '1.2 "Field" shall mean all meadows of the farm (other than the Orchard), and "Orchard" means the trees.\n\n'
    '1.3 "Herd" has the meaning given in Section 3.2.\n\n3.2 The goats on the hill (the "Herd") graze.\n\n'
    '"Barn" means the old barn. In Exhibit A "Barn" means the new barn.\n\n"Start Date" means the first of May.'
)


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        (
            "What does Net Sales mean?",
            "the gross price of all goats sold, less: (a) taxes; (b) hay; and (c) returns",
        ),
        (
            'How is "Net Sales" defined?',
            "the gross price of all goats sold, less: (a) taxes; (b) hay; and (c) returns",
        ),
        ("Define Field", "all meadows of the farm (other than the Orchard)"),
        ("Orchard means what?", "the trees"),
    ],
)
def test_a_definition_is_told_whole(question: str, meaning: str) -> None:
    found = definition_of(understand(question), passages_of(DEFINITIONS))
    assert found is not None
    assert found.said == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (
            "Such sale of the farm shall be finally deemed to have occurred whenever half of the goats are sold.",
            "whenever half of the goats are sold",
        ),
        (
            'A "Sale of the Farm" shall occur if any of the following happens: (i) The goats are sold. (ii) The '
            "hill is sold.\n\nHay is cheap. No Sale of the Farm shall be deemed to occur solely because hay is sold.",
            "if any of the following happens: (i) The goats are sold. (ii) The hill is sold",
        ),
        (
            "A Sale of the Farm shall be deemed to occur if any of the following happens: (i) The goats. Hay.",
            None,
        ),
        (
            "A Sale of the Farm shall be deemed to exist if the following conditions are met. Hay is cheap.",
            None,
        ),
        ("No Sale of the Farm shall be deemed to occur if hay is sold.", None),
        ("A Sale of the Farm shall not be deemed to occur if hay is sold.", None),
    ],
)
def test_what_counts_as_a_thing_is_told_by_when_it_happens(text: str, meaning: str | None) -> None:
    found = definition_of(understand("What counts as a sale of the farm?"), passages_of(text))
    assert (found and found.said) == meaning


@pytest.mark.parametrize(
    "question",
    [
        "What does Herd mean?",
        "What does Barn mean?",
        "What is the Start Date?",
        "Does Field mean all meadows?",
        "What does Goose mean?",
    ],
)
def test_what_is_defined_elsewhere_twice_or_not_at_all_is_left_to_the_reader(question: str) -> None:
    assert definition_of(understand(question), passages_of(DEFINITIONS)) is None


@pytest.mark.parametrize(
    ("question", "text", "figure", "shown"),
    [
        (
            "How many get a coat?",
            "Coats for up to a maximum of 12 goats.",
            "12 goats",
            "up to a maximum of 12 goats",
        ),
        (
            "How long is the cure period?",
            "There is a minimum period of 30 days.",
            "30 days",
            "a minimum period of 30 days",
        ),
        (
            "What is the notice period?",
            "On not less than 30 days' notice.",
            "30 days",
            "not less than 30 days",
        ),
        ("How long is the cure period?", "It is cured within 30 days.", "30 days", "30 days"),
        ("How much is the fee?", "The fee shall not exceed $5,000.", "$5,000", "$5,000"),
        ("Who is kept?", "Kept are at least 3 geese.", "3 geese", "3 geese"),
    ],
)
def test_a_figure_has_the_bound_before_it(question: str, text: str, figure: str, shown: str) -> None:
    assert told(question, text, figure) == shown

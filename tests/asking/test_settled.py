"""What a sentence leaves open of a question, though it is the right one: all of it, and which day."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.grammar.settled import (
    is_other_day,
    lacks_what_is_done,
    leaves_open,
    lets_do_what_is_not_done,
)


@pytest.mark.parametrize(
    ("question", "said", "sentence", "is_open"),
    [
        ("Does it bear the cost of every audit?", "Yes", "It bears the cost if it paid too little.", True),
        ("Does it bear the cost of every audit?", "Yes", "It bears the cost of each audit.", False),
        (
            "Does it bear the cost of every audit?",
            "Yes",
            "If it owes, it shall in any event bear the cost.",
            True,
        ),
        ("Does it bear the cost of every audit?", "No", "It bears the cost if it paid too little.", False),
        ("May it assign this?", "No", "Except as otherwise provided below, it may not assign this.", True),
        ("May it assign this?", "No", "It may not assign this.", False),
        (
            "Is unclear wording read against it?",
            "Yes",
            "They waive any rule that it be read against it.",
            True,
        ),
        ("Can it be assigned without consent?", "Yes", "It may assign this to any subsidiary freely.", True),
        ("Can it be assigned to affiliates?", "Yes", "It may assign this to any subsidiary freely.", False),
        ("Can it be assigned without consent?", "Yes", "It may assign this to any person.", False),
        (
            "May it end this on notice without any reason?",
            "Yes",
            "It may end this if a fee is not paid.",
            True,
        ),
        (
            "May it end this on notice without any reason?",
            "Yes",
            "It may end this on notice for any reason.",
            False,
        ),
        (
            "May he hold a share of the stock of a rival?",
            "No",
            "He will not own a rival, except to hold a share of its stock.",
            True,
        ),
        ("May he own a rival?", "No", "He will not own a rival, except to hold a share of its stock.", False),
        ("Does it give up its claims?", "Yes", "It hereby waives its claims.", False),
        (
            "May it sell to a buyer of all its assets?",
            "Yes",
            "It may sell to whoever buys the business.",
            False,
        ),
        ("Can it end this for no reason at all?", "Yes", "It may end this without cause.", False),
        (
            "Must it buy all of the goods there?",
            "Yes",
            "It shall buy the goods exclusively from the seller.",
            False,
        ),
        ("Must it buy all of the goods there?", "Yes", "It shall buy goods from the seller.", True),
        ("Must each side sign further papers?", "Yes", "The parties agree to sign further papers.", False),
        ("Must each side sign further papers?", "Yes", "The Company agrees to sign further papers.", True),
        (
            "May it assign this to an affiliate without consent?",
            "Yes",
            "Except as provided herein, it may not assign this; provided, however, that it may assign this to an "
            "affiliate without consent.",
            False,
        ),
        (
            "May it assign this to a bank?",
            "No",
            "Except as provided herein, it may not assign this to a bank; it may grow.",
            True,
        ),
    ],
)
def test_less_than_is_asked_for_is_open(question: str, said: str, sentence: str, is_open: bool) -> None:
    assert leaves_open(question, said, sentence) is is_open


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("When was the agreement signed?", "made as of May 1, 2001 by all", True),
        ("When was the agreement signed?", "signed on May 1, 2001 by all", False),
        ("What is the date of the agreement?", "made as of May 1, 2001 by all", False),
        (
            "When does the agreement expire?",
            "ends on May 1, 2001 and is automatically renewed for a year",
            True,
        ),
        ("When does the agreement expire?", "ends on May 1, 2001 for good", False),
        (
            "When does the first term of the agreement expire?",
            "ends on May 1, 2001 and is automatically renewed for a year",
            False,
        ),
    ],
)
def test_a_day_that_may_be_another_is_not_settled(question: str, text: str, other: bool) -> None:
    asked, at = understand(question), text.index("May")
    assert is_other_day(asked, asked_field(asked), text, (at, at + 11)) is other


@pytest.mark.parametrize(
    ("question", "said", "lets"),
    [
        (
            "He lets the month go by w/o asking for arbitration. Now what?",
            "he may demand arbitration of it",
            True,
        ),
        (
            "He lets the month go by w/o asking for arbitration. Now what?",
            "the amount is binding on him",
            False,
        ),
        ("What if he asks for arbitration?", "he may demand arbitration of it", False),
    ],
)
def test_that_something_may_be_done_is_not_what_comes_of_leaving_it(
    question: str, said: str, lets: bool
) -> None:
    assert lets_do_what_is_not_done(question, said) is lets


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("Who supplies the materials?", "The Seller provides energy nodes.", True),
        ("Who supplies the materials?", "The Seller shall furnish materials.", False),
        ("who pays freight", "The Buyer is responsible for all shipping costs.", False),
        ("who pays freight", "The Buyer pays a commission.", True),
        ("Who foots the bill for the audit?", "The cost of the audit is borne by the Buyer.", False),
        ("Who foots the bill for the audit?", "The Buyer pays a commission.", True),
        ("Who foots the bill when books are checked?", "The cost of the audit is borne by the Buyer.", False),
        ("who do I call about content?", "Name: Jo Parsi", False),
        ("Who signed the bid?", "Jo Parsi, Vice President", False),
        ("He signed it. How long can he change his mind?", "He has 21 days to consider it.", True),
        ("He signed it. How long can he change his mind?", "He may revoke it within 7 days.", False),
        ("How many days may a buyer back out?", "The buyer may cancel within 7 days.", False),
        ("How long is there to fix a slip?", "He has at least 21 days to consider this release.", True),
        ("How long may he think it over?", "He has at least 21 days to consider this release.", False),
        ("How much notice is there to end it?", "Notice is given 5 days after each event.", True),
        ("How much notice is there to end it?", "Each may terminate it by 5 days' notice.", False),
        ("How long does the keep-quiet duty go on after it?", "The initial term is six months.", True),
        ("How long does the keep-quiet duty go on after it?", "These duties survive for two years.", False),
        ("How much notice is there before an audit?", "Notice is given 5 days before an audit.", False),
    ],
)
def test_who_does_something_is_told_by_a_word_of_it(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_what_is_done(question, sentence) is lacks

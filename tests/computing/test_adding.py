"""Which questions ask for a sum or a difference of several amounts, how each is asked for, and what they come to."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from consolidation.asking.understand import understand
from consolidation.computing.adding import Adding, adding, asks_of_several, names_several
from consolidation.computing.totals import Stated, counted_total, own_words, says_total, words_near

SEVERANCE, BONUS = "How much is the severance?", "How much is the bonus?"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How much is the severance plus the bonus?", (SEVERANCE, BONUS)),
        ("Total cash he gets: severance plus bonus?", (SEVERANCE, BONUS)),
        ("All in, what does he get: severance and bonus?", (SEVERANCE, BONUS)),
        ("What do the severance and the bonus come to altogether?", (SEVERANCE, BONUS)),
        ("What is the total of the severance and the bonus?", (SEVERANCE, BONUS)),
        ("combined value of the severance and the bonus", (SEVERANCE, BONUS)),
        (
            "If he is fired, what do his severance and his bonus add up to?",
            ("If he is fired, how much is his severance?", "If he is fired, how much is his bonus?"),
        ),
        (
            "He is fired. What are the severance and the bonus combined?",
            (f"He is fired. {SEVERANCE}", f"He is fired. {BONUS}"),
        ),
        (
            "Add up what Key, BofA and the trustee are committed to lend.",
            tuple(f"How much is {name} committed to lend?" for name in ("Key", "BofA", "the trustee")),
        ),
        ("What do Acme and Beta pay together?", ("How much does Acme pay?", "How much does Beta pay?")),
        (
            "How much does he get in severance and relocation combined?",
            ("How much does he get in severance?", "How much does he get in relocation?"),
        ),
        (
            "How much are the bonus and the severance bonus combined?",
            (BONUS, "How much is the severance bonus?"),
        ),
        (
            "What are the fee for May and the fee for June together?",
            ("How much is the fee for May?", "How much is the fee for June?"),
        ),
        (
            "What is the price of the barn and the dog together?",
            ("What is the price of the barn?", "What is the price of the dog?"),
        ),
        (
            "What will Acme pay for the license and the support in total?",
            ("What will Acme pay for the license?", "What will Acme pay for the support?"),
        ),
        (
            "The first and second payment added together?",
            ("How much is the first payment?", "How much is the second payment?"),
        ),
    ],
)
def test_things_that_are_added_are_asked_for_one_by_one(question: str, asks: tuple[str, ...]) -> None:
    assert adding(understand(question)) == Adding(asks)


@pytest.mark.parametrize(
    ("question", "asks", "more"),
    [
        ("What's the difference between the severance and the bonus?", (SEVERANCE, BONUS), False),
        ("How much more is the severance than the bonus?", (SEVERANCE, BONUS), True),
        ("How much smaller is the bonus than the severance?", (SEVERANCE, BONUS), True),
        ("By how much does the severance exceed the bonus?", (SEVERANCE, BONUS), True),
        ("What is the severance minus the bonus?", (SEVERANCE, BONUS), True),
        (
            "How much higher is Key's commitment than BofA's?",
            ("How much is Key's commitment?", "How much is BofA's commitment?"),
            True,
        ),
    ],
)
def test_of_two_the_second_is_taken_from_the_first(question: str, asks: tuple[str, ...], more: bool) -> None:
    assert adding(understand(question)) == Adding(asks, less=True, more=more)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the severance plus what he gets for each year?", True),
        ("What is the salary plus a fee of $500?", True),
        ("What is the rate plus the margin?", True),
        ("What is the ceiling on loans and advances taken together?", True),
        ("How much do severance, bonus, rent, tax, fees and costs come to together?", True),
        ("Is the severance plus the bonus more than $500?", True),
        ("total rent?", False),
        ("How much altogether in consulting fees?", False),
        ("What total fee did Acme and Beta agree?", False),
        ("How long will Acme and Beta be working together under it?", False),
        ("What did the firm of G. B. Plus and Co pay?", False),
        ("What is LIBOR plus what?", False),
        ("What is paid for research and development?", False),
        ("How much more may be drawn?", False),
        ("When are the combined results of the goats sent?", False),
    ],
)
def test_other_questions_are_for_no_sum_that_can_be_made(question: str, names: bool) -> None:
    assert adding(understand(question)) is None
    assert names_several(question) is names


def test_what_is_to_be_added_up_may_be_named_by_one_word() -> None:
    assert asks_of_several("Add up the instalments.")
    assert not names_several("Add up the instalments.")


def _stated(sentence: str, said: str, start: int) -> Stated:
    low = start + sentence.index(said)
    return Stated(sentence, start, (low, low + len(said)))


FEE = _stated("The fee is $1,345,000 in cash.", "$1,345,000", 0)
COST = _stated("Its costs are capped, and he gets $56,194.50 for moving.", "$56,194.50", 100)


@pytest.mark.parametrize(
    ("asked", "stated", "said", "how"),
    [
        (Adding(("", "")), (FEE, COST), "$1,401,194.50", "$1,345,000 + $56,194.50"),
        (Adding(("", ""), less=True), (COST, FEE), "$1,288,805.50", "$1,345,000 - $56,194.50"),
        (Adding(("", ""), less=True, more=True), (FEE, COST), "$1,288,805.50", "$1,345,000 - $56,194.50"),
        (
            Adding(("", "")),
            (FEE, _stated("A loan of US $2.5 million.", "US $2.5 million", 100)),
            "$3,845,000",
            "$1,345,000 + US $2.5 million",
        ),
    ],
)
def test_amounts_are_added_or_subtracted(
    asked: Adding, stated: tuple[Stated, ...], said: str, how: str
) -> None:
    counted = counted_total(asked, stated)
    assert counted is not None
    assert (counted.said, counted.how) == (said, how)
    assert counted.places == tuple(one.place for one in stated)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("He gets EUR 500.", "EUR 500"),
        ("He gets $500 per month.", "$500"),
        ("He gets $500 a year.", "$500"),
        ("He gets $500, payable for each unit.", "$500, payable for each unit"),
        ("He gets a monthly fee of $500.", "$500"),
        ("He gets 5% of $500.", "5% of $500"),
        ("He gets up to $500.", "$500"),
        ("He gets up to $500.", "up to $500"),
        ("He gets not less than $500.", "$500"),
        ("He gets the greater of $500 and the rent.", "$500"),
        ("He gets from $500 to $900.", "$500 to $900"),
        ("He gets $500 to $900.", "$500"),
        ("He gets 5 goats for the first $500.", "$500"),
        ("He gets $500 plus the rent.", "$500"),
        ("He gets two goats.", "two goats"),
    ],
)
def test_what_is_no_whole_amount_is_not_added(sentence: str, said: str) -> None:
    assert counted_total(Adding(("", "")), (FEE, _stated(sentence, said, 100))) is None


def test_one_amount_is_not_added_to_itself_nor_the_larger_taken_away() -> None:
    assert counted_total(Adding(("", "")), (FEE, FEE)) is None
    assert counted_total(Adding(("", "")), (FEE, _stated("He gets $1,345,000.", "$1,345,000", 100))) is None
    assert counted_total(Adding(("", "", "")), (FEE, COST)) is None
    assert counted_total(Adding(("", ""), less=True, more=True), (COST, FEE)) is None


def test_equal_amounts_of_one_sentence_are_two() -> None:
    halves = "It pays $5 in May and then $5 in June."
    low, high = halves.index("$5"), halves.rindex("$5")
    counted = counted_total(
        Adding(("", "")), (Stated(halves, 0, (low, low + 2)), Stated(halves, 0, (high, high + 2)))
    )
    assert counted is not None
    assert (counted.said, counted.how) == ("$10", "$5 + $5")


@pytest.mark.parametrize(
    ("sentence", "is_so"),
    [
        ("The severance is paid in a total amount of $500.", False),
        ("The total of severance and bonus is $500.", True),
        ("The total is $500.", True),
    ],
)
def test_a_total_of_one_of_the_things_is_none_of_all(sentence: str, is_so: bool) -> None:
    low = sentence.index("$500")
    assert says_total(sentence, (low, low + 4), (SEVERANCE, BONUS)) is is_so


@pytest.mark.parametrize(
    ("sentence", "less", "is_so"),
    [
        ("The total of both is $500.", False, True),
        ("They pay $500 in the aggregate.", False, True),
        ("They pay $500, together with interest.", False, False),
        ("The rent is $500.", False, False),
        ("The total of both is $500.", True, False),
        ("The difference, $500, is paid.", True, True),
        ("It is paid in not less than a day: $500.", True, False),
    ],
)
def test_a_sentence_may_say_that_a_figure_is_a_sum(sentence: str, less: bool, is_so: bool) -> None:
    low = sentence.index("$500")
    assert says_total(sentence, (low, low + 4), less=less) is is_so


def test_what_is_asked_for_is_told_by_its_own_words() -> None:
    asks = [
        "How much is the severance?",
        "How much is the bonus lump sum?",
        "How much is the dental allowance?",
    ]
    assert own_words(asks) == [{"severanc"}, {"bonu", "lump"}, {"dental"}]
    assert own_words(["What is the price of the barn?", "What is the price of the dog?"]) == [
        {"barn"},
        {"dog"},
    ]


def test_of_an_amount_its_own_item_speaks() -> None:
    said = {"severanc", "bonu", "hay"}
    sentence = "He gets: (a) severance of $5; (b) $7, being his bonus, and $9 for hay."
    assert words_near(_stated(sentence, "$5", 50)) & said == {"severanc"}
    assert words_near(_stated(sentence, "$7", 50)) & said == {"bonu"}
    assert words_near(_stated(sentence, "$9", 50)) & said == {"bonu", "hay"}


@pytest.mark.parametrize(
    "words", ["a and b ", "what is the fee and ", "in total and ", "x plus ", "how much more "]
)
def test_long_questions_are_split_at_once(words: str) -> None:
    asked = replace(understand("How much is it?"), each=f"how much is {words * 300}")
    begun = time.perf_counter()
    adding(asked)
    assert time.perf_counter() - begun < 2

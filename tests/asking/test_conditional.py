"""The condition of a Yes or No: the words of its sentence that govern it, or none."""

from __future__ import annotations

from consolidation.grammar.conditional import condition_of
from consolidation.grammar.value_conditions import condition_of_day, condition_of_value
from consolidation.passages.passages import passages_of
from consolidation.text.windows import split
from tests.engine.tiny import Words

CONSENT = "the Landlord's prior written consent"
LONG = "provided that the Vendor " + "and its agents and every affiliate " * 9 + "agree"


def condition(question: str, said: str, sentence: str, rests_on: str = "") -> str:
    text = f"1. TERM\nThe term is two years.\n{sentence} Notices are in writing."
    low = text.index(rests_on or sentence)
    passages = passages_of(text, lambda text: split(text, Words(), 64))
    return condition_of(question, said, passages, (low, low + len(rests_on or sentence)))


def test_a_yes_or_no_has_the_condition_that_its_sentence_states() -> None:
    cases = (
        (
            "Can the tenant assign?",
            "No",
            f"Tenant shall not assign this Lease without {CONSENT}.",
            f"without {CONSENT}",
        ),
        (
            "May it sublet?",
            "No",
            f"Without {CONSENT}, the Tenant may not sublet the premises.",
            f"Without {CONSENT}",
        ),
        (
            "Can it subcontract?",
            "No",
            "CRO may not subcontract without Client approval, which approval shall not be unreasonably withheld.",
            "without Client approval, which approval shall not be unreasonably withheld",
        ),
        (
            "May they share data?",
            "No",
            "Each party shall not sell such data (except as required by law) to anyone.",
            "except as required by law",
        ),
        (
            "Is it barred from settling?",
            "Yes",
            "Vendor shall not settle a claim unless Client agrees.",
            "unless Client agrees",
        ),
        (
            "Can one of them amend it?",
            "No",
            "This Agreement may be amended only with the consent of all Members.",
            "only with the consent of all Members",
        ),
        (
            "Will it pay dividends?",
            "Yes",
            "9.1 Subject to distributable profits, the Company shall pay dividends.",
            "Subject to distributable profits",
        ),
        (
            "Can it sell?",
            "No",
            "No holder may sell shares before May, except to an heir. A holder may sell shares to heirs.",
            "except to an heir",
        ),
        (
            "Are dividends allowed?",
            "No",
            "The loan prohibits dividends unless debt is low.",
            "unless debt is low",
        ),
        (
            "Does it renew?",
            "Yes",
            "After a year it is renewed (once) unless, in its sole discretion, Buyer (or its heir) objects.",
            "unless, in its sole discretion, Buyer (or its heir) objects",
        ),
        (
            "May it subcontract?",
            "Yes",
            "Vendor may subcontract, provided that it stays liable; fees are due at once.",
            "provided that it stays liable",
        ),
        # what all is subject to gives way to the proviso, and so does what it is subject to to no end
        (
            "May it revise the plans?",
            "Yes",
            "Agent may, subject to the conditions, restrictions and limitations set forth herein (but not else), "
            "revise the plans; provided, however, that consent will be required for taller barns.",
            "provided, however, that consent will be required for taller barns",
        ),
        (
            "May it sell?",
            "Yes",
            "Subject to the law of Vale, Agent may sell, provided that the price is fair.",
            "provided that the price is fair",
        ),
        (
            "May it subcontract?",
            "Yes",
            f"Vendor may subcontract, {LONG}.",
            f"{' '.join(LONG.split()[:25]).removesuffix(' and')} …",
        ),
    )
    assert [condition(q, said, text) for q, said, text, _ in cases] == [wanted for *_, wanted in cases]


def test_what_a_question_asks_to_do_without_is_no_condition_of_its_answer() -> None:
    lease = f"Tenant shall not assign this Lease without {CONSENT}"
    for question, said, sentence, wanted in (
        ("May the tenant assign without the landlord's consent?", "No", f"{lease}.", ""),
        ("Can it assign without asking the landlord?", "No", f"{lease}.", ""),
        ("Is it forbidden to assign without approval?", "Yes", f"{lease}.", ""),
        ("Can it assign without permission?", "No", "It may not assign unless Landlord agrees in writing.", ""),
        ("May it assign without the leave of Landlord?", "No", f"{lease}.", ""),
        ("May it leave without notice?", "No", "Tenant shall not leave without prior notice.", ""),
        # another condition than the one that is asked about, or one more beside it
        ("Can it assign without notice?", "No", f"{lease}.", f"without {CONSENT}"),
        ("May the tenant assign?", "No", f"{lease}.", f"without {CONSENT}"),
        (
            "May the tenant assign without consent?", "No", f"{lease}, except to an affiliate.",
            "except to an affiliate",
        ),
        (
            "May it assign without consent?", "No", "It may not assign unless Landlord agrees or it is to an heir.",
            "unless Landlord agrees or it is to an heir",
        ),
        (
            "May Vendor subcontract without consent?", "Yes",
            "Vendor may subcontract, provided that Client has agreed to the price.",
            "provided that Client has agreed to the price",
        ),
    ):  # fmt: skip
        assert condition(question, said, sentence) == wanted, question


def test_words_that_govern_something_else_are_no_condition() -> None:
    for question, said, sentence, rests_on in (
        # it is allowed without consent, and what follows is of something else
        ("May it subcontract?", "Yes", "Vendor may subcontract without the consent of Client.", ""),
        ("Does it need consent?", "Yes", f"Tenant shall not assign this Lease without {CONSENT}.", ""),
        (
            "Can it assign?",
            "No",
            "Tenant shall not assign, and Landlord may enter with notice unless it is night.",
            "Tenant shall not assign",
        ),
        (
            "Can it assign?",
            "No",
            "Tenant shall not assign. Landlord may enter only with notice.",
            "Tenant shall not assign",
        ),
        # the answer rests on the exception, or on what is supposed
        ("May it assign to an heir?", "Yes", "No party may assign, except to an heir.", "except to an heir"),
        (
            "Is the fee paid back?",
            "No",
            "If the work cannot be done for any reason other than delay, fees are kept.",
            "",
        ),
        (
            "Is it bound by the terms?",
            "Yes",
            "Subject to the terms and conditions of this Agreement, Vendor shall serve.",
            "",
        ),
        ("Does it decide alone?", "Yes", "The price is subject to the sole discretion of Vendor.", ""),
        ("Is it the only one?", "No", "Vendor grants a license to use the marks only for the event.", ""),
        ("Must it insure?", "Yes", "The Vendor shall carry insurance.", ""),
        ("May it sell?", "Yes", "Subject to the terms, conditions and limitations, Vendor may sell.", ""),
        # how long it is there is another rule than what is asked about
        (
            "Can it be made to work more than 10 hours a week?",
            "No",
            "It will not be obligated to work more than 15 hours per month unless it otherwise agrees.",
            "",
        ),
    ):
        assert condition(question, said, sentence, rests_on) == "", sentence


def test_a_condition_of_a_rule_about_the_length_that_is_asked_about_is_told() -> None:
    for sentence, wanted in (
        ("It shall not work more than ten (10) hours a week unless it agrees.", "unless it agrees"),
        ("It shall not work at night unless it agrees.", "unless it agrees"),
    ):
        assert condition("May it work more than 10 hours a week?", "No", sentence) == wanted


def day_condition(sentence: str, value: str) -> str:
    text = f"1. TERM\nIt is a lease.\n{sentence} Notices are in writing."
    low = text.index(value)
    return condition_of_day(passages_of(text, lambda text: split(text, Words(), 64)), (low, low + len(value)))


def test_a_value_that_may_be_another_one_is_told_with_that() -> None:
    for sentence, value, wanted in (
        (
            "It keeps them for three years after the end, or for such longer period as the law requires.",
            "three years", "or for such longer period as the law requires",
        ),
        (
            "It ends on May 1, 2008, or such later date as may be designated by the Bank; it rains.",
            "May 1, 2008", "or such later date as may be designated by the Bank",
        ),
        (
            "It is cured in 30 days (or such additional time as is needed) by Acme.", "30 days",
            "or such additional time as is needed",
        ),
        ("It pays $5 or any greater amount then due.", "$5", "or any greater amount then due"),
        # of another statement, of another sentence, or no other value
        ("It ends on May 1, 2008; Acme may leave then or at such later date as it likes.", "May 1, 2008", ""),
        ("It ends on May 1, 2008. Acme may leave or stay for such longer period as it likes.", "May 1, 2008", ""),
        ("It ends on May 1, 2008 or the other party pays.", "May 1, 2008", ""),
        ("It lasts 30 days or such goats die.", "30 days", ""),
    ):  # fmt: skip
        assert day_condition(sentence, value) == wanted, sentence


def test_a_value_has_the_condition_behind_it_and_not_what_is_said_of_most() -> None:
    cases = (
        (
            "It may be exercised for 90 days unless the term of the option expires before.",
            "unless the term of the option expires before",
        ),
        ("It lasts for 90 days unless terminated earlier as provided herein.", ""),
        ("Subject to this Section it lasts for 90 days.", ""),
        ("It lasts for 90 days.", ""),
    )
    for sentence, expected in cases:
        text = f"1. TERM\nIt is a lease.\n{sentence} Notices are in writing."
        low = text.index("90 days")
        passages = passages_of(text, lambda text: split(text, Words(), 64))
        assert condition_of_value("How long is it?", passages, (low, low + 7)) == expected, sentence

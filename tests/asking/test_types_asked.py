"""Which type of value, and which fact, is asked for: offices, titles held, prices, dates of other agreements."""

from __future__ import annotations

import pytest

from consolidation.asking.defining import term
from consolidation.asking.fields import asked_field
from consolidation.asking.typed import ValueType
from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the purchase price for the expirations?", "amount"),
        ("When do the policies expire?", "date"),
        ("When does the note mature?", "date"),
        ("When the logo is printed in white, what may it stand on?", "consequence"),
        ("Which exhibit has the insurance rules?", "free"),
        ("section limiting liability?", "free"),
        ("What does the policy cost?", "amount"),
        ("On which days of the year does interest have to be paid?", "list"),
        ("Which official approves the loan?", "person"),
        ("Which agency supervises the lender?", "party"),
        ("When is he considered disabled?", "free"),
        ("When would somebody be considered disabled?", "free"),
        ("When am I paid?", "date"),
        ("When is a posted notice deemed given?", "duration"),
        ("Since when has he run the company?", "date"),
        ("How big is the payout?", "amount"),
        ("How big is the tank?", "number"),
        ("What financial reports does the borrower send in?", "list"),
        ("How is the fee payable?", "free"),
        ("How long after month's end must the royalty be paid?", "duration"),
        ("Could you tell me the day on which the first period runs out?", "date"),
        ("Where can I find the date on which it was shipped?", "place"),
        ("how long does it run, is there a fixed end date?", "date"),
        ("Where should a notice to the Trust be sent?", "place"),
        ("What must the royalty report show?", "consequence"),
        ("What royalty is due?", "percent"),
        ("How much is the fee?", "amount"),
        ("Which of the two bears the freight?", "party"),
        ("cost of a protective order - on whom?", "party"),
        ("What is the debt to capital ratio limit?", "number"),
        ("What is the grace period for missed interest?", "duration"),
        ("what's the default intrest rate?", "percent"),
        ("What will the loan proceeds be used for?", "free"),
        ("What security supports the loan?", "free"),
        ("What is not included in Permitted Uses?", "list"),
        ("Who is the loan officer at First Bank?", "person"),
        ("expiration?", "date"),
        ("What is the royalty fee payable to AGI?", "amount"),
        ("royalty advance", "amount"),
        ("How much is the advance?", "amount"),
        ("What is the guaranteed minimum royalty?", "amount"),
        ("What is the minimum royalty rate?", "percent"),
        ("What percentage is the royalty advance?", "percent"),
        ("How much advance notice is needed?", "duration"),
        ("notice address of Acme", "place"),
        ("where are notices to Acme sent", "place"),
        ("What is the notice period for Acme?", "duration"),
        ("how long does confidentiality survive", "duration"),
        ("which state's law", "law"),
        ("What royalty does Acme pay?", "percent"),
        ("What is the late fee?", "percent"),
        ("Sykes - who bears the cost of audits?", "party"),
        ("Ashworth: when is the base fee paid?", "duration"),
        ("Governing law - which state?", "law"),
        ("What insurance does Sierra have to carry?", "list"),
        ("How much insurance does Vendor need?", "amount"),
        ("What % of AGI's revenues is shared?", "percent"),
        ("How many putters must TPC buy?", "number"),
        ("What is Warren Golden's title?", "role"),
        ("What title does Warren Golden hold?", "role"),
        ("his title?", "role"),
        ("What is the agreement's title?", "title"),
        ("What's the title?", "title"),
        ("Who executed it for Vivint and what's his title?", "person"),
        ("Who is the CEO of Acme?", "person"),
        ("Who is the president of SHPS?", "person"),
        ("who's chief executive?", "person"),
        ("Who is Schoolpop's general counsel?", "person"),
        ("What is the CEO's salary?", "amount"),
        ("Who is the licensor?", "party"),
        ("Who is the escrow agent?", "party"),
        ("Who is Brad Baker?", "role"),
        ("who is Warren H. Golden", "role"),
        ("Who is Mr. Golden?", "role"),
        ("Who is Party B?", "party"),
        ("Who is SpinCo?", "party"),
        ("Who is liable?", "party"),
        ("Who does Turpin work for?", "party"),
    ],
)
def test_the_type_of_what_is_asked(question: str, value: ValueType) -> None:
    assert understand(question).value == value


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("When was the ORIGINAL agreement dated?", ""),
        ("When was the original agreement signed?", ""),
        ("What was the date of the prior license agreement?", ""),
        ("Who were the parties to the original deal?", ""),
        ("When was the agreement signed?", "agreement_date"),
        ("When does the amended agreement expire?", "expiry"),
        ("Who signed the agreement?", ""),
        ("Who are the parties to the agreement?", "party"),
        ("Who is the licensor?", "role"),
    ],
)
def test_the_fact_of_the_document_itself_that_is_asked(question: str, fact: str) -> None:
    assert asked_field(understand(question)) == fact


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Define Disability in the Ashworth agreement", "Disability"),
        ("What is the meaning of Net Revenue under the Sykes outsourcing agreement?", "Net Revenue"),
        ("definition of Cause for the Ashworth contract", "Cause"),
        ("meaning of Cause under Ashworth?", "Cause"),
        ("Define Confidential Information as used in section 4.2", "Confidential Information"),
        ("Define Good Reason for purposes of this agreement", "Good Reason"),
        ("what's the definition of Change of Control in our lease?", "Change of Control"),
        ("Define Interest in Land", "Interest in Land"),
        ("Define License Agreement", "License Agreement"),
        ("What does Control of an IP Right mean?", "Control of an IP Right"),
        ('What does "Cause" mean in the Acme agreement?', "Cause"),
    ],
)
def test_a_term_stands_without_its_document(question: str, meant: str) -> None:
    assert term(question) == meant and understand(question).term == meant


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("Which is the earliest agreement?", "What is the date of the agreement?"),
        ("earliest agreement date", "What is the date of the agreement?"),
        ("Which agreements are dated before 2000?", "What is the date of the agreement?"),
        ("Which contract was signed first?", "When was the agreement signed?"),
        ("Which contracts were signed in 1998?", "When was the agreement signed?"),
        ("Which contracts were effective in 1998?", "When does the agreement take effect?"),
    ],
)
def test_the_day_of_signing_is_asked_only_where_it_is_meant(question: str, each: str) -> None:
    assert understand(question).each == each


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Is Turpin an employee or independent contractor?", "free"),
        ("Is the license exclusive or non-exclusive?", "free"),
        ("Is rent due monthly or quarterly?", "free"),
        ("Is the cap per claim or in the aggregate?", "free"),
        ("Is the fee fixed, or does it vary?", "free"),
        ("Are the sums in US or Canadian money?", "free"),
        ("Does the landlord or the tenant pay taxes?", "party"),
        ("Is insurance paid for by the landlord or the tenant?", "party"),
        ("Is the promise of silence mutual, or is only he bound?", "free"),
        ("Is the indemnity mutual or only Acme's?", "free"),
        ("Is the non-compete mutual or one-sided?", "free"),
        ("Does the ban bind both sides or just the seller?", "free"),
        ("Can he be fired at any time or only for cause?", "free"),
        ("Is it us or them who pays?", "party"),
        ("Are repairs up to us or them?", "party"),
        ("Does Goat Land Inc or Hay pay the taxes?", "party"),
    ],
)
def test_which_of_two_is_asked_and_not_whether(question: str, value: ValueType) -> None:
    asked = understand(question)
    assert (asked.yes_no, asked.value) == (False, value)


@pytest.mark.parametrize(
    "question",
    [
        "Can the landlord or the tenant terminate?",
        "Is there a cap or limit on liability?",
        "is broker dealer the issuer's agent or employee?",
        "Is either party liable for lost profits or indirect damages?",
        "Is the licence perpetual or irrevocable?",
        "Is the licence perpetual or not?",
        "Does the severance get paid through a trust or escrow account?",
        "Is a monthly or monthly fee due?",
        "Is the release mutual?",
        "Is the indemnity mutual or not?",
        "Must he or she pay for it?",
        "Must either Goat Land or Hay pay the taxes?",
        "Does Goat Land pay the taxes or fees?",
        "Is notice given by him or her?",
        "Can we or they end it?",
        "Is the licence only for one site or more?",
        "Is it for just us or more?",
        "Does it allow only one copy or backup?",
    ],
)
def test_two_things_of_which_neither_shuts_out_the_other_are_asked_whether(question: str) -> None:
    assert understand(question).yes_no


@pytest.mark.parametrize(
    ("question", "each", "quantifier"),
    [
        ("Is there an arbitration clause anywhere?", "Is there an arbitration clause?", "any"),
        ("Is there a non-compete in any of them?", "Is there a non-compete?", "any"),
        ("Are there any caps anywhere in these agreements?", "Are there any caps?", "any"),
        ("Is krill oil mentioned anywhere?", "Is krill oil mentioned in the agreement?", "any"),
        ("Is there no cap in any of the agreements?", "Is there a cap?", "none"),
    ],
)
def test_what_may_stand_in_any_document(question: str, each: str, quantifier: str) -> None:
    asked = understand(question)
    assert (asked.over, asked.each, asked.quantifier, asked.yes_no) == ("which", each, quantifier, True)


@pytest.mark.parametrize(
    "question",
    [
        "Is there a cap anywhere in the agreement?",
        "Is there anything about arbitration anywhere in the Sykes agreement?",
        "Is there any right to sell anywhere in Europe?",
        "Is there an exclusivity in any state of the US?",
    ],
)
def test_what_may_stand_anywhere_in_one_document(question: str) -> None:
    assert understand(question).over == "document"

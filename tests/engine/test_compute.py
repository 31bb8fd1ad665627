"""Answers that follow from two facts are counted, told with their reckoning, and to be checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consolidation import Engine, answer_question
from consolidation.answers.finding import Finding
from tests.engine.conftest import CONTRACT, source_of

MORE = """
9. Resignation. The Manager may resign from his office at any time upon sixty (60) days' prior written notice to the
Company.

10. Share of Profits. The Manager shall be paid a bonus equal to seven percent (7%) of the annual profits of
the Company.

11. Retainer. The Company shall pay the Manager a retainer of $4,000 per month.

12. Late Reports. The Manager shall deliver the monthly report within five (5) business days after the end of
each month.

13. Loss. The Company shall pay the owner of a parcel that is lost RMB200 for each parcel.

14. Signing. The Company shall pay the Manager a signing bonus of $25,000 upon the date of this Agreement.

15. Moving. The Company shall pay the Manager a relocation allowance of $12,500.50 for moving to Portland.

16. Severance. Upon termination without cause the Manager shall be paid severance in the amount of $150,000.
"""
PACKAGE = """
20. Package. Following the end of his office, the Company will provide the Manager with the following: (a) a cash
severance payment equal to $345,000 (which amount is equal to his annual base salary and the average of his bonuses),
of which $81,000 will be payable to him 30 days after, (b) $122,000, which is equal to his target bonus, payable in
a lump sum at the time at which bonuses are paid to active employees, and (c) a lump sum cash payment equal to
$56,194.50, which is the second of two installments relating to the reimbursement of his relocation expenses.
"""


@pytest.fixture(scope="module")
def ask(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Finding]:
    source = source_of(engine, CONTRACT + MORE, tmp_path_factory.mktemp("computed"))

    def asked(question: str) -> Finding:
        return answer_question(engine, question, source)

    return asked


@pytest.mark.parametrize(
    ("question", "said", "reckoned", "comparable"),
    [
        (
            "The manager hands in his resignation on June 1, 2016. When is he free to go?",
            "July 31, 2016",
            "60 days after June 1, 2016",
            "2016-07-31",
        ),
        (
            "The month ended on Friday, June 30, 2017. By what day must the report be in?",
            "Friday, July 7, 2017",
            "5 business days after Friday, June 30, 2017",
            "2017-07-07",
        ),
        (
            "The company makes $200,000 this year. How much of it is his bonus?",
            "$14,000",
            "7% of $200,000",
            "USD 14000",
        ),
        (
            "A fire ruins 40 parcels. How much must the Company pay their owner?",
            "RMB8,000",
            "40 times RMB200",
            "CNY 8000",
        ),
        (
            "What does the retainer add up to over the first full year?",
            "$48,000",
            "12 times $4,000",
            "USD 48000",
        ),
        ("How much retainer will be paid over the whole term?", "$240,000", "60 times $4,000", "USD 240000"),
        (
            "Total cash he walks away with: severance plus the signing bonus plus relocation?",
            "$187,500.50",
            "$150,000 + $25,000 + $12,500.50",
            "USD 187500.5",
        ),
        (
            "What's the difference between the severance and the signing bonus?",
            "$125,000",
            "$150,000 - $25,000",
            "USD 125000",
        ),
    ],
)
def test_what_follows_from_two_facts_is_counted_and_to_be_checked(
    ask: Callable[[str], Finding], question: str, said: str, reckoned: str, comparable: str
) -> None:
    found = ask(question)
    assert (found.state, found.text, found.provenance.reckoned) == ("check", said, reckoned)
    assert found.typed is not None
    assert found.typed.comparable == comparable
    assert found.quotes


@pytest.mark.parametrize(
    "question",
    ["When does the agreement expire?", "What was agreed on June 1, 2016?", "How much is the retainer?"],
)
def test_nothing_is_counted_where_nothing_is_asked_to_be(
    ask: Callable[[str], Finding], question: str
) -> None:
    assert ask(question).provenance.reckoned == ""


@pytest.mark.parametrize(
    "question",
    [
        "What are the severance and the retainer together?",
        "What are the severance and the dental plan combined?",
    ],
)
def test_what_cannot_be_added_is_not_and_one_part_of_it_is_never_sure(
    ask: Callable[[str], Finding], question: str
) -> None:
    found = ask(question)
    assert found.provenance.reckoned == ""
    assert found.state != "supported"


def test_each_of_the_amounts_is_one_of_which_the_text_says_so(engine: Engine, tmp_path: Path) -> None:
    source = source_of(engine, CONTRACT + PACKAGE, tmp_path)
    found = answer_question(engine, "What do the severance and the bonus come to together?", source)
    assert (found.state, found.text) == ("check", "$467,000")
    assert found.provenance.reckoned == "$345,000 + $122,000"

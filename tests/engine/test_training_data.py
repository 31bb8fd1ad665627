"""Training data: facts stand where they say, swaps move text and facts alike, computed answers are right."""

from __future__ import annotations

import calendar
import datetime
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from consolidation.text.values import exact_match, find_dates, find_durations
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data import likely
from laboratory.data.checks import checks
from laboratory.data.computed import CHECK_CATEGORIES, COMPUTED_CATEGORIES, computed, later
from laboratory.data.facts import (
    PARTY_BY_ROLE,
    SHORT_CATEGORIES,
    Contract,
    Fact,
    Range,
    facts_of,
)
from laboratory.data.prepare import BESIDE, FIRST, chosen_windows
from laboratory.data.selfstudy import study
from laboratory.data.swaps import swapped
from tests.engine.conftest import CONTRACT

LABELS = {
    "Document Name": "MASTER SUPPLY AGREEMENT",
    "Parties": 'Orvelane Systems, Inc. ("Supplier"); Tamberlin Foods LLC ("Customer")',
    "Agreement Date": "3/3/14",
    "Effective Date": "4/1/14",
    "Expiration Date": "3/31/19",
    "Renewal Term": "successive 2 years",
    "Notice Period To Terminate Renewal": "90 days",
    "Governing Law": "Oregon",
}

#: A contract that says its terms in the ways that the rules of self-study and of computed answers read.
SERVICES = """
SERVICES AGREEMENT

This Services Agreement is made on May 4, 2001 by and between Corvane Energy, Inc. ("Customer") and Delmoor Software
LLC ("Provider"). The Effective Date is June 15, 2001.

1. Definitions. "Confidential Report" means a written report on the state of the turbines. "Site" shall mean the
premises of Customer at which the turbines stand, including roads.

2. Term

2.1 Initial Term. This Agreement shall continue for a period of three (3) years from the Effective Date, unless sooner
terminated. It shall renew for successive terms of one (1) year unless notice is given sixty (60) days before
its end.

3. Money

3.1 Fees. Customer shall pay to Provider an annual support fee of fifty thousand dollars ($50,000), and interest at a
late payment rate of two percent (2%). Each invoice is due within thirty (30) days after receipt of the invoice.

3.2 Duties. Provider shall maintain liability insurance for the turbines.
The pilot phase shall begin on August 7, 2001.

4. Law. This Agreement is governed by the laws of the State of Ohio.

If to Provider: Delmoor Software LLC, 700 Dresher Road, Suite 100, Horsham, Pennsylvania 19044
Email: legal@delmoor.com
"""
SERVICES_LABELS = {
    "Parties": 'Corvane Energy, Inc. ("Customer"); Delmoor Software LLC ("Provider")',
    "Agreement Date": "5/4/01",
    "Effective Date": "6/15/01",
    "Expiration Date": "6/15/04",
    "Renewal Term": "successive 1 year",
    "Notice Period To Terminate Renewal": "60 days",
    "Governing Law": "Ohio",
}
EVIDENCE = {
    "Expiration Date": "This Agreement shall continue for a period of three (3) years from the Effective Date",
    "Effective Date": "The Effective Date is June 15, 2001",
    "Agreement Date": "made on May 4, 2001",
    "Renewal Term": "renew for successive terms of one (1) year",
    "Notice Period To Terminate Renewal": "notice is given sixty (60) days before",
}


def labelled(name: str, text: str, answers: dict[str, str], evidence: dict[str, str]) -> Contract:
    clauses: dict[str, tuple[Range, ...]] = {}
    for category in answers:
        words = evidence.get(category, text)
        start = text.index(words)
        clauses[category] = ((start, start + len(words)),)
    labels = {category: {"answer": answer} for category, answer in answers.items()}
    return Contract(name, text, tuple(facts_of(text, labels, clauses)), clauses, answers)


@pytest.fixture
def contract() -> Contract:
    return labelled("supply", CONTRACT, LABELS, {})


@pytest.fixture
def services() -> Contract:
    return labelled("services", SERVICES, SERVICES_LABELS, EVIDENCE)


OTHER_PARTIES = (
    "Quillon Freight, Inc.; Tarnwick Holdings LLC", "Osprey Data Corp.; Mary Beckwith",
    "Veldt Mining Company Limited; Norburg Bank, N.A.",
)  # fmt: skip


def swap(contract: Contract, seed: int) -> Contract:
    titles = tuple(f for f in contract.facts if f.category == "Document Name")
    others = [
        replace(contract, id=names, facts=(*titles, Fact("Parties", "", ((0, 1),), names)))
        for names in OTHER_PARTIES
    ]
    return swapped(contract, others, random.Random(seed))


def written(contract: Contract, fact: Fact) -> str:
    return "; ".join(" ".join(contract.text[a:b].split()) for a, b in fact.places)


def only(facts: list[Fact], category: str) -> Fact:
    (fact,) = [f for f in facts if f.category == category]
    return fact


def test_every_labelled_value_is_found_where_it_is_written(contract: Contract) -> None:
    assert {fact.category for fact in contract.facts} == set(SHORT_CATEGORIES)
    for fact in contract.facts:
        assert exact_match(written(contract, fact), fact.gold), fact.category


def test_a_party_stands_where_it_is_given_its_role() -> None:
    """The title names it too, where nothing says which role it has."""
    title = "CORVANE ENERGY, INC. AND DELMOOR SOFTWARE LLC\n"
    titled = labelled("titled", title + SERVICES, SERVICES_LABELS, EVIDENCE)
    roles = {f.subject: f.places for f in titled.facts if f.category == PARTY_BY_ROLE}
    assert set(roles) == {"Customer", "Provider"}
    for role, ((_, end),) in roles.items():
        assert titled.text[end : end + 20].split('"')[1] == role


def test_windows_with_facts_and_clauses_are_kept_of_a_long_contract() -> None:
    row = {
        "facts": [{"category": "Governing Law", "places": [(90 * WINDOW_TOKENS, 90 * WINDOW_TOKENS + 2)]}],
        "clauses": {"Insurance": [(70 * WINDOW_TOKENS - 1, 70 * WINDOW_TOKENS + 1)]},
    }
    kept = chosen_windows(row, 100, 40, random.Random(0), swap=False)
    assert len(kept) == 40
    assert kept == sorted(set(kept))
    assert {*range(FIRST), 69, 70, 90} <= set(kept)
    assert chosen_windows(row, 30, 40, random.Random(0), swap=False) == list(range(30))
    assert len(chosen_windows(row, 100, 40, random.Random(0), swap=True)) == 1 + BESIDE


@pytest.mark.parametrize("seed", range(20))
def test_swaps_change_values_in_text_and_facts_alike(contract: Contract, seed: int) -> None:
    fresh = swap(contract, seed)
    assert fresh.text != contract.text
    for fact in fresh.facts:
        assert exact_match(written(fresh, fact), fact.gold), fact.category
    law = next(f for f in fresh.facts if f.category == "Governing Law")
    assert f"laws of the State of {law.gold}" in " ".join(fresh.text.split())


def test_no_swap_writes_an_empty_place() -> None:
    assert all(place.strip() == place and len(place) > 3 for place in likely.PLACES)
    assert {"New York", "England and Wales", "British Columbia"} <= set(likely.PLACES)


def test_self_study_reads_each_kind_of_value(services: Contract) -> None:
    said = {(f.category, f.subject): f.gold for f in study(services.text)}
    assert said["Amount", "annual support fee"] == "$50,000"
    assert said["Percentage", "late payment rate"] == "2%"
    assert said["Duration", "after receipt of the invoice"] == "thirty (30) days"
    assert said["Date", "The pilot phase shall begin"] == "August 7, 2001"
    assert said["Defined Term", "Confidential Report"] == "a written report on the state of the turbines"
    assert said["Section", "Initial Term"] == "2.1"
    assert said["Notice Address", "Provider"] == "700 Dresher Road, Suite 100, Horsham, Pennsylvania 19044"
    assert said["E-mail Address", "Provider"] == "legal@delmoor.com"


def test_a_subject_with_two_answers_is_not_asked() -> None:
    text = "Buyer shall pay an annual license fee of $500. Later it shall pay an annual license fee of $700."
    assert not [f for f in study(text) if f.category == "Amount"]
    assert [f.gold for f in study(text.replace("$700", "$500")) if f.category == "Amount"] == ["$500"]


def test_computed_answers_need_two_places(services: Contract) -> None:
    facts = list(computed(services, random.Random(0)))
    expiry = only(facts, "Computed Expiry")
    assert expiry.answer == expiry.gold == "June 15, 2004"
    assert written(services, expiry) == "June 15, 2001; three (3) years"
    assert only(facts, "Computed Expiry Year").answer == "2004"
    assert only(facts, "Notice Longer Than Renewal").answer == "no"
    insurance = next(f for f in facts if f.category == "Party Bearing" and "insurance" in f.subject)
    assert insurance.subject == "maintain liability insurance for the turbines"
    assert insurance.answer == "Delmoor Software LLC"
    assert "Provider shall maintain liability insurance" in written(services, insurance)
    later_date = only(facts, "Later Date")
    assert later_date.answer == "effective date"
    assert {f.category for f in facts} == set(COMPUTED_CATEGORIES)
    assert all(len(f.places) == 2 for f in facts)


def test_a_label_that_says_otherwise_is_not_computed(services: Contract) -> None:
    other = replace(services, answers={**services.answers, "Expiration Date": "6/15/09"})
    assert not [f for f in computed(other, random.Random(0)) if f.category == "Computed Expiry"]


def by_hand(start: datetime.date, count: int, unit: str) -> datetime.date:
    """The same day count months or years on, found by walking over the calendar day by day and month by month."""
    if unit in ("day", "week"):
        return start + count * datetime.timedelta(**{f"{unit}s": 1})
    year, month = start.year, start.month
    for _ in range(count * {"month": 1, "year": 12}[unit]):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while day > len([d for week in calendar.monthcalendar(year, month) for d in week if d]):
        day -= 1
    return datetime.date(year, month, day)


@pytest.mark.parametrize("seed", range(40))
def test_after_a_swap_computed_answers_follow_the_fresh_text(services: Contract, seed: int) -> None:
    fresh = swap(services, seed)
    facts = list(computed(fresh, random.Random(seed)))
    expiry = only(facts, "Computed Expiry")
    texts = [fresh.text[a:b] for a, b in expiry.places]
    start = datetime.date.fromisoformat(next(d.value for t in texts for d in find_dates(t)))
    count, unit = next(d.value for t in texts for d in find_durations(t)).split()
    day = by_hand(start, int(count), unit)
    assert exact_match(expiry.answer, day.strftime("%m/%d/%Y"))
    assert only(facts, "Computed Expiry Year").answer == str(day.year)
    assert likely.FIRST_YEAR <= start.year <= likely.LAST_YEAR


def test_swaps_vary_the_values_that_are_computed_with(services: Contract) -> None:
    every = [list(computed(swap(services, seed), random.Random(seed))) for seed in range(60)]
    answers = Counter(only(facts, "Computed Expiry").answer for facts in every)
    assert len(answers) > 50
    longer = Counter(f.answer for facts in every for f in facts if f.category == "Notice Longer Than Renewal")
    assert min(longer["yes"], longer["no"]) > 15
    which = Counter(f.answer for facts in every for f in facts if f.category == "Later Date")
    assert which["agreement date"] > 5


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert later(datetime.date(2003, 11, 30), "3 month") == datetime.date(2004, 2, 29)
    assert later(datetime.date(2004, 2, 29), "1 year") == datetime.date(2005, 2, 28)
    assert later(datetime.date(2004, 12, 31), "2 week") == datetime.date(2005, 1, 14)


@pytest.mark.parametrize("seed", range(20))
def test_sums_and_percentages_change_with_their_words(services: Contract, seed: int) -> None:
    text = " ".join(swap(services, seed).text.split())
    sum_ = re.search(r"support fee of ([a-z -]+) dollars \(\$([\d,]+)\)", text)
    share = re.search(r"rate of ([a-z-]+) percent \((\d+)%\)", text)
    assert sum_ and share
    assert sum_[1] == likely.large_number_words(int(sum_[2].replace(",", "")))
    assert share[1] == likely.large_number_words(int(share[2]))


def test_swaps_leave_nothing_to_remember(services: Contract) -> None:
    texts = [swap(services, seed).text for seed in range(30)]
    for kept in (
        "$50,000",
        "Horsham, Pennsylvania 19044",
        "June 15, 2001",
        "Delmoor",
        "three (3) years",
        "State of Ohio",
    ):
        assert sum(kept in text for text in texts) < 12, kept
    assert (
        len(
            {
                f.gold
                for t in texts
                for f in study(t)
                if (f.category, f.subject) == ("Section", "Initial Term")
            }
        )
        > 5
    )


def test_half_of_the_checks_are_true_and_the_answer_is_what_the_text_says(services: Contract) -> None:
    facts = [f for seed in range(60) for f in checks(services, random.Random(seed))]
    assert {f.category for f in facts} == set(CHECK_CATEGORIES)
    said = Counter(f.answer for f in facts if f.category == "Yes/No")
    assert set(said) == {"yes", "no"}
    assert abs(said["yes"] - said["no"]) < 0.12 * said.total()
    for fact in facts:
        if "governed" in fact.subject and fact.category == "Yes/No":
            assert (fact.answer == "yes") == ("Ohio" in fact.subject)
        if fact.category == "Choice":
            assert fact.answer in fact.subject
    choices = [f for f in facts if f.category == "Choice" and "governing" in f.subject]
    first_named = sum(f.subject.index("Ohio") < 33 for f in choices)
    assert 0.25 < first_named / len(choices) < 0.75

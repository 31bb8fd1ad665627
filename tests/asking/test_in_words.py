"""Questions of a whole matter in the words of what they are about, and when the grammar's own words are kept."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from consolidation.asking.in_words import in_words
from consolidation.asking.intents import Form, Intent
from consolidation.asking.over_all import over_all
from consolidation.asking.saying import said
from consolidation.asking.subjects import SUBJECTS
from consolidation.asking.understand import understand

TODAY = datetime.date(2026, 6, 1)
NAMED = [name for name, subject in SUBJECTS.items() if subject.has]


def meant(form: Form, subject: str, **more: str | bool | float) -> Intent:
    return Intent(form, 0.95, subject, 0.95, **more)  # type: ignore[arg-type]  # names and values as given


#: Which words of a subject are asked how, with their quantifier.
ASKED: tuple[tuple[Form, bool, tuple[str, str, str]], ...] = (
    ("which", False, ("which", "", "has")), ("which", True, ("which", "", "lacks")),
    ("count", False, ("count", "", "has")), ("count", True, ("count", "", "lacks")),
    ("any", False, ("which", "any", "has")), ("any", True, ("which", "", "lacks")),
    ("all", False, ("which", "all", "has")), ("all", True, ("which", "", "has")),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_the_grammar_knows_the_words_of_every_subject(name: str) -> None:
    for form, lacking, taken in ASKED:
        if words := said(meant(form, name, lacking=lacking)):
            told = understand(words)
            assert (told.over, told.quantifier, told.condition and told.condition.test) == taken, words
            assert " not " not in told.each or " not " in SUBJECTS[name].has
            assert told.yes_no and not told.refused, words
    subject = SUBJECTS[name]
    if subject.noun:
        told = understand(said(meant("each", name, thing=subject.noun)))
        assert told.over == "each" and subject.noun in told.each
        for form, over in (("max", "highest"), ("min", "lowest")):
            words = said(meant(form, name, thing=subject.noun))
            if words and not subject.noun.endswith(" date"):
                assert understand(words).over == over and subject.noun in understand(words).each
    if subject.dated:
        assert [understand(said(meant(form, name))).over for form in ("earliest", "latest")] == [
            "earliest",
            "latest",
        ]


VALUES = (
    *(("expiry", value, "between") for value in (
        "before the end of 2026", "2026", "in 2026", "within 90 days", "this year",
    )),
    *(("agreement_date", value, "between") for value in ("in 2019", "1998")),
    ("effective_date", "after 2021", "between"),
    *(("term", value, "between") for value in ("over five years", "of more than 2 years")),
    ("warranty", "at least 24 months", "between"), ("notice_to_end", "30 days or less", "between"),
    ("royalty", "above 5%", "between"), ("liability_cap", "over $1m", "between"),
    ("rent", "more than $5,000", "between"), ("payment_terms", "in less than 30 days", "between"),
    ("governing_law", "New York", "is"), ("governing_law", "the law of Texas", "is"),
    ("parties", "with Acme", "is"), ("kind", "NDAs", "titled"), ("kind", "an NDA", "titled"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value", "test"), VALUES)
def test_documents_are_compared_with_a_value(name: str, value: str, test: str) -> None:
    opposite = {"between": "outside", "is": "is_not", "titled": "untitled"}[test]
    for lacking, expected in ((False, test), (True, opposite)):
        words = in_words(
            "it", meant("which", name, value=value, lacking=lacking, question="no" * lacking), TODAY
        ).words
        if words != "it":
            told = understand(words, today=TODAY)
            assert told.over == "which" and told.condition and told.condition.test == expected, words
        else:
            assert lacking, f"{name} {value}: nothing is said"


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (meant("which", "expiry", value="before the end of 2026"),
         "Which contracts expire before the end of 2026?"),
        (meant("which", "governing_law", value="New York", lacking=True),
         "Which contracts are not governed by the law of New York?"),
        (meant("which", "termination_convenience", more="the customer"),
         "Which contracts allow termination for convenience by the customer?"),
        (meant("which", "assignment", more="to affiliates"),
         "Which contracts require consent to an assignment to affiliates?"),
        (meant("which_and", "renewal", asked="how much notice stops it", second="notice_to_end", second_sure=0.9),
         "Of the contracts that renew automatically: how much notice is needed to stop the renewal?"),
        (meant("which_and", "non_compete", asked="and who is bound"),
         "Of the contracts that have a non-compete: who is bound?"),
        (meant("which_and", "insurance", asked="and what limits", second="insurance", second_sure=0.9),
         "Of the contracts that require insurance: what is the insurance amount?"),
        (meant("which", "other", thing="drones"), "Which contracts mention drones?"),
        (meant("any", "signatories", lacking=True), "Which contracts are not signed?"),
        (meant("all", "signatories", lacking=True), "Which contracts are signed?"),
        (meant("all", "liability_cap"), "Do all contracts limit liability?"),
        (meant("max", "expiry"), "Which contract expires last?"),
        (meant("sum", "rent", thing="rent"), "What is the total rent of all contracts?"),
        (meant("max", "governing_law"), ""),
        (meant("each", "rent", value="over $1m"), ""),
        (meant("earliest", "warranty"), ""),
        (meant("max", "delivery"), "Which contract has the latest delivery date?"),
        (meant("count", "kind", value="NDAs"), "How many contracts are NDAs?"),
        (meant("which", "kind"), ""),
        (Intent("any", 0.9, "sublicense", 0.2, thing="a waiver of subrogation"),
         "Do any contracts have waiver of subrogation?"),
        (Intent("which", 0.9, "sublicense", 0.2, thing="we can be sued"), ""),
    ],
)  # fmt: skip
def test_words_of_what_is_wanted(intent: Intent, words: str) -> None:
    assert said(intent) == words


def test_the_grammar_s_words_are_kept_where_it_tells_the_same() -> None:
    plain = over_all("Which contracts are governed by New York law?")
    assert in_words(plain, meant("which", "governing_law", value="New York")).words == plain
    typed = over_all("which ones end before 2027?")
    assert in_words(typed, meant("which", "expiry", value="before 2027")).words == typed
    # what narrows a subject is in the grammar's words, which the subject's name would drop
    narrowed = over_all("Which contracts let the buyer walk away if the seller is sold?")
    assert (
        in_words(narrowed, meant("which", "termination_cause", more="if the seller is sold")).words
        == narrowed
    )


@pytest.mark.parametrize(
    ("question", "intent", "words"),
    [
        ("who gave up the right to a jury", meant("which", "jury_waiver", thing="gave up the right to a jury"),
         "Which contracts have a jury waiver?"),
        ("who does not provide for a jury waiver", meant("which", "jury_waiver", thing="jury waiver", lacking=True),
         "Which contracts do not have a jury waiver?"),
        ("who may hand it on freely", meant("which", "assignment", thing="hand it on"),
         "Which contracts can be assigned without consent?"),
        ("can you find where assignment wants approval", meant("which", "assignment", thing="assignment"),
         "Which contracts require consent to an assignment?"),
        ("who may block an assignment", meant("which", "assignment", thing="block an assignment"),
         "Which contracts require consent to an assignment?"),
        ("who may pass it on without asking us", meant("which", "assignment", thing="pass it on"),
         "Which contracts can be assigned without consent?"),
        ("who cannot hand it on without our ok", meant("which", "assignment", thing="hand it on without our ok"),
         "who cannot hand it on without our ok"),
        ("is compensation against our invoices forbidden somewhere",
         meant("any", "set_off", thing="compensation against our invoices"),
         "Do any contracts forbid set-off?"),
        ("who can put our logo on a slide", meant("which", "publicity", thing="put our logo on a slide"),
         "Which contracts allow the use of names and logos?"),
        ("who does not prohibit farming out", meant("which", "subcontracting", thing="farming out", lacking=True),
         "who does not prohibit farming out"),
        ("who can't stop price hikes", meant("which", "price_increase", thing="price hikes"),
         "who can't stop price hikes"),
        ("who carries unlimited liability",
         meant("which", "uncapped_liability", thing="unlimited liability", lacking=True),
         "who carries unlimited liability"),
        ("can they only be ended for good cause", meant("which", "termination_convenience", thing="ended"),
         "can they only be ended for good cause"),
        ("which just roll over by themselves if nobody says anything",
         meant("which", "renewal", thing="roll over by themselves if nobody says anything"),
         "Which contracts renew automatically?"),
        ("who is not allowed to sell for a competitor",
         meant("which", "non_compete", thing="not allowed to sell for a competitor", lacking=True),
         "Which contracts have a non-compete?"),
        ("who isn't barred from competing",
         meant("which", "non_compete", thing="barred from competing", lacking=True),
         "who isn't barred from competing"),
        ("merger clauses (this is the whole deal, earlier talks don't count), which?",
         meant("which", "entire_agreement", thing="merger clauses"),
         "Which contracts have an entire agreement clause?"),
        ("merger clauses (only those with Acme), which?", meant("which", "entire_agreement", thing="merger clauses"),
         "merger clauses (only those with Acme), which?"),
        ("When does each one run out?", meant("each", "expiry", thing="When does each one run out"),
         "What is the expiry date of each contract?"),
        ("who auto-renews unless cancelled", meant("which", "renewal", thing="auto-renews", more="unless cancelled"),
         "Which contracts renew automatically?"),
        ("who rolls over, other than the leases", meant("which", "renewal", thing="rolls over"),
         "who rolls over, other than the leases"),
        ("who is first to lapse after 2027", meant("earliest", "expiry", thing="lapse", value="after 2027"),
         "who is first to lapse after 2027"),
        ("anything dying before the merger closes", meant("any", "expiry", thing="dying", value="before the merger"),
         "anything dying before the merger closes"),
        ("a document where the same person signed for both",
         meant("any", "signatories", thing="the same person signed"),
         "a document where the same person signed for both"),
        ("did anyone give a personal guarantee?", meant("any", "guarantee", thing="guarantee"),
         "Which contracts have a guaranty?"),
        ("did anyone give a guarantee?", meant("any", "guarantee", thing="guarantee"),
         "Do any contracts have a guaranty?"),
        ("average rent across the lot", meant("sum", "rent", thing="rent"), "average rent across the lot"),
        ("rolls over longest, whose?", meant("max", "renewal", thing="rolls over"),
         "Which contract has the longest renewal term?"),
        ("whose stock vests early if the company is sold", meant("which", "equity", thing="stock"),
         "Which contracts grant stock options or shares?"),
        ("obligations that carry on, everywhere",
         meant("list", "post_termination", thing="obligations that carry on"),
         "obligations that carry on, everywhere"),
        ("cure days side by side, everywhere", meant("each", "cure_period", thing="cure days"),
         "What is the cure period of each contract?"),
        ("who has audits and against whom",
         meant("which_and", "audit", asked="against whom", second="audit", second_sure=0.9),
         "Which contracts have audit rights?"),
    ],
)  # fmt: skip
def test_what_the_words_themselves_say_is_heeded(question: str, intent: Intent, words: str) -> None:
    assert in_words(question, replace(intent, question=question)).words == words


def test_one_condition_beside_what_is_asked_is_put_in_the_words_of_its_subject() -> None:
    question = "which of these just keep rolling over, and how much notice to stop it?"
    plain = over_all(question)
    assert plain.startswith("Of the contracts that just keep rolling over:")
    asked, second = "how much notice to stop it", "notice_to_end"
    intent = meant(
        "which_and", "renewal", thing="keep rolling over", asked=asked, second=second, second_sure=0.9
    )
    put = "Of the contracts that renew automatically: how much notice is needed to stop the renewal?"
    assert in_words(plain, replace(intent, question=question)).words == put
    texas = "which are under Texas law and expire after 2010, and how long is the term?"
    two = replace(intent, question=texas, thing="are under Texas law", subject="governing_law")
    assert in_words(over_all(texas), two).words == over_all(texas)


def test_an_order_that_the_grammar_knows_is_kept() -> None:
    plain = over_all("the oldest and the newest contract?")
    assert in_words(plain, replace(meant("latest", "agreement_date"), question=plain)).words == plain


def test_what_is_not_told_surely_changes_nothing() -> None:
    plain = "who can jack the price"
    assert in_words(plain, Intent("which", 0.3, "price_increase", 0.9)).words == plain
    assert in_words(plain, Intent("which", 0.9, "price_increase", 0.3)).words == plain
    assert in_words(plain, Intent("which", 0.9, "other", 0.9, thing="")).words == plain
    assert in_words(plain, meant("which", "price_increase")).words == "Which contracts allow price increases?"


def test_a_value_that_is_asked_for_beside_another_chooses_no_documents() -> None:
    question = "Which law governs the software licences, and who signed for Oak?"
    intent = meant("which_and", "governing_law", question=question, asked="who signed for Oak")
    assert in_words(question, intent).words == question

"""What people say, by the trade's words, where a document has these and not those."""

from __future__ import annotations

import time

import pytest

from consolidation.proposals.trade_words import in_trade_words

TEXT = (
    "Upon a Change in Control the Executive may resign. If his employment is terminated without Cause he gets a "
    "Severance Payment. The Borrower may prepay the Loan. Hazardous Substances are removed by the Contractor and its "
    "subcontractors. The Borrower may not assign this Agreement and shall cure each breach. He disparages nobody, "
    "reports to the Board and may become Disabled."
)


@pytest.mark.parametrize(
    ("question", "traded"),
    [
        (
            "What does he get if fired after a takeover?",
            "What does he get if terminated after a change in control?",
        ),
        ("Can they fire him for no reason?", "Can they terminate him without cause?"),
        ("Can they fire the CFO?", "Can they terminate the CFO?"),
        ("What does she walk away with?", "What does she walk away with?"),
        ("Can they let him go?", "Can they terminate him?"),
        ("If the bank lets go of the goat?", "If the bank lets go of the goat?"),
        ("May she quit?", "May she resign?"),
        ("How big is the payout?", "How big is the severance payment?"),
        ("Can the loan be paid back early?", "Can the loan be prepaid?"),
        ("Is there a fee for paying off the loan early?", "Is there a fee for prepaying the loan?"),
        ("who cleans up toxic stuff", "Who cleans up hazardous substances"),
        ("May the builder choose its subs?", "May the contractor choose its subcontractors?"),
        ("Can Acme hand this deal over to Beta?", "Can Acme assign this deal to Beta?"),
        ("Can Acme pass its rights on to Beta?", "Can Acme assign its rights to Beta?"),
        ("How long to fix the problem?", "How long to cure the problem?"),
        ("What if Acme breaks the contract?", "What if Acme breaches the contract?"),
        ("Must she keep what she learns to herself?", "Must she keep what she learns to herself?"),
        ("Does she have it all to herself?", "Does she have it all to herself?"),
        ("Is he paid once he has quit?", "Is he paid once he has resigned?"),
        ("Who does he answer to?", "Who does he report to?"),
        ("Who wins if Acme changes hands?", "Who wins if Acme undergoes a change in control?"),
        # the text has no word for it
        ("Must he keep secrets?", "Must he keep secrets?"),
        ("Does it renew on its own?", "Does it renew on its own?"),
    ],
)
def test_what_people_say_is_asked_by_the_trades_words(question: str, traded: str) -> None:
    assert in_trade_words(question, TEXT) == traded


def test_a_document_that_has_the_words_is_asked_in_them() -> None:
    assert (
        in_trade_words("Who pays after a takeover?", TEXT + " A takeover ends it.")
        == "Who pays after a takeover?"
    )


def test_long_questions_are_looked_at_in_time() -> None:
    began = time.process_time()
    for question in ("pay " * 2000, "to himself " * 1000, "lets the " * 1000, "for no good " * 1000):
        in_trade_words(question, TEXT * 20)
    assert time.process_time() - began < 2


def test_secrets_are_kept_confidential() -> None:
    text = TEXT + " Confidential Information is kept from competitors. It renews automatically."
    for question, traded in (
        ("Must she keep what she learns to herself?", "Must she keep what she learns confidential?"),
        ("Must it be kept secret?", "Must it be kept confidential?"),
        ("May she run a rival shop?", "May she run a competing shop?"),
        ("May she work for a rival?", "May she work for a competitor?"),
        ("Does it roll over by itself?", "Does it renew automatically?"),
    ):
        assert in_trade_words(question, text) == traded

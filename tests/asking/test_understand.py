"""What questions ask, in the words that people use."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.matters import Over
from consolidation.asking.typed import ValueType
from consolidation.asking.understand import understand

YES_NO = """Can you tell me whether the licence is exclusive?
May either party terminate for convenience?
If WebMD brings out a new edition of the drawings, can Emdeon have it without paying more?
When it's all over can he hang on to the laptop and phone?
if the franchisee goes bankrupt are the guarantors off the hook
Suppose the festival never takes place. Is VNUE still on the hook for the fee?
lost profits - can either company claim them from the other?
reverse engineering allowed?
non-disparagement?
arbitration clause?
any royalty to pay?
Having taken the job, is C.M. Oliver bound to sign the prospectus certificate?
I'd like to know whether EMV people can run spot checks
Where ISS and Glass Lewis both come out against it, may MG follow them?
I was wondering if either party can assign the contract
exclusive reseller?
so this contract wipes out the NDA?
the bank gets a lawyer's opinion too, right?
Has Igene kept back some of its know-how in the field?
Does Integra have a say in which accountant looks at its records?
I did not take all my holiday this year. Am I allowed to use the rest next year?
Does this replace earlier talks and deals on the same topic?""".splitlines()

NOT_YES_NO = """Can you tell me the governing law?
Could you tell me where a lawsuit about this agreement would have to be brought?
Could I have the bank's street address for notices?
Would you check what rate of interest is charged on overdue service fees?
Is there a ceiling on what Chase can owe us in damages, and what is it?
Does the agreement say how long the term is?
Please confirm the city in which arbitration would be held.
governing law?
late fee on unpaid invoices
When must someone object to keep the contract from rolling over?
Do you know what the cap is?
The weekly TV show gets cancelled - what does the retailer receive instead?
Give me the domain names covered by the licence.
So how long is the cure period?
longest time it may go on using the marks, when the approved media has a long lead time?
first quarter tested under the new cash covenant??
When am I paid?
so what happens if he quits?""".splitlines()


@pytest.mark.parametrize("question", YES_NO)
def test_a_question_whether_something_is_so(question: str) -> None:
    asked = understand(question)
    assert asked.yes_no and asked.polarity


@pytest.mark.parametrize("question", NOT_YES_NO)
def test_a_polite_or_terse_question_for_a_value(question: str) -> None:
    assert not understand(question).yes_no


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("waht is teh governing law", "law"),
        ("Under which state's law would we be arguing?", "law"),
        ("Whose law applies, leaving ERISA aside?", "law"),
        ("When does it run out?", "date"),
        ("date signed", "date"),
        ("How far ahead must a party say it does not want the contract to roll over?", "duration"),
        ("cure period for a material breach?", "duration"),
        ("when are Todos's invoices due", "duration"),
        ("max liability of each side", "amount"),
        ("How much is Mercata paying in total to sponsor the team?", "amount"),
        ("whats the interst on late payments", "percent"),
        ("How many arbitrators sit on the panel?", "number"),
        ("venue for lawsuits?", "place"),
        ("who signed for bosch international?", "person"),
        ("Who is Party B?", "party"),
        ("in what role did he sign", "role"),
        ("What is this document called?", "title"),
        ('meaning of "Accounts"', "definition"),
        ("What happens to bills that haven't been paid yet?", "consequence"),
        ("And if the two sides cannot settle on an arbitrator?", "consequence"),
        ("Please list the countries that make up the territory.", "list"),
    ],
)
def test_the_type_of_value_that_is_asked_for(question: str, value: ValueType) -> None:
    asked = understand(question)
    assert asked.value == value
    assert asked.over == "document" and asked.sentence.endswith(".")


def test_a_defined_term_alone_asks_for_its_definition() -> None:
    assert understand("barrel?", terms=("Barrel",)).value == "definition"
    assert understand('What does "Net Revenue" mean?').term == "Net Revenue"


@pytest.mark.parametrize(
    ("question", "over", "each"),
    [
        ("Which contracts are governed by Delaware law?", "which", "What is the governing law?"),
        ("which agreements expire before 2025?", "which", "When does the agreement expire?"),
        (
            "Which contracts lack an exclusivity clause?",
            "which",
            "Does the agreement have an exclusivity clause?",
        ),
        (
            "Which contracts can be assigned without consent?",
            "which",
            "Can the agreement be assigned without consent?",
        ),
        ("Which of the agreements renew automatically?", "which", "Does the agreement renew automatically?"),
        (
            "In which agreements may a party terminate for convenience?",
            "which",
            "May a party terminate for convenience?",
        ),
        ("List all contracts with a non-compete.", "which", "Does the agreement have a non-compete?"),
        ("How many contracts have a term longer than 2 years?", "count", "What is the term?"),
        ("What is the governing law of each contract?", "each", "What is the governing law?"),
        ("Which contract expires first?", "earliest", "When does the agreement expire?"),
        ("What's the latest expiry date?", "latest", "When does the agreement expire?"),
        ("Which agreement has the highest liability cap?", "highest", "What is the liability cap?"),
        ("What is the total fee across all contracts?", "sum", "What is the total fee?"),
    ],
)
def test_a_question_over_many_documents(question: str, over: Over, each: str) -> None:
    asked = understand(question)
    assert (asked.over, asked.each) == (over, each)


@pytest.mark.parametrize(
    "question",
    ["Which agreement is being amended?", "Which document wins if they conflict?",
     "effective date of the first amendment", "Who are the two parties to the JSMA?",
     "What are the company's obligations under the contract?"],
)  # fmt: skip
def test_a_question_about_one_document(question: str) -> None:
    assert understand(question).over == "document"


def test_dates_of_conditions_are_ranges() -> None:
    before = understand("which agreements expire before 2025?").condition
    assert (
        before is not None and before.high == datetime.date(2024, 12, 31).toordinal() and before.low is None
    )
    soon = understand(
        "Which contracts expire in the next 90 days?", today=datetime.date(2026, 1, 1)
    ).condition
    assert soon is not None and (soon.low, soon.high) == (
        datetime.date(2026, 1, 1).toordinal(), datetime.date(2026, 4, 1).toordinal(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "refused"),
    [("Should we sign this?", "advice"), ("Draft a termination letter", "drafting"),
     ("What's the weather like today?", "world"),
     ("what is 2 + 2", "arithmetic"), ("hello", "talk"), ("Summarise the agreement", "summary"), ("  ?", "empty"),
     ("Is the ban on competing enforceable in Texas?", "advice"), ("How do I export the answers?", "product"),
     ("Wann endet der Vertrag mit Ashworth?", "language"), ("Когда заканчивается договор?", "language"),
     ("What is the fee of Casa de la Luz?", ""), ("How can we deliver the goods?", "")],
)  # fmt: skip
def test_what_no_document_answers_is_told_so(question: str, refused: str) -> None:
    asked = understand(question)
    assert asked.refused == refused and asked.sentence


@pytest.mark.parametrize(
    ("question", "over", "quantifier", "each"),
    [
        ("Does the Acme deal's notice period exceed the Tern deal's?", "highest", "", "What is the notice period?"),
        ("Which is longer, the term of A or the NDA?", "highest", "", "How long is the term of the agreement?"),
        ("Is the cap in the Acme contract lower than in the Beta contract?", "lowest", "", "What is the cap?"),
        ("Is the lease longer than the NDA?", "highest", "", "How long is the term of the agreement?"),
        ("Which agreement expires earlier, Sierra or Data Call?", "earliest", "", "When does the agreement expire?"),
        ("Does the Sierra deal expire later than the Tern one?", "latest", "", "When does the agreement expire?"),
        ("Are the Tern and RV agreements governed by the same law?", "each", "same", "What is the governing law?"),
        ("Do both agreements expire on the same day?", "each", "same", "When does the agreement expire?"),
        ("Is the notice period longer than 60 days?", "document", "", "Is the notice period longer than 60 days?"),
        ("Is the fee higher than the deposit?", "document", "", "Is the fee higher than the deposit?"),
        ("When does each contract expire?", "each", "", "When does the agreement expire?"),
        ("When do all the contracts expire?", "each", "", "When does the agreement expire?"),
        ("Who is a party to each contract?", "each", "", "Who is a party to the agreement?"),
        ("Which documents mention Krill Oil?", "which", "", "Does the agreement mention Krill Oil?"),
    ],
)  # fmt: skip
def test_many_documents_are_asked_one_by_one_for_what_is_compared(
    question: str, over: Over, quantifier: str, each: str
) -> None:
    asked = understand(question)
    assert (asked.over, asked.quantifier, asked.each) == (over, quantifier, each)


def test_several_questions_are_parted() -> None:
    asked = understand("1. Who signed? 2. What is the term? 3. Is there a non-compete?")
    values = [(part.value, part.yes_no) for part in asked.parts]
    assert values == [("person", False), ("duration", False), ("free", True)]
    two = understand("What is the governing law and when does the agreement expire?")
    assert [part.value for part in two.parts] == ["law", "date"]
    assert not understand("Is there a cap on liability, and what is it?").parts
    assert not understand("Who signed for Movado, and what was his job?").parts
    assert not understand("What is the rent, and who pays it?").parts[2:]
    three = understand("Who are the parties to the NDA, which law governs it and how long does it run?")
    assert [part.value for part in three.parts] == ["party", "law", "duration"]
    named = understand('Notice period in "Offer letter Okafor.txt"?')
    assert named.each == "Notice period in the agreement?"
    paid = understand("Who is the executive and what is his base salary?")
    assert [part.value for part in paid.parts] == ["party", "amount"]


@given(st.text(max_size=300))
def test_any_text_is_understood(text: str) -> None:
    asked = understand(text)
    assert asked.sentence and all(part.sentence for part in asked.parts)


@pytest.mark.parametrize(
    "piece",
    [
        "which of the ",
        "is it, and what ",
        "a " * 9,
        "of each contract ",
        "can you tell me ",
        "'\"“ ",
        "if so who, ",
    ],
)
def test_long_questions_are_understood_in_time(piece: str) -> None:
    began = time.process_time()
    understand((piece * 2000)[:2000])
    assert time.process_time() - began < 2

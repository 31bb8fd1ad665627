"""Which documents a question names."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.names import Names, which_documents


@dataclass(frozen=True)
class Document:
    document_id: str
    file_name: str
    titles: tuple[str, ...]
    parties: tuple[str, ...]
    short_names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()


DOCUMENTS = (
    Document(
        "ashworth", "Ashworth - Promotion Agreement.pdf", ("Promotion Agreement",),
        ("Ashworth, Inc.", "Nantz Communications, Inc."), ("NCI",), ("Company",), ("1999-01-29",),
    ),
    Document(
        "sykes", "Sykes copy A.pdf", ("Outsourcing Agreement",),
        ("Sykes HealthPlan Services, Inc.", "HPS LLC"), ("SHPS",), ("Provider",),
    ),
    Document(
        "tern", "nda.html", ("Mutual Non-Disclosure Agreement",),
        ("Tern Robotics GmbH", "Sierra Mist Co."), ("Sierra",), ("Recipient",),
    ),
    Document(
        "zond", "Zond License Agreement.pdf", ("License Agreement",),
        ("Zond Corp", "Green Power Inc"), (), ("Licensor", "Distributor"),
    ),
    Document(
        "gocall", "GOCALLINC_03_30_2000-EX-10.7-Reseller Agreement.pdf", ("Reseller Agreement",),
        ("Go Call, Inc.", "PageMaster Corporation"), ("Go Call",), ("Distributor",),
    ),
    Document(
        "maintenance", "contract 7.pdf", ("Maintenance Contract",), ("Union Dental Supply Corp.",), (),
        ("MBE", "Charterer"), mentioned=("EuroTel", "Dairy Crest Limited", "Zond"),
    ),
    Document("msa", "MSA.docx", ("Framework for Services",), ("Kestrel Analytics Limited", "Orchard Foods plc")),
    Document("work", "annex 4.docx", ("Statement of Work",), ("Kestrel Analytics Limited", "Corvid Ltd")),
    Document("shares", "final.pdf", ("Amended and Restated Share Purchase Agreement",), ("Heron Beheer B.V.",)),
    Document("plain", "agreement.txt", (), ("Weir Holdings Limited",)),
    Document(
        "doctors", "American Physicians - Agency Agreement.pdf", ("Agency Agreement",),
        ("APS Insurance Services, Inc.", "Mercer Trust"), (), ("Agent",),
    ),
    Document("north", "North American Sales in Eastern Markets.pdf", ("Deed",), ("Orchard Foods plc",)),
    Document("doctored", "scan 4.pdf", ("Loan of American Dentists",), ("Orchard Foods plc",)),
    Document("dentists", "scan 5.pdf", ("Deed of American Dentists",), ("Orchard Foods plc",)),
    Document("honest", "scan 6.pdf", ("Charter",), ("Integrity Mutual Funds, Inc.",), ("Integrity",)),
    Document("amended", "annex 5.docx", ("First Amendment to Framework for Services",), ("Orchard Foods plc",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What is the governing law of the Ashworth promotion agreement?", {"ashworth"}),
        ("sierra governing law", {"tern"}),
        ("Ashworth's governing law?", {"ashworth"}),
        ("Tern Robotics NDA", {"tern"}),
        ("Which law applies to the Sykes outsourcing agreement?", {"sykes"}),
        ("Which law applies to the Sykes staffing agreement?", {"sykes"}),
        ("Can Nantz end it early?", {"ashworth"}),
        ("what does shps pay", {"sykes"}),
        ("Pagemaster agreement: when does it end?", {"gocall"}),
        ("size of go call's deposit", {"gocall"}),
        ("ashwroth promotion agreement - term?", {"ashworth"}),
        ("What does the promotion agreement say of returns?", {"ashworth"}),
        ("What is the expiry in nda.html?", {"tern"}),
        ("When does agreement.txt end?", {"plain"}),
        ("the 1999 agreement: who are the parties?", {"ashworth"}),
        ("What is the law of the agreement between Zond and Green Power?", {"zond"}),
        ("Ashworth and Sierra: governing law?", {"ashworth", "tern"}),
        ("Is the law of the Ashworth and Tern Robotics agreements the same?", {"ashworth", "tern"}),
        ("May Eurotel terminate?", {"maintenance"}),
        ("who signed for dairy crest", {"maintenance"}),
        ("When does the EuoTel agreement end?", {"maintenance"}),
        ("What does MBE pay?", {"maintenance"}),
        ("What notice must Charterer give?", {"maintenance"}),
        ("What is the law of the UDS contract?", {"maintenance"}),
        ("Does Zond have to pay?", {"zond"}),
        ("When does the MSA expire?", {"msa"}),
        ("who are the parties to the msa", {"msa"}),
        ("What is the day rate in the SOW?", {"work"}),
        ("the SPA: completion date?", {"shares"}),
        ("Who signed the SPA's amendment?", {"shares"}),
        ("NDA term?", {"tern"}),
        ("the Kestrel MSA: liability cap?", {"msa"}),
        ("What notice must American Physicians give?", {"doctors"}),
        ("Can American Physicians' agent end it?", {"doctors"}),
        ("When does the American Physicians agreement end?", {"doctors"}),
        ("Which American physicians are insured?", set()),
        ("Are Physicians American?", set()),
        ("What do American Dentists pay?", set()),
        ("Is it exclusive in Eastern Markets?", set()),
        ("What are the North American volumes?", set()),
        ("What happens if Integrity goes bankrupt?", {"honest"}),
        ("Suppose Integrity gives notice on May 1, 2003. When is it over?", {"honest"}),
        ("What happens if the integrity of data is lost?", set()),
        ("Is there an NDA?", set()),
        ("Do all NDAs end?", {"tern"}),
        ("What does the API cost?", set()),
        ("Which crest is on the dairy products?", set()),
        ("Is there a UDS?", set()),
        ("What is the Distributor's fee?", set()),
        ("Who is the licensor?", set()),
        ("What is the governing law of this agreement?", set()),
        ("Is the license exclusive in New York?", set()),
    ],
)
def test_a_document_is_named_in_any_form(question: str, meant: set[str]) -> None:
    found = which_documents(question, DOCUMENTS)
    assert {chosen.document_id for chosen in found.chosen} == meant
    assert not found.unknown
    assert bool(found.sentence) == bool(meant)


@pytest.mark.parametrize(
    "question",
    [
        "the Acme Widgets contract: governing law?",
        "When does Acme Widgets's agreement end?",
        "the Acme Widgets MSA: governing law?",
    ],
)
def test_a_name_of_no_document_is_said_and_chooses_none(question: str) -> None:
    found = which_documents(question, DOCUMENTS, in_text=lambda name: False)
    assert not found.chosen and found.unknown == ("Acme Widgets",)
    assert found.sentence == "No document mentions Acme Widgets."
    assert not which_documents(question, DOCUMENTS, in_text=lambda name: True).unknown


def test_letters_of_a_state_whose_law_is_asked_for_name_nobody() -> None:
    question = "How many contracts are governed by NY law?"
    assert not which_documents(question, DOCUMENTS, in_text=lambda name: False).unknown


@pytest.mark.parametrize(
    ("question", "neutral"),
    [
        (
            "What is the governing law of the Ashworth promotion agreement?",
            "What is the governing law of the agreement?",
        ),
        ("When does the MSA run out?", "When does the agreement run out?"),
        ("Ashworth's governing law", "The agreement's governing law"),
        ("Does Zond have a non-compete?", "Does the agreement have a non-compete?"),
        ("Can Nantz assign the agreement?", "Can Nantz assign the agreement?"),
        (
            "What is the term of the Sykes HealthPlan Services, Inc. agreement?",
            "What is the term of the agreement?",
        ),
        ("What is the expiry in nda.html?", "What is the expiry in the agreement?"),
        ("What is the term of the EuroTel contract?", "What is the term of the agreement?"),
        ("What is the price of EuroTel?", "What is the price of EuroTel?"),
        ("What is the license fee?", "What is the license fee?"),
    ],
)
def test_names_of_documents_are_taken_out_for_reading(question: str, neutral: str) -> None:
    assert which_documents(question, DOCUMENTS).neutral == neutral


@given(st.text(max_size=200))
def test_any_question_is_looked_at(text: str) -> None:
    found = which_documents(text, DOCUMENTS)
    assert {chosen.document_id for chosen in found.chosen} <= {d.document_id for d in DOCUMENTS}


def test_many_documents_are_looked_through_in_time() -> None:
    heads, tails = (
        "Bal Cor Dom Fen Gar Hul Jin Kel Lom Mar Nor Pel Rus Sab Tor Vel".split(),
        "bex dyne fola gora lix mint nova rill sten tavo".split(),
    )
    names = [f"{a}{b}{c}" for a in heads for b in tails for c in tails][:1500]
    many = [
        Document(str(i), f"{name}.pdf", ("Supply Agreement",), (f"{name} Systems, Inc.",))
        for i, name in enumerate(names)
    ]
    index = Names(many)
    began = time.process_time()
    found = [index.meant(f"What is the governing law of the {name} agreement?") for name in names[:50]]
    assert (time.process_time() - began) / 50 < 0.1
    assert [{c.document_id for c in meant.chosen} for meant in found] == [{str(i)} for i in range(50)]


def test_words_before_a_name_are_no_part_of_it() -> None:
    found = which_documents("Who signed for Go Call, Inc.?", DOCUMENTS)
    assert {chosen.words for chosen in found.chosen} <= {"Go Call", "Go Call, Inc"} and found.chosen


LOANS = tuple(
    Document(name, f"{name}.pdf", (title,), (f"{name.title()} Ltd", "Fern Bank, Inc."))
    for name, title in (
        ("oak", "Loan Agreement"), ("elm", "Master Loan Agreement"), ("ash", "Loan Agreement"), ("yew", "Lease"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "these"),
    [
        ("Of the loan agreements, which are secured?", "Of the agreements, which are secured?"),
        ("How many loan agreements have a cap?", "How many agreements have a cap?"),
        ("Compare the fees under the three loan agreements.", "Compare the fees under the agreements."),
        ("Which loan agreement has the lowest rate?", "Which of the agreements has the lowest rate?"),
    ],
)
def test_of_a_kind_each_is_meant_and_the_question_is_of_these(question: str, these: str) -> None:
    meant = which_documents(question, LOANS)
    assert {one.document_id for one in meant.chosen} == {"oak", "elm", "ash"}
    assert meant.of_these == these


def test_one_of_a_kind_that_is_named_is_not_all_of_the_kind() -> None:
    assert which_documents("Does the Oak loan agreement have a cap?", LOANS).of_these == ""

"""Whom a question is asked of: names as they are written, what documents are, and whose agreement decides."""

from __future__ import annotations

import pytest

from consolidation.asking.names import Names
from consolidation.asking.wording import names_said
from tests.asking.test_names import Document

DOCUMENTS = (
    Document("ion", "web site.pdf", ("WEB SITE HOSTING AGREEMENT",), ("Centrack Inc",), ("i-on",), ("Customer",)),
    Document("egain", "z.pdf", ("HOSTING AGREEMENT",), ("eGain Corp",), ("eGain",), ("Customer",)),
    Document("planb", "content.pdf", ("CONTENT LICENSING AGREEMENT",), ("PLAN_B MEDIA AG",), ("plan_b",)),
    Document(
        "rv", "rv.pdf", ("ENDORSEMENT AGREEMENT",), ("Affinity Group, Inc.",), ("AGI",), mentioned=("Good Sam", "Sam")
    ),
    Document("sykes", "Sykes - Outsourcing Agreement.pdf", ("Outsourcing Agreement",), ("Sykes Plan, Inc.",)),
    Document("zond", "Zond - Amendment.pdf", ("FIRST AMENDMENT TO MAINTENANCE AGREEMENT",), ("Sagebrush",)),
    Document("secret", "c.pdf", ("CONFIDENTIALITY AGREEMENT",), ("Orchard Foods plc",)),
    Document("mutual", "d.pdf", ("Mutual Non-Disclosure Agreement",), ("Tern Robotics GmbH",)),
    Document("home", "home.pdf", ("LEASE AGREEMENT",), ("Weir Holdings Limited",), (), ("Landlord", "Tenant")),
    Document("under", "sublease.pdf", ("SUBLEASE",), ("Kestrel Analytics Limited",)),
    Document("form", "Realtor form 12.pdf", ("STANDARD LISTING FORM",), ("Corvid Ltd",)),
    Document("rights", "x.pdf", ("INTELLECTUAL PROPERTY AGREEMENT",), ("Visualant Incorporated",), ("Turpin",)),
    Document("race", "y.pdf", ("CORPORATE SPONSORSHIP AGREEMENT",), ("Torvec Inc.",), ("Torvec",)),
    Document("golf", "golf.pdf", ("Deed",), ("Teardrop Putter Corp",), ("TPC",), mentioned=("Major Tournament",)),
)  # fmt: skip
NAMES = Names(DOCUMENTS)


@pytest.mark.parametrize(
    ("question", "meant", "words"),
    [
        ("Is i-on liable for lost profits?", {"ion"}, "i-on"),
        ("Will i-on provide help desk services?", {"ion"}, "i-on"),
        ("Does I-on pay?", {"ion"}, "I-on"),
        ("Is it an ion exchange plant?", set(), ""),
        ("When does plan_b expire?", {"planb"}, "plan_b"),
        ("What does Good Sam pay?", {"rv"}, "Good Sam"),
        ("good sam royalty?", {"rv"}, "good sam"),
        ("How many Sam members are in the Good Sam agreement?", {"rv"}, "Good Sam"),
        ("What does the hosting customer pay?", {"ion", "egain"}, "hosting customer"),
        ("What does the paying customer get?", set(), ""),
        ("What does the customer pay?", set(), ""),
        ("What does the realtor form say about commissions?", {"form"}, "realtor form"),
        ("What form must a notice take?", set(), ""),
        ("For each NDA, what is the governing law?", {"secret", "mutual"}, "NDA"),
        ("Which NDAs are governed by New York law?", {"secret", "mutual"}, "NDAs"),
        ("Is there an NDA?", set(), ""),
        ("Can the parties sign a further NDA?", set(), ""),
        ("What is the rent under the lease?", {"home"}, "lease"),
        ("Is the sublease assignable?", {"under"}, "sublease"),
        ("What is the term of the hosting agreement?", {"ion", "egain"}, "hosting agreement"),
        ("Is there a hosting agreement?", set(), ""),
        ("Who owns patents under the IP agreement?", {"rights"}, "IP agreement"),
        ("Who owns the IP?", set(), ""),
        ("What is paid under the sponsorship?", {"race"}, "sponsorship"),
        ("When does the sponsorship end?", {"race"}, "sponsorship"),
        ("What is the sponsorship fee?", set(), ""),
        ("Who signed the amendment?", {"zond"}, "amendment"),
        ("How many putters must TPC buy?", {"golf"}, "TPC"),
        ("What late fee does Torvec charge under the eGain agreement?", {"egain"}, "eGain"),
        ("In the Sykes contract, can Turpin work for Torvec?", {"sykes"}, "Sykes"),
        ("Compare the Sykes agreement with Torvec", {"sykes", "race"}, "Sykes, Torvec"),
        ("Do the Sykes and Zond agreements have caps?", {"sykes", "zond"}, "Sykes, Zond"),
        ("When does Torvec end and when does the Sykes contract end?", {"sykes", "race"}, "Torvec, Sykes"),
        ("Does Torvec pay Turpin?", {"race", "rights"}, "Torvec, Turpin"),
    ],
)
def test_whom_a_question_is_asked_of(question: str, meant: set[str], words: str) -> None:
    chosen = NAMES.meant(question).chosen
    assert {one.document_id for one in chosen} == meant
    assert {one.words for one in chosen} <= {words}


def test_a_term_that_one_document_uses_is_said_to_be_spoken_of() -> None:
    found = NAMES.meant("What is worn at a Major Tournament?")
    assert found.sentence == "Asked of 1 document because the question speaks of Major Tournament."
    assert NAMES.meant("Is i-on liable?").sentence.endswith("because the question names i-on.")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is the term of the hosting agreement?", "the hosting agreement"),
        ("Do the Sykes and Zond agreements have caps?", "Sykes and Zond"),
    ],
)
def test_why_a_document_is_asked_is_told_with_articles_and_and(question: str, named: str) -> None:
    assert NAMES.meant(question).sentence.endswith(f"because the question names {named}.")
    assert names_said(("Zond agreement", "Torvec", "the Sykes lease")) == (
        "the Zond agreement, Torvec and the Sykes lease"
    )


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Which NDAs are governed by New York law?", "Which NDAs are governed by New York law?"),
        ("For each NDA, what is the term?", "For each NDA, what is the term?"),
        ("What is the hosting customer's notice address?", "What is the hosting customer's notice address?"),
        ("Who owns patents under the IP agreement?", "Who owns patents under the agreement?"),
        ("What is paid under the sponsorship?", "What is paid under the agreement?"),
    ],
)
def test_a_question_is_read_without_the_one_document_that_it_names(question: str, read: str) -> None:
    assert NAMES.meant(question).neutral == read

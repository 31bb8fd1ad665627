"""Clauses by the names that the trade calls them by, told from headings and from sentences of their kind."""

from __future__ import annotations

import pytest

from consolidation.asking.clause_names import clause_named
from consolidation.asking.understand import understand
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.told import told_by_text
from tests.asking.test_told import passages

TEXT = """This Agreement is made between Oak Mills Ltd and Fern Dairy Inc.

1. INDEMNIFICATION
Each party stands by its own acts. Oak Mills shall defend, indemnify and hold harmless Fern Dairy, including but not
limited to indemnification for spoilt milk.

2. Acts of God
Neither party is liable for a delay that comes from causes beyond its reasonable control.

3. MISCELLANEOUS
This Agreement constitutes the entire agreement of the parties. It may be executed in two counterparts. Fern Dairy is
an employee rather than an independent contractor. After the merger of the dairies Oak Mills shall merge the herds.

4. INSURANCE
[Intentionally omitted]

5. ARBITRATION
No dispute shall be submitted to arbitration.

6. Survival
Section 9 (Survival) of the lease is hereby deleted.
"""


def told(question: str, text: str = TEXT) -> Candidate | None:
    return told_by_text(understand(question), passages(text))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is there an indemnity?", "indemnity"),
        ("any limitation of liability?", "limitation of liability"),
        ("which contracts lack an indemnity", "indemnity"),
        ("How many have a hold-harmless clause?", "indemnity"),
        ("does it have a merger clause", "entire agreement"),
        ("Does the lease with Oak contain an integration clause?", "entire agreement"),
        ("Force majeure?", "force majeure"),
        ("Is there a confidentiality obligation?", "confidentiality"),
        ("Does Oak have an arbitration clause?", "arbitration"),
        ("The lease includes an indemnity.", "indemnity"),
        ("Is it true that there is an indemnity?", "indemnity"),
        # more is asked than whether the clause is there, or another thing than the clause
        ("Is there an indemnity for spoilt milk?", ""),
        ("Is there a mutual indemnity?", ""),
        ("Is there a merger?", ""),
        ("Is there an assignment?", ""),
        ("Does the tenant have an indemnity?", ""),
        ("Is there a cap on liability?", ""),
        ("What does the indemnity cover?", ""),
        ("Is there an assignment obligation?", ""),
    ],
)
def test_a_name_alone_asks_whether_the_clause_is_there(question: str, name: str) -> None:
    assert clause_named(understand(question)) == name


@pytest.mark.parametrize(
    ("question", "said", "stands"),
    [
        ("Is there an indemnity?", "Yes", "Oak Mills shall defend"),
        ("any force majeure?", "Yes", "2. Acts of God"),
        ("Does it have a merger clause?", "Yes", "3. MISCELLANEOUS"),
        ("Is there a counterparts clause?", "Yes", "It may be executed"),
        ("Does it have an audit clause?", "", ""),
        ("Is there a choice of forum clause?", "No", ""),
        ("Is there a notices provision?", "No", ""),
        # headings over nothing, over a denial, or over what is taken out of another document
        ("Is there an insurance clause?", "", ""),
        ("Any arbitration?", "", ""),
        ("Is there a survival clause?", "", ""),
        ("Is there an independent contractor clause?", "", ""),
    ],
)
def test_a_clause_is_told_from_its_heading_or_a_sentence_of_its_kind(
    question: str, said: str, stands: str
) -> None:
    found = told(question)
    assert (found.said if found else "") == said
    assert [TEXT[a:b].startswith(stands) for a, b in (found.places if found else ())] == (
        [True] if stands else []
    )


def test_a_heading_with_a_sentence_of_its_kind_is_two_signs() -> None:
    both, sentence = told("Is there an indemnity?"), told("Does it have a merger clause?")
    assert both and sentence
    assert (both.agreeing, sentence.agreeing) == (1, 0)


def test_the_title_of_a_document_heads_no_clause() -> None:
    title = "SECOND AMENDMENT\n\nOak and Fern set the price of milk anew.\n"
    assert told("Does it have an amendment clause?", title) is None
    assert told("Is there an insurance clause?", "INSURANCE AGREEMENT\n\nOak insures Fern's cows.\n") is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Is there an indemnity?", "Oak shall not be obliged to indemnify Fern.", ""),
        ("Is there an indemnity?", "Oak agrees to save Fern harmless from claims.", "Yes"),
        ("Is there a jurisdiction clause?", "If a term is void in any jurisdiction, a court may mend it.", ""),
        ("Is there a jurisdiction clause?", "The parties submit to the jurisdiction of the courts of Maine.", "Yes"),
        ("Is there a dispute resolution clause?", "Oak agrees that no claim will be settled without Fern.", "No"),
        ("Is there a confidentiality obligation?", "Fern shall keep the recipe in confidence.", "Yes"),
        ("Is there a confidentiality obligation?", "The recipe shall not be deemed confidential.", ""),
        ("any limitation of liability?", "In no event shall Oak be liable for lost profits.", "Yes"),
        ("any limitation of liability?", "Oak shall be liable for all damages.", ""),
        ("Is there a severability clause?", "If a term is invalid, the other terms are still valid.", "Yes"),
        ("Is there an assignment clause?", "Neither party may assign its rights under this Agreement.", "Yes"),
        ("Is there an assignment clause?", "Fern shall carry out each assignment with care.", ""),
        ("Is there a waiver clause?", "No waiver of a breach shall be deemed a waiver of another.", "Yes"),
        ("Any warranties?", "Oak makes no warranty that the milk is fresh.", ""),
        ("Any warranties?", "Oak represents and warrants that the milk is fresh.", "Yes"),
        ("any warranty disclaimer?", "Oak makes no warranty, express or implied.", "Yes"),
        ("Is there a counterparts clause?", "Each party shall meet its counterpart weekly.", ""),
        ("Does it provide for insurance?", "Fern shall maintain insurance on the herd.", "Yes"),
        ("Does it provide for insurance?", "Oak will provide money towards her medical insurance.", ""),
        ("Does it provide for insurance?", "Fern shall not be required to carry insurance.", ""),
        (
            "Is there an arbitration clause?",
            "A bond stays until completion of arbitration/litigation of the dispute and its proceeds shall be Oak's.",
            "",
        ),
        (
            "Is there a non-disparagement clause?",
            "Fern agrees not to engage at any time in any form of conduct or make any statements or representations, "
            "or direct any other person to engage in any conduct or make any statements, that disparage Oak.",
            "Yes",
        ),
    ],
)  # fmt: skip
def test_only_sentences_of_its_kind_tell_a_clause(question: str, sentence: str, said: str) -> None:
    found = told(question, f"Oak and Fern agree.\n\n{sentence} They sign below.\n")
    assert (found.said if found else "") == said

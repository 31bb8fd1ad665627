"""What the cells of many documents say together."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.cells import Cell, CellState, cell_of
from consolidation.asking.fold import each_by_itself, fold
from consolidation.asking.understand import understand
from consolidation.asking.wording import against

LAWS = (
    ("a", "supported", "the State of Delaware"),
    ("b", "check", "laws of Delaware, USA"),
    ("c", "supported", "New York"),
    ("d", "not_found", ""),
    ("e", "not_examined", ""),
)


def cells(question: str, *rows: tuple[str, CellState, str]) -> list[Cell]:
    asked = understand(question)
    return [cell_of(asked, *row) for row in rows]


def test_which_lists_the_documents_that_meet_a_condition() -> None:
    question = "Which contracts are governed by Delaware law?"
    found = fold(understand(question), cells(question, *LAWS))  # type: ignore[arg-type]
    assert (found.meets, found.fails, found.not_found, found.not_examined) == (
        ("a", "b"),
        ("c",),
        ("d",),
        ("e",),
    )
    assert found.check == ("b",) and found.count == 2
    assert [(g.shown, g.documents) for g in found.groups] == [("Delaware", ("a", "b")), ("New York", ("c",))]
    assert "1 document was not examined." in found.sentences


def test_documents_without_a_clause_are_told_from_those_where_none_was_found() -> None:
    question = "Which contracts lack an exclusivity clause?"
    found = fold(
        understand(question),
        cells(question, ("a", "supported", "Yes"), ("b", "supported", "No"), ("c", "not_found", "")),
    )
    assert (found.meets, found.fails, found.not_found) == (("b",), ("a",), ("c",))
    assert any("may be missing" in sentence for sentence in found.sentences)


def test_what_holds_under_a_condition_is_counted() -> None:
    question = "Which contracts allow assignment?"
    asked = understand(question)
    rows = [
        cell_of(asked, "a", "supported", "No", conditional=True),
        cell_of(asked, "b", "supported", "No"),
        cell_of(asked, "c", "check", "Yes", conditional=True),
        cell_of(asked, "d", "not_found", conditional=True),
    ]
    found = fold(asked, rows)
    assert found.conditional == ("a", "c") and "2 documents state a condition." in found.sentences
    assert {g.shown: g.conditional for g in found.groups} == {"No": 1, "Yes": 1}
    assert not fold(asked, rows[1:2]).conditional


def test_extremes_are_given_for_each_currency() -> None:
    question = "Which agreement has the highest fee?"
    found = fold(
        understand(question),
        cells(
            question,
            ("a", "supported", "$5,000"),
            ("b", "check", "EUR 3 million"),
            ("c", "supported", "US$ 1 million"),
        ),
    )
    assert [(e.unit, e.shown, e.documents) for e in found.extremes] == [
        ("EUR", "EUR 3,000,000", ("b",)),
        ("USD", "USD 1,000,000", ("c",)),
    ]


def test_the_earliest_date_keeps_all_documents_of_that_day() -> None:
    question = "Which contract expires first?"
    found = fold(
        understand(question),
        cells(
            question,
            ("a", "supported", "May 1, 2020"),
            ("b", "supported", "5/1/2020"),
            ("c", "check", "2021-01-01"),
        ),
    )
    assert [(e.shown, e.documents) for e in found.extremes] == [("May 1, 2020", ("a", "b"))]


def test_sums_keep_currencies_apart_and_name_their_documents() -> None:
    question = "What is the total fee across all contracts?"
    found = fold(
        understand(question),
        cells(
            question,
            ("a", "supported", "$5,000"),
            ("b", "supported", "$1.50"),
            ("c", "supported", "€7"),
            ("d", "not_found", ""),
        ),
    )
    assert [(s.unit, s.shown, s.documents) for s in found.sums] == [
        ("EUR", "EUR 7", ("c",)),
        ("USD", "USD 5,001.50", ("a", "b")),
    ]


@pytest.mark.parametrize(
    ("question", "values", "holds"),
    [
        ("Do all contracts have a cap?", ("Yes", "No"), False),
        ("Do all contracts have a cap?", ("Yes", "Yes"), True),
        ("Do all contracts have a cap?", ("Yes", ""), None),
        ("Do any of the contracts have a cap?", ("No", "Yes"), True),
        ("Do any of the contracts have a cap?", ("No", ""), None),
        ("Do all contracts have the same governing law?", ("Delaware", "the laws of Delaware"), True),
        ("Do all contracts have the same governing law?", ("Delaware", "New York"), False),
        ("Do all contracts have the same governing law?", ("Delaware", ""), None),
    ],
)
def test_any_and_all_hold_only_where_that_can_be_told(
    question: str, values: tuple[str, str], holds: bool | None
) -> None:
    rows = [
        cell_of(understand(question), name, "supported" if value else "not_examined", value)
        for name, value in zip("ab", values, strict=True)
    ]
    assert fold(understand(question), rows).holds is holds


def test_a_list_is_joined_item_by_item() -> None:
    question = "List the products covered."
    found = fold(
        understand(question), cells(question, ("a", "supported", "Shoes; Hats"), ("b", "supported", "hats"))
    )
    assert [(g.shown, g.documents) for g in found.groups] == [("Hats", ("a", "b")), ("Shoes", ("a",))]


def test_two_cells_of_one_document_are_refused() -> None:
    with pytest.raises(ValueError, match="two cells"):
        fold(understand("governing law?"), [Cell("a", "not_found"), Cell("a", "not_found")])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(get_args(CellState)),
            st.sampled_from(["", "Delaware", "NY", "the laws of Mars", "Yes"]),
        ),
        max_size=12,
    )
)
def test_every_document_is_told_once(rows: list[tuple[CellState, str]]) -> None:
    asked = understand("Which contracts are governed by Delaware law?")
    found = fold(asked, [cell_of(asked, str(i), *row) for i, row in enumerate(rows)])
    told = [*found.meets, *found.fails, *found.unread, *found.not_found, *found.not_examined]
    assert sorted(told) == sorted(str(i) for i in range(len(rows)))
    assert found.sentences


def test_an_extreme_that_is_to_be_checked_does_not_hide_a_supported_one() -> None:
    question = "Which contract has the longest notice period?"
    rows = cells(question, ("a", "check", "twelve (12) months"), ("b", "supported", "six months"))
    assert fold(understand(question), rows).sentences[:2] == (
        "Longest: 12 months (1 document).",
        "Of supported answers: 6 months (1 document).",
    )
    every = "How many documents are there?"
    assert understand(every).each == ""
    assert fold(understand(every), cells(every, ("a", "not_found", ""))).sentences == ("1 document.",)


def test_few_documents_are_named_and_one_of_any_is_enough() -> None:
    asked = understand("Is there an arbitration clause in any of them?")
    assert (asked.over, asked.quantifier) == ("which", "any")
    assert asked.each == "Is there an arbitration clause?"
    cells = [cell_of(asked, "a", "supported", "No"), cell_of(asked, "b", "supported", "Yes")]
    names = {"a": "Tern.pdf", "b": "CHIEF.pdf"}
    assert fold(asked, cells, names).sentences[0] == (
        "Yes: in CHIEF.pdf, 1 of the 2 documents where this could be told."
    )
    which = understand("Which contracts have an arbitration clause?")
    told = fold(which, cells, names).sentences[0]
    assert told == "1 of the 2 documents where this could be told: with an arbitration clause (CHIEF.pdf)."
    many = [cell_of(asked, str(n), "supported", "Yes") for n in range(4)]
    assert fold(asked, many, {str(n): f"{n}.pdf" for n in range(4)}).sentences[0] == "Yes: in 4 documents."
    assert fold(asked, cells[:1], names).sentences[0] == "No."
    mixed = [*many, cell_of(asked, "n", "supported", "No")]
    assert fold(asked, mixed, {}).sentences == ("Yes: in 4 of the 5 documents where this could be told.",)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("Yes", "Yes"), "All 2 documents where this could be told: require insurance."),
        (("No", "No"), "None of the 2 documents where this could be told: require insurance."),
        (("Yes", "No"), "1 of the 2 documents where this could be told: require insurance."),
        (("Yes",), "The only document where this could be told: require insurance."),
        (("No",), "No document, of 1 where this could be told: require insurance."),
    ],
)
def test_how_many_are_so_is_told_of_those_where_it_could_be_told(
    said: tuple[str, ...], sentence: str
) -> None:
    asked = understand("Which contracts require insurance?")
    told = fold(asked, [cell_of(asked, str(n), "supported", one) for n, one in enumerate(said)])
    assert told.sentences[0] == sentence


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("with an arbitration clause", "without an arbitration clause"),
        ("without a cap", "with a cap"),
        ("require insurance", "do not require insurance"),
        ("are signed", "are not signed"),
        ("can be terminated for convenience", "cannot be terminated for convenience"),
        ("Delaware", "not Delaware"),
        ("not Delaware", "Delaware"),
        ("in force", "not so: in force"),
        ("with a cap and insurance", "not so: with a cap and insurance"),
        ("are not signed", "not so: are not signed"),
    ],
)
def test_documents_of_which_a_condition_does_not_hold_are_told_in_plain_words(
    words: str, others: str
) -> None:
    assert against(words) == others


@pytest.mark.parametrize(
    ("question", "over"),
    [
        ("Is there a termination fee anywhere in these documents?", "which"),
        ("Are there any penalties for late payment anywhere?", "which"),
        ("Is there a termination fee in any of the fifteen leases?", "which"),
        ("Is there a cap anywhere in the agreement?", "document"),
        ("Is there a termination fee anywhere in the Acme agreement?", "document"),
        ("Is there in any case a fee?", "document"),
    ],
)
def test_anywhere_means_all_documents_unless_one_is_meant(question: str, over: str) -> None:
    assert understand(question).over == over


def test_of_several_questions_each_is_summed_up_by_itself() -> None:
    asked = understand("How many contracts waive a jury trial? Which law governs them?")
    assert len(asked.parts) == 2
    rows = (("a", "Yes", "Texas"), ("b", "No", "Texas"), ("c", "", "Ohio"))
    told = [
        cell_of(
            asked, document, "check", f"(1) {waives} (2) {law}",
            parts=[
                cell_of(asked.parts[0], document, "supported" if waives else "not_found", waives),
                cell_of(asked.parts[1], document, "supported", law),
            ],
        )
        for document, waives, law in rows
    ]  # fmt: skip
    said = each_by_itself(asked, told)
    assert said[0].startswith("(1) 1 of the 2 documents") and "Nothing was found in 1 document." in said
    assert any(one.startswith("(2) Texas: 2 documents; Ohio: 1 document") for one in said)
    assert each_by_itself(asked, [cell_of(asked, "a", "check", "(1) Yes (2) Texas")]) == ()
    assert each_by_itself(understand("Which law governs?"), told) == ()

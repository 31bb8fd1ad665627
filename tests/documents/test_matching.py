"""The search of a matter, on the database the tests run on; `test_search.py` has it run on the other one too."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from reviewapp.documents.matching import Matches
from reviewapp.documents.query import QueryError, read_query
from reviewapp.documents.versions import set_aside
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from tests.documents.test_search import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(matter: Matter) -> Matter:
    rent = "The Tenant pays the rent, and indemnifies the Landlord."
    add(
        matter, "Lease.pdf", rent, "Rent is due monthly.", "Each party terminates on the notice of the other."
    )
    add(
        matter,
        "Sublease_of_Harbour Street.pdf",
        "The Subtenant pays rent and tax.",
        "Governing law: Delaware.",
    )
    add(matter, "Memo.docx", "The law that is governing here is that of Ohio.", "No more.")
    return matter


def found(matter: Matter, written: str) -> list[tuple[str, int]]:
    query = read_query(written)
    assert query is not None
    matches = Matches(matter, query, 3)
    assert len(matches) == len(matches[:100])
    return [(match.document.name.partition(".")[0], match.pages) for match in matches[:100]]


LEASE, SUBLEASE, MEMO = "Lease", "Sublease_of_Harbour Street", "Memo"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("rent", [(LEASE, 2), (SUBLEASE, 1)]),
        ("rent terminate", [(LEASE, 3)]),
        ("rent AND Delaware", [(SUBLEASE, 2)]),
        ("indemnify OR ohio", [(LEASE, 1), (MEMO, 1)]),
        ("rent NOT tax", [(LEASE, 2)]),
        ("NOT rent", [(MEMO, 0)]),
        ('"governing law"', [(SUBLEASE, 1)]),
        ("“governing law” OR “that of Ohio”", [(MEMO, 1), (SUBLEASE, 1)]),
        ("indemnif*", [(LEASE, 1)]),
        ("(tax OR notice) AND rent", [(LEASE, 3), (SUBLEASE, 1)]),
        ("rent NOT (tax OR ohio)", [(LEASE, 2)]),
        ("harbour", [(SUBLEASE, 0)]),
        ("memo OR tax", [(SUBLEASE, 1), (MEMO, 0)]),
        ("rent and the tenant", [(LEASE, 2)]),
        ("nowhere", []),
    ],
)
def test_documents_are_found_with_their_pages_counted(
    papers: Matter, written: str, expected: list[tuple[str, int]]
) -> None:
    names = found(papers, written)
    assert [name for name, _ in names] == [name for name, _ in expected]
    if "the" not in written.split():
        assert names == expected


def test_the_best_pages_come_with_their_words_marked(papers: Matter) -> None:
    query = read_query("rent terminat*")
    assert query is not None
    (match,) = Matches(papers, query, 2)[:10]
    assert (len(match.hits), match.more) == (2, 1)
    marked = {hit.page.text[start:end].lower() for hit in match.hits for start, end in hit.marks}
    assert marked <= {"rent", "terminates"}
    assert marked


def test_another_matter_and_another_document_are_left_out(papers: Matter, admin: User) -> None:
    query = read_query("rent")
    assert query is not None
    only = papers.documents.get(name__startswith="Sublease")
    assert [match.document for match in Matches(papers, query, 3, only.pk)[:10]] == [only]
    other = create_matter("Other", actor=Actor(admin))
    assert len(Matches(other, query, 3)) == 0


def test_an_earlier_version_is_searched_where_it_is_looked_at_alone(papers: Matter) -> None:
    with transaction.atomic():
        earlier = set_aside(papers.documents.get(name="Memo.docx"))
    query = read_query("ohio")
    assert query is not None
    matches = Matches(papers, query, 3, earlier.pk)
    assert len(matches) == 1
    (match,) = matches[:10]
    assert (match.document, match.pages, len(match.hits)) == (earlier, 1, 1)
    assert len(Matches(papers, query, 3)) == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"governing law', "quotation mark is open"),
        ("(rent OR tax", "bracket is open"),
        ("rent)", "closed that was not opened"),
        ("()", "holds no words"),
        ("rent AND", "AND needs words after it"),
        ("OR rent", "OR needs words on both sides"),
        ("rent NOT", "NOT needs words after it"),
        ("rent OR", "OR needs words after it"),
        ("*", "right after its beginning"),
        ("te*nate", "right after its beginning"),
        ("t*", "at least 2 letters"),
        (" ".join(["word"] * 40), "At most 32"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(written: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        read_query(written)


def test_nothing_is_asked_for_without_words() -> None:
    assert read_query("  && -- ") is None

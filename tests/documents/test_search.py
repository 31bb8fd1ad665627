"""Search, on the database that the tests run on: the everyday ones run on both."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reviewapp.documents.models import Document, Page
from reviewapp.documents.search import rank_documents, search_pages
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter

pytestmark = pytest.mark.django_db


def add(matter: Matter, name: str, *texts: str) -> Document:
    document = Document.objects.create(
        matter=matter,
        name=name,
        sha256=name.ljust(64, "0"),
        media_type="text/plain",
        size_bytes=1,
        blob="",
        text_version="t",
        text_sha256="",
        page_count=len(texts),
        char_count=sum(map(len, texts)),
    )
    for number, text in enumerate(texts, start=1):
        Page.objects.create(document=document, number=number, text=text, start=0, end=len(text))
    return document


@pytest.fixture
def lease(matter: Matter) -> Document:
    return add(
        matter,
        "lease",
        "This lease is made between the landlord and the tenant.",
        "Either party may terminate this lease on ninety days\u2019 written notice. "
        + "Filler words here. " * 60,
        "Governing law: the laws of the State of New York apply to the agreement.",
    )


@pytest.fixture
def supply(matter: Matter) -> Document:
    return add(matter, "supply", "The supplier delivers goods. Governing law: England.", "Payment in days.")


def found(matter: Matter, query: str) -> list[tuple[str, int]]:
    return [(hit.page.document.name, hit.page.number) for hit in search_pages(matter, query)]


def test_every_word_must_be_on_the_page(matter: Matter, lease: Document, supply: Document) -> None:
    assert found(matter, "governing law York") == [("lease", 3)]
    assert sorted(found(matter, "governing law")) == [("lease", 3), ("supply", 1)]


def test_words_match_in_their_other_forms(matter: Matter, lease: Document) -> None:
    assert found(matter, "terminates notices") == [("lease", 2)]


def test_without_a_page_that_holds_every_word_any_will_do(matter: Matter, lease: Document) -> None:
    assert found(matter, "tenant zebra") == [("lease", 1)]


def test_phrases(matter: Matter, lease: Document) -> None:
    assert found(matter, '"written notice"') == [("lease", 2)]
    assert found(matter, '"notice written"') == []


def test_marks_are_the_matching_words(matter: Matter, lease: Document) -> None:
    (hit,) = search_pages(matter, "terminate notice")
    words = {hit.page.text[start:end] for start, end in hit.marks}
    assert words == {"terminate", "notice"}
    assert "written notice" in hit.snippet
    assert len(hit.snippet) <= 240


def test_a_passage_begins_and_ends_with_whole_words_whatever_parts_them(matter: Matter) -> None:
    words = "bankruptcy requirements constructed government liabilities " * 12
    for space in ("\xa0", "\n"):
        add(matter, "hard.pdf", f"{words}waterfall {words}".strip().replace(" ", space))
        (hit,) = search_pages(matter, "waterfall")
        assert set(hit.snippet.split()) <= {*words.split(), "waterfall"}
        hit.page.document.delete()


def test_a_matter_sees_its_own_pages_only(matter: Matter, lease: Document, admin: User) -> None:
    other = create_matter("Other", actor=Actor(admin))
    assert found(other, "lease") == []
    assert rank_documents(other, "lease") == {}


def test_rank_prefers_the_document_with_the_rare_words(
    matter: Matter, lease: Document, supply: Document
) -> None:
    ranks = rank_documents(matter, "What notice must a party give to terminate the lease?")
    assert ranks[lease.pk] == 1.0
    assert ranks.get(supply.pk, 0.0) < 0.5
    assert all(0.0 < rank <= 1.0 for rank in ranks.values())


def test_rank_of_words_nobody_used(matter: Matter, lease: Document) -> None:
    assert rank_documents(matter, "zebra") == {}
    assert rank_documents(matter, "") == {}
    assert rank_documents(matter, "?!") == {}


def test_changed_and_deleted_pages_are_found_no_more(matter: Matter, lease: Document) -> None:
    page = lease.pages.get(number=1)
    page.text = "Now about vessels."
    page.save()
    assert found(matter, "vessel") == [("lease", 1)]
    assert found(matter, "landlord") == []
    lease.delete()
    assert found(matter, "vessel") == []


@pytest.mark.django_db(transaction=True)
def test_the_index_survives_a_vacuum(matter: Matter, lease: Document, supply: Document) -> None:
    lease.delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            check = "INSERT INTO documents_page_search(documents_page_search) VALUES ('integrity-check')"
            cursor.execute(check)
    assert found(matter, "goods") == [("supply", 1)]


def test_migrations_left_the_index_in_place(db: None) -> None:
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'documents_page'",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE indexname = 'documents_page_search'",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor])
        assert len(cursor.fetchall()) == {"sqlite": 3, "postgresql": 1}[connection.vendor]


def test_a_page_without_end_can_be_stored(matter: Matter) -> None:
    add(matter, "long", " ".join(f"word{number}" for number in range(200_000)))
    assert found(matter, "word7") == [("long", 1)]


@pytest.mark.parametrize(
    "query", ["<b>lease</b>", "http://x.example/lease", "a-b lease", "lease AND NOT (", 'lea"se']
)
def test_syntax_is_no_syntax(matter: Matter, lease: Document, query: str) -> None:
    search_pages(matter, query)
    rank_documents(matter, query)


class AnyInput(TestCase):
    @given(st.text(max_size=60))
    @settings(max_examples=60, deadline=None)
    def test_any_input_is_answered(self, query: str) -> None:
        matter, _ = Matter.objects.get_or_create(
            name="Any", created_by=User.objects.get_or_create(username="any")[0]
        )
        search_pages(matter, query)
        assert all(0 < rank <= 1 for rank in rank_documents(matter, query).values())

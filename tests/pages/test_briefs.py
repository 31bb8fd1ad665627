"""Briefs in the records: kept whole, replaced whole, and what documents are listed and found by."""

import pytest
from django.urls import reverse

from gpu_worker.briefs import make_brief
from reviewapp.briefs.models import Brief, Field
from reviewapp.briefs.results import BriefFacts, store_brief
from reviewapp.briefs.selectors import listed, names_of
from reviewapp.documents.models import Document
from tests.pages.conftest import Enter, text_of
from tests.pages.full_world import briefed
from tests.pages.world import LEASE, World, add_document

pytestmark = pytest.mark.django_db

FIRST = """PROMOTION AGREEMENT
THIS AGREEMENT is made as of June 1, 1998 by and between Ashworth, Inc. ("Ashworth") and Nantz, Inc. ("Nantz").
The term ends on May 31, 2001. This Agreement shall be governed by the laws of the State of California."""


def stored(document: Document, facts: BriefFacts | None = None) -> Brief:
    return store_brief(document, facts or make_brief(document))


def test_a_brief_is_quoted_from_the_text_and_names_its_document(world: World) -> None:
    document = add_document(world.matter, "first.txt", [FIRST])
    brief = stored(document)
    assert (brief.title, brief.date, brief.law) == ("PROMOTION AGREEMENT", "1998-06-01", "California")
    assert set(names_of([document])[document.pk]["short_names"]) == {"Ashworth", "Nantz"}
    text = document.text()
    for field in brief.fields.all():
        assert field.quotes
        for quote in field.quotes:
            assert text[quote["start"] : quote["end"]] == quote["quote"]
            assert (quote["page"], quote["last_page"]) == (1, 1)


def test_a_later_brief_takes_the_place_of_the_earlier_one(world: World) -> None:
    document = add_document(world.matter, "first.txt", [FIRST])
    stored(document)
    stored(document, BriefFacts("other rules", (), {}))
    assert Brief.objects.get(document=document).version == "other rules"
    assert not Field.objects.filter(brief__document=document).exists()


def test_documents_are_sorted_and_found_by_their_briefs(world: World) -> None:
    dated = add_document(world.matter, "b.txt", [FIRST])
    bare = add_document(world.matter, "a.txt", ["Nothing is said here."])
    for document in (dated, bare):
        stored(document)
    documents = Document.objects.filter(pk__in=[dated.pk, bare.pk])
    assert list(listed(documents, "date", "")) == [dated, bare]
    assert list(listed(documents, "-date", "")) == [dated, bare]
    assert list(listed(documents, "nonsense", "")) == [bare, dated]
    for words, found in {"california ashworth": [dated], "June 1, 1998": [dated], "July 1998": []}.items():
        assert list(listed(documents, "", words)) == found


def test_the_page_of_a_document_shows_its_brief_with_quotes_and_the_list_its_columns(
    world: World, enter: Enter
) -> None:
    document = add_document(world.matter, "first.txt", [FIRST])
    stored(document)
    client = enter(world.reviewer)
    page = text_of(client, "page", document.pk, 1)
    assert "<strong>June 1, 1998</strong>" in page
    assert "Governing law" in page and "governed by the law of" in page
    assert f"/documents/{document.pk}/pages/1/?at=" in page
    assert "Clauses:" not in page
    home = text_of(client, "documents", world.matter.pk)
    assert "PROMOTION AGREEMENT" in home and "Nantz, Inc." in home and "June 1, 1998" in home


def test_the_page_of_a_document_shows_the_clauses_that_were_found_and_names_the_others(
    world: World, enter: Enter
) -> None:
    document = add_document(world.matter, "lease.txt", LEASE)
    briefed(document)
    page = text_of(enter(world.reviewer), "page", document.pk, 1)
    assert "Clauses: 2 kinds" in page and "USD 12,500" in page and "3. Rent" in page
    assert f"/documents/{document.pk}/pages/2/?at=" in page
    assert "<mark>$12,500</mark>" in page
    missing = page[page.index("Not found: 39 kinds") :]
    missing = missing[: missing.index("</details>")]
    assert "Audit rights" in missing and "Minimum commitment" not in missing


def test_the_clauses_of_a_matter_are_counted_and_listed_with_quote_and_page(
    world: World, enter: Enter
) -> None:
    client, bare = enter(world.reviewer), add_document(world.matter, "bare.txt", ["Nothing is said here."])
    stored(bare)
    listed_kinds = " ".join(text_of(client, "clauses", world.matter.pk).split())
    assert "Clauses found in 2 documents of" in listed_kinds
    row = listed_kinds[listed_kinds.index("kind=Minimum%20Commitment") :]
    assert "1 document" in row[: row.index("</tr>")]
    there = text_of(client, "clauses", world.matter.pk, kind="Minimum Commitment")
    lease = world.documents["ready"]
    assert lease.name in there and "<mark>$12,500</mark>" in there and bare.name not in there
    assert f"/documents/{lease.pk}/pages/2/?at=" in there
    lacking = text_of(client, "clauses", world.matter.pk, kind="Minimum Commitment", show="without")
    assert bare.name in lacking and lease.name not in lacking
    assert client.get(reverse("clauses", args=[world.matter.pk]), {"kind": "Nonsense"}).status_code == 404

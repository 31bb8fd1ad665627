"""Briefs in the records: kept whole, replaced whole, and what documents are listed and found by."""

import pytest
from django.urls import reverse

from gpu_worker.briefs import make_brief
from reviewapp.briefs.models import Brief, Field, Held
from reviewapp.briefs.results import BriefFacts, FieldFacts, store_brief
from reviewapp.briefs.selectors import listed, names_of
from reviewapp.documents.models import Document
from reviewapp.frame.words_documents import place_words
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
    assert "Governing law" in page and "governed by the law of" not in page and "page 1</summary>" in page
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
    assert "in section 3, page 2" in page
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


def test_the_same_in_capitals_is_no_other_value_and_places_are_told(world: World) -> None:
    field = Field(
        value="Lease Agreement", written="LEASE AGREEMENT",
        alternatives=[{"value": "LEASE  AGREEMENT.", "rule": "x"}, {"value": "Lease of Rooms", "rule": "x"}],
    )  # fmt: skip
    assert [other["value"] for other in field.otherwise] == ["Lease of Rooms"]
    assert place_words("3.2 Term", 4) == "in section 3.2, page 4"
    assert place_words("ARTICLE V TERM", 4) == "under “ARTICLE V TERM”, page 4"
    assert place_words("", 1204) == "on page 1,204"
    stated = f"{FIRST}\n\n4. Fees\nThe fee is due.\n\n5. Law\nThis Agreement is governed by the laws of Ohio."
    brief = stored(add_document(world.matter, "numbered.txt", [stated]))
    headings = [quote["heading"] for field in brief.fields.all() for quote in field.quotes]
    assert any(headings)


def test_a_document_that_was_read_and_has_no_clauses_says_so(world: World, enter: Enter) -> None:
    document = add_document(world.matter, "bare.txt", [FIRST])
    brief = stored(document)
    client = enter(world.reviewer)
    assert "Clauses: none found" not in text_of(client, "page", document.pk, 1)
    Held.objects.create(brief=brief, name="field:governing_law", order=0, state=Held.State.NOT_FOUND)
    page = text_of(client, "page", document.pk, 1)
    assert "Clauses: none found" in page and "Not found: 41 kinds" in page


def test_a_quote_of_a_brief_opens_at_what_is_marked(world: World) -> None:
    document = add_document(world.matter, "two.txt", ["The fee of this lease", "is USD 5 a month."])
    text = document.text()
    at = text.index("USD 5")
    facts = FieldFacts(
        "amount", "USD 5", "USD 5", [(0, len(text))], [(at, at + 5)], 1.0, "x", headings=["3. Fee"]
    )
    (quote,) = stored(document, BriefFacts("x", [facts], {})).fields.get().quotes
    assert (quote["page"], quote["last_page"], quote["opens"], quote["at"]) == (1, 2, 2, "0-17")
    assert quote["heading"] == "3. Fee"

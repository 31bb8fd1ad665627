"""Pages of a document that is replaced while somebody reads it: shown as they were, and said to be earlier ones."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviewapp.documents import pictures
from reviewapp.documents.models import Document, Page, PagePicture
from reviewapp.documents.pictures import THUMBNAIL
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, send_new_version
from reviewapp.matters.models import Matter
from reviewapp.reader import views
from reviewapp.reader.sheet import sheet_of as drawn
from tests.api.conftest import program_of
from tests.intake.conftest import Upload, ingest, item_named, run_jobs, upload
from tests.pages.world import World, ask, finding
from tests.readers.samples import pdf

__all__ = ["ingest", "upload"]

pytestmark = pytest.mark.django_db(transaction=True)

OLD = ("The rent is 900 a month", "The law of Ohio governs", "Signed by both")
NEW = ("The rent is 950 a month",)
SAID = "An earlier version, until"


@pytest.fixture
def lease(ingest: Upload) -> Document:
    document = item_named(ingest({"lease.pdf": pdf(*OLD)}), "lease.pdf").document
    assert document is not None and document.page_count == len(OLD)
    return document


@pytest.fixture
def reader(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def replace(document: Document, admin: User) -> None:
    new = Incoming("l2.pdf", [pdf(*NEW)])
    run_jobs(send_new_version(actor=Actor(admin), document=document, file=new))


def shown(reader: Client, address: str) -> tuple[str, str]:
    """What a page says, and where it was found."""
    response = reader.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode(), response.request["PATH_INFO"]


def test_links_of_an_open_page_lead_to_what_they_led_to(
    lease: Document, reader: Client, admin: User, matter: Matter
) -> None:
    asked = ask(World(admin, admin, admin, admin, matter), "Which law?", finding(lease, OLD[1], text="Ohio"))
    citation = asked.answers.get().citations.get()
    last, quoted = (reverse("page", args=[lease.pk, number]) for number in (3, 2))
    replace(lease, admin)
    old = Document.every.get(version_of=lease)
    for address, text in ((last, OLD[2]), (f"{quoted}?citation={citation.pk}", OLD[1])):
        for more in ("view=text", "view=text&beside=1"):
            body, where = shown(reader, f"{address}{'&' if '?' in address else '?'}{more}")
            assert SAID in body and reverse("document", args=[lease.pk]) in body
            assert text in re.sub(r"<[^>]+>|\s+", " ", body).replace("  ", " ")
            assert where.startswith(reverse("document", args=[old.pk]))
    body, _ = shown(reader, reverse("page", args=[lease.pk, 1]))
    assert SAID not in body
    assert reader.get(reverse("page", args=[lease.pk, 4])).status_code == 404
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger"))
    assert stranger.get(last).status_code == 404


def test_a_page_that_is_replaced_while_it_is_drawn_says_so(
    lease: Document, reader: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:

    def overtaken(actor: Actor, page: Page, *rest: Any) -> dict[str, Any]:
        monkeypatch.setattr(views, "sheet_of", drawn)
        replace(lease, admin)
        return drawn(actor, page, *rest)

    monkeypatch.setattr(views, "sheet_of", overtaken)
    body, _ = shown(reader, reverse("page", args=[lease.pk, 1]))
    assert SAID in body and "900" in body and "950" not in body


def test_a_picture_is_of_the_page_that_its_words_are_of(
    lease: Document, reader: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("picture", args=[lease.pk, 1, THUMBNAIL])
    before = f"{address}?of={lease.sha256[:16]}"
    reading = pictures._reading

    def overtaken(*rest: Any) -> Any:
        monkeypatch.setattr(pictures, "_reading", reading)
        replace(lease, admin)
        return reading(*rest)

    monkeypatch.setattr(pictures, "_reading", overtaken)
    old_sent = reader.get(before, follow=True)
    lease.refresh_from_db()
    new_sent = reader.get(f"{address}?of={lease.sha256[:16]}")
    assert (old_sent.status_code, new_sent.status_code) == (200, 200)
    assert old_sent.content != new_sent.content == reader.get(address).content
    assert reader.get(before).content == old_sent.content
    assert reader.get(f"{address}?of=nothing").status_code == 404
    # What a request of before the replacement found is what it gets, also once the new page is drawn.
    assert PagePicture.objects.get(page__document__version_of=lease, width=THUMBNAIL).name
    names = PagePicture.objects.values_list("name", flat=True)
    assert len(names) == len(set(names)) == 2


def test_a_program_gets_the_picture_of_the_page_that_is_there_now(
    lease: Document, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = pictures._reading

    def overtaken(*rest: Any) -> Any:
        monkeypatch.setattr(pictures, "_reading", reading)
        replace(lease, admin)
        return reading(*rest)

    monkeypatch.setattr(pictures, "_reading", overtaken)
    program, address = program_of(admin), f"/v1/documents/{lease.pk}/pages/1/image?size=thumbnail"
    sent = program.get(address)
    assert sent.status_code == 200 and sent.content == program.get(address).content
    assert program.get(f"/v1/documents/{lease.pk}/pages/3/image").status_code == 404

"""Pictures of pages: kept within a bound, gone with the document, handed out to those who may; and originals."""

from typing import IO, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviewapp.documents import pictures
from reviewapp.documents.models import Document, PagePicture
from reviewapp.documents.pictures import THUMBNAIL, NoPictureError, open_picture, picture_of, read_picture
from reviewapp.events.models import Event
from reviewapp.matters.models import Matter
from tests.api.conftest import program_of
from tests.pages.world import add_file
from tests.readers.samples import pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lease(matter: Matter) -> Document:
    return add_file(matter, "folder/Mietvertrag Zürich.pdf", pdf("The first page", "The second page"))


def test_bytes_are_kept_once_and_go_with_the_document(lease: Document) -> None:
    page = lease.pages.get(number=1)
    picture = picture_of(page, THUMBNAIL)
    assert picture_of(page, THUMBNAIL) == picture
    with open_picture(picture) as file:
        assert file.read(4) == b"RIFF"
    lease.delete()
    with pytest.raises(FileNotFoundError):
        open_picture(picture)


def test_bytes_that_went_as_they_were_looked_for_are_drawn_again(
    lease: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opens = lease.pages.get(number=1), pictures.open_picture

    def gone(picture: PagePicture) -> IO[bytes]:
        monkeypatch.setattr(pictures, "open_picture", opens)
        picture.delete()
        return opens(picture)

    monkeypatch.setattr(pictures, "open_picture", gone)
    assert read_picture(page, THUMBNAIL).startswith(b"RIFF")


def test_the_oldest_give_way(lease: Document, settings: Any) -> None:
    first = picture_of(lease.pages.get(number=1), THUMBNAIL)
    settings.PICTURES_MIB = 1.5 * first.size_bytes / 2**20
    second = picture_of(lease.pages.get(number=2), THUMBNAIL)
    assert list(PagePicture.objects.all()) == [second]
    with pytest.raises(FileNotFoundError):
        open_picture(first)


def test_a_page_that_cannot_be_drawn_is_tried_once(lease: Document, settings: Any) -> None:
    page = lease.pages.get(number=2)
    page.number = 9
    page.save()
    for _ in range(2):
        with pytest.raises(NoPictureError, match="cannot be drawn"):
            picture_of(page, THUMBNAIL)
    assert PagePicture.objects.get().size_bytes == 0


def test_no_browser_keeps_a_picture(lease: Document, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    where = reverse("picture", args=[lease.pk, 1, THUMBNAIL])
    sent = client.get(where)
    assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in sent.headers
    assert client.get(reverse("picture", args=[lease.pk, 1, 161])).status_code == 404
    sent = program_of(admin).get(f"/v1/documents/{lease.pk}/pages/1/image?size=thumbnail")
    assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")
def test_the_original_comes_as_it_was_received_and_that_is_written_down(lease: Document, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    sent = client.get(reverse("original", args=[lease.pk]))
    assert b"".join(sent) == pdf("The first page", "The second page")
    assert sent.headers["Content-Disposition"] == "attachment; filename*=utf-8''Mietvertrag%20Z%C3%BCrich.pdf"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert Event.objects.get(action="document.downloaded").object_id == str(lease.pk)
    Document.objects.filter(pk=lease.pk).update(blob="blobs/none/at-all")
    missing = client.get(reverse("original", args=[lease.pk]))
    assert missing.status_code == 404
    assert "restore the file from a backup" in missing.content.decode()

"""What was not read of a document is said wherever people rely on it."""

import html

from django.test import Client
from django.urls import reverse

from reviewapp.intake.models import Disposition
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World

SAID = "On page 2, text is covered."


def test_a_note_stands_on_its_page_and_not_on_others(world: World, enter: Enter) -> None:
    client, document = enter(world.reviewer), world.documents["ready"]
    assert SAID in text_of(client, "page", document.pk, 2)
    assert SAID not in text_of(client, "page", document.pk, 1)


def test_an_answer_says_what_was_not_read_of_its_document(world: World, enter: Enter) -> None:
    assert "Covered or redacted" in text_of(enter(world.reviewer), "question", world.questions["answered"].pk)


def test_the_home_counts_what_is_open_until_it_is_dismissed(world: World, enter: Enter) -> None:
    reviewer, admin = enter(world.reviewer), enter(world.admin)
    body, batch = text_of(reviewer, "problems", world.matter.pk), world.batch
    assert batch and SAID in body
    damaged = batch.items.filter(disposition=Disposition.DAMAGED)[0]
    assert damaged.reason and damaged.reason in html.unescape(body)
    before = _open(reviewer, world)
    note = world.documents["ready"].notes.get()
    assert admin.post(reverse("dismiss_note", args=[note.pk])).status_code == 302
    assert SAID not in text_of(reviewer, "problems", world.matter.pk)
    assert _open(reviewer, world) == before - 1
    assert SAID in text_of(reviewer, "page", note.document_id, 2)


def _open(client: Client, world: World) -> int:
    words = text_of(client, "matter", world.matter.pk).split(" of what was received")[0].split()
    return int(words[-2].removeprefix("<strong>"))

"""The list of documents and the pages of what is done with one."""

import csv
import io
import re
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from reviewapp.api.actions import make_token
from reviewapp.catalogue.beside import pairs_of
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from tests.pages.conftest import Enter, text_of
from tests.pages.test_briefs import FIRST, stored
from tests.pages.world import World, add_document, consolidate


def names(body: str) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in body.split('class="opener"')[1:]]


def test_counts_above_the_list_follow_documents_that_it_does_not_show(empty: World, enter: Enter) -> None:
    lease, other, last = (add_document(empty.matter, name) for name in ("Lease.pdf", "Other.pdf", "Last.pdf"))
    consolidate(lease, "ready")
    consolidate(last, "waiting")
    client, key = enter(empty.reviewer), empty.matter.pk
    part = re.search(
        r'hx-get="([^"]+since[^"]+)"\s+hx-trigger="every 4s"', text_of(client, "documents", key, find="Lease")
    )
    assert part
    address = part[1].replace("&amp;", "&")
    assert client.get(address).status_code == 204
    consolidate(other, "ready")
    assert "2 of 3 documents ready" in client.get(address).content.decode()


def test_documents_are_filtered_sorted_and_their_columns_chosen(world: World, enter: Enter) -> None:
    document = add_document(world.matter, "a first.txt", [FIRST])
    Document.objects.filter(pk=document.pk).update(media_type="text/plain", page_count=900)
    stored(document)
    client, key = enter(world.reviewer), world.matter.pk
    for query in (
        {"party": "nantz"},
        {"law": "California"},
        {"dated_from": "1998-01-01", "dated_to": "1998-06"},
        {"expires_from": "2001", "expires_to": "2001"},
        {"kind": "text"},
    ):
        assert names(text_of(client, "documents", key, **query)) == ["a first.txt"], query
    assert names(text_of(client, "documents", key, mark="problems")) == [world.documents["ready"].name]
    assert names(text_of(client, "documents", key, sort="-pages"))[0] == "a first.txt"
    none = " ".join(text_of(client, "documents", key, party="nobody").split())
    assert (
        "No document fits" in none
        and f"None of {Document.objects.filter(matter=key).count()} documents" in none
    )
    turned = text_of(client, "documents", key, dated_from="2001-01-01", dated_to="1999-01-01")
    assert "“Dated from” is later than “Dated to”" in turned and "No document fits" not in turned
    assert "is later than" not in text_of(client, "documents", key, dated_from="1998-06-01", dated_to="1998")
    chosen = {"columns": ["pages", "x"], "look": "law=California&part=1"}
    back = client.post(reverse("choose_columns", args=[key]), chosen).headers["Location"]
    assert back == f"{reverse('documents', args=[key])}?law=California&part=1"
    where = reverse("coding", args=[key])
    sent = {"code": "responsive:yes", "document": [str(document.pk)], "look": "coded=none&part=1"}
    assert client.post(where, sent).headers["Location"] == f"{where}?coded=none&part=1"
    body = text_of(client, "documents", key)
    assert 'data-label="Pages"' in body and 'data-label="Parties"' not in body


def test_withdrawing_is_asked_twice_and_tells_what_goes_with_it(world: World, enter: Enter) -> None:
    client, lease = enter(world.admin), world.documents["ready"]
    where = reverse("withdraw_document", args=[lease.pk])
    body = text_of(client, "withdraw_document", lease.pk)
    assert "Which law governs the lease?" in body and "cannot be undone" in body
    assert client.post(where, {}).status_code == 422
    assert Document.objects.filter(pk=lease.pk).exists()
    assert client.post(where, {"sure": "on", "reason": "Privileged"}).status_code == 302
    body = text_of(enter(world.reviewer), "withdrawals", world.matter.pk)
    assert lease.name in body and "Privileged" in body and "Which law governs the lease?" in body
    assert "was withdrawn from this matter" in text_of(client, "question", world.questions["answered"].pk)
    assert client.get(reverse("document", args=[lease.pk])).status_code == 404


def test_texts_stand_beside_each_other_with_what_differs_marked(world: World, enter: Enter) -> None:
    one = add_document(world.matter, "one.txt", ["The rent is 900.\n\nIt ends in May.\n\nOnly here."])
    other = add_document(world.matter, "other.txt", ["The rent is 950.\n\nIt ends in May."])
    body = text_of(enter(world.reviewer), "beside", one.pk, other.pk)
    assert "<mark>900</mark>" in body and "<mark>950</mark>" in body and "It ends in May" not in body
    assert "It ends in May" in text_of(enter(world.reviewer), "beside", one.pk, other.pk, show="all")


def test_every_paragraph_of_both_texts_is_shown() -> None:
    left, right = "a b c\n\nd e f\n\ng h", "x y\n\na b c\n\nd e q\n\nz"
    blocks = list(pairs_of(left, right))
    assert "\n\n".join(block.left for block in blocks if block.left) == left
    assert "\n\n".join(block.right for block in blocks if block.right) == right


def test_the_audit_names_what_was_done_to_what_and_is_handed_out_as_csv(world: World, enter: Enter) -> None:
    client, lease = enter(world.admin), world.documents["ready"]
    client.post(reverse("rename_document", args=[lease.pk]), {"name": "=Lease"})
    body = text_of(client, "audit", world.matter.pk)
    assert "Document renamed" in body and ">=Lease</a>" in body
    assert "Which law governs the lease?" in body
    client.post(reverse("withdraw_document", args=[lease.pk]), {"sure": "on"})
    assert "=Lease (withdrawn)" in text_of(client, "audit", world.matter.pk)
    cell = world.questions["table"].answers.exclude(document=lease).filter(state="supported")[0]
    client.post(reverse("decide", args=[cell.pk]), {"kind": "accept", "seen": "0"})
    client.post(reverse("comment", args=[cell.pk]), {"comment": "See the guarantee."})
    rows = list(csv.DictReader(io.StringIO(text_of(client, "audit_csv", world.matter.pk))))
    reviewed = next(row for row in rows if row["event"] == "cell.reviewed")
    assert reviewed["details"] == f"decision accept; document {cell.document.name}"
    commented = next(row for row in rows if row["event"] == "comment.added")
    assert (commented["object"], commented["details"]) == (cell.question.text, "")
    assert rows[0]["event"] == "matter.created" and rows[0]["user"] == "ada"
    renamed = next(row for row in rows if row["event"] == "document.renamed")
    assert renamed["object"] == "'=Lease (withdrawn)" and renamed["object_id"] == str(lease.pk)
    assert len(rows) == world.matter.events.count()


def test_pages_read_are_written_down_once_a_day_for_each_reader(world: World, enter: Enter) -> None:
    reviewer, lease = enter(world.reviewer), world.documents["ready"]
    letter = add_document(world.matter, "=letter.txt", [f"Page {number}" for number in range(1, 6)])
    for number in (1, 2, 2, 3, 5, 1):
        text_of(reviewer, "page", letter.pk, number)
    text_of(reviewer, "page", letter.pk, 5, beside="1")
    text_of(reviewer, "beside", letter.pk, lease.pk)
    _, secret = make_token("archive", ["read"], actor=Actor(world.admin))
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get(f"/v1/documents/{letter.pk}/pages/4").status_code == 200
    assert program.get(f"/v1/documents/{letter.pk}/pages?limit=2").status_code == 200
    assert enter(world.outsider).get(reverse("page", args=[letter.pk, 1])).status_code == 404
    assert program.get(f"/v1/documents/{uuid4()}/pages/1").status_code == 404

    admin = enter(world.admin)
    told = re.sub(r"<[^>]+>", " ", text_of(admin, "reading", world.matter.pk))
    told = " ".join(told.split())
    assert (
        "the whole text, beside another, 1 to 3, 5 (4 pages)" in told
        and "=letter.txt 1 to 2, 4 (3 pages)" in told
    )
    rows = list(csv.DictReader(io.StringIO(text_of(admin, "reading_csv", world.matter.pk))))
    read = [(row["user"], row["client"], row["document"], row["page"]) for row in rows]
    whole = "the whole text, beside another"
    mine = [("rhea", "", "'=letter.txt", page) for page in ("1", "2", "3", "5", whole)]
    theirs = [("ada", "archive", "'=letter.txt", page) for page in ("4", "1", "2")]
    assert sorted(read) == sorted([*mine, *theirs, ("rhea", "", lease.name, whole)])
    admin.post(reverse("withdraw_document", args=[letter.pk]), {"sure": "on"})
    assert "=letter.txt (withdrawn)" in text_of(admin, "reading", world.matter.pk)

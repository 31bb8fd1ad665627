"""What is done with a document later: another name, a new version, out of the matter; and what belongs to it."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from gpu_worker.tasks import forget
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents import storage
from reviewapp.documents.actions import DocumentError, rename_document, set_external_id
from reviewapp.documents.models import Document, Page, Withdrawal
from reviewapp.documents.search import search_pages
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake import ingest as ingesting
from reviewapp.intake.actions import (
    BatchError,
    Incoming,
    create_batch,
    create_batch_of,
    send_new_version,
    store_files,
)
from reviewapp.intake.family import family_of
from reviewapp.intake.models import Batch, Source
from reviewapp.jobs.models import Job, Status
from reviewapp.kin.minhash import Marks, marks_of
from reviewapp.kin.models import Likeness
from reviewapp.kin.policy import visible_thread
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.policy import documents_in_scope
from reviewapp.states.models import State
from reviewapp.states.results import store_state
from tests.intake.conftest import Upload, item_named, run_jobs
from tests.pages.world import World, ask, built_facts, finding

pytestmark = pytest.mark.django_db

CLAUSES = [
    f"Clause {n}. The tenant shall keep room number {n * 37} in good repair and order." for n in range(40)
]
LEASE = "\n\n".join(["The rent is 900 a month. It is governed by the law of Ohio.", *CLAUSES])
CHANGED = LEASE.replace("900 a month", "950 a month").replace("The rent", "LEASE\n\nThe rent")


def given(ingest: Upload, name: str, text: str, encoding: str = "utf-8") -> Document:
    document = item_named(ingest({name: text.encode(encoding)}), name).document
    assert document is not None
    return document


def of(admin: User, matter: Matter) -> World:
    return World(admin, admin, admin, admin, matter)


def built(document: Document) -> None:
    with transaction.atomic():
        store_state(document, built_facts(document))
    Job.objects.filter(document=document).update(status=Status.SUCCEEDED)


def test_a_document_is_renamed_and_its_own_name_kept(ingest: Upload, admin: User) -> None:
    document = given(ingest, "scan0001.txt", LEASE)
    rename_document(document, "  The   harbour lease ", actor=Actor(admin))
    renamed = rename_document(document, "Lease of the harbour", actor=Actor(admin))
    assert (renamed.name, renamed.received_as) == ("Lease of the harbour", "scan0001.txt")
    assert Event.objects.filter(action="document.renamed").count() == 2
    with pytest.raises(DocumentError):
        rename_document(document, " ", actor=Actor(admin))


def test_what_stands_in_the_new_version_is_kept_and_the_rest_asked_again(
    ingest: Upload, admin: User, matter: Matter
) -> None:
    document = given(ingest, "lease.txt", LEASE)
    built(document)
    law = ask(of(admin, matter), "Which law?", finding(document, "governed by the law of Ohio", text="Ohio"))
    rent = ask(of(admin, matter), "Which rent?", finding(document, "The rent is 900 a month", text="900"))
    before = law.answers.get().citations.get()
    run_jobs(
        send_new_version(actor=Actor(admin), document=document, file=Incoming("l2.txt", [CHANGED.encode()]))
    )
    document.refresh_from_db()
    old = Document.every.get(version_of=document)
    assert (document.name, document.text(), old.text()) == ("l2.txt", CHANGED, LEASE)
    assert list(matter.documents.all()) == [document]
    kept = law.answers.get()
    citation = kept.citations.get()
    assert kept.carried_at and citation.start > before.start
    assert document.text()[citation.start : citation.end] == citation.quote == before.quote
    assert citation.page.document_id == document.pk
    gone = rent.answers.exclude(superseded_at=None).get()
    assert gone.citations.get().page.document_id == old.pk
    assert rent.answers.get(superseded_at=None).state == Answer.State.WAITING
    assert not State.objects.filter(document=document, status="ready").exists()
    assert not Job.objects.filter(question=rent, status=Status.WAITING).exists()
    built(document)
    assert Job.objects.filter(question=rent, status=Status.WAITING).count() == 1
    assert not Job.objects.filter(question=law, status=Status.WAITING).exists()
    assert {hit.page.document_id for hit in search_pages(matter, "room", 9)} == {document.pk}
    again = item_named(ingest({"old.txt": LEASE.encode()}), "old.txt")
    assert (again.disposition, again.document) == ("duplicate", document)
    assert "an earlier version" in again.reason
    run_jobs(
        send_new_version(actor=Actor(admin), document=document, file=Incoming("l.txt", [LEASE.encode()]))
    )
    document.refresh_from_db()
    assert document.text() == LEASE


def test_a_name_that_is_given_while_a_new_version_is_read_stays(
    ingest: Upload, admin: User, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = set_external_id(given(ingest, "lease.txt", LEASE), "L-1", actor=Actor(admin))

    def reading(text: str) -> Marks:
        rename_document(document, "Lease of the harbour", actor=Actor(admin))
        return marks_of(text)

    monkeypatch.setattr(ingesting, "marks_of", reading)
    sent = [Incoming("l2.txt", [CHANGED.encode()], external_id="L-1")]
    run_jobs(create_batch(actor=Actor(admin), matter=matter, files=sent, source=Source.API))
    document.refresh_from_db()
    assert (document.text(), document.external_id) == (CHANGED, "L-1")
    assert (document.name, document.received_as) == ("Lease of the harbour", "l2.txt")


def test_a_version_that_cannot_be_used_changes_nothing(ingest: Upload, admin: User) -> None:
    document = given(ingest, "lease.txt", LEASE)
    run_jobs(
        send_new_version(actor=Actor(admin), document=document, file=Incoming("b.pdf", [b"%PDF-1.4 no"]))
    )
    document.refresh_from_db()
    assert document.text() == LEASE
    assert not Document.every.filter(version_of=document).exists()


def test_a_withdrawn_document_is_gone_and_who_used_it_says_so(
    ingest: Upload, admin: User, matter: Matter
) -> None:
    document = given(ingest, "lease.txt", LEASE)
    other = given(ingest, "other.txt", "Nothing of the kind is said in this one.")
    built(document)
    question = ask(
        of(admin, matter), "Which law?", finding(document, "governed by the law of Ohio", text="Ohio")
    )
    question.scope.set([document])
    item = document.items.get()
    withdrawal = withdraw_document(document, actor=Actor(admin), reason="Privileged")
    with pytest.raises(NotAvailable):
        withdraw_document(Document(pk=withdrawal.document, matter=matter), actor=Actor(admin))
    assert list(matter.documents.all()) == [other]
    assert not Page.objects.filter(text__contains="Ohio").exists()
    assert search_pages(matter, "Ohio", 9) == []
    assert not Answer.objects.filter(question=question).exists()
    question.refresh_from_db()
    assert list(question.withdrawn.all()) == [withdrawal]
    assert question.summary == {} and not documents_in_scope(question).exists()
    blob = item.blob
    item.refresh_from_db()
    assert (item.disposition, item.blob, item.document) == ("withdrawn", "", None)
    assert Event.objects.get(action="document.withdrawn").detail["questions"] == 1
    coming = store_files(matter, [Incoming("again.txt", [LEASE.encode()])])
    assert coming[0].blob == blob
    forget(str(Job.objects.get(withdrawal=withdrawal).pk))
    with pytest.raises(BatchError) as refused:
        create_batch_of(coming, actor=Actor(admin), matter=matter, source=Source.BROWSER)
    assert refused.value.code == "file-removed-meanwhile"
    withdrawal.refresh_from_db()
    assert withdrawal.finished_at is not None
    entry = storage.entry_of(blob)
    assert not entry.vault.exists(entry.name)
    assert Withdrawal.objects.get().name == "lease.txt"
    assert Question.objects.count() == 1


def test_a_file_that_was_to_be_a_new_version_goes_with_its_document(
    ingest: Upload, admin: User, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = set_external_id(given(ingest, "lease.txt", LEASE), "L-1", actor=Actor(admin))

    def new(text: bytes) -> Batch:
        return send_new_version(actor=Actor(admin), document=document, file=Incoming("l2.txt", [text]))

    def sent(name: str, external_id: str) -> Batch:
        # NB: longer than the version that is read, for the shortest is read first.
        file = Incoming("l3.txt", [f"{LEASE} {name} {LEASE}".encode()], external_id=external_id)
        return create_batch(actor=Actor(admin), matter=matter, files=[file], source=Source.API)

    def reading(text: str) -> Marks:
        withdraw_document(Document.objects.get(pk=document.pk), actor=Actor(admin), reason="Privileged")
        return marks_of(text)

    broken, waiting, other, read = (
        new(b"%PDF-1.4 no"),
        sent("L-1", "L-1"),
        sent("L-2", "L-2"),
        new(CHANGED.encode()),
    )
    run_jobs(broken)
    assert broken.items.get().is_unusable
    with monkeypatch.context() as patched:
        patched.setattr(ingesting, "marks_of", reading)
        run_jobs(read)
    assert not matter.documents.exists()
    for batch in (broken, waiting, read):
        item = batch.items.get()
        assert (item.disposition, item.blob, item.document) == ("withdrawn", "", None)
        assert "was to be a new version of was taken out" in item.reason
        run_jobs(batch)
    assert len(Withdrawal.objects.get().blobs) == 4
    run_jobs(other)
    assert [one.external_id for one in matter.documents.all()] == ["L-2"]


def test_the_same_text_and_nearly_the_same_are_found(ingest: Upload, admin: User) -> None:
    first = given(ingest, "lease.txt", LEASE)
    same = given(ingest, "lease too.txt", LEASE, "utf-16")
    near = given(ingest, "lease 2.txt", CHANGED)
    given(ingest, "other.txt", " ".join(f"Something else is said in sentence {n}." for n in range(90)))
    assert first.text_sha256 == same.text_sha256
    found = {likeness.other_id: likeness for likeness in Likeness.objects.filter(document=first)}
    assert set(found) == {same.pk, near.pk}
    assert found[same.pk].is_same and 0.9 < found[near.pk].share < 1
    assert Likeness.objects.filter(document=near).count() == 2


def test_messages_stand_in_their_thread_and_family(ingest: Upload, admin: User) -> None:
    def mail(number: int, answers: str = "", more: str = "") -> bytes:
        head = f"Message-ID: <m{number}@x>\nDate: Mon, {number} Mar 2021 10:00:00 +0000\nFrom: a@x\nSubject: Rent\n"
        return (head + (f"In-Reply-To: <m{answers}@x>\n" if answers else "") + more).encode()

    last = mail(3, "2", "\nThe third message of the thread.")
    first = mail(1, "", "\nThe first message of the thread.")
    attached = (
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
        'The second message.\n--b\nContent-Type: text/plain; name="a.txt"\nContent-Disposition: attachment; '
        'filename="a.txt"\n\nThe attachment says this.\n--b--\n'
    )
    alone = mail(9, "", "\nAnother thread altogether.")
    batch = ingest({"3.eml": last, "1.eml": first, "9.eml": alone})
    batch2 = ingest({"2.eml": mail(2, "1", attached)})
    second = item_named(batch2, "2.eml").document
    assert second is not None
    thread = visible_thread(Actor(admin), second)
    assert [message.document.name for message in thread] == ["1.eml", "2.eml", "3.eml"]
    lone = item_named(batch, "9.eml").document
    assert lone is not None and visible_thread(Actor(admin), lone).count() == 1
    assert [child.name for child in family_of(second).children] == ["a.txt"]
    inside = item_named(batch2, "a.txt").document
    assert inside is not None
    family = family_of(inside)
    assert family.parent is not None and (family.parent.document, family.position) == (second, 1)

"""Load files out: what goes out comes in again, and what the format cannot say is told."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from PIL import Image

from readers.loadfile import PageImage, decoded, read_concordance, read_opticon, read_separated
from reviewapp.catalogue.actions import withdraw_document
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.documents.signals import document_forgotten
from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid
from reviewapp.grids.models import Column, Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.intake.actions import Incoming, create_batch, send_new_version
from reviewapp.intake.models import Source
from reviewapp.jobs.models import Job, Status
from reviewapp.loads import writing
from reviewapp.loads.actions import Sent, create_load, start_load
from reviewapp.loads.fields import LoadError
from reviewapp.loads.models import Production
from reviewapp.loads.producing import request_production
from reviewapp.loads.tasks import write_production
from reviewapp.loads.writing import vault_name
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer, Question
from reviewapp.reviews.actions import Said, decide
from tests.intake.conftest import run_jobs
from tests.loads.conftest import FILES, LEASE, MAIL, TABLE, dat, packed, read_all, row, work_on
from tests.readers.samples import pdf

pytestmark = pytest.mark.django_db
# NB: pages take their time to be drawn; a heart that does not see its job stops it, or waits for the transaction.
SEEN_BY_HEARTS = pytest.mark.django_db(transaction=True)


def written(production: Production) -> zipfile.ZipFile:
    job = production.jobs.get(status=Status.WAITING)
    write_production(str(job.pk))
    assert Job.objects.get(pk=job.pk).status == Status.SUCCEEDED
    return zipfile.ZipFile(storage.vault_of("productions").open(vault_name(production)))


def rows_in(archive: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    data = archive.read("loadfile.dat")
    assert data.startswith(b"\xef\xbb\xbf\xc3\xbeBEGBATES") and data.endswith(b"\xc3\xbe\r\n")
    with decoded(io.BytesIO(data)) as text:
        return {row.fields["BEGBATES"]: dict(row.fields) for row in read_concordance(text)}


@pytest.fixture
def filled(matter: Matter, admin: User) -> Matter:
    """A matter with a production of three documents and a file of its own."""
    sent = Sent("VOL001.zip", [FILES])
    load = create_load(matter, Sent("VOL001.dat", [TABLE]), actor=Actor(admin), files=sent)
    read_all(work_on(start_load(work_on(load), actor=Actor(admin))))
    own = [Incoming("A þ name.txt", [b"A text of its own."])]
    run_jobs(create_batch(actor=Actor(admin), matter=matter, files=own, source=Source.BROWSER))
    return matter


def test_documents_go_out_with_numbers_families_answers_and_files(filled: Matter, admin: User) -> None:
    question = Question.objects.create(matter=filled, asked_by=admin, text="How long?")
    lease = Document.objects.get(name="lease.txt")
    mail_itself = Document.objects.get(name="mail.eml")
    for document, text in ((lease, "ten years"), (mail_itself, "five years")):
        Answer.objects.create(
            question=question, document=document, state="supported", text=text, value_type="duration"
        )
    rejected = Answer.objects.get(document=mail_itself)
    decide(rejected, Said("reject", 0, reason="Of another lease."), actor=Actor(admin))
    grid = Grid.objects.create(matter=filled, made_by=admin, name="Terms")
    Column.objects.create(grid=grid, order=1, label="Term", wording="How long?", question=question)
    archive = written(request_production(filled, actor=Actor(admin), prefix="NB-", grid=grid))
    rows = rows_in(archive)
    assert list(rows) == ["ABC-000001", "ABC-000004", "ABC-000005", "NB-00000001"]
    mail, lease_row, own = rows["ABC-000001"], rows["ABC-000004"], rows["NB-00000001"]
    assert (mail["BEGATTACH"], mail["ENDATTACH"], mail["PARENTBATES"]) == ("ABC-000001", "ABC-000004", "")
    assert (lease_row["BEGATTACH"], lease_row["ENDATTACH"], lease_row["PARENTBATES"]) == (
        "ABC-000001", "ABC-000004", "ABC-000001",
    )  # fmt: skip
    assert (lease_row["Term"], lease_row["Term STATE"]) == ("ten years", "supported")
    assert (mail["Term"], mail["Term STATE"], mail["Term QUOTE"]) == ("", "rejected", "")
    assert mail["CUSTODIAN"] == "Smith; Jones"
    assert archive.read(mail["NATIVELINK"].replace("\\", "/")) == MAIL
    assert archive.read(lease_row["TEXTLINK"].replace("\\", "/")) == LEASE
    assert own["FILENAME"] == "A  name.txt"
    assert "4,NB-00000001,FILENAME,value-changed" in archive.read("report.csv").decode()


def test_no_name_of_a_file_or_a_column_stands_for_two(matter: Matter, admin: User) -> None:
    texts = {"A/1": b"The first text.", "A_1": b"The second text.", "a_1": b"The third text."}
    table = dat([row(number, native=f"{at}.txt") for at, number in enumerate(texts)])
    sent = Sent("V.zip", [packed({f"{at}.txt": text for at, text in enumerate(texts.values())})])
    load = create_load(matter, Sent("V.dat", [table]), actor=Actor(admin), files=sent)
    read_all(work_on(start_load(work_on(load), actor=Actor(admin))))
    grid = Grid.objects.create(matter=matter, made_by=admin, name="Terms")
    for order, label in enumerate(("Term", "Term STATE", "Term 2"), 1):
        question = Question.objects.create(matter=matter, asked_by=admin, text=f"{label}?")
        Column.objects.create(grid=grid, order=order, label=label, wording=question.text, question=question)
        for document in matter.documents.all():
            Answer.objects.create(question=question, document=document, state="check", text=f"{order}.")
    archive = written(request_production(matter, actor=Actor(admin), prefix="NB-", grid=grid))
    assert len({name.casefold() for name in archive.namelist()}) == len(archive.namelist())
    rows = rows_in(archive)
    for number, text in texts.items():
        told = rows[number]
        assert archive.read(told["NATIVELINK"].replace("\\", "/")) == text
        assert archive.read(told["TEXTLINK"].replace("\\", "/")) == text
        assert (told["Term"], told["Term STATE"], told["Term 2"]) == ("1.", "check", "3.")
        assert (told["Term STATE 2"], told["Term STATE 2 STATE"]) == ("2.", "check")


def test_a_grid_whose_documents_were_withdrawn_hands_out_none_of_the_others(
    filled: Matter, admin: User
) -> None:
    lease = Document.objects.get(name="lease.txt")
    version = save_set(filled, "Terms", [Asked("Term", "How long?")], actor=Actor(admin))
    grid = create_grid(filled, "Terms", version, actor=Actor(admin), documents=[lease])
    assert list(
        rows_in(written(request_production(filled, actor=Actor(admin), prefix="NB-", grid=grid)))
    ) == ["ABC-000004"]
    withdraw_document(lease, actor=Actor(admin))
    archive = written(request_production(filled, actor=Actor(admin), prefix="NB-", grid=grid))
    assert rows_in(archive) == {}


def test_a_document_that_is_withdrawn_while_a_production_is_written_does_not_go_out(
    filled: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = request_production(filled, actor=Actor(admin), prefix="NB-")
    table = writing._table

    def withdrawing(*given: Any) -> None:
        table(*given)
        withdrawal = withdraw_document(Document.objects.get(name="lease.txt"), actor=Actor(admin))
        document_forgotten.send(Withdrawal, withdrawal=withdrawal)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_table", withdrawing)
        write_production(str(production.jobs.get().pk))
    job = production.jobs.get()
    assert (job.status, "withdrawn" in job.reason) == (Status.WAITING, True)
    assert not storage.vault_of("productions").exists(vault_name(production))
    assert list(rows_in(written(production))) == ["ABC-000001", "ABC-000005", "NB-00000001"]


def test_what_goes_out_comes_in_elsewhere(filled: Matter, admin: User) -> None:
    archive = written(request_production(filled, actor=Actor(admin), prefix="NB-", by_page=True))
    files = storage.vault_of("productions").open(vault_name(Production.objects.get()))
    other = create_matter("Elsewhere", actor=Actor(admin))
    sent = Sent("production.zip", [files.read()])
    load = create_load(other, Sent("x.dat", [archive.read("loadfile.dat")]), actor=Actor(admin), files=sent)
    load = work_on(start_load(work_on(load), actor=Actor(admin)))
    assert not load.problems.exists()
    read_all(load)
    hashes = [
        set(Document.objects.filter(matter=each).values_list("sha256", flat=True)) for each in (filled, other)
    ]
    assert hashes[0] == hashes[1] and len(hashes[0]) == 4


@SEEN_BY_HEARTS
def test_images_go_out_with_an_opticon_file_and_come_in_again(filled: Matter, admin: User) -> None:
    scan = [Incoming("scan.pdf", [pdf("First page.", "Second page.")])]
    run_jobs(create_batch(actor=Actor(admin), matter=filled, files=scan, source=Source.BROWSER))
    archive = written(
        request_production(
            filled, actor=Actor(admin), prefix="NB-", as_csv=True, with_images=True, by_page=True
        )
    )
    with decoded(io.BytesIO(archive.read("loadfile.csv"))) as text:
        rows = {row.fields["FILENAME"]: row.fields for row in read_separated(text)}
    assert "A \xfe name.txt" in rows or "A þ name.txt" in rows, "a CSV keeps every sign"
    begin = rows["scan.pdf"]["BEGBATES"]
    with decoded(io.BytesIO(archive.read("loadfile.opt"))) as text:
        images = [image for image in read_opticon(text) if isinstance(image, PageImage)]
    assert [(image.key, image.begins, image.pages) for image in images] == [
        (begin, True, 2),
        (rows["scan.pdf"]["ENDBATES"], False, 0),
    ]
    for image in images:
        with Image.open(io.BytesIO(archive.read(image.path.replace("\\", "/")))) as picture:
            assert picture.format == "JPEG" and picture.width == 2000
    assert archive.read("report.csv").decode().count("no-images") == 4


@SEEN_BY_HEARTS
def test_no_image_key_stands_for_two_pages(matter: Matter, admin: User) -> None:
    def images_in(archive: zipfile.ZipFile) -> list[PageImage]:
        with decoded(io.BytesIO(archive.read("loadfile.opt"))) as text:
            return [image for image in read_opticon(text) if isinstance(image, PageImage)]

    own = [Incoming("own.pdf", [pdf("Our own page.")])]
    run_jobs(create_batch(actor=Actor(admin), matter=matter, files=own, source=Source.BROWSER))
    assert [one.key for one in images_in(written(with_images(matter, admin)))] == ["NB-00000001"]
    two, one = {"A": "A", "B-1": "B-2"}, {"a_0002": "a_0002", "B-2": "B-2", "NB-00000001": "NB-00000001"}
    files = {f"{at}.pdf": pdf(f"Page 1 of {at}.", f"Page 2 of {at}.") for at in two}
    files |= {f"{at}.pdf": pdf(f"The page of {at}.") for at in one}
    table = dat([row(begin, end, native=f"{begin}.pdf") for begin, end in (two | one).items()])
    sent = Sent("V.zip", [packed(files)])
    load = create_load(matter, Sent("V.dat", [table]), actor=Actor(admin), files=sent)
    read_all(work_on(start_load(work_on(load), actor=Actor(admin))))
    archive = written(with_images(matter, admin))
    images = images_in(archive)
    assert [(image.key, image.begins, image.pages) for image in images] == [
        ("NB-00000001", True, 1), ("A", True, 2), ("A_0002-2", False, 0), ("B-1", True, 2), ("B-2-2", False, 0),
        ("a_0002", True, 1), ("B-2", True, 1), ("NB-00000001-2", True, 1),
    ]  # fmt: skip
    assert len({image.path.casefold() for image in images}) == len(images)
    told = list(csv.DictReader(io.StringIO(archive.read("report.csv").decode())))
    assert [(one["number"], one["code"]) for one in told] == [
        (number, "image-key-changed") for number in ("A", "B-1", "NB-00000001")
    ]
    assert images_in(written(with_images(matter, admin))) == images


def with_images(matter: Matter, admin: User) -> Production:
    return request_production(matter, actor=Actor(admin), prefix="NB-", with_images=True)


def test_the_page_and_the_download(filled: Matter, admin: User, client: Client) -> None:
    client.force_login(admin)
    where = reverse("productions", args=[filled.pk])
    client.post(where, {"prefix": "NB-"})
    production = Production.objects.get()
    written(production)
    assert "4 documents" in client.get(where).content.decode()
    response = client.get(reverse("production", args=[production.pk]))
    assert response["Content-Type"] == "application/zip" and response.streaming
    with pytest.raises(LoadError, match="prefix"):
        request_production(filled, actor=Actor(admin), prefix="1")


def numbers_of(matter: Matter, admin: User, *, by_page: bool = False, prefix: str = "NB-") -> dict[str, str]:
    """Each file's first number in a production that is written now."""
    rows = rows_in(written(request_production(matter, actor=Actor(admin), prefix=prefix, by_page=by_page)))
    return {row["FILENAME"]: row["BEGBATES"] for row in rows.values()}


def test_numbers_once_given_stay_and_are_never_given_to_other_pages(matter: Matter, admin: User) -> None:
    def sent(name: str, text: str) -> None:
        file = [Incoming(name, [text.encode()])]
        run_jobs(create_batch(actor=Actor(admin), matter=matter, files=file, source=Source.BROWSER))

    for name in ("a.txt", "b.txt", "c.txt"):
        sent(name, f"This is the text of {name}.")
    first = numbers_of(matter, admin)
    assert first == {"a.txt": "NB-00000001", "b.txt": "NB-00000002", "c.txt": "NB-00000003"}
    withdraw_document(Document.objects.get(name="a.txt"), actor=Actor(admin))
    withdraw_document(Document.objects.get(name="c.txt"), actor=Actor(admin))
    sent("d.txt", "This is the text of another one.")
    again = {"b.txt": "NB-00000002", "d.txt": "nb-00000004"}
    assert numbers_of(matter, admin, prefix="nb-") == again, "kept as it was written first"
    old = Document.objects.get(name="b.txt")
    run_jobs(send_new_version(actor=Actor(admin), document=old, file=Incoming("b.txt", [b"Other pages."])))
    assert numbers_of(matter, admin) == {"b.txt": "NB-00000005", "d.txt": "nb-00000004"}
    assert numbers_of(matter, admin, by_page=True) == {"b.txt": "NB-00000006", "d.txt": "NB-00000007"}
    assert numbers_of(matter, admin, prefix="X") == {"b.txt": "X00000001", "d.txt": "X00000002"}


def test_another_version_has_not_the_number_that_the_first_one_came_with(filled: Matter, admin: User) -> None:
    lease = Document.objects.get(name="lease.txt")
    run_jobs(
        send_new_version(actor=Actor(admin), document=lease, file=Incoming("lease.txt", [b"Other pages."]))
    )
    numbers = numbers_of(filled, admin, prefix="ABC-")
    assert numbers["mail.eml"] == "ABC-000001" and numbers["lease.txt"] > "ABC-00000005"

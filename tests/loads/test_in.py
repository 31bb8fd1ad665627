"""Load files in: what the dry run says, what is taken in, that a kill changes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import BatchItem, Source
from reviewapp.jobs.errors import ClaimLost
from reviewapp.loads import reading, working
from reviewapp.loads.actions import Sent, create_load, map_columns, start_load
from reviewapp.loads.fields import LoadError
from reviewapp.loads.models import GivenNumber, Load, LoadedFields
from reviewapp.loads.policy import visible_by_bates
from reviewapp.loads.producing import request_production
from reviewapp.loads.selectors import found_by
from reviewapp.loads.tasks import write_production
from reviewapp.matters.models import Matter
from tests.intake.conftest import run_jobs
from tests.loads.conftest import FILES, TABLE, dat, packed, read_all, row, work_on
from tests.readers.samples import pdf

pytestmark = pytest.mark.django_db


def made(
    matter: Matter, admin: User, table: bytes = TABLE, files: bytes = FILES, source: str = "Counsel"
) -> Load:
    sent = Sent("VOL001.zip", [files])
    return create_load(matter, Sent("VOL001.dat", [table]), actor=Actor(admin), files=sent, source=source)


def troubles(load: Load, *, dry: bool) -> list[tuple[int, str, bool]]:
    return list(load.problems.filter(dry=dry).values_list("row", "code", "rejected"))


EXPECTED = [
    (2, "hash-mismatch", False),
    (3, "file-missing", False),
    (4, "number-repeated", True),
    (5, "file-missing", False),
    (5, "nothing-to-read", True),
    (6, "number-missing", True),
]


def test_the_dry_run_tells_of_each_row_and_takes_nothing_in(matter: Matter, admin: User) -> None:
    load = work_on(made(matter, admin))
    assert load.mapping["BEGBATES"] == "begin" and load.mapping["Native Link"] == "native"
    assert "Production Note" not in load.mapping
    assert troubles(load, dry=True) == EXPECTED
    assert load.counts == {
        "rows": 6, "documents": 3, "rejected": 3, "troubled": 2,
        "natives": 2, "texts": 1, "images": 0, "families": 1,
    }  # fmt: skip
    assert not BatchItem.objects.exists()


def test_documents_come_with_their_fields_families_and_numbers(matter: Matter, admin: User) -> None:
    load = work_on(start_load(work_on(made(matter, admin)), actor=Actor(admin)))
    assert load.finished_at is not None and troubles(load, dry=False) == EXPECTED
    read_all(load)
    names = list(
        LoadedFields.objects.values_list("begin", "item__document__name", "item__parent__loaded__begin")
    )
    assert names == [
        ("ABC-000001", "mail.eml", None),
        ("ABC-000004", "lease.txt", "ABC-000001"),
        ("ABC-000005", "ABC-000005.txt", None),
    ]
    mail = LoadedFields.objects.get(begin="ABC-000001")
    assert mail.custodian == "Smith; Jones" and mail.values["Production Note"] == "as\nkept"
    found = found_by(visible_by_bates(Actor(admin), matter, "abc-000002"), "abc-000002")
    assert [each.document.name for each in found] == ["mail.eml"]
    with pytest.raises(LoadError, match="All rows"):
        start_load(load, actor=Actor(admin))
    again = work_on(made(matter, admin))
    assert again.counts["documents"] == 0 and (1, "number-known", True) in troubles(again, dry=True)


def test_a_row_that_ends_before_it_begins_is_found_by_its_number_and_keeps_it(
    matter: Matter, admin: User
) -> None:
    table = dat([row("ABC-000009", "ABC-000004", native="a.txt"), row("ABC-000002", native="b.txt")])
    files = packed({"a.txt": b"One text.", "b.txt": b"Another text."})
    load = work_on(start_load(work_on(made(matter, admin, table, files)), actor=Actor(admin)))
    read_all(load)
    assert troubles(load, dry=False) == [(1, "range-wrong", False)]
    found = found_by(visible_by_bates(Actor(admin), matter, "ABC-9"), "ABC-9")
    assert [each.document.name for each in found] == ["a.txt"]
    sent = [Incoming("own.txt", [b"A text of its own."])]
    run_jobs(create_batch(actor=Actor(admin), matter=matter, files=sent, source=Source.BROWSER))
    production = request_production(matter, actor=Actor(admin), prefix="ABC-")
    write_production(str(production.jobs.get().pk))
    assert GivenNumber.objects.get().first == 10


def test_a_kill_between_rows_takes_no_row_twice(
    matter: Matter, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "TAKEN", 1)
    load = start_load(work_on(made(matter, admin)), actor=Actor(admin))
    taken, number = reading.taken, 0

    def killed(*given: object) -> object:
        nonlocal number
        number += 1
        if number == 2:
            raise ClaimLost
        return taken(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "taken", killed)
    load = work_on(load)
    assert load.finished_at is not None and number == 4
    assert LoadedFields.objects.count() == BatchItem.objects.count() == 3
    assert load.batch is not None and matter.batches.count() == 1
    assert troubles(load, dry=False) == EXPECTED


def test_what_is_said_of_columns_is_kept_for_the_source(matter: Matter, admin: User) -> None:
    table = b"Number,Where\nX1,a.txt\n"
    load = made(matter, admin, table, packed({"a.txt": b"A text."}))
    assert load.mapping == {} and not load.jobs.exists()
    with pytest.raises(LoadError, match="first Bates number"):
        map_columns(load, {"Where": "native"}, actor=Actor(admin))
    work_on(map_columns(load, {"Number": "begin", "Where": "native"}, actor=Actor(admin)))
    again = work_on(made(matter, admin, table, packed({"a.txt": b"A text."})))
    assert again.mapping == {"Number": "begin", "Where": "native"} and again.counts["documents"] == 1


def test_rows_that_name_each_other_as_parents_end(matter: Matter, admin: User) -> None:
    table = dat([row("A1", family="A2", native="a.txt"), row("A2", family="A1", native="b.txt")])
    files = packed({"a.txt": b"One text.", "b.txt": b"Another text."})
    load = work_on(start_load(work_on(made(matter, admin, table, files)), actor=Actor(admin)))
    read_all(load)
    assert Document.objects.count() == 2
    assert troubles(load, dry=False) == [(1, "parent-missing", False)]


@pytest.mark.parametrize(
    ("table", "files", "code"),
    [(b"\n", FILES, "load-file-unreadable"), (b"A,A\n1,2\n", FILES, "load-file-unreadable")],
)
def test_a_table_that_is_none_is_refused(
    matter: Matter, admin: User, table: bytes, files: bytes, code: str
) -> None:
    with pytest.raises(LoadError) as caught:
        made(matter, admin, table, files)
    assert caught.value.code == code and not Load.objects.exists()


def test_a_broken_zip_ends_the_dry_run_with_its_reason(matter: Matter, admin: User) -> None:
    load = work_on(made(matter, admin, files=b"PK no"))
    assert load.checked_at is None and "broken" in load.jobs.get().reason


def test_a_folder_by_the_command(matter: Matter, admin: User, tmp_path: Path) -> None:
    (tmp_path / "VOL").mkdir()
    (tmp_path / "VOL" / "a.txt").write_text("A text of the lease.")
    (tmp_path / "load.csv").write_text("DocID,File Path\nX1,VOL/a.txt\nX2,VOL/b.txt\n")
    out = StringIO()
    call_command(
        "load",
        "Lease",
        str(tmp_path / "load.csv"),
        files=tmp_path,
        user="admin",
        run=True,
        here=True,
        stdout=out,
    )
    assert "row 2  rejected  nothing-to-read" in out.getvalue()
    assert "1 documents taken in" in out.getvalue()


def test_the_page_from_files_to_documents(matter: Matter, admin: User, client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile as Sending

    client.force_login(admin)
    sent = {"table": Sending("V.dat", TABLE), "archive": Sending("V.zip", FILES), "source": "Counsel"}
    made_at = client.post(reverse("loads", args=[matter.pk]), sent).headers["Location"]
    load = work_on(Load.objects.get())
    shown = client.get(made_at).content.decode()
    assert "3 documents can be taken in" in shown and "another MD5 hash" in shown
    report = client.get(reverse("load_report", args=[load.pk]))
    assert b"".join(report).decode().splitlines()[1].startswith("2,MD5 Hash,hash-mismatch,")
    client.post(reverse("start_load", args=[load.pk]))
    load = work_on(load)
    read_all(load)
    assert "Taken in" in client.get(made_at).content.decode()
    found = client.get(reverse("search", args=[matter.pk]), {"q": "ABC-000005"}).content.decode()
    assert "With this Bates number" in found and "ABC-000005.txt" in found
    document = Document.objects.get(name="mail.eml")
    page = client.get(reverse("page", args=[document.pk, 1])).content.decode()
    assert "ABC-000001 - ABC-000003" in page and "Smith; Jones" in page


def test_page_images_are_taken_where_one_file_holds_them_and_told_of_elsewhere(
    matter: Matter, admin: User
) -> None:
    table = dat([row("A1"), row("A2", "A3"), row("A4", text="t.txt"), row("A5")])
    files = packed(
        {
            "i/a1.pdf": pdf("The rent is due on the first day of each month, in advance."),
            "i/a2.tif": b"II",
            "i/a3.tif": b"II",
            "t.txt": b"A text.",
        }
    )
    images = [r"A1,V,.\i\a1.pdf,Y,,,1", "A2,V,i/a2.tif,Y,,,2", "A3,V,i/a3.tif,,,,", "A4,V,i/a3.tif,Y,,,1"]
    images.append("A5,V,i/no.tif,Y,,,1")
    sent = Sent("V.opt", ["\n".join(images).encode()])
    given = Sent("V.zip", [files])
    load = create_load(matter, Sent("V.dat", [table]), actor=Actor(admin), files=given, images=sent)
    load = work_on(start_load(work_on(load), actor=Actor(admin)))
    assert troubles(load, dry=False) == [
        (2, "images-single", True),
        (3, "images-left-out", False),
        (4, "image-missing", False),
        (4, "nothing-to-read", True),
    ]
    read_all(load)
    assert sorted(Document.objects.values_list("name", flat=True)) == ["A4.txt", "a1.pdf"]

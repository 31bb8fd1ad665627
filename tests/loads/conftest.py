"""A matter, its admin, and a production of four documents as a Concordance load file with its files."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

import pytest
from django.contrib.auth.models import User

from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch
from reviewapp.jobs.models import Job, Status
from reviewapp.loads.models import Load
from reviewapp.loads.tasks import check_load, take_load
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from tests.intake.conftest import run_jobs

MAIL = b"From: a@example.com\nTo: b@example.com\nSubject: Rent\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nRent is due."
LEASE = b"The lease runs for ten years."
TEXT = b"The guarantor is Alpha Limited."


def dat(rows: list[Mapping[str, str]]) -> bytes:
    """Rows as a Concordance DAT file."""
    edge = "\xfe\x14\xfe"
    lines = [list(rows[0]), *([row[name] for name in rows[0]] for row in rows)]
    return ("\ufeff" + "".join(f"\xfe{edge.join(line)}\xfe\r\n" for line in lines)).encode()


def row(begin: str, end: str = "", **given: str) -> dict[str, str]:
    """A row of the production, its columns named as programs name them."""
    names = {"family": "BEGATTACH", "custodian": "Custodian", "md5": "MD5 Hash", "native": "Native Link",
             "text": "Text Path", "note": "Production Note"}  # fmt: skip
    values = {"BEGBATES": begin, "ENDBATES": end or begin} | dict.fromkeys(names.values(), "")
    return values | {names[key]: value for key, value in given.items()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


TABLE = dat(
    [
        row("ABC-000001", "ABC-000003", family="ABC-000001", custodian="Smith; Jones", note="as\xaekept",
            native=r".\VOL001\NATIVES\001\mail.eml", md5=hashlib.md5(MAIL).hexdigest()),
        row("ABC-000004", family="ABC-000001", native=r"NATIVES\001\LEASE.TXT", md5="0" * 32),
        row("ABC-000005", native="NATIVES/gone.docx", text="TEXT/ABC-000005.txt"),
        row("ABC-000004", native="NATIVES/001/lease.txt"),
        row("ABC-000006", native="NATIVES/gone.pdf"),
        row("", native="NATIVES/001/lease.txt"),
    ]
)  # fmt: skip
FILES = packed(
    {
        "VOL001/NATIVES/001/mail.eml": MAIL,
        "VOL001/NATIVES/001/lease.txt": LEASE,
        "VOL001/TEXT/ABC-000005.txt": TEXT,
    }
)
TASKS = {"check_load": check_load, "take_load": take_load}


def work_on(load: Load) -> Load:
    """Do what a worker does with the load, until none of its jobs waits."""
    while job := load.jobs.filter(status=Status.WAITING).first():
        TASKS[job.kind](str(job.pk))
    return Load.objects.get(pk=load.pk)


def read_all(load: Load) -> Batch:
    """Have the files read that the load took in."""
    assert load.batch is not None
    run_jobs(load.batch)
    assert not Job.objects.filter(status=Status.WAITING, kind__in=TASKS).exists()
    return load.batch


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    return create_matter("Lease", actor=Actor(admin))

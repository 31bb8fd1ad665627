"""`manage.py ingest`."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch
from reviewapp.matters.actions import add_member
from reviewapp.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "lease.txt").write_text("The lease runs for ten years.")
    (tmp_path / "broken.pdf").write_text("%PDF-1.4 no")
    return tmp_path


def test_a_folder_is_read_and_shown(folder: Path, matter: Matter) -> None:
    out = StringIO()
    call_command("ingest", str(matter.pk), str(folder), user="admin", here=True, stdout=out)
    shown = out.getvalue()
    assert "accepted  deep/lease.txt" in shown
    assert "damaged   broken.pdf  (" in shown
    assert Document.objects.get().matter == matter
    assert Batch.objects.get().source == "command"


def test_a_matter_by_its_name(folder: Path, matter: Matter) -> None:
    call_command("ingest", "Lease", str(folder / "broken.pdf"), user="admin", stdout=StringIO())
    assert Batch.objects.get().items.get().disposition == "pending"


def test_only_an_admin_of_the_matter_may(folder: Path, matter: Matter, admin: User) -> None:
    reviewer = User.objects.create_user("reviewer")
    stranger = User.objects.create_user("stranger", is_superuser=True)
    add_member(matter, reviewer, "reviewer", actor=Actor(admin))
    for user in (reviewer, stranger):
        with pytest.raises(CommandError, match="may upload"):
            call_command("ingest", str(matter.pk), str(folder), user=user.username, stdout=StringIO())
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("name", "path", "said"), [("Nobody's", "broken.pdf", "no matter"), ("Lease", "absent", "no file")]
)
def test_what_is_not_there(folder: Path, matter: Matter, name: str, path: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("ingest", name, str(folder / path), user="admin", stdout=StringIO())

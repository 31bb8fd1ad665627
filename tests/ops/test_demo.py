"""The demo's people and matter: made once, kept as they are."""

import hashlib
import io
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from reviewapp.api.models import Token
from reviewapp.briefs.standing import COMMERCIAL
from reviewapp.demo import watch
from reviewapp.demo.fill import QUESTIONS, fill_demo
from reviewapp.demo.key import KEY
from reviewapp.demo.load import CONTRACTS, MATTER_ID, demo_matter, load_demo
from reviewapp.demo.logins import ADMIN, REVIEWER, ensure_logins, logins_file
from reviewapp.documents.models import Document, Page
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import BatchItem, place_of
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter, Membership
from reviewapp.questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


def test_logins_are_random_kept_and_readable_by_their_owner_only() -> None:
    first = ensure_logins()
    passwords = [login.password for login in first.values()]
    assert len(set(passwords)) == 2
    assert all(re.fullmatch(r"[a-z]{4}(-[a-z]{4}){3}", password) for password in passwords)
    assert stat.S_IMODE(logins_file().stat().st_mode) == 0o600
    assert {n: login.password for n, login in ensure_logins().items()} == dict(
        zip(first, passwords, strict=True)
    )


def test_a_lost_file_gives_new_passwords() -> None:
    before = ensure_logins()[ADMIN].password
    logins_file().unlink()
    after = ensure_logins()[ADMIN].password
    assert after != before
    assert User.objects.get(username=ADMIN).check_password(after)


def test_a_password_that_was_changed_is_neither_shown_nor_undone() -> None:
    ensure_logins()
    admin = User.objects.get(username=ADMIN)
    admin.set_password("chosen by the admin")
    admin.save()
    assert ensure_logins()[ADMIN].password == ""
    admin.refresh_from_db()
    assert admin.check_password("chosen by the admin")


def test_nobody_is_a_superuser_and_only_the_admin_makes_matters() -> None:
    ensure_logins()
    assert not User.objects.filter(is_superuser=True).exists()
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == [ADMIN]


def test_the_demo_is_loaded_once() -> None:
    for _ in range(2):
        call_command("demo", stdout=io.StringIO())
    matter = demo_matter()
    assert matter is not None
    assert Matter.objects.count() == 1
    assert matter.batches.count() == 1
    assert BatchItem.objects.count() == 12
    assert dict(Membership.objects.values_list("user__username", "role")) == {
        ADMIN: "admin",
        REVIEWER: "reviewer",
    }


def test_the_key_opens_the_demo_alone_on_this_machine_for_a_day(settings: Settings) -> None:
    out = io.StringIO()
    call_command("demo", "--api", stdout=out)
    assert KEY in out.getvalue() and str(MATTER_ID) in out.getvalue()
    mine = {"Authorization": f"Bearer {KEY}"}
    me = Client().get("/v1/me", headers=mine).json()
    assert (me["matter_ids"], me["scopes"]) == ([str(MATTER_ID)], ["ask", "read", "review", "upload"])
    expires = Token.objects.get().expires_at
    assert expires is not None and expires < timezone.now() + timedelta(days=1)
    call_command("demo", stdout=out)
    assert Client().get("/v1/me", headers=mine).status_code == 401
    call_command("demo", "--api", stdout=out)
    assert Client().get("/v1/me", headers=mine).status_code == 200
    settings.BIND = "0.0.0.0"
    with pytest.raises(CommandError, match="lets others in"):
        call_command("demo", "--api", stdout=out)
    settings.BIND = "127.0.0.1"
    create_matter("A real one", actor=Actor(User.objects.create_user("someone")))
    with pytest.raises(CommandError, match="more than the demo"):
        call_command("demo", "--api", stdout=out)


def test_the_demo_opens_with_a_grid_and_questions_once() -> None:
    logins = ensure_logins()
    matter = load_demo({name: login.user for name, login in logins.items()})
    for number in range(2):
        document = Document.objects.create(
            matter=matter, sha256=str(number) * 64, name=f"{number}.txt", media_type="text/plain", size_bytes=1,
            blob="a", text_version="1", text_sha256="b" * 64, page_count=1, char_count=3,
        )  # fmt: skip
        Page.objects.create(document=document, number=1, text="abc", start=0, end=3)
    for _ in range(2):
        fill_demo(matter, logins[REVIEWER].user)
    grid = matter.grids.get()
    assert grid.columns.count() == len(COMMERCIAL)
    asked = Question.objects.filter(matter=matter, standing="")
    assert sorted(asked.values_list("text", flat=True)) == sorted(QUESTIONS)


def test_a_matter_of_the_same_name_by_someone_else_is_not_the_demo() -> None:
    other = User.objects.create_user("someone")
    load_demo({name: login.user for name, login in ensure_logins().items()})
    Matter.objects.update(created_by=other)
    assert demo_matter() is None


def test_contracts_are_listed_with_their_licence_and_whether_the_model_saw_them() -> None:
    text = (CONTRACTS / "README.md").read_text()
    assert "CC BY 4.0" in text
    assert "The Atticus Project" in text
    rows = re.findall(r"^\| `(.+?\.pdf)` \| `(.+?)` \| (yes|no) \|$", text, re.MULTILINE)
    assert {row[0] for row in rows} == {path.name for path in CONTRACTS.glob("*.pdf")}
    for _, name, held_out in rows:
        bucket = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 9
        assert (bucket == 0) == (held_out == "yes"), name


def test_the_watch_ends_with_its_supervisor() -> None:
    matter = load_demo({name: login.user for name, login in ensure_logins().items()})
    no_such_process = 2**22 + 1
    with pytest.raises(watch.WatchError, match="stopped"):
        watch.follow(matter, watch.StatusLine(io.StringIO()), no_such_process)


def test_the_watch_says_how_many_files_are_read() -> None:
    matter = load_demo({name: login.user for name, login in ensure_logins().items()})
    BatchItem.objects.filter(place__lt=place_of(5)).update(disposition="accepted")
    out = io.StringIO()
    with pytest.raises(watch.WatchError):
        watch.follow(matter, watch.StatusLine(out), 2**22 + 1)
    assert out.getvalue() == "    reading files: 5 of 12\n"

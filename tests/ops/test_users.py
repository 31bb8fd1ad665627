"""People are added from the command line."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from reviewapp.events.models import Event

pytestmark = pytest.mark.django_db


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_user", *arguments, stdout=out)
    return out.getvalue()


def test_a_person_is_added_with_a_password_shown_once() -> None:
    shown = add("ana", "--generate")
    user = User.objects.get(username="ana")
    assert user.check_password(shown.rpartition("Password: ")[2].strip())
    assert not user.is_staff
    assert not user.is_superuser
    assert Event.objects.filter(action="user.created", object_id=str(user.pk)).count() == 1


def test_staff_may_make_matters() -> None:
    add("ben", "--generate", "--may-create-matters")
    assert User.objects.get(username="ben").is_staff


def test_a_name_is_taken_once() -> None:
    add("ana", "--generate")
    with pytest.raises(CommandError, match="already exists"):
        add("ana", "--generate")
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "password1234"])
def test_weak_passwords_are_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("reviewapp.site.management.commands.add_user.getpass", lambda prompt: password)
    with pytest.raises(CommandError, match="password"):
        add("ana")
    assert not User.objects.exists()


def test_a_name_with_spaces_is_refused() -> None:
    with pytest.raises(CommandError, match="valid username"):
        add("a b", "--generate")

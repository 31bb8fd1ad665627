"""One's own profile and password; inviting, resetting and closing accounts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviewapp.api.actions import make_token
from reviewapp.events.models import Event
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.matters.actions import create_matter
from reviewapp.people import actions
from reviewapp.people.signing_in import way_in
from tests.people.conftest import PASSWORD

Enter = Callable[[User], Client]
NEW = "another harbour in winter"


def change(client: Client, person: User, do: str) -> Any:
    return client.post(reverse("change_person", args=[person.pk]), {"do": do})


def link_in(page: str) -> str:
    found = re.search(r"http://testserver(/password/[^<\s]+)", page)
    assert found
    return found[1]


def happened(person: User) -> list[str]:
    about = Event.objects.filter(object_type="auth.User", object_id=str(person.pk))
    about = about.exclude(action__in=["user.signed_in", "user.sign_in_failed"])
    return list(about.order_by("at").values_list("action", flat=True))


def may_sign_in(name: str, password: str) -> bool:
    sent = Client().post(reverse("login"), {"username": name, "password": password})
    return bool(sent.status_code == 302)


def test_a_profile_is_kept_and_shows_on_every_page(rhea: User, staff: User, enter: Enter) -> None:
    matter = create_matter("Trial", actor=Actor(rhea))
    client = enter(rhea)
    asked = {"first_name": "Rhea", "email": "rhea@example.org", "time_zone": "Asia/Tokyo"}
    asked |= {"theme": "dark", "density": "compact"}
    assert client.post(reverse("profile"), asked).status_code == 302
    page = client.get(reverse("audit", args=[matter.pk])).content.decode()
    assert all(kept in page for kept in ('data-theme="dark"', 'data-density="compact"', 'data-keys="off"'))
    assert "Time (JST)" in page and "in your profile" not in page and "Rhea" in page
    assert "Single keys are switched off" in page
    assert happened(rhea) == ["user.profile_changed"]
    other = enter(staff).get(reverse("matters")).content.decode()
    assert 'data-theme="system"' in other and 'data-keys="on"' in other
    wrong = client.post(reverse("profile"), asked | {"time_zone": "Mars/Olympus", "email": "no"})
    assert wrong.status_code == 422 and "Rhea" in wrong.content.decode()
    rhea.refresh_from_db()
    assert (rhea.email, rhea.preferences.time_zone) == ("rhea@example.org", "Asia/Tokyo")


def test_a_new_password_ends_the_sessions_elsewhere(rhea: User, enter: Enter) -> None:
    here, elsewhere = enter(rhea), enter(rhea)
    asked = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    where = reverse("change_password")
    assert here.post(where, asked | {"old_password": "wrong"}).status_code == 422
    assert here.post(where, asked | {"new_password1": "short", "new_password2": "short"}).status_code == 422
    assert here.post(where, asked).status_code == 302
    assert here.get(reverse("matters")).status_code == 200
    assert elsewhere.get(reverse("matters")).status_code == 302
    assert may_sign_in("rhea", NEW) and not may_sign_in("rhea", PASSWORD)
    assert happened(rhea) == ["user.password_set"]


def test_who_is_invited_sets_a_password_once(staff: User, enter: Enter) -> None:
    page = enter(staff).post(reverse("people"), {"username": "ana", "email": "ana@example.org"})
    where = link_in(page.content.decode())
    ana = User.objects.get(username="ana")
    assert not ana.has_usable_password() and not ana.is_staff
    assert Client().post(where, {"new_password1": "short", "new_password2": "short"}).status_code == 422
    asked = {"new_password1": NEW, "new_password2": NEW}
    assert Client().post(where, asked).headers["Location"] == reverse("login")
    assert may_sign_in("ana", NEW)
    assert Client().get(where).status_code == Client().post(where, asked).status_code == 404
    assert happened(ana) == ["user.invited", "user.password_set"]
    assert Event.objects.get(action="user.invited").user == staff
    for name in ("ANA", "with space", ""):
        assert enter(staff).post(reverse("people"), {"username": name}).status_code == 422
    assert User.objects.count() == 2


def test_links_that_do_not_work_look_alike(rhea: User) -> None:
    real = way_in(rhea)
    for where in (real[:-2] + "x/", real.replace("/password/", "/password/x"), "/password/MTIz/c0-ab/"):
        answer = Client().get(where)
        assert answer.status_code == 404 and "This link has ended" in answer.content.decode()
    actions.deactivate(rhea, actor=SYSTEM)
    assert Client().get(real).status_code == 404


def test_a_reset_ends_sessions_older_links_and_tokens(staff: User, rhea: User, enter: Enter) -> None:
    session, older = enter(rhea), way_in(rhea)
    token, secret = make_token("archive", ["read"], actor=Actor(rhea))
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/v1/me").status_code == 200
    where = link_in(change(enter(staff), rhea, "reset").content.decode())
    assert session.get(reverse("matters")).status_code == 302
    assert program.get("/v1/me").status_code == 401
    ended = Event.objects.get(action="token.revoked")
    assert (ended.object_id, ended.user) == (str(token.pk), staff)
    assert Client().get(older).status_code == 404 and Client().get(where).status_code == 200
    assert not may_sign_in("rhea", PASSWORD)
    newer = link_in(change(enter(staff), rhea, "reset").content.decode())
    assert Client().get(where).status_code == 404 and Client().get(newer).status_code == 200


def test_a_closed_account_is_out_at_once_and_comes_back_by_a_link(
    staff: User, rhea: User, enter: Enter
) -> None:
    session = enter(rhea)
    change(enter(staff), rhea, "deactivate")
    assert session.get(reverse("matters")).status_code == 302
    rhea.refresh_from_db()
    assert Actor(rhea).person is None
    change(enter(staff), rhea, "reset")
    assert happened(rhea) == ["user.deactivated"]
    page = change(enter(staff), rhea, "reactivate").content.decode()
    assert session.get(reverse("matters")).status_code == 302
    assert Client().get(link_in(page)).status_code == 200
    shown = enter(staff).get(reverse("person", args=[rhea.pk])).content.decode()
    assert "Account closed" in shown and "Account reopened" in shown


def test_somebody_who_manages_people_is_left(staff: User, rhea: User, enter: Enter) -> None:
    client = enter(staff)
    change(client, staff, "no-staff")
    change(client, staff, "deactivate")
    staff.refresh_from_db()
    assert staff.is_staff and staff.is_active
    change(client, rhea, "staff")
    assert change(client, staff, "no-staff").headers["Location"] == reverse("matters")
    assert client.get(reverse("people")).status_code == 404
    assert happened(staff) == happened(rhea) == ["user.staff_changed"]


@pytest.mark.parametrize("name", ["people", "person", "change_person"])
def test_accounts_are_not_there_for_others(name: str, rhea: User, staff: User, enter: Enter) -> None:
    where = reverse(name, args=[] if name == "people" else [staff.pk])
    absent = reverse(name, args=[] if name == "people" else [987_654])
    method = "post" if name == "change_person" else "get"
    assert getattr(Client(), method)(where).status_code == 302
    assert getattr(enter(rhea), method)(where).status_code == 404
    assert getattr(enter(staff), method)(absent).status_code == (200 if name == "people" else 404)
    assert not Event.objects.exists()

"""Signing in: attempts that fail, second factors, sessions."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.people.tasks import forget_ended_sessions
from tests.people.conftest import PASSWORD

Enter = Callable[[User], Client]
CODES_AT = int(time.time())


@pytest.fixture(autouse=True)
def codes_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code made at the end of its half minute would be checked in the next one."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: CODES_AT))


def sign_in(client: Client, name: str = "rhea", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("login"), {"username": name, "password": password}, **more)


def code_of(secret: str, step: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, CODES_AT // 30 + step)))


def with_app(client: Client) -> tuple[str, list[str]]:
    """Add an authenticator app as the pages do; its key, and the recovery codes."""
    where = reverse("mfa_activate_totp")
    confirm = client.get(where).headers["Location"]
    assert client.post(confirm, {"password": "wrong", "next": where}).status_code == 200
    assert client.post(confirm, {"password": PASSWORD, "next": where}).headers["Location"] == where
    page = client.get(where)
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode() and secret in page.content.decode()
    assert "not right" in client.post(where, {"code": "000000"}).content.decode()
    shown = client.post(where, {"code": code_of(secret, -1)}, follow=True)
    codes = shown.context["unused_codes"]
    assert len(codes) == 10 and codes[0] in shown.content.decode()
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return secret, codes


def happened(person: User) -> list[str]:
    about = Event.objects.filter(object_type="auth.User", object_id=str(person.pk))
    return list(about.order_by("at").values_list("action", flat=True))


def test_attempts_that_fail_are_limited_by_account_and_address(rhea: User, staff: User) -> None:
    cache.clear()
    for _ in range(5):
        assert "do not go together" in sign_in(Client(), password="no").content.decode()
    stopped = sign_in(Client())
    assert stopped.status_code == 429 and "Wait 5 minutes" in stopped.content.decode()
    assert 290 <= int(stopped.headers["Retry-After"]) <= 300
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    assert sign_in(Client(), "stella").status_code == 302
    assert happened(rhea) == ["user.sign_in_failed"] * 5 + ["user.signed_in"]
    assert Event.objects.filter(action="user.signed_in")[0].detail == {
        "by": "password",
        "address": "127.0.0.1",
    }
    assert sign_in(Client(), "nobody", "no").status_code == 200


def test_two_factors_are_asked_for_used_once_and_reset(
    rhea: User, staff: User, enter: Enter, django_capture_on_commit_callbacks: Any
) -> None:
    cache.clear()
    here = Client()
    sign_in(here)
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = with_app(here)
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    there = Client()
    assert sign_in(there).headers["Location"] == reverse("mfa_authenticate")
    assert there.get(reverse("matters")).status_code == 302
    second = reverse("mfa_authenticate")
    assert "not right" in there.post(second, {"code": "123"}).content.decode()
    code = code_of(secret)
    assert there.post(second, {"code": code}).headers["Location"] == "/"
    assert there.get(reverse("matters")).status_code == 200
    again = Client()
    sign_in(again)
    assert "used already" in again.post(second, {"code": code}).content.decode()
    assert again.post(second, {"code": codes[3]}).status_code == 302
    replayed = Client()
    sign_in(replayed)
    assert replayed.post(second, {"code": codes[3]}).status_code == 200
    change = reverse("change_person", args=[rhea.pk])
    assert enter(rhea).post(change, {"do": "no-factors"}).status_code == 404
    own = reverse("change_person", args=[staff.pk])
    enter(staff).post(own, {"do": "no-factors"})
    page = enter(staff).post(change, {"do": "no-factors"}, follow=True).content.decode()
    assert "second factors are taken away" in page and "Second factors taken away" in page
    assert sign_in(Client()).headers["Location"] == "/"
    assert {"user.factor_added", "user.sign_in_failed", "user.factors_reset"} <= set(happened(rhea))


@pytest.mark.parametrize("of", ["admins", "everyone"])
def test_who_owes_a_factor_gets_no_other_page(rhea: User, staff: User, settings: Any, of: str) -> None:
    cache.clear()
    settings.TWO_FACTOR = of
    client, other = Client(), Client()
    sign_in(client, "stella")
    sign_in(other)
    where = reverse("mfa_index")
    assert client.get(reverse("matters")).headers["Location"] == where
    assert client.get(reverse("matters"), headers={"HX-Request": "true"}).headers["HX-Redirect"] == where
    assert "required of you" in client.get(where).content.decode()
    assert other.get(reverse("matters")).status_code == (302 if of == "everyone" else 200)
    with_app(client)
    assert client.get(reverse("matters")).status_code == 200


def test_sessions_are_listed_and_end_elsewhere(rhea: User, staff: User) -> None:
    cache.clear()
    here, there, unlisted, others = Client(HTTP_USER_AGENT="Firefox Linux"), Client(), Client(), Client()
    sign_in(here)
    sign_in(there)
    sign_in(others, "stella")
    unlisted.force_login(rhea)
    page = here.get(reverse("own_sessions")).content.decode()
    assert "Firefox on Linux, here" in page and page.count("Signed in ") == 2
    assert "nowhere" not in here.post(reverse("sign_out_elsewhere"), follow=True).content.decode()
    matters = reverse("matters")
    assert [one.get(matters).status_code for one in (here, there, unlisted, others)] == [200, 302, 302, 200]
    assert Event.objects.get(action="user.signed_out_elsewhere").detail == {"sessions": 2}
    Session.objects.exclude(pk=here.session.session_key).update(expire_date=timezone.now())
    UserSession.objects.update(created_at=timezone.now() - timedelta(days=2))
    forget_ended_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [here.session.session_key]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here.session.session_key]

"""People let applications act for them: a code with PKCE, refreshing, revoking."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviewapp.api.consents import add_application, is_answered_at
from reviewapp.api.models import Application, Code, Token
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.people.actions import deactivate, reactivate
from tests.api.conftest import Program, program_of
from tests.pages.world import World

BACK = "https://case.example/answered?tab=1"
VERIFIER = "v" * 50


def challenge(verifier: str = VERIFIER) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def application(world: World) -> Application:
    addresses = [BACK, "http://127.0.0.1/cb", "com.example.app:/cb"]
    return add_application("Case app", addresses, actor=Actor(world.staff))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(application: Application, **changed: str) -> dict[str, str]:
    asked = {"response_type": "code", "client_id": str(application.pk), "redirect_uri": BACK, "state": "s&1"}
    asked |= {"scope": "read ask", "code_challenge": challenge(), "code_challenge_method": "S256"}
    return {name: value for name, value in (asked | changed).items() if value}


def answered(client: Client, asked: dict[str, str], **sent: Any) -> dict[str, str]:
    where = reverse("oauth_authorize")
    response = client.post(f"{where}?{client.get(where, asked).request['QUERY_STRING']}", sent)
    assert response.status_code == 302, response.content.decode()
    location = response.headers["Location"]
    assert location.startswith(asked["redirect_uri"])
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def fetch(application: Application, **sent: str) -> Any:
    return Client().post("/oauth/token", {"client_id": str(application.pk)} | sent)


def exchange(application: Application, code: str, verifier: str = VERIFIER, back: str = BACK) -> Any:
    sent = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": back}
    return fetch(application, **sent)


def refresh(application: Application, secret: str, **more: str) -> Any:
    return fetch(application, grant_type="refresh_token", refresh_token=secret, **more)


def test_a_person_lets_an_application_act_and_takes_it_back(world: World, application: Application) -> None:
    client, where = signed_in(world.admin), reverse("oauth_authorize")
    page = client.get(where, ask(application))
    assert all(
        word in page.content.decode() for word in ("Case app", "Ask questions", world.matter.name, BACK)
    )
    assert "form-action 'self' https://case.example;" in page.headers["Content-Security-Policy"]
    assert Client().get(where, ask(application)).headers["Location"].startswith(reverse("login"))
    told = answered(client, ask(application), do="refuse")
    assert told["error"] == "access_denied" and told["state"] == "s&1" and told["iss"] == "http://testserver"
    told = answered(client, ask(application), do="allow", where="some", matters=[str(world.matter.pk)])
    assert told["state"] == "s&1" and told["tab"] == "1"
    got = exchange(application, told["code"]).json()
    assert (got["token_type"], got["expires_in"], got["scope"]) == ("Bearer", 3600, "ask read")
    program = Program(got["access_token"])
    said = program.get("/v1/me").json()
    assert said["client"] == "Case app" and said["matter_ids"] == [str(world.matter.pk)]
    assert said["scopes"] == ["ask", "read"]
    assert Program(got["refresh_token"]).get("/v1/me").status_code == 401
    assert not Code.objects.filter(code_sha256=told["code"]).exists()
    grant = Token.objects.get(application=application)
    assert "You let this application act" in client.get(reverse("tokens")).content.decode()
    assert Event.objects.get(action="token.made").user == world.admin
    client.post(reverse("revoke_token", args=[grant.pk]))
    assert program.get("/v1/me").status_code == 401
    assert refresh(application, got["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_code_or_a_secret_that_comes_twice_ends_all(world: World, application: Application) -> None:
    client = signed_in(world.admin)
    code = answered(client, ask(application), do="allow", where="all")["code"]
    assert exchange(application, code, "w" * 50).json()["error"] == "invalid_grant"
    assert exchange(application, code, back="http://127.0.0.1/cb").json()["error"] == "invalid_grant"
    first = exchange(application, code).json()
    assert exchange(application, code).json()["error"] == "invalid_grant"
    assert Program(first["access_token"]).get("/v1/me").status_code == 401
    got = exchange(application, answered(client, ask(application), do="allow", where="all")["code"]).json()
    less = refresh(application, got["refresh_token"], scope="read").json()
    assert less["scope"] == "read" and less["refresh_token"] != got["refresh_token"]
    assert Program(less["access_token"]).get("/v1/me").json()["scopes"] == ["read"]
    assert refresh(application, less["refresh_token"], scope="manage").json()["error"] == "invalid_scope"
    assert refresh(application, got["refresh_token"]).json()["error"] == "invalid_grant"
    for secret in (got["access_token"], less["access_token"]):
        assert Program(secret).get("/v1/me").status_code == 401
    assert refresh(application, less["refresh_token"]).json()["error"] == "invalid_grant"
    assert Event.objects.filter(action="token.revoked").count() == 2


def test_programs_give_tokens_back_and_applications_end(world: World, application: Application) -> None:
    other = add_application("Other", [BACK], actor=Actor(world.staff))
    client = signed_in(world.reviewer)
    got = exchange(application, answered(client, ask(application), do="allow", where="all")["code"]).json()
    stolen = {"client_id": str(other.pk), "token": got["refresh_token"]}
    assert Client().post("/oauth/revoke", stolen).json()["error"] == "invalid_grant"
    assert refresh(other, got["refresh_token"]).json()["error"] == "invalid_grant"
    own = {"client_id": str(application.pk), "token": got["access_token"]}
    assert Client().post("/oauth/revoke", own).status_code == 200
    assert Client().post("/oauth/revoke", own | {"token": "unknown"}).status_code == 200
    assert Program(got["access_token"]).get("/v1/me").status_code == 401
    got = refresh(application, got["refresh_token"]).json()
    program = Program(got["access_token"])
    assert program.get("/v1/me").status_code == 200
    remove = reverse("remove_application", args=[application.pk])
    assert client.post(remove).status_code == client.get(reverse("applications")).status_code == 404
    staff = signed_in(world.staff)
    assert "com.example.app:/cb" in staff.get(reverse("applications")).content.decode()
    assert staff.post(remove).status_code == 302
    assert program.get("/v1/me").status_code == 401
    assert refresh(application, got["refresh_token"]).json()["error"] == "invalid_client"
    assert client.get(reverse("oauth_authorize"), ask(application)).status_code == 400


def test_what_a_person_allowed_ends_with_their_account(world: World, application: Application) -> None:
    """For good: a new way in for the person is none for programs that acted for them before."""
    person, other = world.admin, world.staff
    code = answered(signed_in(person), ask(application), do="allow", where="all")["code"]
    allowed = Program(exchange(application, code).json()["access_token"])
    mine = program_of(person)
    assert {one.get("/v1/me").status_code for one in (mine, allowed)} == {200}
    deactivate(person, actor=Actor(other))
    assert {one.get("/v1/me").status_code for one in (mine, allowed)} == {401}
    reactivate(person, actor=Actor(other))
    assert {one.get("/v1/me").status_code for one in (mine, allowed)} == {401}
    ended = Event.objects.filter(action="token.revoked")
    assert ended.count() == 2 and {event.user for event in ended} == {other}


def test_what_is_unfit_is_refused_where_it_is_safe_to_say_so(world: World, application: Application) -> None:
    client, where = signed_in(world.reviewer), reverse("oauth_authorize")
    unfit = ("https://evil.example/", "", "http://[::1", "https://\u00e9vil.example/")
    for changed in ({"client_id": "nobody"}, *({"redirect_uri": address} for address in unfit)):
        response = client.get(where, ask(application, **changed))
        assert response.status_code == 400 and "nothing was sent" in response.content.decode()
    for changed, error in (
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ):
        location = client.get(where, ask(application, **changed)).headers["Location"]
        assert location.startswith(BACK) and parse_qs(urlsplit(location).query)["error"] == [error]
    assert is_answered_at(application, "http://127.0.0.1:51234/cb")
    turned = "http://127.0.0.1:5;frame-ancestors *;/cb"
    for address in (
        turned,
        "http://127.0.0.1:5/other",
        "http://127.0.0.1@evil.example/cb",
        BACK + "#x",
        BACK[:-1],
    ):
        assert not is_answered_at(application, address)
    for addresses in (
        "https://x;frame-ancestors *;/y",
        "http://case.example/",
        "javascript:alert(1)",
        "https://x/#y",
        "",
    ):
        sent = {"name": "Bad", "addresses": addresses}
        assert signed_in(world.staff).post(reverse("applications"), sent).status_code == 422
    sent = {"name": "Good", "addresses": "https://case.example/cb"}
    assert signed_in(world.staff).post(reverse("applications"), sent).status_code == 302

"""Programs sign in by OAuth: client credentials, within the token that a person made."""

import base64
from typing import Any

import pytest
from django.test import Client

from reviewapp.api.actions import make_token, revoke_token
from reviewapp.api.models import Token
from reviewapp.frame.actor import Actor
from tests.api.conftest import Program
from tests.pages.world import World


def sign_in(client_id: str, secret: str, **sent: str) -> Any:
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    data = {"grant_type": "client_credentials", **sent}
    return Client().post("/oauth/token", data, headers={"Authorization": f"Basic {basic}"})


def test_a_program_gets_a_token_of_an_hour_that_ends_with_its_persons(world: World) -> None:
    actor = Actor(world.admin)
    token, secret = make_token("Case manager", ["ask", "upload"], actor=actor, matters=[world.matter])
    response = sign_in(str(token.pk), secret, scope="ask")
    assert response.status_code == 200, response.content
    assert response.json()["scope"] == "ask" and response.json()["expires_in"] == 3600
    program = Program(response.json()["access_token"])
    assert program.get("/v1/me").json() | {"person": None} == {
        "person": None,
        "client": "Case manager",
        "scopes": ["ask", "read"],
        "matter_ids": [str(world.matter.pk)],
    }
    upload = {"name": "x", "sha256": "0" * 64, "size_bytes": 1}
    assert program.post(f"/v1/matters/{world.matter.pk}/uploads", upload).status_code == 403
    short = Token.objects.get(parent=token)
    assert sign_in(str(short.pk), program.secret).status_code == 401
    revoke_token(token, actor=actor)
    assert program.get("/v1/me").status_code == 401
    assert sign_in(str(token.pk), secret).status_code == 401


def test_a_narrower_token_is_not_told_again_what_the_whole_one_was(world: World) -> None:
    token, secret = make_token("Case manager", ["ask", "manage"], actor=Actor(world.admin))
    whole = Program(secret)
    narrow = Program(sign_in(str(token.pk), secret, scope="ask").json()["access_token"])
    path, body = f"/v1/matters/{world.matter.pk}/webhooks", {"url": "https://example.org/"}
    made = whole.post(path, body, Idempotency_Key="hook")
    assert made.status_code == 201 and made.json()["secret"]
    assert whole.post(path, body, Idempotency_Key="hook").json() == made.json()
    refused = narrow.post(path, body, Idempotency_Key="hook")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
    assert 'scope="manage"' in refused.headers["WWW-Authenticate"]


def test_who_is_not_known_gets_nothing(world: World) -> None:
    token, secret = make_token("Case manager", ["ask"], actor=Actor(world.admin))
    assert sign_in(str(token.pk), "nb_wrong").status_code == 401
    assert sign_in("nobody", secret).status_code == 401
    more = sign_in(str(token.pk), secret, scope="ask manage")
    assert more.json().get("scope") == "ask"
    assert sign_in(str(token.pk), secret, scope="everything").json()["error"] == "invalid_scope"
    assert sign_in(str(token.pk), secret, grant_type="password").json()["error"] == "unsupported_grant_type"
    assert Client().get("/oauth/token").status_code == 405
    posted = {"grant_type": "client_credentials", "client_id": str(token.pk), "client_secret": secret}
    assert Client().post("/oauth/token", posted).status_code == 200


def test_where_to_sign_in_is_told() -> None:
    resource = Client().get("/.well-known/oauth-protected-resource").json()
    for name in ("v1", "mcp"):
        told = Client().get(f"/.well-known/oauth-protected-resource/{name}").json()
        assert told == resource | {"resource": f"http://testserver/{name}"}
    server = Client().get("/.well-known/oauth-authorization-server").json()
    assert resource["authorization_servers"] == [server["issuer"]]
    assert server["token_endpoint"].endswith("/oauth/token")
    assert server["code_challenge_methods_supported"] == ["S256"]
    for name in ("authorization", "token", "revocation"):
        assert Client().get(server[f"{name}_endpoint"]).status_code in {302, 405}
    assert resource["scopes_supported"] == server["scopes_supported"]


def test_asking_for_tokens_has_a_limit_by_address(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewapp.api.limits.time.time", lambda: 2_000_000.0)
    settings.API_REQUESTS_PER_MINUTE = 2
    token, secret = make_token("Case manager", ["ask"], actor=Actor(world.admin))
    first = sign_in(str(token.pk), secret)
    assert (first.status_code, first.headers["RateLimit"]) == (200, '"caller";r=1;t=40')
    assert sign_in(str(token.pk), "nb_wrong").status_code == 401
    for refused in (sign_in(str(token.pk), secret), Client().post("/oauth/revoke", {"token": secret})):
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
        assert refused.json()["error"] == "too_many_requests"
    assert Program(first.json()["access_token"]).get("/v1/me").status_code == 200
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sent = {"grant_type": "client_credentials", "client_id": str(token.pk), "client_secret": secret}
    elsewhere = Client(headers={"X-Forwarded-For": "198.51.100.7"}).post("/oauth/token", sent)
    assert elsewhere.status_code == 200

"""Who calls: from the `Authorization` header to an actor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from reviewapp.api.models import Token
from reviewapp.api.policy import actor_of_token, token_of_secret
from reviewapp.api.problems import Refused
from reviewapp.frame.actor import Actor
from reviewapp.frame.bearer import hash_of, secret_of

METADATA = "/.well-known/oauth-protected-resource/v1"
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Caller:
    """A program that signed in: the actor it is, `owner` (whose its keys are), `person` (by whom its requests are
    counted, with those of all other programs of that person), and the same actor as it is later, for what runs on;
    `now` raises Refused once the token is revoked."""

    actor: Actor
    owner: str
    person: str
    now: Callable[[], Actor]


def caller_of(request: HttpRequest) -> Caller:
    """Raises Refused (401) without a good token."""
    secret = secret_of(request)
    if not secret:
        message = "Send a token in the header: Authorization: Bearer ..."
        raise Refused("token-missing", message, 401, headers=challenge(request))
    return _of_secret(request, secret)


def challenge(request: HttpRequest, error: str = "", scope: str = "") -> dict[str, str]:
    """The header that says how to sign in (RFC 6750, RFC 9728)."""
    said = [f'Bearer resource_metadata="{request.build_absolute_uri(METADATA)}"']
    said += [f'error="{error}"'] if error else []
    said += [f'scope="{scope}"'] if scope else []
    return {"WWW-Authenticate": ", ".join(said)}


def _of_secret(request: HttpRequest, secret: str) -> Caller:
    refused = Refused(
        "token-invalid",
        "The token is unknown, expired or revoked; make a new one.",
        401,
        headers=challenge(request, "invalid_token"),
    )
    digest = hash_of(secret)

    def now() -> Actor:
        token = token_of_secret(digest)
        if token is None:
            raise refused
        return actor_of_token(token)

    token = token_of_secret(digest)
    if token is None:
        raise refused
    _note_use(token)
    owner, person = f"token:{token.made_by_a_person.pk}", f"person:{token.user_id}"
    return Caller(actor_of_token(token), owner, person, now)


def _note_use(token: Token) -> None:
    # NB: once a minute is as exact as anybody looks, and spares a write a request.
    moment, token = timezone.now(), token.made_by_a_person
    if token.last_used_at is None or token.last_used_at < moment - USED_EVERY:
        token.last_used_at = moment
        token.save(update_fields=["last_used_at"])

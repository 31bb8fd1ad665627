"""Changes to applications and to what people consent that they do."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reviewapp.api.actions import PREFIX_CHARACTERS, TokenError, make_short_token, revoke_token
from reviewapp.api.models import Application, Code, SpentSecret, Token
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.bearer import hash_of
from reviewapp.frame.naming import plain_name
from reviewapp.matters.models import Matter

CODE_LASTS = timedelta(minutes=2)
#: A consent ends when it was not refreshed for so long.
CONSENT_LASTS = timedelta(days=60)
MOST_ADDRESSES = 10
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SERVER = re.compile(r"[A-Za-z0-9.:\[\]_-]*")
_OWN_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+", re.IGNORECASE)


def new_refresh_secret() -> str:
    """A secret that refreshes; told from an access token by its first letters."""
    return "nbr_" + secrets.token_urlsafe(32)


def add_application(name: str, addresses: Sequence[str], *, actor: Actor) -> Application:
    """An application that is answered at these addresses. Raises TokenError for an unfit name or address."""
    name = plain_name(name)
    if not 1 <= len(name) <= 100:
        raise TokenError("application-name-wrong", "Give the application a name of at most 100 characters.")
    if not 1 <= len(addresses) <= MOST_ADDRESSES or not all(map(_is_fit, addresses)):
        raise TokenError(
            "application-address-wrong",
            "Write one to ten addresses, a line each: https://…, http://127.0.0.1/… or the scheme of an app "
            "like com.example.app:/…; without a fragment.",
        )
    with transaction.atomic():
        added = Application.objects.create(
            name=name, redirect_uris=list(addresses), created_by=actor.signed_in()
        )
        record(Happened.APPLICATION_ADDED, added, actor=actor, name=name)
    return added


def remove_application(application: Application, *, actor: Actor) -> None:
    """End the application, and all that people consented that it does, at once."""
    with transaction.atomic():
        application.removed_at = timezone.now()
        application.save(update_fields=["removed_at"])
        ended = Token.objects.filter(application=application, revoked_at=None).update(
            revoked_at=application.removed_at
        )
        record(Happened.APPLICATION_REMOVED, application, actor=actor, tokens=ended)


def consent(
    application: Application,
    code: str,
    *,
    user: User,
    scopes: Sequence[str],
    matters: Sequence[Matter] | None,
    redirect_uri: str,
    challenge: str,
) -> Code:
    """Keep what the person consented to until the application fetches its tokens; `matters` None is all of theirs."""
    now = timezone.now()
    with transaction.atomic():
        # NB: kept a while after their end, so that one that is sent twice is known.
        Code.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
        kept = Code.objects.create(
            code_sha256=hash_of(code),
            expires_at=now + CODE_LASTS,
            application=application,
            user=user,
            scopes=sorted(set(scopes)),
            bound=matters is not None,
            redirect_uri=redirect_uri,
            challenge=challenge,
        )
        kept.matters.set(matters or [])
    return kept


def exchange(code: Code, access: str, refresh: str) -> Token:
    """The consent and the first token of an hour, with these secrets; the code was checked and is locked."""
    actor = Actor(code.user)
    grant = Token.objects.create(
        user=code.user,
        application=code.application,
        name=code.application.name,
        prefix=refresh[:PREFIX_CHARACTERS],
        secret_sha256=hash_of(refresh),
        scopes=code.scopes,
        bound=code.bound,
        expires_at=timezone.now() + CONSENT_LASTS,
    )
    matters = list(code.matters.all())
    grant.matters.set(matters)
    code.token = grant
    code.save(update_fields=["token"])
    record(Happened.TOKEN_MADE, grant, actor=actor, scopes=" ".join(grant.scopes), matters=len(matters))
    make_short_token(grant, access, grant.scopes)
    return grant


def rotate(grant: Token, access: str, refresh: str, scopes: Sequence[str]) -> Token:
    """A new token of an hour and a new secret to refresh with; the one until now is spent."""
    SpentSecret.objects.create(token=grant, secret_sha256=grant.secret_sha256)
    now = timezone.now()
    grant.secret_sha256, grant.prefix = hash_of(refresh), refresh[:PREFIX_CHARACTERS]
    grant.expires_at, grant.last_used_at = now + CONSENT_LASTS, now
    grant.save(update_fields=["secret_sha256", "prefix", "expires_at", "last_used_at"])
    make_short_token(grant, access, scopes)
    return grant


def end_copied(grant: Token) -> None:
    """End a consent whose code or secret was sent a second time: one of the two who sent it should not have it."""
    revoke_token(grant, actor=Actor(grant.user))


def is_answered_at(application: Application, address: str) -> bool:
    """Whether this is one of its addresses, as it is written; on this machine any port will do (RFC 8252, 7.3)."""
    if address in application.redirect_uris:
        return True
    asked = _parts_of(address)
    return (
        asked is not None
        and asked.scheme == "http"
        and any(
            (known.scheme, known.hostname, known.path, known.query)
            == (asked.scheme, asked.hostname, asked.path, asked.query)
            and known.hostname in LOOPBACK
            and not asked.username
            and not asked.fragment
            for known in map(urlsplit, application.redirect_uris)
        )
    )


def _parts_of(address: str) -> SplitResult | None:
    """An address in its parts; None where it is none, or names a server in signs that no server's name has.

    Where answers go is also written into the policy of the page (`form_action_to`), which such signs would change.
    """
    try:
        parts = urlsplit(address)
        is_good = _SERVER.fullmatch(parts.netloc) is not None and parts.port != 0
    except ValueError:
        return None
    return parts if is_good else None


def _is_fit(address: str) -> bool:
    parts = _parts_of(address)
    if parts is None:
        return False
    if parts.fragment or "#" in address or len(address) > 2000 or parts.username or not address.isprintable():
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme == "http":
        return parts.hostname in LOOPBACK
    return _OWN_SCHEME.fullmatch(parts.scheme) is not None

"""Changes to access tokens."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reviewapp.api.models import Code, Token
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor, Scope
from reviewapp.frame.bearer import hash_of
from reviewapp.frame.errors import ActionError
from reviewapp.frame.naming import plain_name
from reviewapp.matters.models import Matter

MARK = "nb_"
PREFIX_CHARACTERS = 11
SECONDS_OF_SHORT_TOKENS = 3600


class TokenError(ActionError):
    """A token that cannot be made."""


def new_secret() -> str:
    """A secret that nobody guesses (256 bits)."""
    return MARK + secrets.token_urlsafe(32)


def make_token(
    name: str,
    scopes: Sequence[str],
    *,
    actor: Actor,
    matters: Sequence[Matter] | None = None,
    expires_at: datetime | None = None,
    secret: str = "",
) -> tuple[Token, str]:
    """A token of the actor's and its secret, which is told this once; `matters` None reaches all of the actor's.

    A `secret` that is given is for demonstrations; all others are new ones. Raises TokenError for a name, a scope or
    a time that cannot be used.
    """
    name = plain_name(name)
    if not 1 <= len(name) <= 100:
        raise TokenError("token-name-wrong", "Give the token a name of at most 100 characters.")
    if not scopes or set(scopes) - set(Scope):
        raise TokenError("token-scopes-wrong", "Choose at least one of the scopes.")
    if expires_at is not None and expires_at <= timezone.now():
        raise TokenError("token-expired", "Choose a time to come for the token's end.")
    secret = secret or new_secret()
    with transaction.atomic():
        token = Token.objects.create(
            user=actor.signed_in(),
            name=name,
            prefix=secret[:PREFIX_CHARACTERS],
            secret_sha256=hash_of(secret),
            scopes=sorted(set(scopes)),
            bound=matters is not None,
            expires_at=expires_at,
        )
        token.matters.set(matters or [])
        record(
            Happened.TOKEN_MADE, token, actor=actor, scopes=" ".join(token.scopes), matters=len(matters or [])
        )
    return token, secret


def make_short_token(parent: Token, secret: str, scopes: Sequence[str]) -> Token:
    """A token of an hour with this secret, got with another one; those of it that have ended are forgotten."""
    now = timezone.now()
    with transaction.atomic():
        parent.short_ones.filter(expires_at__lt=now).delete()
        return Token.objects.create(
            user=parent.user,
            parent=parent,
            name=parent.name,
            prefix=secret[:PREFIX_CHARACTERS],
            secret_sha256=hash_of(secret),
            scopes=sorted(set(scopes)),
            expires_at=now + timedelta(seconds=SECONDS_OF_SHORT_TOKENS),
        )


def revoke_token(token: Token, *, actor: Actor) -> Token:
    """End the token at once, for what is running too; one that has ended stays as it is."""
    with transaction.atomic():
        locked = Token.objects.select_for_update().get(pk=token.pk)
        if locked.revoked_at is None:
            locked.revoked_at = timezone.now()
            locked.save(update_fields=["revoked_at"])
            record(Happened.TOKEN_REVOKED, locked, actor=actor)
    return locked


def end_tokens_of(person: User, *, actor: Actor) -> None:
    """End for good all that programs act for the person by; in the transaction of `account_ended`."""
    for token in Token.objects.filter(user=person, parent=None, revoked_at=None):
        revoke_token(token, actor=actor)
    Code.objects.filter(user=person, token=None).delete()

"""Whose tokens, operations and uploads are whose."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.api.models import Operation, Token, Upload
from reviewapp.frame.actor import Actor, Client, Scope
from reviewapp.intake.policy import may_upload
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, NotAvailable, allowed, find, may_view, rule


@rule(Scope.MANAGE)
def may_manage_tokens(actor: Actor) -> bool:
    """A person manages their own tokens on their pages; a token makes no tokens."""
    return actor.person is not None and actor.client is None


def visible_tokens(actor: Actor) -> models.QuerySet[Token]:
    if not may_manage_tokens(actor):
        return Token.objects.none()
    return Token.objects.filter(user=actor.person, parent=None).prefetch_related("matters")


def access_token_by_id(actor: Actor, token_id: UUID | str) -> Token:
    return find(visible_tokens(actor), token_id)


def token_of_secret(secret_sha256: str) -> Token | None:
    found = Token.objects.filter(secret_sha256=secret_sha256, user__is_active=True)
    token = found.select_related("user", "parent").first()
    return token if token is not None and token.is_good else None


def token_of_client(client_id: str) -> Token | None:
    try:
        found = find(
            Token.objects.filter(parent=None, user__is_active=True).select_related("user"), client_id
        )
    except NotAvailable:
        return None
    return found if found.is_good else None


def actor_of_token(token: Token) -> Actor:
    whole = token.made_by_a_person
    matters = frozenset(whole.matters.values_list("pk", flat=True)) if whole.bound else None
    # NB: who may do something with what is there may read it: answers to writes show it.
    scopes = frozenset(Scope(scope) for scope in token.scopes if scope in set(Scope)) | {Scope.READ}
    return Actor(token.user, Client(token.name, matters), scopes)


def visible_operations(actor: Actor, matter: Matter) -> models.QuerySet[Operation]:
    if not may_view(actor, matter):
        return Operation.objects.none()
    return Operation.objects.filter(matter=matter).select_related("matter", "batch__matter")


def access_operation_by_id(
    actor: Actor, operation_id: UUID | str, *, may: MatterRule = may_view
) -> Operation:
    operation = find(Operation.objects.select_related("matter", "batch__matter"), operation_id)
    return allowed(operation, may(actor, operation.matter))


def access_upload_by_id(actor: Actor, upload_id: UUID | str) -> Upload:
    upload = find(Upload.objects.select_related("matter", "batch"), upload_id)
    own = actor.person is not None and upload.created_by_id == actor.person.pk
    if not own:
        raise NotAvailable
    return allowed(upload, may_upload(actor, upload.matter))

"""Whose tokens, operations and uploads are whose."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.api.models import Application, Code, Operation, Token, Upload
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


@rule(Scope.MANAGE)
def may_consent(actor: Actor) -> bool:
    """A person says in the browser who may act for them; a client never does."""
    return actor.person is not None and actor.client is None


@rule(Scope.MANAGE)
def may_manage_applications(actor: Actor) -> bool:
    """Who manages people says which programs may ask people to act for them; no client does."""
    return actor.client is None and actor.person is not None and actor.person.is_staff


def visible_applications(actor: Actor) -> models.QuerySet[Application]:
    """Raises NotAvailable for those who may not manage them: the page is not there for them."""
    if not may_manage_applications(actor):
        raise NotAvailable
    return Application.objects.filter(removed_at=None)


def access_application_by_id(actor: Actor, application_id: UUID | str) -> Application:
    return find(visible_applications(actor), application_id)


def application_of_client(client_id: str) -> Application | None:
    try:
        return find(Application.objects.filter(removed_at=None), client_id)
    except NotAvailable:
        return None


def code_of(code_sha256: str, application: Application) -> Code | None:
    """The code, locked in the caller's transaction, so that of two exchanges one is the first."""
    found = Code.objects.select_for_update().filter(code_sha256=code_sha256, application=application)
    return found.first()


def grant_of_refresh_secret(secret_sha256: str, application: Application) -> Token | None:
    """What a person consented to, by the secret that refreshes it or one that did, locked; good or not."""
    grants = Token.objects.select_for_update().filter(application=application)
    return (
        grants.filter(secret_sha256=secret_sha256).first()
        or grants.filter(spent_secrets__secret_sha256=secret_sha256).first()
    )


def issued_token_of(secret_sha256: str) -> Token | None:
    """A token by its secret, in use or not, for who revokes it."""
    return Token.objects.filter(secret_sha256=secret_sha256).select_related("parent__application").first()


def token_of_secret(secret_sha256: str) -> Token | None:
    found = Token.objects.filter(secret_sha256=secret_sha256, application=None, user__is_active=True)
    token = found.select_related("user", "parent").first()
    return token if token is not None and token.is_good else None


def token_of_client(client_id: str) -> Token | None:
    try:
        found = find(
            Token.objects.filter(parent=None, application=None, user__is_active=True).select_related("user"),
            client_id,
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

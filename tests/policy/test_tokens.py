"""Whose tokens and uploads are whose, and what a token lets its program be."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from reviewapp.api.actions import make_token, revoke_token
from reviewapp.api.models import Operation, Token
from reviewapp.api.operations import begun
from reviewapp.api.policy import (
    access_operation_by_id,
    access_token_by_id,
    access_upload_by_id,
    actor_of_token,
    may_manage_tokens,
    token_of_secret,
    visible_operations,
    visible_tokens,
)
from reviewapp.api.uploads import begin_upload
from reviewapp.frame.actor import SYSTEM, Actor, Client, Scope
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.policy import NotAvailable, visible_matters


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return {name: User.objects.create(username=name) for name in ("ada", "rhea", "oscar")}


def test_people_manage_their_own_tokens_and_nobody_elses(people: dict[str, User]) -> None:
    ada, oscar = Actor(people["ada"]), Actor(people["oscar"])
    token, _ = make_token("archive", ["read"], actor=ada)
    assert access_token_by_id(ada, token.pk) == token
    program = actor_of_token(token)
    for actor in (oscar, program, SYSTEM, Actor(AnonymousUser())):
        with pytest.raises(NotAvailable):
            access_token_by_id(actor, token.pk)
        assert not visible_tokens(actor).filter(pk=token.pk).exists()
    allowed = [may_manage_tokens(actor) for actor in (ada, oscar, program, SYSTEM, Actor(AnonymousUser()))]
    assert allowed == [True, True, False, False, False]


def test_a_token_is_its_person_within_scopes_and_matters(people: dict[str, User]) -> None:
    ada = Actor(people["ada"])
    first, second = create_matter("First", actor=ada), create_matter("Second", actor=ada)
    token, _ = make_token("archive", ["ask"], actor=ada, matters=[first])
    actor = actor_of_token(token)
    assert (actor.person, actor.client_name) == (people["ada"], "archive")
    assert actor.scopes == frozenset({Scope.ASK, Scope.READ})
    assert list(visible_matters(actor)) == [first] and actor.reaches(second.pk) is False
    token.matters.clear()
    assert not visible_matters(actor_of_token(Token.objects.get())).exists()


def test_only_good_tokens_of_accounts_in_use_sign_in(people: dict[str, User]) -> None:
    ada = Actor(people["ada"])
    token, secret = make_token("archive", ["read"], actor=ada)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    assert token_of_secret(digest) == token and token_of_secret("0" * 64) is None
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert token_of_secret(digest) is None
    Token.objects.update(expires_at=None)
    User.objects.filter(pk=people["ada"].pk).update(is_active=False)
    assert token_of_secret(digest) is None
    User.objects.filter(pk=people["ada"].pk).update(is_active=True)
    revoke_token(token, actor=ada)
    assert token_of_secret(digest) is None


def test_operations_are_for_members_and_uploads_for_who_began_them(people: dict[str, User]) -> None:
    ada, rhea = Actor(people["ada"]), Actor(people["rhea"])
    matter = create_matter("First", actor=ada)
    add_member(matter, people["rhea"], "admin", actor=ada)
    operation = begun(Operation.Kind.QUESTIONS, matter, ada)
    upload = begin_upload(matter, actor=ada, name="a", sha256="0" * 64, size_bytes=1)
    assert access_operation_by_id(rhea, operation.pk) == operation
    assert list(visible_operations(rhea, matter)) == [operation]
    assert access_upload_by_id(ada, upload.pk) == upload
    reading = Actor(people["ada"], Client("archive"), frozenset({Scope.READ}))
    for actor in (rhea, reading, Actor(people["oscar"])):
        with pytest.raises(NotAvailable):
            access_upload_by_id(actor, upload.pk)
    with pytest.raises(NotAvailable):
        access_operation_by_id(Actor(people["oscar"]), operation.pk)
    assert not visible_operations(Actor(people["oscar"]), matter)

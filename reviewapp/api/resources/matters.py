"""Matters, their members, and who calls."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.paging import Cursor, ExternalIdQuery, Fields, Limit, PageOf, chosen, listed, plain
from reviewapp.api.problems import Refused, wrong_field
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import (
    MatterChange,
    MatterShape,
    Member,
    MemberChange,
    Myself,
    NewMatter,
    NewMember,
    Person,
)
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters import actions
from reviewapp.matters.counts import with_documents
from reviewapp.matters.forms import user_named
from reviewapp.matters.identity import identify_matter, put_matter
from reviewapp.matters.models import Matter, Membership
from reviewapp.matters.policy import (
    access_matter_by_id,
    access_membership_by_id,
    may_administer,
    may_create_matters,
    may_manage_members,
    roles_of,
    visible_matters,
    visible_members,
)

resource = Resource("Matters")


def person_of(user: User) -> Person:
    """An account as others see it."""
    return Person(id=str(user.pk), username=user.get_username(), name=user.get_full_name())


def shapes_of(actor: Actor, matters: list[Matter]) -> list[MatterShape]:
    """The matters with the caller's role in each; `document_count` was counted before."""
    roles = roles_of(actor, matters)
    return [
        MatterShape(
            id=str(matter.pk),
            name=matter.name,
            external_id=matter.external_id,
            created_at=matter.created_at,
            archived_at=matter.archived_at,
            role=roles[matter.pk],  # type: ignore[arg-type]
            documents=matter.document_count,  # type: ignore[attr-defined]
        )
        for matter in matters
    ]


def _one(request: ApiRequest, matter: Matter) -> MatterShape:
    matter.document_count = matter.documents.count()  # type: ignore[attr-defined]
    return shapes_of(request.actor, [matter])[0]


def _member(membership: Membership) -> Member:
    return Member(
        id=str(membership.pk),
        person=person_of(membership.user),
        role=membership.role,  # type: ignore[arg-type]
        created_at=membership.created_at,
    )


@resource.get("/me", Myself)
def get_me(request: ApiRequest) -> Myself:
    """Who calls: the person, the scopes and the matters of the token."""
    actor = request.actor
    bound = actor.client.matters if actor.client else None
    return Myself(
        person=person_of(actor.signed_in()),
        client=actor.client_name,
        scopes=sorted(actor.scopes or ()),
        matter_ids=None if bound is None else sorted(map(str, bound)),
    )


@resource.get("/matters", PageOf[MatterShape])
def list_matters(
    request: ApiRequest,
    response: HttpResponse,
    cursor: Cursor,
    limit: Limit,
    fields: Fields,
    external_id: ExternalIdQuery,
) -> object:
    """The matters that the caller reaches, the oldest first."""
    rows = with_documents(visible_matters(request.actor))
    if external_id:
        rows = rows.filter(external_id=plain("external_id", external_id))
    page = listed(
        request,
        response,
        rows,
        ("created_at", "id"),
        cursor,
        limit,
        lambda found: shapes_of(request.actor, found),
    )
    return chosen(page, fields, MatterShape, response)


@resource.post("/matters", {200: MatterShape, 201: MatterShape}, scope=Scope.MANAGE)
def create_matter(request: ApiRequest, response: HttpResponse, payload: NewMatter) -> Status[Any]:
    """A new matter whose first admin is the caller's person (staff only).

    Where that person administers one with this `external_id`, it is that one (200), under the name that is given.
    """
    if not may_create_matters(request.actor):
        message = "Matters are created by staff, with a token that is not bound to matters."
        raise Refused("may-not-create-matters", message, 403)
    matter, is_new = put_matter(payload.name, payload.external_id, actor=request.actor)
    response.headers["Location"] = f"/v1/matters/{matter.pk}"
    return Status(201 if is_new else 200, _one(request, matter))


@resource.get("/matters/{matter_id}", MatterShape)
def get_matter(request: ApiRequest, matter_id: str) -> MatterShape:
    """One matter."""
    return _one(request, access_matter_by_id(request.actor, matter_id))


@resource.patch("/matters/{matter_id}", MatterShape, scope=Scope.MANAGE)
def change_matter(request: ApiRequest, matter_id: str, payload: MatterChange) -> MatterShape:
    """Rename a matter, or give it another external id (admins). Needs If-Match."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_administer)
    require_match(request, _one(request, matter))
    if payload.name is not None:
        matter = actions.rename_matter(matter, payload.name, actor=request.actor)
    if payload.external_id is not None:
        matter = identify_matter(matter, payload.external_id, actor=request.actor)
    return _one(request, matter)


@resource.post("/matters/{matter_id}/archive", MatterShape, scope=Scope.MANAGE)
def archive_matter(request: ApiRequest, matter_id: str) -> MatterShape:
    """Close a matter (admins): it stays readable, and nothing is asked, uploaded or consolidated any more."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_administer)
    return _one(request, actions.archive_matter(matter, actor=request.actor))


@resource.get("/matters/{matter_id}/members", PageOf[Member])
def list_members(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[Member]:
    """The people of a matter."""
    rows = visible_members(request.actor, access_matter_by_id(request.actor, matter_id))
    return listed(
        request,
        response,
        rows,
        ("created_at", "id"),
        cursor,
        limit,
        lambda found: [_member(row) for row in found],
    )


@resource.post("/matters/{matter_id}/members", {201: Member}, scope=Scope.MANAGE)
def add_member(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewMember
) -> Status[Any]:
    """Make a person a member (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_manage_members)
    user = user_named(payload.username)
    if user is None:
        raise wrong_field("/username", "there is no active account with this user name")
    membership = actions.add_member(matter, user, payload.role, actor=request.actor)
    response.headers["Location"] = f"/v1/members/{membership.pk}"
    return Status(201, _member(membership))


@resource.get("/members/{member_id}", Member, scope=Scope.MANAGE)
def get_member(request: ApiRequest, member_id: str) -> Member:
    """One membership (admins)."""
    return _member(access_membership_by_id(request.actor, member_id))


@resource.patch("/members/{member_id}", Member, scope=Scope.MANAGE)
def change_member(request: ApiRequest, member_id: str, payload: MemberChange) -> Member:
    """Give a member another role (admins). Needs If-Match."""
    membership = access_membership_by_id(request.actor, member_id)
    require_match(request, _member(membership))
    return _member(actions.change_role(membership, payload.role, actor=request.actor))


@resource.delete("/members/{member_id}", scope=Scope.MANAGE)
def remove_member(request: ApiRequest, member_id: str) -> Status[Any]:
    """Take a member out of the matter (admins). Needs If-Match."""
    membership = access_membership_by_id(request.actor, member_id)
    require_match(request, _member(membership))
    actions.remove_member(membership, actor=request.actor)
    return Status(204, None)

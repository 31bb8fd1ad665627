"""Accounts and groups as SCIM 2.0 says them (RFC 7643), and back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ETag,
    Filter,
    Group,
    GroupMember,
    InvalidValueException,
    ListResponse,
    Meta,
    Patch,
    Resource,
    ResourceType,
    ScimPolicy,
    SearchRequest,
    ServiceProviderConfig,
    Sort,
    User,
)
from scim2_models.path import Comparison

from reviewapp.directory import models
from reviewapp.directory.actions import Person

MOST_RESULTS = 200
#: The last place in a list that can be asked for.
LAST_PLACE = 10**9
#: Directories in use send more than the standard has, and remove by values: both are let pass, as they are meant.
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


def user_of(account: models.Account, base: str) -> User:
    """An account as SCIM says it."""
    user = account.user
    return User(
        id=str(account.pk),
        external_id=account.external_id or None,
        meta=Meta(
            resource_type="User",
            created=account.created_at,
            last_modified=account.changed_at,
            location=f"{base}/Users/{account.pk}",
        ),
        user_name=user.username,
        name=User.Name(given_name=user.first_name or None, family_name=user.last_name or None),
        emails=[User.Emails(value=user.email, primary=True)] if user.email else None,
        active=user.is_active,
        groups=[
            User.Groups(value=str(group.pk), display=group.name, ref=f"{base}/Groups/{group.pk}")
            for group in account.groups.all()
            if group.handed_over
        ]
        or None,
    )


def person_of(said: User) -> Person:
    """What a SCIM user says of a person. Raises InvalidValueException without a user name."""
    if not (said.user_name or "").strip():
        raise InvalidValueException(detail="userName is missing")
    emails = said.emails or []
    chosen = next((email for email in emails if email.primary), emails[0] if emails else None)
    return Person(
        username=said.user_name or "",
        external_id=said.external_id or "",
        email=str(chosen.value or "") if chosen else "",
        first_name=(said.name.given_name if said.name else None) or "",
        last_name=(said.name.family_name if said.name else None) or "",
        active=said.active is not False,
    )


def group_of(group: models.Group, base: str) -> Group:
    """A group as SCIM says it."""
    return Group(
        id=str(group.pk),
        external_id=group.external_id or None,
        meta=Meta(
            resource_type="Group",
            created=group.created_at,
            last_modified=group.changed_at,
            location=f"{base}/Groups/{group.pk}",
        ),
        display_name=group.name,
        members=[
            GroupMember(
                value=str(member.pk),
                display=member.user.username,
                ref=f"{base}/Users/{member.pk}",
                type="User",
            )
            for member in group.members.all()
        ]
        or None,
    )


def member_ids(said: Group) -> list[str]:
    """The ids of the accounts that a SCIM group has as members."""
    return [member.value for member in said.members or [] if member.value]


# What is asked for by these alone is found by the database; other filters are tried on each.
_FIELDS: dict[type[Resource[Any]], dict[str, str]] = {
    User: {"username": "user__username__iexact", "externalid": "external_id", "id": "pk"},
    Group: {"displayname": "name__iexact", "externalid": "external_id", "id": "pk"},
}


def narrowed(
    found: QuerySet[Any], asked: SearchRequest[Any], kind: type[Resource[Any]]
) -> QuerySet[Any] | None:
    """What the filter leaves where the database can tell; None where each must be tried."""
    if asked.filter is None:
        return found
    node = asked.filter.ast
    if not isinstance(node, Comparison) or str(node.op).lower() != "eq" or not isinstance(node.value, str):
        return None
    field = _FIELDS[kind].get(str(node.attr_path).lower())
    if field is None or field == "pk":
        return None
    if not can_be_kept(node.value):
        return found.none()
    return found.filter(**{field: node.value})


def can_be_kept(said: Any) -> bool:
    """Whether databases can keep all texts of what was sent as JSON: none has a NUL, or half of a surrogate pair."""
    if isinstance(said, str):
        return "\x00" not in said and not any("\ud800" <= sign <= "\udfff" for sign in said)
    parts = [*said, *said.values()] if isinstance(said, dict) else said if isinstance(said, list) else []
    return all(map(can_be_kept, parts))


def page(kind: type[Resource[Any]], resources: Iterable[Any], asked: SearchRequest[Any], total: int) -> Any:
    """A page of a list (RFC 7644, section 3.4.2)."""
    found = list(resources)
    return ListResponse[kind](
        total_results=total,
        start_index=asked.start_index or 1,
        items_per_page=len(found),
        resources=found,
    )


def config() -> ServiceProviderConfig:
    """What of SCIM this installation does (RFC 7643, section 5)."""
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=False),
        authentication_schemes=[
            AuthenticationScheme(
                type="oauthbearertoken",
                name="Token of the directory",
                description="A token that somebody who manages people made for the directory.",
                primary=True,
            )
        ],
    )


def about(what: str, request: HttpRequest) -> list[Any] | ServiceProviderConfig | None:
    """What SCIM asks a service about itself (RFC 7644, section 4); None for what there is not."""
    if what == "ServiceProviderConfig":
        return config()
    if what == "ResourceTypes":
        return [ResourceType.from_resource(User), ResourceType.from_resource(Group)]
    if what == "Schemas":
        return [User.to_schema(), Group.to_schema()]
    return None

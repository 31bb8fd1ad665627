"""SCIM 2.0: the company's directory makes, changes and closes accounts, and hands groups over."""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviewapp.api.actions import make_token
from reviewapp.api.models import Token
from reviewapp.directory import groups
from reviewapp.directory.actions import make_scim_token
from reviewapp.directory.groups import give_role, take_role
from reviewapp.directory.models import Account, ScimToken
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import change_role, create_matter, remove_member
from reviewapp.matters.models import Membership
from reviewapp.matters.policy import NotAvailable
from reviewapp.people import actions as people

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    """A directory that speaks SCIM."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def __call__(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/scim+json"}
        where = f"/scim/v2/{path}"
        response = getattr(self.client, method)(where, query_params=query, **sent)
        if response.status_code != 204:
            assert response.headers["Content-Type"].startswith("application/scim+json"), response.content
        return response

    def make(self, username: str, **more: Any) -> str:
        response = self("post", "Users", {"schemas": [USER], "userName": username} | more)
        assert response.status_code == 201, response.content
        made: str = response.json()["id"]
        assert response.headers["Location"] == f"http://testserver/scim/v2/Users/{made}"
        return made

    def patch(self, path: str, *operations: dict[str, Any]) -> Any:
        return self("patch", path, {"schemas": [PATCH], "Operations": list(operations)})

    def found(self, path: str, filter: str, **more: str) -> list[str]:
        said = self("get", path, filter=filter, **more).json()
        return [one.get("userName") or one["displayName"] for one in said["Resources"]]


@pytest.fixture
def scim(staff: User) -> Directory:
    return Directory(make_scim_token("Entra", actor=Actor(staff))[1])


def test_accounts_are_made_found_changed_and_closed(scim: Directory, staff: User) -> None:
    name = {"givenName": "Ana", "familyName": "Ortiz"}
    emails = [{"value": "ana@x.example", "type": "work", "primary": True}]
    key = scim.make("ana", externalId="e-1", name=name, emails=emails, active=True, title="Counsel")
    ana = User.objects.get(username="ana")
    assert (ana.get_full_name(), ana.email, ana.has_usable_password()) == (
        "Ana Ortiz",
        "ana@x.example",
        False,
    )
    scim.make("bo", externalId="e-2")
    assert scim.found("Users", 'userName eq "ANA"') == scim.found("Users", 'externalId eq "e-1"') == ["ana"]
    assert scim.found("Users", 'userName sw "b" or emails.value co "@x."') == ["ana", "bo"]
    assert scim.found("Users", 'userName eq "stella"') == []
    page = scim("get", "Users", startIndex="2", count="1").json()
    assert (page["totalResults"], page["itemsPerPage"], page["Resources"][0]["userName"]) == (2, 1, "bo")
    assert set(scim("get", f"Users/{key}", attributes="userName").json()) == {"schemas", "id", "userName"}
    session = Client()
    session.force_login(ana)
    closed = scim.patch(f"Users/{key}", {"op": "Replace", "path": "active", "value": False})
    assert closed.status_code == 200 and closed.json()["active"] is False
    assert session.get(reverse("matters")).status_code == 302
    opened = scim.patch(f"Users/{key}", {"op": "replace", "value": {"active": True, "name.familyName": "Oz"}})
    assert opened.json()["active"] is True and opened.json()["name"]["familyName"] == "Oz"
    replaced = scim("put", f"Users/{key}", {"schemas": [USER], "userName": "ana.oz", "externalId": "e-9"})
    assert (replaced.json()["userName"], replaced.json()["externalId"]) == ("ana.oz", "e-9")
    assert scim("delete", f"Users/{key}").status_code == 204
    assert scim("get", f"Users/{key}").status_code == scim("delete", f"Users/{key}").status_code == 404
    ana.refresh_from_db()
    assert not ana.is_active and Account.objects.count() == 1
    about = Event.objects.filter(object_type="auth.User", object_id=str(ana.pk))
    assert {(event.client, event.user) for event in about} == {("Directory: Entra", None)}
    assert {"user.invited", "user.deactivated", "user.reactivated"} <= {event.action for event in about}


def test_a_deleted_account_comes_back_to_the_directory_alone(
    scim: Directory, staff: User, rhea: User
) -> None:
    def made(username: str, **more: Any) -> int:
        return int(scim("post", "Users", {"schemas": [USER], "userName": username} | more).status_code)

    key = scim.make("ana", externalId="e-1")
    ana = User.objects.get(username="ana")
    assert made("ana") == 409, "one that the directory has counts"
    make_token("archive", ["read"], actor=Actor(ana))
    scim("delete", f"Users/{key}")
    assert made("ana", externalId="e-2") == 409, "another person of this name"
    back = scim.make("Ana", externalId="e-1", active=False)
    assert back != key and scim("get", f"Users/{key}").status_code == 404
    assert not User.objects.get(pk=ana.pk).is_active
    scim("delete", f"Users/{back}")
    again = scim.make("ana")
    ana.refresh_from_db()
    assert ana.is_active and ana.directory_account.pk == UUID(again) and not ana.has_usable_password()
    assert not Token.objects.filter(user=ana, revoked_at=None).exists()
    reopened = Event.objects.get(action="user.reactivated", object_id=str(ana.pk))
    assert reopened.client == "Directory: Entra"
    # one that somebody here reopened, and one that was never the directory's, are out of its reach
    scim("delete", f"Users/{again}")
    people.reactivate(ana, actor=Actor(staff))
    for person in (ana, rhea):
        people.deactivate(person, actor=Actor(staff))
        assert made(person.username) == 409
        person.refresh_from_db()
        assert not person.is_active and not hasattr(person, "directory_account")


def test_groups_give_what_matters_say(scim: Directory, staff: User, settings: Any) -> None:
    settings.ADMIN_GROUPS = ["IT"]
    matter = create_matter("Mine", actor=Actor(staff))
    give_role(matter, "Deal team", "reviewer", actor=Actor(staff))
    ana, bo = scim.make("ana"), scim.make("bo")

    def members() -> list[str]:
        found = Membership.objects.filter(matter=matter).exclude(user=staff)
        return sorted(found.values_list("user__username", flat=True))

    sent = {"schemas": [GROUP], "displayName": "Deal team", "externalId": "g-1", "members": [{"value": ana}]}
    made = scim("post", "Groups", sent)
    assert made.status_code == 201 and made.json()["members"][0]["display"] == "ana" and members() == ["ana"]
    where = f"Groups/{made.json()['id']}"
    assert scim("post", "Groups", sent).json()["scimType"] == "uniqueness"
    assert scim.found("Groups", 'displayName eq "deal team"', excludedAttributes="members") == ["Deal team"]
    assert scim.found("Groups", 'externalId eq "g-1"') == ["Deal team"]
    assert scim("get", f"Users/{ana}").json()["groups"][0]["display"] == "Deal team"
    scim.patch(where, {"op": "add", "path": "members", "value": [{"value": bo}]})
    assert members() == ["ana", "bo"]
    scim.patch(where, {"op": "remove", "path": f'members[value eq "{ana}"]'})
    assert members() == ["bo"]
    scim.patch(where, {"op": "Remove", "path": "members", "value": [{"value": bo}]})
    assert members() == []
    scim.patch(where, {"op": "replace", "path": "members", "value": [{"value": ana}]})
    assert scim("delete", where).status_code == 204 and members() == []
    it = scim("post", "Groups", {"schemas": [GROUP], "displayName": "IT", "members": [{"value": bo}]}).json()
    assert User.objects.get(username="bo").is_staff and User.objects.get(pk=staff.pk).is_staff
    scim("delete", f"Groups/{it['id']}")
    assert not User.objects.get(username="bo").is_staff
    unknown = scim(
        "post", "Groups", {"schemas": [GROUP], "displayName": "X", "members": [{"value": "nobody"}]}
    )
    assert unknown.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_a_directory_changes_at_once_is_all_changed(staff: User) -> None:
    """Directories send a request for each member, side by side: none of them takes another back."""
    secret = make_scim_token("Entra", actor=Actor(staff))[1]
    scim, matter = Directory(secret), create_matter("Mine", actor=Actor(staff))
    keys = [scim.make(f"p{number}") for number in range(8)]
    where = []
    for name in ("Deal team", "Partners"):
        give_role(matter, name, "reviewer", actor=Actor(staff))
        sent = {"schemas": [GROUP], "displayName": name, "members": [{"value": keys[0]}]}
        where.append(f"Groups/{scim('post', 'Groups', sent).json()['id']}")
    leave: dict[str, Any] = {"op": "remove", "path": f'members[value eq "{keys[0]}"]'}
    changes = [(path, leave) for path in where]
    changes += [(where[0], {"op": "add", "path": "members", "value": [{"value": key}]}) for key in keys[1:]]

    def change(asked: tuple[str, dict[str, Any]]) -> int:
        try:
            return int(Directory(secret).patch(*asked).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(changes)) as pool:
        assert set(pool.map(change, changes)) == {200}
    found = Membership.objects.filter(matter=matter).exclude(user=staff)
    assert sorted(found.values_list("user__username", flat=True)) == [f"p{number}" for number in range(1, 8)]


def test_a_group_and_a_page_that_change_members_at_once_do_not_block_each_other(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    staff = User.objects.create_user("stella", is_staff=True)
    matter = create_matter("Mine", actor=Actor(staff))
    scim = Directory(make_scim_token("Entra", actor=Actor(staff))[1])
    keys = [scim.make(f"p{number}") for number in range(2)]
    sent = {"schemas": [GROUP], "displayName": "Team", "members": [{"value": key} for key in keys]}
    scim("post", "Groups", sent)
    given = give_role(matter, "Team", "reviewer", actor=Actor(staff))
    whole, pages = remove_member, list[Future[object]]()

    def by_page(membership: Membership) -> object:
        try:
            return change_role(membership, "admin", actor=Actor(staff))
        except NotAvailable as gone:
            return gone
        finally:
            connection.close()

    def removed(membership: Membership, *, actor: Actor) -> None:
        whole(membership, actor=actor)
        if not pages:
            other = Membership.objects.exclude(user=staff).exclude(pk=membership.pk).get(matter=matter)
            pages.append(pool.submit(by_page, other))
            time.sleep(1)  # until it waits

    monkeypatch.setattr(groups, "remove_member", removed)
    with ThreadPoolExecutor(1) as pool:
        take_role(given, actor=Actor(staff))
    assert isinstance(pages[0].result(), NotAvailable)
    assert Membership.objects.get(matter=matter).user == staff


def test_local_accounts_are_out_of_reach_and_refusals_are_scims(
    scim: Directory, staff: User, rhea: User
) -> None:
    for name in ("stella", "Rhea"):
        taken = scim("post", "Users", {"schemas": [USER], "userName": name})
        assert (taken.status_code, taken.json()["scimType"], taken.json()["status"]) == (
            409,
            "uniqueness",
            "409",
        )
    assert scim("get", "Users").json()["totalResults"] == 0
    key = scim.make("ana")
    taken = scim.patch(f"Users/{key}", {"op": "replace", "path": "userName", "value": "stella"})
    assert taken.status_code == 409
    for response, status, keyword in (
        (scim("get", "Users", filter="userName eq"), 400, "invalidFilter"),
        (scim("post", "Users", {"schemas": [USER]}), 400, "invalidValue"),
        (scim("post", "Users", {"schemas": [USER], "userName": "with space"}), 400, "invalidValue"),
        (scim("post", "Users", [1]), 400, "invalidSyntax"),
        (scim.patch(f"Users/{key}", {"op": "remove"}), 400, "noTarget"),
        (scim.patch(f"Users/{key}", {"op": "remove", "path": "userName"}), 400, None),
        (scim("get", "Users/nobody"), 404, None),
        (scim("get", "Nothing"), 404, None),
        (scim("post", "Users", {"schemas": [USER], "userName": "a\x00b"}), 400, "invalidValue"),
        (scim("post", "Users", {"schemas": [USER], "userName": "a\ud800"}), 400, "invalidValue"),
        (
            scim("post", "Users", {"schemas": [USER], "userName": "b", "externalId": "x" * 256}),
            400,
            "invalidValue",
        ),
        (scim("post", "Groups", {"schemas": [GROUP], "displayName": "a\x00b"}), 400, "invalidValue"),
        (scim("delete", "Users"), 405, None),
    ):
        assert response.status_code == status, response.content
        said = response.json()
        assert said["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"] and said["detail"]
        assert keyword is None or said["scimType"] == keyword, said
    config = scim("get", "ServiceProviderConfig").json()
    assert (
        config["bulk"]["supported"] is False and scim("post", "Bulk", {"Operations": []}).status_code == 501
    )
    assert config["patch"]["supported"] and config["filter"]["supported"]
    assert (
        scim("get", "ResourceTypes").json()["totalResults"]
        == scim("get", "Schemas").json()["totalResults"]
        == 2
    )
    assert scim("get", f"Schemas/{USER}").json()["name"] == "User"


def test_only_a_token_of_the_directory_gets_in(
    staff: User, rhea: User, enter: Callable[[User], Client]
) -> None:
    page = enter(staff).post(reverse("directory"), {"name": "Okta"}).content.decode()
    secret = page.partition('value="nbs_')[2].partition('"')[0]
    scim = Directory(f"nbs_{secret}")
    assert scim("get", "Users").status_code == 200
    token = ScimToken.objects.get()
    assert token.last_used_at and secret not in token.secret_sha256
    refused = Directory("nb_other")("get", "Users")
    assert refused.status_code == 401 and refused.headers["WWW-Authenticate"] == "Bearer"
    assert Client(headers={"Authorization": f"Bearer nbs_{secret}"}).get("/v1/me").status_code == 401
    assert enter(staff).get("/scim/v2/Users").status_code == 401
    assert enter(staff).post(reverse("directory"), {"name": " "}).status_code == 422
    revoke = reverse("revoke_scim_token", args=[token.pk])
    assert enter(rhea).post(revoke).status_code == enter(rhea).get(reverse("directory")).status_code == 404
    assert enter(staff).post(revoke).status_code == 302
    assert scim("get", "Users").status_code == 401
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"scim_token.made", "scim_token.revoked"} <= actions

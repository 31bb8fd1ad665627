"""The company's sign-in: OpenID Connect and SAML, accounts that come of it, groups and what they give."""

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reviewapp.directory.actions import Person, directory_actor, take_in
from reviewapp.directory.groups import give_role
from reviewapp.directory.models import Account
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.models import Membership
from reviewapp.people.signing_in import way_in
from tests.people.conftest import PASSWORD
from tests.people.identity import CLIENT_ID, CLIENT_SECRET, Company, SamlCompany, company


@pytest.fixture(scope="module")
def served_company() -> Iterator[Company]:
    with company() as server:
        yield server


@pytest.fixture
def idp(served_company: Company, settings: Any, db: None) -> Company:
    settings.OIDC_SERVER, settings.SSO_NAME = served_company.issuer, "Harbour & Co"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    served_company.audience = CLIENT_ID
    cache.clear()
    return served_company


def come(idp: Company, name: str, groups: list[str] | None = None, client: Client | None = None) -> Any:
    """Sign in by the company as this person, as a browser does; what the product answers at the end."""
    client = client or Client()
    idp.person = {"sub": f"id-of-{name}", "preferred_username": name, "given_name": name.title()}
    idp.person |= {"groups": groups} if groups is not None else {}
    away = client.get(reverse("sign_in_by", args=["oidc"]), {"next": "/profile/"})
    assert away.status_code == 302, away.content.decode()
    back = requests.get(away.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def roles(name: str) -> dict[str, str]:
    found = Membership.objects.filter(user__username=name)
    return dict(found.values_list("matter__name", "role"))


def test_who_has_no_account_is_refused_or_gets_one_by_a_group(idp: Company, settings: Any) -> None:
    assert "Sign in with Harbour &amp; Co" in Client().get(reverse("login")).content.decode()
    refused = come(idp, "ana", ["staff"])
    assert refused.status_code == 403 and "no account here" in refused.content.decode()
    settings.SSO_ACCOUNTS, settings.SSO_GROUPS = True, ["legal"]
    assert come(idp, "ana", ["staff"]).status_code == 403 and not User.objects.exists()
    client = Client()
    assert come(idp, "ana", ["staff", "legal"], client).headers["Location"] == "/profile/"
    ana = User.objects.get()
    assert (ana.username, ana.first_name, ana.has_usable_password()) == ("ana", "Ana", False)
    assert client.get(reverse("matters")).status_code == 200
    settings.TWO_FACTOR = "everyone"
    assert client.get(reverse("matters")).status_code == 200
    about = Event.objects.filter(object_type="auth.User", object_id=str(ana.pk)).order_by("at")
    names = list(about.values_list("action", "client"))
    assert names[:2] == [
        ("user.invited", "Directory: sign-in"),
        ("user.profile_changed", "Directory: sign-in"),
    ]
    last = about.last()
    assert last and names[-1][0] == "user.signed_in" and last.detail["by"] == "socialaccount"
    User.objects.update(is_active=False)
    assert come(idp, "ana", ["legal"]).headers["Location"] == reverse("account_inactive")


def _noted(staff: User) -> list[object]:
    """What the records of sign-ins say of groups, the first one first, as an admin of people reads them."""
    signed_in = Event.objects.filter(action="user.signed_in").order_by("at")
    return [event.detail.get("groups") for event in signed_in]


def test_groups_give_roles_and_take_them(idp: Company, staff: User, settings: Any) -> None:
    settings.ADMIN_GROUPS = ["it"]
    mine = create_matter("Mine", actor=Actor(staff))
    other = create_matter("Other", actor=Actor(staff))
    take_in(Person("rhea"), actor=directory_actor("test"))
    rhea = User.objects.get(username="rhea")
    add_member(other, rhea, "reviewer", actor=Actor(staff))
    for matter, group, role in (
        (mine, "deal", "reviewer"),
        (mine, "lead", "admin"),
        (other, "lead", "admin"),
    ):
        give_role(matter, group, role, actor=Actor(staff))
    come(idp, "rhea", ["deal", "unheard of"])
    assert roles("rhea") == {"Mine": "reviewer", "Other": "reviewer"}
    come(idp, "rhea", ["deal", "lead", "it"])
    assert roles("rhea") == {"Mine": "admin", "Other": "reviewer"}
    assert User.objects.get(username="rhea").is_staff
    come(idp, "rhea")
    assert roles("rhea")["Mine"] == "admin" and User.objects.get(username="rhea").is_staff
    assert _noted(staff) == ["renewed", "renewed", "not told, roles stay as they were"]
    come(idp, "rhea", [])
    assert roles("rhea") == {"Other": "reviewer"} and not User.objects.get(username="rhea").is_staff
    come(idp, "rhea", ["lead"])
    Membership.objects.filter(user=staff, matter=mine).delete()
    come(idp, "rhea", [])
    assert roles("rhea")["Mine"] == "admin"
    changed = Event.objects.filter(action="member.removed")
    assert {event.client for event in changed} == {"Directory: sign-in"}


def test_local_accounts_are_never_the_companys(
    idp: Company, staff: User, settings: Any, enter: Callable[[User], Client]
) -> None:
    settings.SSO_ACCOUNTS = True
    settings.ADMIN_GROUPS = ["it"]
    refused = come(idp, "STELLA", ["it"])
    assert refused.status_code == 403 and "signs in with a password" in refused.content.decode()
    assert not Account.objects.exists()
    invited = User.objects.create_user("bo")
    link = way_in(invited)
    assert Client().get(link).status_code == 200
    assert come(idp, "bo").status_code == 302 and Account.objects.get().user == invited
    asked = enter(staff).post(reverse("change_person", args=[invited.pk]), {"do": "reset"}, follow=True)
    assert "it gets no password" in asked.content.decode() and Client().get(link).status_code == 404
    idp.audience = "somebody else"
    assert come(idp, "bo").status_code == 401
    stray = Client().get(reverse("openid_connect_callback", args=["company"]), {"code": "x", "state": "y"})
    assert stray.status_code == 401
    settings.OIDC_SERVER = "http://127.0.0.1:9"
    down = Client().get(reverse("sign_in_by", args=["oidc"]))
    assert down.status_code == 503 and "does not answer" in down.content.decode()
    assert Client().get(reverse("sign_in_by", args=["saml"])).status_code == 404
    sent = {"username": "stella", "password": PASSWORD}
    assert Client().post(reverse("login"), sent).headers["Location"] == "/"


def test_saml_answers_count_when_they_are_signed_and_asked_for(
    db: None, settings: Any, tmp_path: Path, staff: User
) -> None:
    cache.clear()
    saml = SamlCompany(tmp_path)
    settings.SAML_ENTITY_ID, settings.SAML_CERTIFICATE = saml.ENTITY, str(saml.file)
    settings.SAML_URL, settings.SSO_ACCOUNTS = "https://company.example/sso", True
    matter = create_matter("Mine", actor=Actor(staff))
    give_role(matter, "deal", "reviewer", actor=Actor(staff))
    acs = reverse("saml_acs", args=["company"])
    told = {"at": f"http://testserver{acs}", "audience": "http://testserver/sign-in/saml/company/metadata/"}
    metadata = Client().get(reverse("saml_metadata", args=["company"]), headers={"Host": "testserver"})
    assert told["at"] in metadata.content.decode()

    def come_by_saml(change: Any = lambda answer: answer) -> tuple[Client, Any]:
        client = Client(headers={"Host": "testserver"})
        away = client.get(reverse("sign_in_by", args=["saml"]))
        sent = parse_qs(urlsplit(away.headers["Location"]).query)["SAMLRequest"][0]
        asked = zlib.decompress(base64.b64decode(sent), -15).decode()
        found = re.search(r'ID="([^"]+)"', asked)
        assert found
        answer = change(saml.answer(found[1], "ana", groups=["deal", "other"], **told))
        return client, client.post(acs, {"SAMLResponse": answer}, follow=True)

    client, _ = come_by_saml()
    assert client.get(reverse("matters")).status_code == 200 and roles("ana") == {"Mine": "reviewer"}

    def forged(answer: str) -> str:
        return base64.b64encode(base64.b64decode(answer).replace(b">ana<", b">bea<")).decode()

    def unsigned(answer: str) -> str:
        text = base64.b64decode(answer)
        return base64.b64encode(
            re.sub(rb"<ds:Signature.*</ds:Signature>", b"", text, flags=re.DOTALL)
        ).decode()

    for change in (forged, unsigned):
        client, answered = come_by_saml(change)
        assert answered.status_code == 401 and client.get(reverse("matters")).status_code == 302
    unasked = saml.answer("nobody-asked", "ana", groups=[], **told)
    client = Client(headers={"Host": "testserver"})
    answered = client.post(acs, {"SAMLResponse": unasked}, follow=True)
    assert answered.status_code == 403 and "Begin anew" in answered.content.decode()
    assert client.get(reverse("matters")).status_code == 302

    def start_there(answer: str, **more: str) -> tuple[Client, Any]:
        client = Client(headers={"Host": "testserver"})
        return client, client.post(acs, {"SAMLResponse": answer, **more}, follow=True)

    # Who starts at the provider comes in only where an operator wants that, once, and to a page of ours.
    client, _ = start_there(saml.answer("", "ana", groups=["deal"], **told))
    assert client.get(reverse("matters")).status_code == 302
    settings.SAML_IDP_STARTED = True
    answer = saml.answer("", "ana", groups=["deal"], **told)
    client, came = start_there(answer, RelayState="https://elsewhere.example/")
    assert client.get(reverse("matters")).status_code == 200
    assert all("elsewhere" not in where for where, _ in came.redirect_chain)
    client, again = start_there(answer)
    assert again.status_code == 403 and client.get(reverse("matters")).status_code == 302
    for change in (forged, unsigned):
        client, _ = start_there(change(saml.answer("", "ana", groups=[], **told)))
        assert client.get(reverse("matters")).status_code == 302
    assert set(User.objects.values_list("username", flat=True)) == {"stella", "ana"}

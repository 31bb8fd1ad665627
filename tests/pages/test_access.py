"""Who gets which page, and who does not learn that it exists."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reviewapp.events.models import Event
from reviewapp.matters.models import Membership, Role
from tests.pages.conftest import Enter
from tests.pages.routes import OPEN, ROUTES, Route, address
from tests.pages.world import World

PAGES = {route.name for route in ROUTES if route.method == "get"}


def send(client: Client, route: Route, where: str) -> HttpResponse:
    data: dict[str, Any] = dict(route.data)
    files = {name: value for name, value in data.items() if isinstance(value, bytes)}
    data |= {name: SimpleUploadedFile("note.txt", value) for name, value in files.items()}
    sent: HttpResponse = getattr(client, route.method)(where, data)
    return sent


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        else:
            found.add(str(pattern.name))
    return found


def test_every_address_of_the_product_is_in_the_table() -> None:
    # NB: those of version 1 of the API are held against its schema, in tests/api.
    pages = {name for name in names(get_resolver().url_patterns) if not name.startswith("v1_")}
    assert pages == {route.name for route in ROUTES} | OPEN


def usual(route: Route) -> int:
    """What is answered to those who may."""
    return route.status or (302 if route.method == "post" or route.name == "document" else 200)


def faults(
    world: World,
    routes: Sequence[Route],
    client_of: Callable[[], Client],
    right: Callable[[Route, Any], bool],
) -> list[str]:
    """The routes with another answer than is right; each is asked of the same world, and undone.

    An answer carries `happened`: how many events the request left.
    """
    found = []
    for route in routes:
        with transaction.atomic():
            where, client, before = address(world, route), client_of(), Event.objects.count()
            response: Any = send(client, route, where)
            response.happened = Event.objects.count() - before
            transaction.set_rollback(True)
        if not right(route, response):
            found.append(f"{route.method} {route.name}: {response.status_code}, {response.happened} events")
    return found


def test_nobody_is_sent_to_sign_in_and_nothing_happens(world: World, enter: Enter) -> None:
    def right(route: Route, response: Any) -> bool:
        if route.name == "events":
            return response.status_code == 401 and not response.happened
        to = str(response.headers.get("Location", ""))
        return response.status_code == 302 and to.startswith(reverse("login")) and not response.happened

    assert faults(world, ROUTES, lambda: enter(None), right) == []


def test_outsiders_and_superusers_without_membership_find_nothing(world: World, enter: Enter) -> None:
    world.outsider.is_superuser = world.outsider.is_staff = True
    world.outsider.save()
    hidden = lambda route, response: response.status_code == 404 and not response.happened  # noqa: E731
    assert faults(world, ROUTES, lambda: enter(world.outsider), hidden) == []


def test_admins_may(world: World, enter: Enter) -> None:
    served = lambda route, response: response.status_code == usual(route)  # noqa: E731
    assert faults(world, ROUTES, lambda: enter(world.admin), served) == []


def test_reviewers_may_read_and_ask_and_nothing_else(world: World, enter: Enter) -> None:
    def right(route: Route, response: Any) -> bool:
        if route.who == "admin":
            return response.status_code == 404 and not response.happened
        return bool(response.status_code == usual(route))

    assert faults(world, ROUTES, lambda: enter(world.reviewer), right) == []


def test_what_changes_something_wants_a_token_and_is_never_a_link(world: World, enter: Enter) -> None:
    def without_token() -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.admin)
        return client

    def refused(route: Route, response: Any) -> bool:
        said = "This form has expired" in response.content.decode()
        return response.status_code == 403 and said and not response.happened

    posts = [route for route in ROUTES if route.method == "post"]
    assert faults(world, posts, without_token, refused) == []
    links = [replace(route, method="get", data={}) for route in posts if route.name not in PAGES]
    not_a_link = lambda route, response: response.status_code == 405  # noqa: E731
    assert faults(world, links, lambda: enter(world.admin), not_a_link) == []


def test_another_reviewer_cannot_stop_my_question(world: World, enter: Enter) -> None:
    Membership.objects.create(matter=world.matter, user=world.staff, role=Role.REVIEWER)
    where = reverse("stop_question", args=[world.questions["waiting"].pk])
    assert enter(world.staff).post(where).status_code == 404
    assert enter(world.reviewer).post(where).status_code == 302


def test_forbidden_and_absent_look_alike(world: World, enter: Enter) -> None:
    client = enter(world.outsider)
    for name, key in [("matter", world.matter.pk), ("document", world.documents["ready"].pk)]:
        forbidden, absent = client.get(reverse(name, args=[key])), client.get(reverse(name, args=[uuid4()]))
        assert (forbidden.status_code, absent.status_code) == (404, 404)
        token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
        assert token.sub(b"", forbidden.content) == token.sub(b"", absent.content)


def test_a_removed_member_finds_nothing_at_the_next_click(world: World, enter: Enter) -> None:
    client = enter(world.reviewer)
    where = reverse("page", args=[world.documents["ready"].pk, 1])
    assert client.get(where).status_code == 200
    Membership.objects.filter(user=world.reviewer).delete()
    assert client.get(where).status_code == 404


def test_a_withdrawn_document_is_as_one_that_never_was(world: World, enter: Enter) -> None:
    where = reverse("page", args=[world.documents["waiting"].pk, 1])
    assert enter(world.reviewer).get(where).status_code == 200
    world.documents["waiting"].delete()
    assert enter(world.reviewer).get(where).status_code == 404


def test_only_staff_create_matters(empty: World, enter: Enter) -> None:
    where = reverse("new_matter")
    assert enter(None).get(where).status_code == 302
    assert enter(empty.admin).get(where).status_code == 403
    assert enter(empty.admin).post(where, {"name": "Mine"}).status_code == 403
    assert enter(empty.staff).get(where).status_code == 200
    assert enter(empty.staff).post(where, {"name": "Mine"}).status_code == 302
    assert Membership.objects.get(matter__name="Mine").user == empty.staff


def test_the_list_shows_only_own_matters(empty: World, enter: Enter) -> None:
    where = reverse("matters")
    assert enter(None).get(where).status_code == 302
    assert empty.matter.name in enter(empty.reviewer).get(where).content.decode()
    assert empty.matter.name not in enter(empty.outsider).get(where).content.decode()
    assert empty.matter.name not in enter(empty.staff).get(where).content.decode()


def test_a_part_that_refreshes_itself_takes_the_page_to_sign_in(world: World, enter: Enter) -> None:
    where = reverse("overview", args=[world.matter.pk])
    home = reverse("matter", args=[world.matter.pk])
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{home}"}
    response = enter(None).get(where, headers=headers)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == f"{reverse('login')}?next={home}"


def test_signing_in_and_out(empty: World) -> None:
    client = Client()
    home = reverse("matter", args=[empty.matter.pk])
    wrong = client.post(reverse("login"), {"username": "rhea", "password": "no"})
    assert "do not go together" in wrong.content.decode()
    right = {"username": "rhea", "password": "a long enough password", "next": home}
    assert client.post(reverse("login"), right).headers["Location"] == home
    assert client.get(home).status_code == 200
    assert client.get(reverse("logout")).status_code == 405
    client.post(reverse("logout"))
    assert client.get(home).status_code == 302


def test_signing_in_never_leads_to_another_server(empty: World) -> None:
    right = {"username": "rhea", "password": "a long enough password", "next": "https://elsewhere.example/"}
    assert Client().post(reverse("login"), right).headers["Location"] == "/"

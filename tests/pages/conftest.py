"""People, a matter with everything in it, and clients for each of them."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect, sync_playwright

from reviewapp.jobs import lifecycle
from tests.pages.browsing import FLAGS, PATIENCE_MS, Visitor, served, visit
from tests.pages.full_world import full_world
from tests.pages.world import World, people_and_matter

Enter = Callable[[User | None], Client]
Open = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs stay waiting: nobody works in these tests, and nobody waits for a broker that is not there."""
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def empty(db: None) -> World:
    return people_and_matter()


@pytest.fixture
def world(db: None) -> World:
    with transaction.atomic():
        return full_world()


@pytest.fixture
def enter() -> Enter:
    """A client signed in as the user, or as nobody."""

    def client_of(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return client_of


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.getvalue().decode()


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    # NB: Playwright keeps an event loop in this thread; Django would take its queries for ones of a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(transactional_db: None, browser: Browser) -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open browsers for people; afterwards none of them may have complained."""
    visitors: list[Visitor] = []

    def open_browser(user: Any = None, **options: Any) -> Visitor:
        visitors.append(visit(browser, address, user, **options))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []

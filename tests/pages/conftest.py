"""People, a matter with everything in it, and clients for each of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviewapp.jobs import lifecycle
from tests.pages.world import World, full_world, people_and_matter

Enter = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs stay waiting: nobody works in these tests, and nobody waits for a broker that is not there."""
    monkeypatch.setattr(lifecycle, "send", lambda job: False)


@pytest.fixture
def empty(db: None) -> World:
    return people_and_matter()


@pytest.fixture
def world(db: None) -> World:
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

"""A matter with everything in it, and programs with tokens of its people."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviewapp.api.actions import make_token
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs import lifecycle
from reviewapp.matters.models import Matter
from tests.pages.full_world import full_world
from tests.pages.world import World

ALL = tuple(str(scope) for scope in Scope)


@dataclass
class Program:
    """A program that signs in with a token."""

    secret: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer; header names are written with `_` for `-`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        named: dict[str, Any] = {"headers": sent}
        if body is not None:
            named |= {"data": body, "content_type": "application/json"}
        return getattr(Client(), method)(path, **named)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("patch", path, body, **headers)


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs stay waiting: nobody works in these tests."""
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture
def world(db: None) -> World:
    return full_world()


def program_of(
    user: User, *scopes: str, matters: list[Matter] | None = None, name: str = "archive"
) -> Program:
    """A program with a token of this user's; with all scopes when none is named."""
    _, secret = make_token(name, scopes or ALL, actor=Actor(user), matters=matters)
    return Program(secret)


@pytest.fixture
def admin(world: World) -> Program:
    return program_of(world.admin)


@pytest.fixture
def reader(world: World) -> Program:
    return program_of(world.reviewer, "read", "ask")

"""People around an installation, and clients for them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "a long enough password"


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("stella", password=PASSWORD, is_staff=True)


@pytest.fixture
def rhea(db: None) -> User:
    return User.objects.create_user("rhea", password=PASSWORD)


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """A client that is signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of

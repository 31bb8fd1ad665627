"""The demo's two people and their passwords, random for each installation."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM

ADMIN = "demo-admin"
REVIEWER = "demo-reviewer"
LETTERS = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True)
class Login:
    """A person and their password; the password is empty when they have changed it since."""

    user: User
    password: str


def ensure_logins() -> dict[str, Login]:
    """Both people by name, made when missing, with the passwords kept in `logins_file()`."""
    kept = _read()
    passwords = {name: kept.get(name) or _new_password() for name in (ADMIN, REVIEWER)}
    if passwords != kept:
        _write(passwords)
    with transaction.atomic():
        users = {name: _ensure_user(name, passwords[name], known=name in kept) for name in passwords}
    return {
        name: Login(user, passwords[name] if user.check_password(passwords[name]) else "")
        for name, user in users.items()
    }


def logins_file() -> Path:
    """Where the demo's passwords are kept, readable by its owner only."""
    return Path(settings.DATA) / "demo-logins.txt"


def _ensure_user(name: str, password: str, *, known: bool) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        # NB: staff may create matters; nobody is a superuser.
        user = User.objects.create_user(name, password=password, is_staff=name == ADMIN)
        record(Happened.USER_CREATED, user, actor=SYSTEM, name=name)
    elif not known:
        user.set_password(password)
        user.save(update_fields=["password"])
        record(Happened.USER_PASSWORD_SET, user, actor=SYSTEM)
    return user


def _new_password() -> str:
    """Four groups of four letters: 68 bits, easy to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _read() -> dict[str, str]:
    try:
        lines = logins_file().read_text().splitlines()
    except FileNotFoundError:
        return {}
    return {name: password for name, _, password in (line.partition(" ") for line in lines) if password}


def _write(passwords: dict[str, str]) -> None:
    draft = logins_file().with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name} {password}\n" for name, password in passwords.items())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(logins_file())

"""A key that everybody knows, for trying the API: only of the demo's own matter, only on this machine, for a day."""

import hashlib
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reviewapp.api.actions import make_token, revoke_token
from reviewapp.api.models import Token
from reviewapp.demo.logins import ADMIN, REVIEWER
from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.models import Matter

KEY = "nb_demo-key-of-this-machine"
NAME = "Demo key"
SCOPES = (Scope.READ, Scope.ASK, Scope.REVIEW, Scope.UPLOAD)
GOOD_FOR = timedelta(days=1)


class DemoKeyError(Exception):
    """The key cannot be given out here; the message says why, for people."""


def refuse_elsewhere() -> None:
    """Raises DemoKeyError where there is more than the demo, or others can reach this machine's pages."""
    if not _is_loopback(settings.BIND):
        raise DemoKeyError(
            f"The demo's key is known to everybody, and NIGHTBRIEF_BIND={settings.BIND} lets others in. "
            "Leave it at 127.0.0.1 for demo --api."
        )
    strangers = User.objects.exclude(username__in=(ADMIN, REVIEWER)).exists()
    if strangers or Matter.objects.exclude(created_by__username=ADMIN).exists():
        raise DemoKeyError(
            f"The demo's key is known to everybody, and {settings.DATA} holds more than the demo. "
            "Choose an empty folder: NIGHTBRIEF_DATA=/path/to/folder ./nightbrief demo --api"
        )


def open_with_key(matter: Matter, admin: User) -> str:
    """Have the key reach the demo's matter for a day from now. Raises DemoKeyError, see `refuse_elsewhere`."""
    refuse_elsewhere()
    ends = timezone.now() + GOOD_FOR
    with transaction.atomic():
        _known().delete()
        make_token(NAME, SCOPES, actor=Actor(admin), matters=[matter], expires_at=ends, secret=KEY)
    return KEY


def close_key() -> None:
    """End the key, where there is one."""
    for token in _known().filter(revoked_at=None):
        revoke_token(token, actor=Actor(token.user))


def _known() -> QuerySet[Token]:
    return Token.objects.filter(secret_sha256=hashlib.sha256(KEY.encode()).hexdigest())


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"

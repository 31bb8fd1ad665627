"""Who acts: a person, an integration on a person's behalf, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User

from reviewapp.frame.errors import ActionError


class Scope(StrEnum):
    """What an integration was given leave to do; each rule names the one that it needs."""

    READ = "read"
    ASK = "ask"
    REVIEW = "review"
    UPLOAD = "upload"
    CONSOLIDATE = "consolidate"
    MANAGE = "manage"
    AUDIT = "audit"


@dataclass(frozen=True)
class Client:
    """An integration: the name it is recorded by, and the matters it is bound to (None: any of its user's)."""

    name: str
    matters: frozenset[UUID] | None = None


@dataclass(frozen=True)
class Actor:
    """The one who acts. A client acts within its scopes and within what its user may; a person needs none.

    `user` None is the system itself: it is recorded as such, and no rule lets it in from outside.
    """

    user: User | AnonymousUser | None
    client: Client | None = None
    scopes: frozenset[Scope] | None = None

    def __post_init__(self) -> None:
        if (self.client is None) is not (self.scopes is None):
            raise ValueError("A client acts within scopes, a person without.")

    @property
    def account(self) -> User | None:
        """Whom what is done is recorded for, also when the account is closed meanwhile; None for the system."""
        return self.user if isinstance(self.user, User) else None

    @property
    def person(self) -> User | None:
        """The user who may do something, or on whose behalf a client may; None without an account in use."""
        return self.account if self.account is not None and self.account.is_active else None

    def signed_in(self) -> User:
        """The person. Raises ActionError for the system and for strangers."""
        if self.person is None:
            raise ActionError("not-signed-in", "Sign in first.", 401)
        return self.person

    @property
    def client_name(self) -> str:
        """The client's name; empty without one."""
        return self.client.name if self.client else ""

    def holds(self, scope: Scope) -> bool:
        """Whether the scope does not stand in the way."""
        return self.scopes is None or scope in self.scopes

    def reaches(self, matter_id: UUID) -> bool:
        """Whether what the client is bound to does not stand in the way."""
        return self.client is None or self.client.matters is None or matter_id in self.client.matters


SYSTEM = Actor(None)

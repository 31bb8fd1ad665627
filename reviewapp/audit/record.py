"""Writing the audit record and reading its names."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import models

from reviewapp.audit.models import AuditEntry
from reviewapp.frame.actor import Actor
from reviewapp.matters.models import Matter


def record(
    action: str,
    about: models.Model,
    *,
    actor: Actor,
    matter: Matter | None = None,
    **detail: str | int | float | bool | None,
) -> AuditEntry:
    """Append one audit entry about `about`; call it inside the transaction that makes the change.

    `detail` never holds document text.
    """
    return AuditEntry.objects.create(
        action=action,
        object_type=about._meta.label,
        object_id=str(about.pk),
        matter=matter,
        user=actor.person,
        client=actor.client_name,
        detail=detail,
    )


def member_names(entries: Sequence[AuditEntry]) -> dict[object, str]:
    """The user names of the members that entries are about, by user id."""
    keys = {entry.detail["user_id"] for entry in entries if "user_id" in entry.detail}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "username"))

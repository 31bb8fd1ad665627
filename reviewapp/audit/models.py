"""The audit record."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class AuditEntryFinalError(TypeError):
    """An audit entry was about to be changed or deleted."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Refuses to change or delete entries."""

    def update(self, **kwargs: Any) -> int:
        raise AuditEntryFinalError("audit entries are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AuditEntryFinalError("audit entries are never deleted")


class AuditEntry(models.Model):
    """Who did what to which object. `client` names the integration that acted on the user's
    behalf, `user` None is the system itself. Append-only; `detail` holds ids and counts, never document text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    client = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=["matter", "-at"]),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditEntryFinalError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AuditEntryFinalError("audit entries are never deleted")

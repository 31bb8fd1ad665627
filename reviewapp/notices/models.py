"""Notices, what people want to be told, and how far the outbox was read for them."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.matters.models import Matter


class Kind(models.TextChoices):
    """What a notice tells, in the words of the settings."""

    GRID = "grid", "A grid that I ran is finished"
    BATCH = "batch", "Files that I added are read and ready"
    EXPORT = "export", "A file that I asked for is made"
    ASSIGNED = "assigned", "Part of a grid is assigned to me"
    COMMENT = "comment", "Somebody comments on a cell of mine"
    CHANGED = "changed", "An answer that I asked for or decided about has changed"


class Notice(models.Model):
    """Something told to one person about an object, which `object_type` and `object_id` name as in events.

    `key` tells it from others of its kind about the same object, so that none is told twice. `detail` holds ids and
    counts, never document text. `by` is who did it. `mail_at` is when it is to go by e-mail, None if it is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notices")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    key = models.CharField(max_length=100)
    detail = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (models.UniqueConstraint(fields=["user", "kind", "key"], name="one_notice_per_key"),)
        indexes = (
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notices_unread"),
            models.Index(fields=["mail_at"], condition=~models.Q(mail_at=None), name="notices_to_mail"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.id}"


class Awaited(models.Model):
    """Work whose end somebody is told of: of a grid or of a batch, since `created_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    sequence = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "kind", "object_id"], name="awaited_once_by_each"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.object_id}"


class Wishes(models.Model):
    """What a person is told: all kinds but the `unwanted`, and of these the `mailed` by e-mail as well."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="wishes"
    )
    unwanted = models.JSONField(default=list)
    mailed = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wishes of {self.user_id}"


class Reached(models.Model):
    """The number of the last event that notices were made of; one row."""

    sequence = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reached"

    def __str__(self) -> str:
        return f"reached {self.sequence}"

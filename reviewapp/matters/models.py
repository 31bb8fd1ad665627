"""Matter and membership."""

import uuid

from django.conf import settings
from django.db import models


class Matter(models.Model):
    """The unit of access: nothing crosses from one matter to another.

    One that was deleted has no members and holds nothing any more; its record stays for that of its events.
    `ocr_languages` are those that text of its pictures is recognised in (names of tesseract's, joined by `+`); empty
    for those of the installation. `external_id` is what another system calls it; the account `identified_by` gave it,
    and gives each to one matter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="created_matters"
    )
    external_id = models.CharField(max_length=200, blank=True, default="")
    identified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ocr_languages = models.CharField(max_length=200, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("name", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=["external_id", "identified_by"],
                condition=models.Q(deleted_at=None) & ~models.Q(external_id=""),
                name="one_matter_per_external_id",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def languages(self) -> str:
        """The languages that text of its pictures is recognised in, joined by `+`."""
        return self.ocr_languages or settings.OCR_LANGUAGES


class Role(models.TextChoices):
    """What a member may do: reviewers read and ask, admins also feed and manage the matter."""

    REVIEWER = "reviewer"
    ADMIN = "admin"


class Membership(models.Model):
    """A user's place in a matter; without one the matter does not exist for the user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["matter", "user"], name="one_membership_per_user"),)

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

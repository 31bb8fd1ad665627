"""Accounts and groups of the company's directory, what groups give, and the tokens by which it hands them over."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.matters.models import Matter, Membership, Role


class Account(models.Model):
    """That an account is in the hands of the directory: it is made, closed and given its roles there.

    Accounts without one are local. The directory neither sees nor changes those, so that it can lock nobody out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="directory_account"
    )
    external_id = models.CharField(max_length=255, blank=True, db_index=True)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"directory account of {self.user_id}"


class LetGo(models.Model):
    """That the directory deleted an account that it had, and may take it back until somebody here reopens it.

    `external_id` is what the directory called it, empty where it had no such name.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="let_go"
    )
    at = models.DateTimeField(auto_now_add=True)
    external_id = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return f"account of {self.user_id} that the directory let go"


class Group(models.Model):
    """A group of the directory. One that is `handed_over` (SCIM) has the members that the directory says;
    another one has those who said at their last sign-in that they are in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    name = models.CharField(max_length=255, unique=True)
    external_id = models.CharField(max_length=255, blank=True, db_index=True)
    handed_over = models.BooleanField(default=False)
    members = models.ManyToManyField(Account, blank=True, related_name="groups")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class GroupRole(models.Model):
    """The role that a group gives its members in a matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="group_roles")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["matter", "group"], name="one_role_per_group"),)

    def __str__(self) -> str:
        return f"{self.group_id} {self.role}"


class GivenMembership(models.Model):
    """That a membership comes of a group, and ends with it; one that a person gave does not."""

    membership = models.OneToOneField(
        Membership, primary_key=True, on_delete=models.CASCADE, related_name="given_by_group"
    )

    def __str__(self) -> str:
        return f"membership {self.membership_id} by a group"


class ScimToken(models.Model):
    """What the directory signs in with; of the secret only the hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

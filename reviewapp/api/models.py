"""Applications, access tokens, requests that may be repeated, operations and uploads under way."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviewapp.intake.models import Batch
from reviewapp.matters.models import Matter


class Application(models.Model):
    """A program that people let act for them in their browser (OAuth 2.1), with where it may be answered.

    It is public: it has no secret, and proves by PKCE that who began is who gets the token.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    redirect_uris = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "created_at")

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """What a program of a person's signs in with, within `scopes`; of the secret only the hash is kept.

    `prefix` are the secret's first characters, to recognise it by. One that is `bound` reaches only its `matters`.
    One that a program got by OAuth has the person's token that it got it with as `parent`: it reaches what that one
    does, and ends with it. One with an `application` is what a person consented to: its secret refreshes, and signs
    nobody in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="short_ones")
    application = models.ForeignKey(Application, null=True, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    bound = models.BooleanField(default=False)
    matters = models.ManyToManyField(Matter, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def is_good_at(self, moment: datetime) -> bool:
        """Whether programs may still sign in with it."""
        good = self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)
        return good and (self.parent is None or self.parent.is_good_at(moment))

    @property
    def is_good(self) -> bool:
        return self.is_good_at(timezone.now())

    @property
    def made_by_a_person(self) -> "Token":
        """Itself, or the one that it was got with."""
        return self.parent or self


class Code(models.Model):
    """What an application gets from a person's consent, to exchange once for tokens; kept as a hash.

    `challenge` is the one of PKCE (S256). `token` is what it was exchanged for.
    """

    code_sha256 = models.CharField(max_length=64, primary_key=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scopes = models.JSONField(default=list)
    bound = models.BooleanField(default=False)
    matters = models.ManyToManyField(Matter, blank=True, related_name="+")
    redirect_uri = models.CharField(max_length=2000)
    challenge = models.CharField(max_length=128)
    token = models.ForeignKey(Token, null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"code of {self.application_id}"


class SpentSecret(models.Model):
    """A secret that refreshed a token once and was replaced: who sends it again has a copy, or was copied from."""

    secret_sha256 = models.CharField(max_length=64, primary_key=True)
    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="spent_secrets")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"spent secret of {self.token_id}"


class Repeat(models.Model):
    """A request with an `Idempotency-Key`, and, once it is done, its answer, to be given again to a repeat.

    `owner` is whose key it is, `fingerprint` the hash of what was asked. `attempt` names who is at work on it
    since `claimed_at`; who takes it over gives it another. `matter` is that of what was done.
    """

    owner = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    fingerprint = models.CharField(max_length=64)
    attempt = models.UUIDField(default=uuid.uuid4)
    claimed_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    status = models.IntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.CASCADE, related_name="repeats")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "key"], name="one_request_per_key"),)

    def __str__(self) -> str:
        return f"repeat of {self.owner}"


class Operation(models.Model):
    """Something long that was begun by a request; what it is about says how far it is.

    `subjects` are the ids of the questions, or of the jobs, that it consists of, or that of its comparison.
    """

    class Kind(models.TextChoices):
        BATCH = "batch"
        QUESTIONS = "questions"
        CONSOLIDATION = "consolidation"
        CODING = "coding"
        EXPORT = "export"
        LOAD = "load"
        PRODUCTION = "production"
        ARCHIVE = "archive"
        COMPARISON = "comparison"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="operations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    client = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.CASCADE, related_name="+")
    subjects = models.JSONField(default=list)

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=["matter", "created_at", "id"], name="operations_in_order"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Upload(models.Model):
    """A file that comes in parts: what was announced, and how much of it is on the disk.

    Its bytes lie in the folder of `uploads`, under its id, until it is complete or `expires_at` has passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="uploads")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=1000)
    external_id = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    received_bytes = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"upload {self.id}"

"""Batch and batch item: what was received, and what became of it."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

PLACE_DIGITS = 6


def place_of(number: int, within: str = "") -> str:
    """The place of a file in its upload or, `within` the place of a container, in that; both count from 0.

    Sorted by place, what came out of a container follows it and stands before the next file.
    """
    return f"{within}{number:0{PLACE_DIGITS}}"


class Source(models.TextChoices):
    """How a batch came in."""

    BROWSER = "browser"
    COMMAND = "command"
    FOLDER = "folder", "watched folder"
    API = "api"
    LOAD = "load", "load file"
    AGAIN = "again", "read again"


class Disposition(models.TextChoices):
    """What became of a file."""

    PENDING = "pending", "waiting"
    ACCEPTED = "accepted", "accepted"
    DUPLICATE = "duplicate", "duplicate"
    ENCRYPTED = "encrypted", "encrypted"
    NO_TEXT = "no_text", "no text"
    UNSUPPORTED = "unsupported", "unsupported"
    DAMAGED = "damaged", "damaged"
    TOO_LARGE = "too_large", "too large"
    EXPANDED = "expanded", "opened"
    NOT_READ = "not_read", "not read"
    WITHDRAWN = "withdrawn", "withdrawn"


#: What is no text that people search and ask. `NOT_READ` is the outcome of the work, the others are the file's own.
UNUSABLE = (
    Disposition.NOT_READ,
    Disposition.ENCRYPTED,
    Disposition.NO_TEXT,
    Disposition.UNSUPPORTED,
    Disposition.DAMAGED,
    Disposition.TOO_LARGE,
)


class Batch(models.Model):
    """Files received together.

    While it is `receiving`, files still come, `expected` in all: a browser sends them in many requests, and goes on
    where it was after a lost connection.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="batches")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="batches"
    )
    label = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source)
    receiving = models.BooleanField(default=False)
    expected = models.IntegerField(default=0)

    class Meta:
        app_label = "documents"  # NB: names the tables and migrations of installations that there are
        ordering = ("-created_at",)
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.label


class BatchItem(models.Model):
    """One file of a batch, or of a container in it, and what became of it.

    `place` is where it stands in the batch, see `place_of`; `name` is the path as people read it, `sent_as` the one
    that was sent where that was percent-encoded; `document` is the accepted document or, for a duplicate, the earlier
    one. What could not be used stays a problem until somebody dismisses it, or sends another file in its place, which
    is `replaced_by`. `read_with` names the readers and the settings that the disposition comes from, see
    `reviewapp.intake.reading`; `origin` names the file of a watched folder that it was; `external_id` is what another
    system calls it: its document takes that over, and where there is a document of that name, the file is a new
    version of it. A file with `new_version_of` becomes the text of that document.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    place = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=1000)
    sent_as = models.CharField(max_length=1000, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    blob = models.CharField(max_length=300, blank=True)
    disposition = models.CharField(max_length=12, choices=Disposition, default=Disposition.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    read_with = models.CharField(max_length=16, blank=True)
    origin = models.CharField(max_length=100, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    new_version_of = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="item")

    class Meta:
        app_label = "documents"  # NB: names the tables and migrations of installations that there are
        ordering = ("place", "created_at")
        indexes = (
            models.Index(fields=["batch", "place", "id"], name="items_in_order"),
            models.Index(fields=["batch", "name"], name="items_by_name"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["origin"], condition=~models.Q(origin=""), name="one_item_per_origin"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.disposition == Disposition.ACCEPTED and self.document_id is not None

    @property
    def is_read_again(self) -> bool:
        """Whether it is the file of a document that is there, to be read as the settings are now."""
        return self.batch.source == Source.AGAIN

    @property
    def is_unusable(self) -> bool:
        return self.disposition in UNUSABLE


class PagesRead(models.Model):
    """Pages of a long file of which not all are read yet, from `first_page` on; gone when it has its disposition.

    `outcome` is `readers.result.Parsed` as packed JSON; `read_with` names the readers and the limits it comes from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    item = models.ForeignKey(BatchItem, on_delete=models.CASCADE, related_name="pages_read")
    first_page = models.IntegerField()
    read_with = models.CharField(max_length=64)
    outcome = models.BinaryField()

    class Meta:
        app_label = "documents"  # NB: as above
        verbose_name_plural = "pages read"
        constraints = (models.UniqueConstraint(fields=["item", "first_page"], name="pages_read_once"),)

    def __str__(self) -> str:
        return f"{self.item} from p. {self.first_page}"

"""Batch, batch item, document and page."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.matters.models import Matter

PAGE_SEPARATOR = "\n"


class Source(models.TextChoices):
    """How a batch came in."""

    BROWSER = "browser"
    COMMAND = "command"


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


class Batch(models.Model):
    """Files received together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="batches")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="batches"
    )
    label = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source)

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.label


class Document(models.Model):
    """One file as received that has text; in its matter identified by the SHA-256 of its bytes.

    `blob` is the path of the bytes relative to the data folder; `text_version` names the extraction that
    made the pages and `text_sha256` is the hash of `text()` in UTF-8.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="documents")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=1000)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    blob = models.CharField(max_length=300)
    text_version = models.CharField(max_length=100)
    text_sha256 = models.CharField(max_length=64)
    page_count = models.IntegerField()
    char_count = models.BigIntegerField()

    class Meta:
        ordering = ("name", "created_at")
        constraints = (models.UniqueConstraint(fields=["matter", "sha256"], name="one_document_per_hash"),)

    def __str__(self) -> str:
        return self.name

    def text(self) -> str:
        """The pages in order, joined by a newline; page offsets count characters of this text."""
        return PAGE_SEPARATOR.join(self.pages.order_by("number").values_list("text", flat=True))

    def text_between(self, start: int, end: int) -> str:
        """`text()[start:end]`, read from no more pages than it touches."""
        touched = self.pages.filter(end__gte=start, start__lt=max(end, start + 1)).order_by("number")
        pages = list(touched.values_list("start", "text"))
        if not pages:
            return ""
        first = pages[0][0]
        return PAGE_SEPARATOR.join(text for _, text in pages)[start - first : end - first]


class BatchItem(models.Model):
    """One file of a batch, or of a container in it, and what became of it.

    `name` is the path as received; `document` is the accepted document or, for a duplicate, the earlier one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    order = models.IntegerField(default=0)
    name = models.CharField(max_length=1000)
    size_bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    blob = models.CharField(max_length=300, blank=True)
    disposition = models.CharField(max_length=12, choices=Disposition, default=Disposition.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )

    class Meta:
        ordering = ("order", "created_at")

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """The text of one page; `start` and `end` are character offsets in the document's text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.IntegerField()
    text = models.TextField(blank=True)
    start = models.BigIntegerField()
    end = models.BigIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="one_page_per_number"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="page_range"),
        )

    def __str__(self) -> str:
        return f"{self.document} p. {self.number}"

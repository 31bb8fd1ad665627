"""Comparisons of ways to keep documents, and what each of their documents gave."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

TITLE_CHARACTERS = 200


class Comparison(models.Model):
    """Documents of a matter, asked the same questions through each way to keep them.

    `left_out` says what of the questions cannot be asked, as [where, reason, number of rows or questions]; the number
    is not there where it was not kept yet. `expected_seconds` of one processor core are told before it is begun;
    nothing is worked on any more once `most_minutes` are over. `figures` are those of
    `consolidation.evaluation.compared.figures_of` over all documents that are done, by the name of each.
    """

    class Source(models.TextChoices):
        """Where the questions come from."""

        OWN = "own"
        REVIEWED = "reviewed"
        SHIPPED = "shipped"

    class Status(models.TextChoices):
        DRAFT = "draft"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="comparisons")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_CHARACTERS)
    source = models.CharField(max_length=8, choices=Source)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    most_minutes = models.IntegerField()
    expected_seconds = models.FloatField(default=0)
    left_out = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="comparison")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.title


class Compared(models.Model):
    """A document of a comparison; it goes with the document.

    `asked` holds its questions, each with `question`, `answers` (none: the document has none) and `kind`, perhaps a
    `quote` (a list of one) and `trained`; `rows` what they gave through each way, empty before. `reason` says why
    there will be none; `seconds` what it took.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="parts")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    order = models.IntegerField()
    asked = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["comparison", "document"], name="one_part_per_document"),
        )

    def __str__(self) -> str:
        return f"{self.document_id} of {self.comparison_id}"

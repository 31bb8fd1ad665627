"""The record of an export."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.grids.models import Grid
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question

TITLE_CHARACTERS = 200


class Export(models.Model):
    """A file of answers: of one grid, of one question, or, without either, of the whole matter.

    `title` is what it was of, by name; `address` that of the installation, with which links begin. `held` says what
    was in it, see `Content.held`, and `documents` the ids of the documents that it has something of. `name`
    is that of its bytes in the vault of exports, empty until they are whole and once they are `gone`, a sentence
    that says why; what it held stays on record.
    """

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel workbook"
        CSV = "csv", "CSV table"
        JSON = "json", "JSON"
        DOCX = "docx", "Word report"
        PDF = "pdf", "PDF report"

    class Order(models.TextChoices):
        """What the sections of a report are."""

        QUESTION = "question", "by question"
        DOCUMENT = "document", "by document"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="exports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.SET_NULL, related_name="exports")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="exports")
    title = models.CharField(max_length=TITLE_CHARACTERS)
    format = models.CharField(max_length=5, choices=Format)
    order = models.CharField(max_length=8, choices=Order, default=Order.QUESTION)
    address = models.CharField(max_length=300, blank=True)
    held = models.JSONField(default=dict)
    documents = models.JSONField(default=list)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    gone = models.CharField(max_length=200, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="export")

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(grid=None) | models.Q(question=None), name="export_of_one_thing"
            ),
        )

    def __str__(self) -> str:
        return f"export {self.id}: {self.format}"

    @property
    def file_name(self) -> str:
        """The name that the file is saved under."""
        plain = "".join(c if c.isalnum() or c in " -_." else " " for c in f"{self.matter.name} {self.title}")
        return f"{' '.join(plain.split())[:120]} {self.created_at:%Y-%m-%d}.{self.format}"

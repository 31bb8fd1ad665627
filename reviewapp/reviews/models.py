"""Decisions on cells, comments, samples, and the coding of documents."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer, Question

REASON_CHARACTERS = 500
TEXT_CHARACTERS = 2000


class Decision(models.Model):
    """What somebody decided about one answer; never changed, and the answer neither.

    `number` counts the decisions on an answer from 1. "confirm" is a second person's assent to the decision that
    counts; "undo" takes back the newest one that is not undone. A corrected value is `text`, and `value_normalised`
    in the form of the answer's own.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept"
        CORRECT = "correct"
        REJECT = "reject"
        CONFIRM = "confirm"
        UNDO = "undo"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="decisions")
    number = models.IntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    value_normalised = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=REASON_CHARACTERS, blank=True)

    class Meta:
        ordering = ("created_at", "number")
        constraints = (models.UniqueConstraint(fields=["answer", "number"], name="one_decision_per_number"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.id}"


class Review(models.Model):
    """Where an answer stands after its decisions: written with each of them, so that lists need not read them all.

    `number` is that of the newest decision, 0 before any; `kind` the one that counts, empty once all are undone.
    """

    answer = models.OneToOneField(Answer, primary_key=True, on_delete=models.CASCADE, related_name="review")
    number = models.IntegerField(default=0)
    kind = models.CharField(max_length=8, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    value_normalised = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = (models.Index(fields=["changed_at", "answer"], name="reviews_in_order"),)

    def __str__(self) -> str:
        return f"review of {self.answer_id}: {self.kind or 'open'}"


class Comment(models.Model):
    """A note of a member beside a cell; it stays with the cell when its answer is replaced."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="comments")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=TEXT_CHARACTERS)

    class Meta:
        ordering = ("created_at",)
        indexes = (models.Index(fields=["question", "document"]),)

    def __str__(self) -> str:
        return f"comment {self.id}"


class Rules(models.Model):
    """How a matter is reviewed: whether a second person has to confirm each decision."""

    matter = models.OneToOneField(
        Matter, primary_key=True, on_delete=models.CASCADE, related_name="review_rules"
    )
    second_reviewer = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "rules"

    def __str__(self) -> str:
        return f"rules of {self.matter_id}"


class Sample(models.Model):
    """Cells drawn at random to be reviewed, from all of a matter's or those of one question.

    `seed` and the ids in their order give the same cells again; `drawn_from` is how many there were to draw from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="samples")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="samples")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    drawn_from = models.IntegerField()
    answers = models.ManyToManyField(Answer, related_name="samples")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"sample {self.id}"


class Issue(models.Model):
    """A tag that a matter defines for its documents."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="issues")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("created_at",)
        constraints = (models.UniqueConstraint(fields=["matter", "name"], name="one_issue_per_name"),)

    def __str__(self) -> str:
        return self.name


class Code(models.Model):
    """One thing that a document is coded as: a value of a field, or an issue. One value a field."""

    class Field(models.TextChoices):
        RESPONSIVE = "responsive"
        PRIVILEGED = "privileged"
        CONFIDENTIALITY = "confidentiality"
        ISSUE = "issue"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="codes")
    field = models.CharField(max_length=16, choices=Field)
    value = models.CharField(max_length=20, blank=True)
    issue = models.ForeignKey(Issue, null=True, on_delete=models.CASCADE, related_name="codes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["document", "field"], condition=models.Q(issue=None), name="one_value_per_field"
            ),
            models.UniqueConstraint(
                fields=["document", "issue"], condition=~models.Q(issue=None), name="one_code_per_issue"
            ),
        )
        indexes = (models.Index(fields=["field", "value"]),)

    def __str__(self) -> str:
        return f"{self.field} {self.value}: {self.document_id}"


class Coding(models.Model):
    """One code set on, or taken off, many documents at once, in the background: `done` of them so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="codings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    off = models.BooleanField(default=False)
    documents = models.JSONField(default=list)
    done = models.IntegerField(default=0)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="coding")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"coding {self.id}"

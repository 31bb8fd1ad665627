"""Question, answer and citation."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.documents.models import Document, Page
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

QUESTION_CHARACTERS = 2000


class Question(models.Model):
    """A reviewer's question; an empty `scope` means every document of the matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=QUESTION_CHARACTERS)
    scope = models.ManyToManyField(Document, blank=True, related_name="+")
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="question")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"question {self.id}"

    @property
    def job(self) -> Job | None:
        """The job that answers the question: the newest one."""
        return Job.objects.filter(question=self).order_by("-created_at").first()


class Answer(models.Model):
    """What was answered, how far it was verified, what was examined and what it cost.

    `draft` is the text so far while decoding. `examined` is a list of {document, name, how}; `provenance`
    names the states and the model; `cost` holds tokens_forward, seconds and states.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        ROUTING = "routing"
        ANSWERING = "answering"
        CHECKING = "checking"
        READING = "reading"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Outcome(models.TextChoices):
        ANSWERED = "answered"
        NOT_FOUND = "not_found"

    class Verification(models.TextChoices):
        EXACT = "exact"
        TOLERANT = "tolerant"
        READ = "read"
        UNVERIFIED = "unverified"

    class Mode(models.TextChoices):
        STATE = "state"
        READING = "reading"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="answer")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    text = models.TextField(blank=True)
    confidence = models.FloatField(default=0)
    verification = models.CharField(max_length=12, choices=Verification, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, blank=True)
    draft = models.TextField(blank=True)
    examined = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)
    cost = models.JSONField(default=dict)
    incomplete = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"answer {self.id}: {self.status}"

    @property
    def is_final(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED, self.Status.CANCELLED}


class Citation(models.Model):
    """A verbatim quote that supports an answer; `start` and `end` are offsets in the document's text.

    `page` is the page on which the quote starts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="citations")
    order = models.IntegerField()
    quote = models.TextField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    verification = models.CharField(max_length=12, choices=Answer.Verification)
    score = models.FloatField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["answer", "order"], name="one_citation_per_place"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="citation_range"),
        )

    def __str__(self) -> str:
        return f"citation {self.id}"

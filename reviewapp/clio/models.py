"""Connections of matters to Clio, and the notes that were sent there."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question


class Connection(models.Model):
    """That a matter has to do with one of Clio's, `there`, called `there_name`; empty until an admin has chosen it.

    `access` and `refresh` are Clio's tokens for the account that the admin signed in with there, sealed. Answers go
    to Clio only where `gives_answers`. `ended_because` says why Clio takes the tokens no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="clio")
    connected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    access = models.TextField()
    refresh = models.TextField()
    expires_at = models.DateTimeField()
    there = models.CharField(max_length=40, blank=True)
    there_name = models.CharField(max_length=300, blank=True)
    gives_answers = models.BooleanField(default=False)
    ended_because = models.CharField(max_length=200, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="clio")

    def __str__(self) -> str:
        return f"connection of {self.matter_id}"


class SentNote(models.Model):
    """An answer on its way to Clio's matter `matter_there` as a note, and the note that it became, `there`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clio_notes")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="clio_notes")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    matter_there = models.CharField(max_length=40, blank=True)
    there = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="clio_note")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"note {self.id}"

    @property
    def mark(self) -> str:
        """What the note is found by at Clio."""
        return f"[NB-{self.pk.hex[:12]}]"

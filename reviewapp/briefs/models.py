"""The brief of a document and its fields."""

import uuid

from django.db import models

from reviewapp.documents.models import Document


class Brief(models.Model):
    """What a document says of itself, with columns to list, sort and find it by; empty where it says nothing.

    `version` names the rules that made it. `date` (signed, else effective) and `expiry` are ISO 8601, perhaps without
    a day; `parties` are their names with semicolons between them. `names` are those that a question may call the
    document by: lists of `titles`, `parties`, `short_names`, `roles` and `dates`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="brief")
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    parties = models.TextField(blank=True)
    date = models.CharField(max_length=20, blank=True)
    law = models.CharField(max_length=200, blank=True)
    expiry = models.CharField(max_length=20, blank=True)
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"brief of {self.document_id}"


class Field(models.Model):
    """One fact of a brief: its comparable `value`, the words as `written`, and the `quotes` that hold them.

    A quote has `start` and `end` in the document's text, its words as `quote`, and in these the ranges `marked`.
    It begins on `page` and ends on `last_page`; `at` are its ranges on the first of them, as the address of a page
    takes them. What is computed has the quotes of all that it is computed from. `rule` is how it was found,
    `alternatives` are other readings with `value`, `written` and `rule`. A party has its short names and roles in
    `called`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="fields")
    order = models.IntegerField()
    type = models.CharField(max_length=20)
    value = models.TextField(blank=True)
    written = models.TextField(blank=True)
    called = models.JSONField(default=list)
    quotes = models.JSONField(default=list)
    confidence = models.FloatField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    alternatives = models.JSONField(default=list)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["brief", "order"], name="one_field_per_place"),)

    def __str__(self) -> str:
        return f"{self.type}: {self.id}"

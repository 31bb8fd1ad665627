"""The brief of a document, its fields, and what it holds ready for standing questions."""

import uuid
from collections.abc import Mapping

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.words_numbers import day_words


class Brief(models.Model):
    """What a document says of itself, with columns to list, sort and find it by; empty where it says nothing.

    `version` names the rules and the parts of the model that made it. `date` (signed, else effective) and `expiry`
    are ISO 8601, perhaps without a day; `parties` are their names with semicolons between them. `names` are those
    that a question may call the document by: lists of `titles`, `parties`, `short_names`, `roles`, `dates` and
    `mentioned`.
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
    It begins on `page` and ends on `last_page`, under `heading`, and what is marked begins on `opens`; `at` are its
    ranges on that page, as addresses of pages take them. What is computed has the quotes of all that it is computed
    from. `rule` is how it was found, `alternatives` are other readings with `value`, `written` and `rule`. A party
    has its short names and roles in `called`.
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

    @property
    def written_otherwise(self) -> str:
        """The document's own words for a date, where pages say it otherwise; else empty."""
        told, words = day_words(self.value), " ".join(self.written.split())
        return words if told not in (self.value, words) else ""

    @property
    def otherwise(self) -> list[Mapping[str, str]]:
        """The other readings that say something else, and not the same in other capitals, spaces or stops."""
        said = {_plain(words) for words in (self.value, self.written, *self.called)}
        found = {_plain(other["value"]): other for other in self.alternatives}
        return [other for value, other in found.items() if value not in said]


def _plain(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


class Held(models.Model):
    """What a brief holds ready for the standing question of this `name`, as a cell of it would be told.

    `state` is supported, check or not_found; `text`, `value_normalised`, `found_by`, `confidence` and `others` are as
    in `Answer`. `quotes` are as in `Field`, with a `heading`; `passages`, of the same form, are the closest where
    nothing was found. Of a clause, `holds` is the value that its passage holds, with `kind`, `comparable`, `shown`,
    `order` and `unit`. Where a brief has no row for a name, it found nothing.
    """

    class State(models.TextChoices):
        SUPPORTED = "supported"
        CHECK = "check"
        NOT_FOUND = "not_found"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="held")
    name = models.CharField(max_length=100)
    order = models.IntegerField()
    state = models.CharField(max_length=12, choices=State)
    text = models.TextField(blank=True)
    value_normalised = models.JSONField(null=True, blank=True)
    found_by = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField(default=0)
    quotes = models.JSONField(default=list)
    passages = models.JSONField(default=list)
    others = models.JSONField(default=list)
    holds = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["brief", "name"], name="one_held_per_name"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"


class Kept(models.Model):
    """What the sleep phase found, as the model's side writes and reads it: `clauses`, and the brief as `rules`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brief = models.OneToOneField(Brief, on_delete=models.CASCADE, related_name="kept")
    clauses = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"kept of {self.brief_id}"


#: What a brief that could not be made failed of, by the code of the failure.
FAILED_OF = {
    "brief-defect": "A fault of the program came up while it was made.",
    "brief-refused": "The model refused to make it.",
    "brief-unreadable": "What is saved of the document could not be read.",
    "brief-disk": "The disk refused.",
    "brief-memory": "There was not enough memory.",
    "brief-device": "The device that the model runs on failed.",
}


class FailedBrief(models.Model):
    """That the brief of this version could not be made of a document: how often that was its own fault, and why not.

    `code` is for programs, `reason` for those who look after the installation, without text of the document. It is
    not tried before `retry_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="failed_brief")
    version = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    retry_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"brief of {self.document_id}: {self.code}"

    @property
    def told(self) -> str:
        """Why there is no brief, as people are told."""
        return f"Its brief could not be made. {FAILED_OF.get(self.code, self.reason)}"

"""Question sets and grids."""

import uuid

from django.conf import settings
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.matters.models import Matter
from reviewapp.questions.models import QUESTION_CHARACTERS, Question

NAME_CHARACTERS = 120
INSTRUCTION_CHARACTERS = 4000


class ColumnType(models.TextChoices):
    """The type of a column's values: how they are sorted, and how a correction is written."""

    TEXT = "text", "Text"
    YES_NO = "yes_no", "Yes or no"
    DATE = "date", "Date"
    DURATION = "duration", "Duration"
    PARTY = "party", "Party"
    AMOUNT = "amount", "Amount"
    CHOICE = "choice", "Choice"
    LIST = "list", "List"


class QuestionSet(models.Model):
    """Questions that are asked together: of one matter, or, without one, of the firm's, for all matters.

    `key` names a set that is shipped; `external_id` is what another system calls one. What a set asks is in its
    versions; `version` is the newest one's number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.CASCADE, related_name="question_sets")
    key = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=200, blank=True, default="")
    name = models.CharField(max_length=NAME_CHARACTERS)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ("name", "created_at")
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_set_per_key"),
            models.UniqueConstraint(
                fields=["matter", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_set_per_external_id",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=models.Q(matter=None) & ~models.Q(external_id=""),
                name="one_firm_set_per_external_id",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SetVersion(models.Model):
    """What a question set asked from one edit to the next; never changed.

    `columns` lists for each its `label`, `wording`, `type` (of `ColumnType`), `standing` (see `Question.standing`)
    and `choices`. `instructions` tell reviewers how the whole table is to be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    instructions = models.CharField(max_length=INSTRUCTION_CHARACTERS, blank=True)
    columns = models.JSONField(default=list)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["set", "number"], name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"{self.set} {self.number}"


class Grid(models.Model):
    """A table of documents and questions: of the `documents` that were `chosen`, else of all, those to come too.

    `made_of` is the version of the question set that its columns came from. `run_at` is when it was last run,
    `paused_at` since when it rests.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="grids")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_of = models.ForeignKey(SetVersion, null=True, on_delete=models.SET_NULL, related_name="grids")
    name = models.CharField(max_length=NAME_CHARACTERS)
    instructions = models.CharField(max_length=INSTRUCTION_CHARACTERS, blank=True)
    chosen = models.BooleanField(default=False)
    documents = models.ManyToManyField(Document, blank=True, related_name="grids")
    run_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name


class Column(models.Model):
    """A column of a grid. `question` is the one that is asked of the documents, once the grid was run.

    A changed wording is another question, which names the one that it replaces.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="columns")
    order = models.IntegerField()
    label = models.CharField(max_length=NAME_CHARACTERS)
    wording = models.CharField(max_length=QUESTION_CHARACTERS)
    type = models.CharField(max_length=10, choices=ColumnType, default=ColumnType.TEXT)
    standing = models.CharField(max_length=100, blank=True)
    choices = models.JSONField(default=list)
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="columns")

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["grid", "order"], name="one_column_per_place"),)

    def __str__(self) -> str:
        return self.label


class View(models.Model):
    """What of a grid somebody looks at, under a name: the `query` of its address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="views")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_CHARACTERS)
    query = models.CharField(max_length=4000)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["grid", "name"], name="one_view_per_name"),)

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A member's part of a grid: one of its columns, or one of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    column = models.ForeignKey(Column, null=True, on_delete=models.CASCADE, related_name="assignments")
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["grid", "column"], condition=~models.Q(column=None), name="one_member_per_column"
            ),
            models.UniqueConstraint(
                fields=["grid", "document"], condition=~models.Q(document=None), name="one_member_per_row"
            ),
            models.CheckConstraint(
                condition=models.Q(column=None) ^ models.Q(document=None), name="a_column_or_a_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.column or self.document}"

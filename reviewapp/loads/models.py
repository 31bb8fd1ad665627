"""Loads: a load file with its files, what was found wrong with it, and the fields of each document."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.grids.models import Grid
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter


class Mapping(models.Model):
    """What the columns of a source's load files are taken as: {column: `Field`}, for the next one."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="mappings")
    source = models.CharField(max_length=100)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["matter", "source"], name="one_mapping_per_source"),)

    def __str__(self) -> str:
        return self.source


class Load(models.Model):
    """A load file (`table`), perhaps an Opticon file (`images`), and a ZIP of the `files` that they name.

    Its bytes lie in the vault under the blobs. `columns` are the table's, `mapping` says what they are taken as;
    `counts` is what the dry run found at `checked_at`. Rows up to number `rows_done` are taken in, as items of
    `batch`; `started_at` is when somebody wanted that, `finished_at` when it was done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="loads")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=100)
    table_name = models.CharField(max_length=300)
    table_blob = models.CharField(max_length=300)
    images_name = models.CharField(max_length=300, blank=True)
    images_blob = models.CharField(max_length=300, blank=True)
    files_name = models.CharField(max_length=300, blank=True)
    files_blob = models.CharField(max_length=300, blank=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="loads")
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="load")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.table_name


class LoadProblem(models.Model):
    """What is wrong with a row, counted from 1 below the header: 0 is the file itself.

    A row that is `rejected` is not taken in. `dry` tells what the dry run found from what the load found.
    """

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="problems")
    dry = models.BooleanField()
    row = models.IntegerField()
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    sentence = models.CharField(max_length=500)
    rejected = models.BooleanField()

    class Meta:
        ordering = ("row", "id")
        indexes = (models.Index(fields=["load", "dry", "row", "id"], name="load_problems_in_order"),)

    def __str__(self) -> str:
        return f"row {self.row}: {self.code}"


class LoadedFields(models.Model):
    """The fields of a document as its load file gave them.

    `begin` to `end` are its Bates numbers as written, and `prefix`, `first` and `last` the same to be searched:
    empty and none where the number has no digits at its end. `parent` is the number of its parent. `values` are all
    columns that hold something.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="rows")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    row = models.IntegerField()
    item = models.OneToOneField(BatchItem, on_delete=models.CASCADE, related_name="loaded")
    begin = models.CharField(max_length=100)
    end = models.CharField(max_length=100, blank=True)
    prefix = models.CharField(max_length=100, blank=True)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    parent = models.CharField(max_length=100, blank=True)
    custodian = models.CharField(max_length=300, blank=True)
    confidentiality = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "loaded fields"
        ordering = ("row",)
        constraints = (
            models.UniqueConstraint(fields=["load", "row"], name="one_document_per_row"),
            models.UniqueConstraint(fields=["matter", "begin"], name="one_row_per_number"),
        )
        indexes = (models.Index(fields=["matter", "prefix", "first"], name="loaded_by_bates"),)

    def __str__(self) -> str:
        return f"{self.begin} - {self.end}" if self.end and self.end != self.begin else self.begin


class Production(models.Model):
    """Documents of a matter as a load file with their files in a ZIP: all, or those of a `grid` with its answers.

    Documents without a Bates number are given `prefix` and a number (`GivenNumber`): one each, or as many as pages
    where `by_page`. The table is a Concordance DAT or, `as_csv`, a CSV; `with_images` has pages drawn and named in an
    Opticon file. `counts` tells what the ZIP holds, of `size_bytes`, once `finished_at` is set; `removed_at` says
    that it is gone again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="productions")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    grid = models.ForeignKey(
        Grid, null=True, blank=True, on_delete=models.SET_NULL, related_name="productions"
    )
    prefix = models.CharField(max_length=40)
    by_page = models.BooleanField(default=False)
    as_csv = models.BooleanField(default=False)
    with_images = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    size_bytes = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="production")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"production {self.id}"


class GivenNumber(models.Model):
    """Bates numbers that a production gave to a file, named by its hash: no other pages have them ever again.

    They are as in `LoadedFields`, and stay when the document is withdrawn or another version takes its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="given_numbers")
    sha256 = models.CharField(max_length=64)
    by_page = models.BooleanField()
    begin = models.CharField(max_length=100)
    end = models.CharField(max_length=100)
    prefix = models.CharField(max_length=100)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        ordering = ("created_at", "prefix", "first")
        constraints = (
            models.UniqueConstraint(fields=["matter", "prefix", "first"], name="number_given_once"),
        )

    def __str__(self) -> str:
        return f"{self.begin} - {self.end}" if self.end != self.begin else self.begin

"""Archives of whole matters, matters that come of them, and the people whom these name."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter


class Archive(models.Model):
    """All that a matter holds, in one file that lies in the vault of archives.

    `with_states` says whether the states go along. `counts` tells what it holds, `sha256` and `size_bytes` are the
    file's, once `made_at` is set. `gone` says why the file is not there any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="archives")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    with_states = models.BooleanField(default=True)
    counts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    gone = models.CharField(max_length=200, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="archive")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"archive {self.id}"

    @property
    def file_name(self) -> str:
        """The name that the file is saved under."""
        plain = "".join(c if c.isalnum() or c in " -_." else " " for c in self.matter.name)
        return f"{' '.join(plain.split())[:120]} {self.created_at:%Y-%m-%d}.zip"


class Arrival(models.Model):
    """A matter that comes of an archive. Until `finished_at` it has no members, and so is there for nobody.

    An id of the archive is the id here with the bits of `mask` changed: ids of other matters cannot be meant, and an
    archive that is made of this matter has the ids of the one that it came of. `done` counts for each of the
    archive's tables the lines that are taken in. `audit_parts` is how many records of what happened elsewhere came
    along. `undone_at` says that it failed, and that nothing is left of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="arrival")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    mask = models.UUIDField(default=uuid.uuid4, editable=False)
    done = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    audit_parts = models.IntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="arrival")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"arrival {self.id}"

    @property
    def reason(self) -> str:
        """Why it came to nothing, or why an attempt did; empty where none failed."""
        return next((job.reason for job in self.jobs.all() if job.kind == "take_in_matter"), "")


class PersonElsewhere(models.Model):
    """Somebody whom an archive names, as an account here that nobody can sign in with.

    It is never the account of somebody here: an archive must not speak for them. `name` is what the archive calls
    the person.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="elsewhere"
    )
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="people_elsewhere")
    name = models.CharField(max_length=150)

    class Meta:
        verbose_name_plural = "people elsewhere"
        constraints = (models.UniqueConstraint(fields=["matter", "name"], name="one_person_per_name"),)

    def __str__(self) -> str:
        return self.name

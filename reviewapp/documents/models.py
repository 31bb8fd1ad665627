"""Document and page."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone

from reviewapp.documents.ordering import NameKey
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

PAGE_SEPARATOR = "\n"


class CurrentDocuments(models.Manager["Document"]):
    """The documents that people read, search and ask: earlier versions are left out."""

    def get_queryset(self) -> models.QuerySet["Document"]:
        return super().get_queryset().filter(version_of=None)


class Document(models.Model):
    """One file as received that has text; in its matter identified by the SHA-256 of its bytes.

    `blob` is the path of the bytes relative to the data folder; `text_version` names the extraction that
    made the pages and `text_sha256` is the hash of `text()` in UTF-8. `name` is as people read it, and documents
    are in the order of its `name_key`; `received_as` is its name as received where somebody gave it another. A
    document that was replaced keeps its id: what it was before is a document of its own that is a `version_of` it,
    with its pages and notes, and is in no list but `every`. `external_id` is another system's name for it, where that
    system gave one. `updated_at` moves whenever what is told of it to other systems changes, see
    `reviewapp.documents.actions.note_change`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="documents")
    external_id = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=1000)
    name_key = NameKey(default=b"")
    received_as = models.CharField(max_length=1000, blank=True)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    blob = models.CharField(max_length=300)
    text_version = models.CharField(max_length=100)
    text_sha256 = models.CharField(max_length=64)
    page_count = models.IntegerField()
    char_count = models.BigIntegerField()
    version_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="versions"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="document")

    objects: ClassVar[CurrentDocuments] = CurrentDocuments()
    every: ClassVar[models.Manager["Document"]] = models.Manager()

    class Meta:
        ordering = ("name_key", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "sha256"],
                condition=models.Q(version_of=None),
                name="one_document_per_hash",
            ),
            models.UniqueConstraint(
                fields=["matter", "external_id"],
                condition=models.Q(version_of=None) & ~models.Q(external_id=""),
                name="one_document_per_external_id",
            ),
        )
        indexes = (
            models.Index(fields=["matter", "updated_at", "id"], name="documents_changed"),
            models.Index(
                fields=["matter", "name_key", "created_at", "id"],
                condition=models.Q(version_of=None),
                name="documents_by_name",
            ),
            # What is counted and summed of a matter, so that it is read of the index alone.
            models.Index(
                fields=["matter", "page_count", "char_count", "size_bytes"],
                condition=models.Q(version_of=None),
                name="documents_held",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def text(self) -> str:
        """The pages in order, joined by a newline; page offsets count characters of this text."""
        return PAGE_SEPARATOR.join(self.pages.order_by("number").values_list("text", flat=True))

    def text_between(self, start: int, end: int) -> str:
        """`text()[start:end]`, read from no more pages than it touches."""
        touched = self.pages.filter(end__gte=start, start__lt=max(end, start + 1)).order_by("number")
        pages = list(touched.values_list("start", "text"))
        if not pages:
            return ""
        first = pages[0][0]
        return PAGE_SEPARATOR.join(text for _, text in pages)[start - first : end - first]


class Withdrawal(models.Model):
    """What is left of a document that was taken out of its matter: its name, and who took it out when and why.

    `states` are the names of the states and `blobs` those of the bytes that a worker removes afterwards;
    `finished_at` says that it is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="withdrawals")
    document = models.UUIDField(db_index=True)
    name = models.CharField(max_length=1000)
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    states = models.JSONField(default=list)
    blobs = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="withdrawal")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What people have to know of a document beside its text: one sentence, as its reader found it.

    `page` is counted from 1; 0 stands for the whole document. A problem stays open until somebody dismisses it.
    """

    class Kind(models.TextChoices):
        """What it is about, the gravest first."""

        UNREAD = "unread", "Not read"
        COVERED = "covered", "Covered or redacted"
        INVISIBLE = "invisible", "Invisible"
        GARBLED = "garbled", "Unreadable text"
        HIDDEN = "hidden", "Hidden"
        CHANGES = "changes", "Tracked changes"
        FORM = "form", "Form fields"
        COMMENTS = "comments", "Comments"
        OCR = "ocr", "Read by text recognition"
        INSIDE = "inside", "Files inside"
        READING = "reading", "How it was read"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    page = models.IntegerField(default=0)
    text = models.CharField(max_length=500)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("page", "created_at")

    def __str__(self) -> str:
        return self.text


#: Of these a person has to decide something; the others are for information.
PROBLEMS = (
    Note.Kind.UNREAD,
    Note.Kind.COVERED,
    Note.Kind.INVISIBLE,
    Note.Kind.GARBLED,
    Note.Kind.HIDDEN,
    Note.Kind.CHANGES,
)


#: What everybody has to know who relies on an answer from a document: what was not read of it, and how it was read.
BESIDE_ANSWERS = (*PROBLEMS, Note.Kind.OCR)


class Page(models.Model):
    """The text of one page; `start` and `end` are character offsets in the document's text.

    `label` is the number printed on the page where that is another than its own. `languages` are those that text of
    it was recognised in (names of tesseract's, joined by `+`); empty where nothing was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.IntegerField()
    text = models.TextField(blank=True)
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    label = models.CharField(max_length=20, blank=True)
    languages = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="one_page_per_number"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="page_range"),
        )

    def __str__(self) -> str:
        return f"{self.document} p. {self.number}"


class PageBoxes(models.Model):
    """Where the words of a page's text stand on the page, as `readers.boxes.unpack` reads them.

    Apart from the page, so that whoever reads text does not read boxes.
    """

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="boxes")
    packed = models.BinaryField()

    class Meta:
        verbose_name_plural = "page boxes"

    def __str__(self) -> str:
        return f"{self.page}: boxes"


class PagePicture(models.Model):
    """A drawn page, in the vault under `name` until others need its place; goes with its page.

    `width` is the one that was asked for, the others are the picture's own, in pixels. Where `reason` says why the
    page cannot be drawn there is no picture. `drawing` is the way in which it was drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="pictures")
    width = models.IntegerField()
    drawing = models.IntegerField()
    name = models.CharField(max_length=200)
    drawn_width = models.IntegerField(default=0)
    drawn_height = models.IntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (models.UniqueConstraint(fields=["page", "width"], name="one_picture_per_width"),)
        indexes = (models.Index(fields=["created_at"], name="pictures_by_age"),)

    def __str__(self) -> str:
        return f"{self.page}: {self.width} px"

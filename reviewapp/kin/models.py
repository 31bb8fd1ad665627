"""Signatures of texts, the pairs that they find, and the threads of mail."""

import uuid

from django.db import models

from reviewapp.documents.models import Document


class Signature(models.Model):
    """What is kept of a document's text to find others like it, see `reviewapp.kin.minhash`."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.CASCADE, related_name="signature"
    )
    version = models.IntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"signature of {self.document_id}"


class Band(models.Model):
    """A part of a signature: texts that are alike have at least one in common."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["value", "document"], name="bands_by_value"),)

    def __str__(self) -> str:
        return f"band of {self.document_id}"


class Likeness(models.Model):
    """Two documents with the same or nearly the same text, written once for each of the two.

    `share` is how much of what either says both say: the Jaccard index of their word shingles, from 0 to 1, and 1
    only where the text is the same, sign by sign.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField()

    class Meta:
        ordering = ("-share",)
        verbose_name_plural = "likenesses"
        constraints = (models.UniqueConstraint(fields=["document", "other"], name="one_likeness"),)

    def __str__(self) -> str:
        return f"{self.document_id} and {self.other_id}: {self.share:.2f}"

    @property
    def is_same(self) -> bool:
        return self.share == 1.0


class Message(models.Model):
    """A document that is a message: what it is `called` (its Message-ID), when it was sent, and its thread."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.CASCADE, related_name="message"
    )
    called = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    thread = models.UUIDField(default=uuid.uuid4, db_index=True)

    class Meta:
        indexes = (models.Index(fields=["called"], name="messages_by_id"),)

    def __str__(self) -> str:
        return f"message {self.document_id}"


class Reference(models.Model):
    """A message that another one answers or refers to, by its Message-ID; it need not be in the matter."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")
    refers_to = models.CharField(max_length=250, db_index=True)

    def __str__(self) -> str:
        return f"reference {self.pk}"

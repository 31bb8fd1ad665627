"""Writing which documents belong to a new one; all of it in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Count

from reviewapp.documents.models import Document
from reviewapp.documents.selectors import texts_of
from reviewapp.kin.minhash import VERSION, Marks, estimate, share_of, shingles_of
from reviewapp.kin.models import Band, Likeness, Message, Reference, Signature
from reviewapp.matters.models import Matter

#: From which share on two texts are nearly the same.
LEAST_SHARE = 0.8
#: Documents that are looked at more closely, and pairs that are kept, for one document.
CANDIDATES, KEPT = 50, 10
#: The share itself is counted where both texts are no longer than this; longer ones are estimated.
COUNTED_CHARACTERS = 1_000_000
MOST_REFERENCES = 100
ID_CHARACTERS = 250


def compare(document: Document, marks: Marks) -> None:
    """Keep the marks of a document's text, and the pairs that it makes with others of its matter."""
    _alone(document.matter_id)
    shingles, packed, bands = marks.shingles, marks.packed, marks.bands
    near = _candidates(document, bands) if shingles else []
    same = Document.objects.filter(matter=document.matter_id, text_sha256=document.text_sha256)
    shares = dict.fromkeys(same.exclude(pk=document.pk).values_list("pk", flat=True)[:KEPT], 1.0)
    guesses = {
        one.document_id: estimate(packed, bytes(one.hashes))
        for one in Signature.objects.filter(document__in=near)
    }
    best = sorted((key for key in guesses if key not in shares), key=lambda key: -guesses[key])
    shares |= _counted(document, shingles, best[: KEPT - len(shares)], guesses)
    kept = [(key, share) for key, share in shares.items() if share >= LEAST_SHARE]
    pairs = [(document.pk, key, share) for key, share in kept] + [
        (key, document.pk, share) for key, share in kept
    ]
    Likeness.objects.bulk_create(
        Likeness(document_id=one, other_id=other, share=share) for one, other, share in pairs
    )
    Signature.objects.create(document=document, version=VERSION, hashes=packed)
    if shingles:
        Band.objects.bulk_create(Band(document=document, value=value) for value in bands)


def leave_kin(document: Document) -> None:
    """Remove what was found by a text that the document has no more."""
    Signature.objects.filter(document=document).delete()
    Band.objects.filter(document=document).delete()
    Likeness.objects.filter(document=document).delete()
    Likeness.objects.filter(other=document).delete()
    Message.objects.filter(document=document).delete()


def join_thread(
    document: Document, message_id: str, references: Sequence[str], sent_at: datetime | None
) -> Message:
    """Put a message into the thread of those that it refers to and of those that refer to it or to the same ones."""
    _alone(document.matter_id)
    own = message_id[:ID_CHARACTERS]
    others = list(dict.fromkeys(one[:ID_CHARACTERS] for one in references if one))[:MOST_REFERENCES]
    ids = [one for one in (own, *others) if one]
    messages = Message.objects.filter(document__matter=document.matter_id)
    threads: set[UUID] = set(messages.filter(called__in=ids).values_list("thread", flat=True))
    threads |= set(messages.filter(references__refers_to__in=ids).values_list("thread", flat=True))
    thread = min(threads, default=uuid4())
    if len(threads) > 1:
        messages.filter(thread__in=threads).update(thread=thread)
    message = Message.objects.create(document=document, called=own, sent_at=sent_at, thread=thread)
    Reference.objects.bulk_create(Reference(message=message, refers_to=one) for one in others)
    return message


def _alone(matter: UUID) -> None:
    # NB: of two documents that come at the same time the second waits, and then finds the first.
    if connection.features.has_select_for_update:
        Matter.objects.select_for_update().filter(pk=matter).values_list("pk", flat=True).first()


def _candidates(document: Document, bands: Sequence[int]) -> list[UUID]:
    """The current documents of the matter with the most bands in common."""
    shared = Band.objects.filter(value__in=bands, document__matter=document.matter_id)
    shared = shared.filter(document__version_of=None).exclude(document=document.pk)
    counted = shared.values("document").annotate(number=Count("pk")).order_by("-number", "document")
    return list(counted.values_list("document", flat=True)[:CANDIDATES])


def _counted(
    document: Document, shingles: set[int], keys: Sequence[UUID], guesses: dict[UUID, float]
) -> dict[UUID, float]:
    """The shares of shingles; the same words with other signs between them are not quite the same text."""
    likely = [key for key in keys if guesses[key] >= LEAST_SHARE - 0.15]
    others = {other.pk: other for other in Document.objects.filter(pk__in=likely)}
    short = [other for other in others.values() if other.char_count <= COUNTED_CHARACTERS]
    texts = texts_of(short) if document.char_count <= COUNTED_CHARACTERS else {}
    shares = {key: guesses[key] for key in others}
    shares |= {key: share_of(shingles, shingles_of(text)) for key, text in texts.items()}
    return {key: min(share, 0.999) for key, share in shares.items()}

"""Pictures of pages: drawn by the confined reading process when first asked for, kept as long as there is room.

They lie in a vault of their own, one folder a matter, and can all be drawn again from the documents' bytes.
"""

import threading
from contextlib import AbstractContextManager, suppress
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from readers.client import ParserError, Reading
from readers.protocol import DRAWING, DRAWN_TYPES, Sight
from readers.result import EXPANDED, MIB, Limits
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Page, PagePicture
from reviewapp.documents.parsing import process_parser

THUMBNAIL, READING, ZOOMED = 160, 1200, 2000
WIDTHS = (THUMBNAIL, READING, ZOOMED)
NOT_NOW = "The page cannot be drawn at the moment."
_PICTURES = "pictures"
_ROOM_LEFT = 0.9
_lock = threading.Lock()


REPLACED = "The document was replaced while the page was drawn."


class NoPictureError(Exception):
    """There is no picture of the page; the message tells people why."""


class ReplacedError(NoPictureError):
    """The page is one of an earlier version by now, or of none: what was drawn is not the document's any more."""

    def __init__(self) -> None:
        super().__init__(REPLACED)


def has_pictures(document: Document) -> bool:
    """Whether the pages of a document have a look of their own, and its bytes are there to draw them from."""
    if not document.media_type.startswith(DRAWN_TYPES):
        return False
    try:
        entry = storage.entry_of(document.blob)
    except ValueError:
        return False
    return entry.vault.exists(entry.name)


def picture_of(page: Page, width: int) -> PagePicture:
    """The picture of a page at one of `WIDTHS`, drawn now unless it is kept.

    Raises NoPictureError, as ReplacedError where the page went to an earlier version of its document meanwhile.
    """
    known = _kept(page, width)
    if known is None:
        # NB: one drawing at a time in a process; who waited for another's drawing of the same page takes that.
        with _lock:
            known = _kept(page, width) or _drawn(page, width)
    if known.reason:
        raise NoPictureError(known.reason)
    return known


def jpeg_of(document: Document, number: int, width: int) -> bytes:
    """A page drawn as JPEG for a file that leaves the product; it is not kept. Raises NoPictureError."""
    try:
        with _reading(document, Sight(number, width, "JPEG")) as reading:
            for member in reading.parsed.members:
                return b"".join(reading.member(member))
            raise NoPictureError(reading.parsed.reason)
    except (ParserError, OSError, ValueError):
        raise NoPictureError(NOT_NOW) from None


def open_picture(picture: PagePicture) -> IO[bytes]:
    """The bytes of a picture, WebP. Raises FileNotFoundError."""
    return storage.vault_of(_PICTURES).open(picture.name)


def read_picture(page: Page, width: int) -> bytes:
    """The bytes of `picture_of`; it is drawn once more where they went as they were looked for."""
    for _ in range(2):
        with suppress(FileNotFoundError), open_picture(picture_of(page, width)) as file:
            return file.read()
    raise NoPictureError(NOT_NOW)


def remove_bytes(picture: PagePicture) -> None:
    """Remove the bytes of a picture whose record is deleted, once that is certain."""
    if picture.name:
        transaction.on_commit(lambda: storage.vault_of(_PICTURES).remove(picture.name))


def _kept(page: Page, width: int) -> PagePicture | None:
    found = PagePicture.objects.filter(page=page, width=width, drawing=DRAWING).first()
    if found is None or (found.name and not storage.vault_of(_PICTURES).exists(found.name)):
        return None
    return found


def _drawn(page: Page, width: int) -> PagePicture:
    try:
        with _reading(page.document, Sight(page.number, width)) as reading:
            return _keep(page, width, reading)
    except (ParserError, OSError, ValueError):
        # NB: this says nothing about the page, so that nothing is noted of it and it is tried again when asked for.
        raise NoPictureError(NOT_NOW) from None


def _reading(document: Document, sight: Sight) -> AbstractContextManager[Reading]:
    limits = Limits(
        memory_mib=settings.PARSE_MIB,
        cpu_seconds=settings.DRAW_SECONDS,
        wall_seconds=2 * settings.DRAW_SECONDS,
    )
    return process_parser().draw(storage.entry_of(document.blob), document.name, sight, limits)


def _keep(page: Page, width: int, reading: Reading) -> PagePicture:
    """The record of a drawing, its bytes in the vault.

    Raises OSError, ValueError for what is no picture, and ReplacedError.
    """
    parsed = reading.parsed
    facts: dict[str, object] = {"drawing": DRAWING, "name": "", "reason": parsed.reason[:500] or NOT_NOW}
    if parsed.disposition == EXPANDED:
        (member,) = parsed.members
        drawn_width, drawn_height = map(int, member.name.split("x"))
        if member.disposition or drawn_width < 1 or drawn_height < 1:
            raise ValueError("no picture came of the page")
        # NB: by the page, which goes with its version: what is drawn of another one never has this name.
        name = f"{page.document.matter_id}/{page.document_id}/{page.pk}-{width}.webp"
        facts |= {"name": name, "reason": "", "size_bytes": member.size}
        facts |= {"drawn_width": drawn_width, "drawn_height": drawn_height}
        picture = _write(page, width, facts, b"".join(reading.member(member)))
    else:
        picture = _write(page, width, facts, b"")
    _make_room()
    return picture


def _write(page: Page, width: int, facts: dict[str, object], content: bytes) -> PagePicture:
    with transaction.atomic():
        # NB: it may have been drawn from the file of a newer version.
        still = Page.objects.select_for_update().filter(pk=page.pk, document=page.document_id)
        if not list(still.values_list("pk", flat=True)):
            raise ReplacedError
        if content:
            with storage.vault_of(_PICTURES).write(str(facts["name"])) as file:
                file.write(content)
        for known in PagePicture.objects.filter(page=page, width=width).exclude(name=facts["name"]):
            remove_bytes(known)
        return PagePicture.objects.update_or_create(page=page, width=width, defaults=facts)[0]


def _make_room() -> None:
    """Remove the oldest pictures where all together take more than they may."""
    most = settings.PICTURES_MIB * MIB
    used = PagePicture.objects.aggregate(used=Sum("size_bytes"))["used"] or 0
    if used <= most:
        return
    going = []
    for key, size in PagePicture.objects.order_by("created_at").values_list("pk", "size_bytes").iterator():
        if used <= _ROOM_LEFT * most:
            break
        going.append(key)
        used -= size
    for picture in PagePicture.objects.filter(pk__in=going):
        picture.delete()

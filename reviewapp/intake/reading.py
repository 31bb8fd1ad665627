"""Whether reading a file again can come to anything else: only where what decided about it is another now."""

import hashlib

from django.conf import settings
from django.db.models import Q

from readers.version import readers_version
from reviewapp.intake.models import UNUSABLE, Disposition


def reading_of(disposition: str, languages: str) -> str:
    """Names all that decides whether a file gets this disposition: the readers, and the settings it depends on.

    `languages` are those that text is recognised in.
    """
    named = repr((readers_version(), *_settings_of(disposition, languages)))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def worth_reading_again(languages: str) -> Q:
    """The items that no attempt came to the end of, and those whose disposition others might not give any more."""
    worth = Q(disposition=Disposition.NOT_READ)
    for disposition in UNUSABLE:
        if disposition != Disposition.NOT_READ:
            worth |= Q(disposition=disposition) & ~Q(read_with=reading_of(disposition, languages))
    return worth


def _settings_of(disposition: str, languages: str) -> tuple[object, ...]:
    if disposition in (Disposition.NO_TEXT, Disposition.UNSUPPORTED):
        return (settings.OCR_SECONDS, languages)
    if disposition == Disposition.TOO_LARGE:
        return (
            settings.PARSE_SECONDS,
            settings.PARSE_MIB,
            settings.OCR_SECONDS,
            settings.MAX_PAGES,
            settings.MAX_FILE_MIB,
            settings.ZIP_DEPTH,
            settings.ZIP_FILES,
            settings.ZIP_MIB,
        )
    return ()

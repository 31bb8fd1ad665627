"""Pictures (PNG, JPEG, TIFF and others): documents only where their text is recognised."""

from typing import IO

from readers.result import UNSUPPORTED, Limits, Parsed, Refused


def read_picture(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with unsupported."""
    del file, limits
    raise Refused(
        UNSUPPORTED,
        "This is a picture. Run text recognition (OCR) over it, save the result as a PDF and upload that.",
    )

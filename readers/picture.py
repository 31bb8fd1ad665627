"""Pictures (PNG, JPEG, TIFF and others) by Pillow: documents where their text is recognised, a frame a page."""

from importlib.metadata import version
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence

from readers.boxes import pack
from readers.ocr import RESOLUTION, Recogniser
from readers.result import (
    ACCEPTED,
    DAMAGED,
    NO_TEXT,
    TOO_LARGE,
    UNSUPPORTED,
    Limits,
    Parsed,
    Refused,
    too_many_pages,
)
from readers.text import check_pages, clean

TEXT_VERSION = f"picture-1 pillow-{version('pillow')}"
_MOST_POINTS = 120_000_000
_MOST_SIDE = 5000

Image.MAX_IMAGE_PIXELS = _MOST_POINTS


def read_picture(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with unsupported where text is not recognised, damaged, no_text or too_large."""
    recogniser = Recogniser(limits)
    if not recogniser.is_on():
        raise Refused(
            UNSUPPORTED,
            "This is a picture. Run text recognition (OCR) over it, save the result as a PDF and upload that.",
            wants_ocr=recogniser.was_left_out(),
        )
    try:
        with Image.open(file) as picture:
            media_type = Image.MIME.get(picture.format or "", "image/*")
            count = getattr(picture, "n_frames", 1)
            if count > limits.max_pages:
                raise too_many_pages(count, limits)
            frames = ImageSequence.Iterator(picture)
            seen = [
                recogniser.page(n, grey(ImageOps.exif_transpose(frame)))
                for n, frame in enumerate(frames, start=1)
            ]
    except Image.DecompressionBombError:
        raise Refused(TOO_LARGE, "The picture is too large. Save it smaller and upload that.") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
        raise Refused(DAMAGED, "The picture cannot be opened. Save it again and upload that.") from None
    texts = tuple(clean(page.text) for page in seen)
    if not any(texts):
        raise Refused(
            NO_TEXT, "No text was recognised in the picture. Nothing of it is searched or answered from."
        )
    check_pages(texts, limits, least=1, when_empty="")
    boxes = tuple(pack(text, page.words) for text, page in zip(texts, seen, strict=True))
    return Parsed(
        ACCEPTED,
        "",
        media_type,
        f"{TEXT_VERSION} {recogniser.version()}",
        texts,
        notes=tuple(recogniser.notes()),
        boxes=boxes,
        languages=recogniser.languages(len(texts)),
    )


def grey(frame: Image.Image) -> "NDArray[np.uint8]":
    """A frame as grey points, at about the resolution that recognition expects; see-through ones are white."""
    dots = float(frame.info.get("dpi", (0, 0))[0] or 0)
    scale = RESOLUTION / dots if dots > 2 * RESOLUTION else 1.0
    scale = min(scale, _MOST_SIDE / max(frame.size))
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        seen = frame.convert("RGBA")
        frame = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    points = _stretched(frame) if frame.mode in ("F", "I") else frame.convert("L")
    if scale < 1:
        points = points.resize((max(1, round(points.width * scale)), max(1, round(points.height * scale))))
    return np.asarray(points, dtype=np.uint8)


def _stretched(frame: Image.Image) -> Image.Image:
    """A frame whose points have no greatest value, from its darkest to its lightest."""
    values = np.asarray(frame, dtype=np.float64)
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255 / max(high - low, 1e-9))).astype(np.uint8))

"""Pictures of pages: of a PDF by pdfium, of a picture by Pillow, as WebP or JPEG."""

import io
from typing import IO

from PIL import ExifTags, Image, ImageOps

from readers import detect
from readers.archive import Spool
from readers.pdf.beside import has_form
from readers.pdf.opening import opened
from readers.protocol import DRAWING, Sight
from readers.result import DAMAGED, EXPANDED, TOO_LARGE, UNSUPPORTED, Limits, Parsed, Refused

WIDEST = 4000
_MOST_POINTS = 16_000_000
_LEAST_SIDE = 8
# NB: WebP has no longer sides than 16,383.
_LONGEST_SIDE = 16_000
_FEW_COLOURS = 2048


def draw_file(file: IO[bytes], name: str, sight: Sight, limits: Limits, spool_file: IO[bytes]) -> Parsed:
    """The picture of a page as the one member of the outcome, called `WIDTHxHEIGHT`. Never raises for bad content.

    Pages that would be too large are drawn less wide. A page that cannot be drawn gives another disposition than
    EXPANDED, with its reason.
    """
    try:
        kind = detect.kind_of(file, name)
        file.seek(0)
        if kind == detect.PDF:
            image = _of_pdf(file, sight)
        elif kind == detect.PICTURE:
            image = _of_picture(file, sight)
        else:
            return Parsed(UNSUPPORTED, "Files of this kind have no look of their own.")
        member = Spool(spool_file, limits).add(f"{image.width}x{image.height}", _encoded(image, sight.form))
        return Parsed(EXPANDED, "", f"image/{sight.form.lower()}", f"draw-{DRAWING}", members=(member,))
    except Refused as refused:
        return Parsed(refused.disposition, refused.reason)
    except (MemoryError, Image.DecompressionBombError):
        return Parsed(TOO_LARGE, f"Drawing this page needs more than {limits.memory_mib} MiB of memory.")
    except Exception:  # noqa: BLE001  libraries fail on hostile bytes in ways nobody lists
        return Parsed(DAMAGED, "This page cannot be drawn.")


def _of_pdf(file: IO[bytes], sight: Sight) -> Image.Image:
    document, _, _ = opened(file.read())
    if document is None:
        raise Refused(DAMAGED, "This PDF cannot be drawn.")
    if has_form(document):
        document.init_forms()
    page = document[sight.page - 1]
    width, height = page.get_size()
    scale = _size(width, height, sight.width)[0] / max(1.0, width)
    image: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    return image


def _of_picture(file: IO[bytes], sight: Sight) -> Image.Image:
    with Image.open(file) as picture:
        picture.seek(sight.page - 1)
        if picture.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            picture.draft("RGB", _size(picture.width, picture.height, sight.width))
        upright = ImageOps.exif_transpose(picture)
        size = _size(upright.width, upright.height, sight.width)
        flat = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    if flat.mode == "RGBA":
        paper = Image.new("RGBA", flat.size, "white")
        flat = Image.alpha_composite(paper, flat).convert("RGB")
    return flat.resize(size, Image.Resampling.LANCZOS) if flat.size != size else flat


def _size(width: float, height: float, wanted: int) -> tuple[int, int]:
    """Width and height of the picture of a page of this size, within what is drawn at all."""
    width, height = max(1.0, width), max(1.0, height)
    scale = min(wanted, WIDEST) / width
    scale = min(scale, (_MOST_POINTS / (width * height)) ** 0.5)
    scale = min(scale, _LONGEST_SIDE / max(width, height))
    return max(_LEAST_SIDE, round(width * scale)), max(_LEAST_SIDE, round(height * scale))


def _encoded(image: Image.Image, form: str) -> bytes:
    """WebP: without loss where there are few colours, as on printed pages; others with some. Or JPEG."""
    out = io.BytesIO()
    if form == "JPEG":
        image.save(out, "JPEG", quality=85, optimize=True)
    elif image.getcolors(_FEW_COLOURS) is not None:
        image.save(out, "WEBP", lossless=True, method=1, quality=20)
    else:
        image.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()

"""Pages of a production as pictures, and the Opticon file that says which is which."""

import zipfile
from collections.abc import Callable, Iterator

from readers.loadfile import PageImage
from reviewapp.documents.models import Document
from reviewapp.documents.pictures import ZOOMED, NoPictureError, has_pictures, jpeg_of
from reviewapp.loads.bates import bates_of
from reviewapp.loads.naming import FileNames, ImageKeys
from reviewapp.loads.numbering import Numbered

VOLUME = "NIGHTBRIEF"
#: Says that something of a document could not go out: column, code, sentence.
Tell = Callable[[str, str, str], None]


def images_of(
    archive: zipfile.ZipFile,
    files: FileNames,
    keys: ImageKeys,
    folder: str,
    row: Numbered,
    document: Document,
    tell: Tell,
) -> Iterator[PageImage]:
    """Draw the document's pages into the archive, in order, and give what the Opticon file says of each.

    `files` names their files, `keys` themselves; a key that is not as pages are counted is told. A page that cannot
    be drawn is told of, and left out; so is a document whose pages have no look of their own.
    """
    if not has_pictures(document):
        tell(
            "IMAGES", "no-images", "Files of this kind have no look of their own; they go out without images."
        )
        return
    drawn = 0
    for page, wanted in enumerate(_keys(row, document.page_count), 1):
        key = keys.free(wanted, is_first=page == 1)
        if key != wanted:
            tell("IMAGES", "image-key-changed", f"Page {page}: {wanted} is another page; this one is {key}.")
        try:
            content = jpeg_of(document, page, ZOOMED)
        except NoPictureError as error:
            tell("IMAGES", "image-missing", f"Page {page}: {error}")
            continue
        path = f"IMAGES/{folder}/{files.free(f'IMAGES/{folder}', key)}.jpg"
        archive.writestr(path, content, zipfile.ZIP_STORED)
        drawn += 1
        pages = document.page_count if drawn == 1 else 0
        yield PageImage(key, path.replace("/", "\\"), drawn == 1, VOLUME, pages)


def _keys(row: Numbered, pages: int) -> Iterator[str]:
    """A key for each page: its Bates number where pages have numbers, else the document's with the page behind it.

    The first is the document's own number, by which the two load files belong together.
    """
    first, last = bates_of(row.begin), bates_of(row.end)
    by_page = first is not None and last is not None and last.number - first.number + 1 == pages
    for page in range(pages):
        if page == 0:
            yield row.begin
        elif by_page and first is not None:
            yield str(first.plus(page))
        else:
            yield f"{row.begin}_{page + 1:04}"

"""What is wrong with rows of a load file, before anything is taken in and while it is."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from readers.loadfile import PageImage, Row
from reviewapp.loads.bates import MOST_CHARACTERS, bates_of, is_range
from reviewapp.loads.fields import Field
from reviewapp.loads.models import Load, LoadedFields
from reviewapp.loads.source import Opened

MIB = 2**20
_SEALED = 0x1
_HASHES = {Field.SHA256: 64, Field.MD5: 32}


@dataclass(frozen=True)
class Trouble:
    """Something wrong with a row, as `LoadProblem` keeps it."""

    row: int
    column: str
    code: str
    sentence: str
    rejected: bool = False


@dataclass
class Judged:
    """A row with its values by field, the files that it names as far as they are there, and what is wrong with it."""

    row: Row
    values: dict[str, str]
    native: zipfile.ZipInfo | None = None
    text: zipfile.ZipInfo | None = None
    images: Sequence[PageImage] = ()
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        return any(trouble.rejected for trouble in self.troubles)

    @property
    def begin(self) -> str:
        return self.values.get(Field.BEGIN, "")

    @property
    def parent(self) -> str:
        """The number of the parent: as the row says, or the first of its family where that is another."""
        parent = self.values.get(Field.PARENT) or self.values.get(Field.FAMILY_BEGIN, "")
        return "" if parent == self.begin else str(parent)


class Judge:
    """Judges the rows of one load in their order; knows the numbers that it has seen."""

    def __init__(self, load: Load, source: Opened) -> None:
        self._load, self._source = load, source
        self._columns: dict[str, str] = {given: column for column, given in load.mapping.items()}
        self.seen: set[str] = set()

    def judge(self, rows: Sequence[Row]) -> list[Judged]:
        """The rows with all that can be told of them without reading their files."""
        judged = [Judged(row, self._values(row)) for row in rows]
        numbers = [each.begin for each in judged if each.begin]
        there = LoadedFields.objects.filter(matter=self._load.matter_id, begin__in=numbers)
        known = set(there.exclude(load=self._load).values_list("begin", flat=True))
        for each in judged:
            each.troubles += self._of_row(each, known)
            if not each.is_rejected:
                each.troubles += self._of_files(each)
        return judged

    def column(self, given: Field) -> str:
        """The column that is taken as this field."""
        return self._columns.get(given, "")

    def _values(self, row: Row) -> dict[str, str]:
        return {
            given: row.fields[column].strip()
            for given, column in self._columns.items()
            if column in row.fields
        }

    def _trouble(self, judged: Judged, given: Field, code: str, sentence: str, *, rejected: bool) -> Trouble:
        return Trouble(judged.row.number, self.column(given), code, sentence, rejected)

    def _of_row(self, judged: Judged, known: set[str]) -> Iterator[Trouble]:
        begin, row = judged.begin, judged.row

        def rejected(code: str, sentence: str) -> Trouble:
            return self._trouble(judged, Field.BEGIN, code, sentence, rejected=True)

        if row.error is not None:
            yield Trouble(row.number, "", row.error.code, row.error.message, rejected=True)
        elif not begin:
            yield rejected("number-missing", "The row has no number. Give each document one.")
        elif len(begin) > MOST_CHARACTERS:
            yield rejected("number-too-long", f"The number has more than {MOST_CHARACTERS} characters.")
        elif begin in self.seen:
            yield rejected("number-repeated", "An earlier row of this file has the same number.")
        elif begin in known:
            yield rejected("number-known", "A document with this number was loaded into this matter before.")
        else:
            self.seen.add(begin)
            yield from self._of_values(judged)

    def _of_values(self, judged: Judged) -> Iterator[Trouble]:
        end = judged.values.get(Field.END, "")
        if end and not is_range(bates_of(judged.begin), bates_of(end)):
            sentence = "The last number does not follow the first. Both are kept as they are written."
            yield self._trouble(judged, Field.END, "range-wrong", sentence, rejected=False)
        for given, digits in _HASHES.items():
            value = judged.values.get(given, "")
            if value and not re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", value):
                sentence = f"This is no {given.name} hash ({digits} digits). The file is not held against it."
                yield self._trouble(judged, given, "hash-unreadable", sentence, rejected=False)

    def _of_files(self, judged: Judged) -> Iterator[Trouble]:
        files = self._source.files
        for given in (Field.NATIVE, Field.TEXT):
            path = judged.values.get(given, "")
            found = files.find(path) if path else None
            if path and found is None:
                sentence = "The file of this path is not among the files that came with the load file."
                yield self._trouble(judged, given, "file-missing", sentence, rejected=False)
            elif found is not None and found.flag_bits & _SEALED:
                sentence = "The file is protected by a password in the ZIP. Pack it without one."
                yield self._trouble(judged, given, "file-sealed", sentence, rejected=False)
            elif found is not None and found.file_size > settings.MAX_FILE_MIB * MIB:
                sentence = f"The file is larger than {settings.MAX_FILE_MIB} MiB and is not taken."
                yield self._trouble(judged, given, "file-too-large", sentence, rejected=False)
            elif given == Field.NATIVE:
                judged.native = found
            else:
                judged.text = found
        judged.images = self._source.images.get(judged.begin.upper(), ())
        yield from self._of_images(judged)
        if judged.native is None and judged.text is None and not judged.images:
            sentence = "The row brings neither a native file nor a text nor page images that are there."
            yield self._trouble(judged, Field.NATIVE, "nothing-to-read", sentence, rejected=True)
        elif judged.images and judged.native is None:
            yield from _images_left(judged)

    def _of_images(self, judged: Judged) -> Iterator[Trouble]:
        missing = [image.key for image in judged.images if self._source.files.find(image.path) is None]
        if missing:
            judged.images = ()
            sentence = (
                f"{len(missing)} page images are not among the files, the first that of {missing[0][:60]}."
            )
            yield Trouble(judged.row.number, "", "image-missing", sentence)


def _images_left(judged: Judged) -> Iterator[Trouble]:
    """What is told where page images stand for a native file: one file of them is read, more are not."""
    if judged.text is not None:
        sentence = "There is no native file: the text is taken in, without its page images."
        yield Trouble(judged.row.number, "", "images-left-out", sentence)
    elif len({image.path for image in judged.images}) > 1:
        sentence = "There are page images alone, one file a page. Combine them to one PDF or TIFF a document."
        yield Trouble(judged.row.number, "", "images-single", sentence, rejected=True)

"""Writing productions: a table (DAT or CSV) of the documents, their natives, texts and images, and a report.

Source: the published rules of Relativity and Everlaw for load files: Concordance's signs, UTF-8 with a mark, CR LF,
one header line, paths relative to the load file with backslashes, several values with semicolons between them.
"""

import hashlib
import io
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, TextIO
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from readers.loadfile import write_concordance, write_opticon, write_separated
from reviewapp.claims import Claim, claims_of
from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.words_answers import with_condition
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.work import Run
from reviewapp.loads.imaging import images_of
from reviewapp.loads.models import LoadedFields, Production
from reviewapp.loads.naming import FileNames, ImageKeys, names_of_columns
from reviewapp.loads.numbering import Numbered, numbered
from reviewapp.loads.report import ProductionReport
from reviewapp.loads.source import in_parts
from reviewapp.questions.models import Answer
from reviewapp.reviews.models import Code, Decision, Review

AT_ONCE, IN_FOLDER = 100, 1000
_CHUNK = 1 << 20
FIXED = (
    "BEGBATES", "ENDBATES", "BEGATTACH", "ENDATTACH", "PARENTBATES", "CUSTODIAN", "CONFIDENTIALITY", "FILENAME",
    "FILETYPE", "FILESIZE", "PAGECOUNT", "MD5HASH", "SHA256HASH", "CODES", "NATIVELINK", "TEXTLINK",
)  # fmt: skip


def vault_name(production: Production) -> str:
    """The name of the production's ZIP in the vault of productions."""
    return f"{production.matter_id}/{production.pk}.zip"


class Writer:
    """Writes one production: `held` are its documents so far. What could not go out is told to the report."""

    def __init__(
        self,
        run: Run,
        production: Production,
        archive: zipfile.ZipFile,
        images: TextIO | None,
        report: ProductionReport,
    ) -> None:
        self._run, self._production, self._archive, self._images = run, production, archive, images
        self._columns = list(production.grid.columns.exclude(question=None)) if production.grid else []
        self.names = names_of_columns([column.label for column in self._columns], FIXED)
        self._files, self._keys = FileNames(), ImageKeys(())
        self._report = report
        self.counts = {"documents": 0, "natives": 0, "images": 0}
        self.held: set[UUID] = set()

    def rows(self, rows: Sequence[Numbered]) -> Iterator[dict[str, str]]:
        """The rows of the DAT; the files of each are written to the ZIP as it is asked for."""
        self._keys = ImageKeys(row.begin for row in rows)
        for part in in_parts(rows, AT_ONCE):
            keys = [row.document for row in part]
            documents = Document.objects.in_bulk(keys)
            answers = self._answers(documents)
            loaded = _loaded(documents)
            codes = _codes(documents)
            for row in part:
                self._run.stop_if_asked()
                document = documents.get(row.document)
                if document is None:  # withdrawn meanwhile
                    continue
                yield (
                    self._row(row, document, loaded.get(document.pk))
                    | {"CODES": ";".join(codes.get(document.pk, []))}
                    | answers.get(str(document.pk), {})
                )
                self._run.progress(self.counts["documents"], len(rows))

    def _row(self, row: Numbered, document: Document, loaded: LoadedFields | None) -> dict[str, str]:
        self.held.add(document.pk)
        self.counts["documents"] += 1
        number = self.counts["documents"]
        folder = f"{(number - 1) // IN_FOLDER + 1:04}"
        base = self._files.free(f"TEXT/{folder}", row.begin)
        text = f"TEXT/{folder}/{base}.txt"
        self._archive.writestr(text, document.text().encode(), zipfile.ZIP_DEFLATED)
        extension = re.sub(r"[^\w.]", "", posixpath.splitext(document.received_as or document.name)[1])[:10]
        native, md5 = self._native(number, row, document, f"NATIVES/{folder}/{base}{extension}")
        if self._images is not None:
            self._pages(self._images, number, row, document, folder)
        return {
            "BEGBATES": row.begin,
            "ENDBATES": row.end,
            "BEGATTACH": row.family_begin,
            "ENDATTACH": row.family_end,
            "PARENTBATES": row.parent,
            "CUSTODIAN": loaded.custodian if loaded else "",
            "CONFIDENTIALITY": loaded.confidentiality if loaded else "",
            "FILENAME": posixpath.basename(document.name.replace("\\", "/")),
            "FILETYPE": document.media_type,
            "FILESIZE": str(document.size_bytes),
            "PAGECOUNT": str(document.page_count),
            "MD5HASH": md5,
            "SHA256HASH": document.sha256,
            "NATIVELINK": native.replace("/", "\\"),
            "TEXTLINK": text.replace("/", "\\"),
        }

    def _pages(self, out: TextIO, number: int, row: Numbered, document: Document, folder: str) -> None:
        def tell(column: str, code: str, said: str) -> None:
            self._report.tell(number, row.begin, column, code, said)

        for image in images_of(self._archive, self._files, self._keys, folder, row, document, tell):
            self._run.stop_if_asked()
            write_opticon(out, [image])
            self.counts["images"] += 1

    def _native(self, number: int, row: Numbered, document: Document, path: str) -> tuple[str, str]:
        """The path of the native file and its MD5; both empty where its bytes are not there."""
        # NB: MD5 is what other programs compare; nothing is decided by it.
        digest = hashlib.md5(usedforsecurity=False)
        try:
            file = storage.entry_of(document.blob).open()
        except (FileNotFoundError, ValueError):
            said = "The original of this document is not in the data folder; only its text goes out."
            self._report.tell(number, row.begin, "NATIVELINK", "native-missing", said)
            return "", ""
        with file, self._archive.open(path, "w", force_zip64=True) as out:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        self.counts["natives"] += 1
        return path, digest.hexdigest()

    def _answers(self, documents: dict[object, Document]) -> dict[str, dict[str, str]]:
        if not self._columns:
            return {}
        places = {str(column.question_id): place for place, column in enumerate(self._columns)}
        cells = Answer.objects.filter(
            question__in=list(places), document__in=list(documents), superseded_at=None
        ).select_related("review")
        reviews = {str(cell.pk): cell.review for cell in cells if hasattr(cell, "review")}
        found: dict[str, dict[str, str]] = {}
        for claim in claims_of(cells, boxes=False):
            names = self.names[places[claim.question_id]]
            found.setdefault(claim.document_id, {}).update(_said(names, claim, reviews.get(claim.id)))
        return found


def write_production(run: Run, production: Production, documents: QuerySet[Document]) -> None:
    """Write the production's ZIP and complete the job; an attempt that fails leaves nothing.

    Raises WorkError when the disk refuses, and when a document that it holds was withdrawn meanwhile.
    """
    vault, is_kept = storage.vault_of("productions"), False
    try:
        with vault.write(vault_name(production)) as file:
            counts, held = _write(run, production, documents, file)
        with run.completing(dict(counts)):
            _refuse_withdrawn(production, held)
            production.counts, production.finished_at = counts, timezone.now()
            production.size_bytes = vault.size(vault_name(production))
            production.save(update_fields=["counts", "finished_at", "size_bytes"])
            record(
                Happened.PRODUCTION_COMPLETED, production, actor=run.job.actor, matter=production.matter,
                **counts,
            )  # fmt: skip
        is_kept = True
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None
    finally:
        # NB: what an attempt after this one has finished is not this one's to remove.
        if not is_kept and Production.objects.filter(pk=production.pk, finished_at=None).exists():
            vault.remove(vault_name(production))


def _refuse_withdrawn(production: Production, held: set[UUID]) -> None:
    """Raises WorkError where a document that went out is gone.

    Who withdraws one later waits for the caller's transaction, and finds the ZIP of it.
    """
    locked = (
        Document.objects.select_for_update(no_key=True).filter(matter=production.matter_id).order_by("pk")
    )
    if held - set(locked.values_list("pk", flat=True)):
        raise WorkError("A document was withdrawn while the production was written.")


def _write(
    run: Run, production: Production, documents: QuerySet[Document], file: IO[bytes]
) -> tuple[dict[str, int], set[UUID]]:
    """What the ZIP holds: its counts, and its documents."""
    scratch = storage.temporary_folder()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
        tempfile.TemporaryFile(dir=scratch) as table,
        tempfile.TemporaryFile(dir=scratch) as images,
        tempfile.TemporaryFile(dir=scratch) as told,
    ):
        named = io.TextIOWrapper(images, encoding="utf-8", newline="") if production.with_images else None
        lines = io.TextIOWrapper(told, encoding="utf-8", newline="")
        report = ProductionReport(lines)
        writer = Writer(run, production, archive, named, report)
        text = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
        with run.writing():
            rows = numbered(production, documents)
        _table(text, writer, production, rows, report)
        _into(archive, "loadfile.csv" if production.as_csv else "loadfile.dat", text, table)
        if named is not None:
            _into(archive, "loadfile.opt", named, images)
            named.detach()
        text.detach()
        _into(archive, "report.csv", lines, told)
        lines.detach()
    return writer.counts | {"told": report.lines}, writer.held


def _table(
    out: TextIO, writer: Writer, production: Production, rows: Sequence[Numbered], report: ProductionReport
) -> None:
    names = [*FIXED, *(name for three in writer.names for name in three)]
    if production.as_csv:
        write_separated(out, names, writer.rows(rows))
        return
    for changed in write_concordance(out, names, writer.rows(rows)):
        said = "A sign that the format keeps for itself was left out of the value."
        begin = rows[changed.row - 1].begin if changed.row <= len(rows) else ""
        report.tell(changed.row, begin, changed.column, "value-changed", said)


def _into(archive: zipfile.ZipFile, name: str, text: TextIO, file: IO[bytes]) -> None:
    """Put what was written to a temporary file, through `text`, into the ZIP."""
    text.flush()
    file.seek(0)
    with archive.open(name, "w", force_zip64=True) as out:
        while chunk := file.read(_CHUNK):
            out.write(chunk)


def _said(names: tuple[str, str, str], claim: Claim, review: Review | None) -> dict[str, str]:
    """What a reviewer corrected goes out as corrected; of an answer that was rejected nothing does but that."""
    quote = next((quote for quote in claim.quotes if quote.kind == "quote"), None)
    value = with_condition(claim.answer or "", claim.condition or "")
    state = claim.state.replace("_", " ")
    if review is not None and review.kind == Decision.Kind.CORRECT:
        value, state = review.text, "corrected"
    if review is not None and review.kind == Decision.Kind.REJECT:
        value, state, quote = "", "rejected", None
    return {names[0]: value, names[1]: state, names[2]: f"p. {quote.page}: {quote.text}" if quote else ""}


def _loaded(documents: dict[object, Document]) -> dict[object, LoadedFields]:
    rows = (
        LoadedFields.objects.filter(item__document__in=list(documents))
        .select_related("item")
        .order_by("-row")
    )
    return {row.item.document_id: row for row in rows}


def _codes(documents: dict[object, Document]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for code in Code.objects.filter(document__in=list(documents)).select_related("issue"):
        words = code.issue.name if code.issue else f"{code.field}: {code.value}"
        found.setdefault(code.document_id, []).append(words.replace(";", ","))
    return found

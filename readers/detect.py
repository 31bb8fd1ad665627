"""What kind of file it is: by its content first, by its name only where content does not tell."""

import posixpath
import re
import zipfile
from typing import IO

import olefile

from readers.mail.mailbox import is_mailbox
from readers.mail.parts import without_length
from readers.mail.signed import is_envelope
from readers.mail.winmail import MAGIC as WINMAIL_MAGIC
from readers.ole import MAGIC as OLE
from readers.package import Package
from readers.result import DAMAGED, ENCRYPTED, UNSUPPORTED, Limits, Refused
from readers.told_kinds import PRINT, RIFF, refuse_known

PDF = "pdf"
DOCX = "docx"
WORD_XML = "word xml"
FLAT = "flat package"
SHEETS = "sheets"
SLIDES = "slides"
OPEN_TEXT = "open text"
RTF = "rtf"
XML = "xml"
TEXT = "text"
MARKDOWN = "markdown"
HTML = "html"
MAIL = "mail"
OUTLOOK = "outlook"
WINMAIL = "winmail"
SIGNED = "signed"
MAILBOX = "mailbox"
INVITATION = "invitation"
CARD = "card"
JSON = "json"
PICTURE = "picture"
ZIP = "zip"

HEAD_BYTES = 4096
_TAIL_BYTES = 2048
_BY_NAME = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".eml": MAIL,
    ".json": JSON,
    ".jsonl": JSON,
    ".ndjson": JSON,
    ".zip": ZIP,
}
# NB: only where a file begins so; a text that speaks of a format holds the same words later on.
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:(?:<!--.*?-->|<\?xml[^>]*>)\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)[\s]")
_WORD_XML = (b"http://schemas.microsoft.com/office/word/2003/wordml", b'progid="Word.Document"')
_FLAT_PACKAGE = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_FLAT_OPEN = re.compile(rb"<office:document\s")
_SHEET_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b'progid="Excel.Sheet"')
_PDF = re.compile(rb"%PDF-\d")
_MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|delivered-to|from|to|cc|bcc|date|subject|message-id|mime-version|content-type|"
    rb"reply-to|dkim-signature|x-[a-z0-9-]+):",
    re.IGNORECASE,
)
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_JPEG_2000 = (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")
_AVIF_AT, _AVIF = 4, (b"ftypavif", b"ftypavis")
_BITMAP, _WEBP = b"BM", b"WEBP"
_INVITATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\s", re.IGNORECASE)
_CARD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\s", re.IGNORECASE)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"\AMIME-Version:[^\n]*\n(?:X-[^\n]*\n)*Content-Type:\s*multipart/", re.IGNORECASE)
_OLE_SEALED = "EncryptedPackage".encode("utf-16-le")
_OPEN_MANIFEST, _OPEN_SEALED = "META-INF/manifest.xml", b":encryption-data"
#: Packages are told by the root of their main part, wherever it lies.
_OPEN_XML = "http://schemas.openxmlformats.org"
_BY_MAIN = {
    f"{{{_OPEN_XML}/wordprocessingml/2006/main}}document": DOCX,
    f"{{{_OPEN_XML}/spreadsheetml/2006/main}}workbook": SHEETS,
    f"{{{_OPEN_XML}/presentationml/2006/main}}presentation": SLIDES,
}
INCOMPLETE = "The file is incomplete or broken. Save it again and upload that."
_IWORK = "Index/Document.iwa"


def kind_of(file: IO[bytes], name: str) -> str:
    """One of the kinds above. Raises Refused for an empty file and for formats that are not read."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    named = _BY_NAME.get(posixpath.splitext(name.lower())[1])
    if not head:
        raise Refused(DAMAGED, "The file is empty (0 bytes). Check the original and upload it again.")
    try:
        return _by_content(file, head, named) or named or TEXT
    finally:
        file.seek(0)


def _by_content(file: IO[bytes], head: bytes, named: str | None) -> str | None:
    if is_envelope(head):
        return SIGNED
    if _is_pdf(file, head, named):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(file)
    if head.startswith(OLE):
        return _kind_of_ole(file)
    if head.startswith(b"{\\rtf"):
        return RTF
    if _is_picture(head):
        return PICTURE
    if head.startswith(WINMAIL_MAGIC):
        return WINMAIL
    refuse_known(head)
    if is_mailbox(head):
        return MAILBOX
    if _XML.match(head) and not _HTML.match(head):
        return _kind_of_xml(head)
    if _RELATED.match(head) or _is_mail(head, _MIME):
        return MAIL
    if named in {TEXT, MARKDOWN}:
        return None
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str | None:
    """What text is whose name does not say that it is plain."""
    if _HTML.match(head):
        return HTML
    if _INVITATION.match(head):
        return INVITATION
    if _CARD.match(head):
        return CARD
    return MAIL if _is_mail(without_length(head)) else None


def _is_picture(head: bytes) -> bool:
    if head.startswith(RIFF):
        return head[8:12] == _WEBP
    if head.startswith(_JPEG_2000) or head[_AVIF_AT:].startswith(_AVIF):
        return True
    return head.startswith(_PICTURE) or (head.startswith(_BITMAP) and b"\x00" in head[:64])


def _is_pdf(file: IO[bytes], head: bytes, named: str | None) -> bool:
    """Whether it begins as a PDF; or names one a little later, and ends as one or is called one."""
    found = _PDF.search(head[:1024])
    if found is None or not head[: found.start()].strip(b"\xef\xbb\xbf \t\r\n\0"):
        return found is not None
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _TAIL_BYTES))
    return named == PDF or b"startxref" in file.read()


def _kind_of_xml(head: bytes) -> str:
    if _FLAT_PACKAGE in head or _FLAT_OPEN.search(head):
        return FLAT
    if any(sign in head for sign in _WORD_XML):
        return WORD_XML
    if any(sign in head for sign in _SHEET_XML):
        raise Refused(
            UNSUPPORTED, "This is an Excel workbook saved as XML. Save it as .xlsx and upload that."
        )
    return XML


def _is_mail(head: bytes, wanted: re.Pattern[bytes] = _MAIL_HEADER) -> bool:
    """Three or more mail headers, of which one is `wanted`, and nothing else, before the first blank line."""
    top = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    lines = [line for line in re.split(rb"\r?\n", top) if line[:1] not in {b" ", b"\t"}]
    known = sum(bool(_MAIL_HEADER.match(line)) for line in lines[:20])
    return (
        known >= 3
        and any(map(wanted.match, lines))
        and all(re.match(rb"[!-9;-~]+:", line) for line in lines[:-1])
    )


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
            sealed = _OPEN_MANIFEST in names and _OPEN_SEALED in archive.read(_OPEN_MANIFEST)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(DAMAGED, INCOMPLETE) from None
    if "[content_types].xml" in map(str.lower, names):
        return _kind_of_package(file, names)
    if sealed and mime.startswith(b"application/vnd.oasis.opendocument"):
        raise _sealed()
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return OPEN_TEXT
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return SHEETS
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        raise Refused(UNSUPPORTED, "This is an OpenDocument file. Save it as a PDF and upload that.")
    if _IWORK in names:
        raise Refused(
            UNSUPPORTED,
            "This is a document of Pages, Numbers or Keynote. Export it as a PDF and upload that.",
        )
    if mime.startswith(b"application/epub"):
        raise Refused(UNSUPPORTED, "This is an EPUB book. Convert it to PDF and upload that.")
    return ZIP


def _kind_of_package(file: IO[bytes], names: list[str]) -> str:
    def holds(folder: str) -> bool:
        return any(name.lower().startswith(folder) for name in names)

    if holds("word/"):
        return DOCX
    if holds("xl/"):
        return SHEETS
    if holds("ppt/"):
        return SLIDES
    if holds("visio/"):
        raise Refused(UNSUPPORTED, f"This is a Visio drawing. {PRINT}")
    if any(name.lower().endswith((".fdseq", ".fpage")) for name in names):
        raise Refused(UNSUPPORTED, f"This is an XPS document. {PRINT}")
    main = Package(file, Limits()).main_root()
    kind = _BY_MAIN.get("" if main is None else str(main.tag))
    if kind is None:
        raise Refused(UNSUPPORTED, f"This is a package of a program that is not known. {PRINT}")
    return kind


def _sealed() -> Refused:
    return Refused(
        ENCRYPTED, "The file is protected by a password. Save a copy without the password and upload that."
    )


def _kind_of_ole(file: IO[bytes]) -> str:
    file.seek(0)
    data = file.read()
    if _OLE_SEALED in data:
        raise _sealed()
    try:
        with olefile.OleFileIO(data) as ole:
            if ole.exists("__properties_version1.0"):
                return OUTLOOK
            if ole.exists("Workbook") or ole.exists("Book"):
                return SHEETS
            word = ole.exists("WordDocument")
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError):
        raise Refused(DAMAGED, INCOMPLETE) from None
    if word:
        raise Refused(
            UNSUPPORTED,
            "This is a document of an older Word (.doc). Save it as .docx or PDF and upload that.",
        )
    raise Refused(
        UNSUPPORTED,
        "This is a file of an older Office or Outlook format. Save it as .docx, PDF or .eml and upload that.",
    )

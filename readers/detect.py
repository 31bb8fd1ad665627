"""What kind of file it is: by its content first, by its name only where content does not tell."""

import posixpath
import re
import zipfile
from typing import IO

from readers.result import DAMAGED, ENCRYPTED, UNSUPPORTED, Refused

PDF = "pdf"
DOCX = "docx"
TEXT = "text"
MARKDOWN = "markdown"
HTML = "html"
MAIL = "mail"
ZIP = "zip"

HEAD_BYTES = 4096
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
    ".zip": ZIP,
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|delivered-to|from|to|cc|date|subject|message-id|mime-version|content-type|"
    rb"reply-to|dkim-signature|x-[a-z0-9-]+):",
    re.IGNORECASE,
)
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PICTURE_REASON = (
    "This is a picture. Run text recognition (OCR) over it, save the result as a PDF and upload that."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SEALED = "EncryptedPackage".encode("utf-16-le")
_OFFICE = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "visio/": "a Visio drawing",
}
_MAGIC = (
    (b"{\\rtf", "This is an RTF file. Save it as .docx or PDF and upload that."),
    (b"Rar!", "This is a RAR archive. Unpack it and upload the files, or pack them as a ZIP."),
    (b"7z\xbc\xaf", "This is a 7z archive. Unpack it and upload the files, or pack them as a ZIP."),
    (b"\x1f\x8b", "This is a gzip archive. Unpack it and upload the files, or pack them as a ZIP."),
    (b"MZ", "This is a program. Programs are not read."),
    (b"\x7fELF", "This is a program. Programs are not read."),
    (b"%!PS", "This is a PostScript file. Convert it to PDF and upload that."),
)


def kind_of(file: IO[bytes], name: str) -> str:
    """One of the kinds above. Raises Refused for an empty file and for formats that are not read."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    named = _BY_NAME.get(posixpath.splitext(name.lower())[1])
    if not head:
        raise Refused(DAMAGED, "The file is empty (0 bytes). Check the original and upload it again.")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(file)
    if head.startswith(_OLE):
        raise _ole(file)
    _refuse_known(head)
    if named not in {TEXT, MARKDOWN}:
        if _HTML.search(head):
            return MAIL if named == MAIL or _is_mail(head) else HTML
        if _is_mail(head):
            return MAIL
    return named or TEXT


def _refuse_known(head: bytes) -> None:
    if head.startswith(_PICTURE) and not head[:64].isascii():
        raise Refused(UNSUPPORTED, _PICTURE_REASON)
    for magic, reason in _MAGIC:
        if head.startswith(magic) and (magic != b"MZ" or b"\x00" in head):
            raise Refused(UNSUPPORTED, reason)


def _is_mail(head: bytes) -> bool:
    """Two or more mail headers, and nothing else, before the first blank line."""
    top = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    lines = [line for line in re.split(rb"\r?\n", top) if line[:1] not in {b" ", b"\t"}]
    known = sum(bool(_MAIL_HEADER.match(line)) for line in lines[:20])
    return known >= 3 and all(re.match(rb"[!-9;-~]+:", line) for line in lines[:-1])


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(
            DAMAGED,
            f"The file is incomplete or broken ({type(error).__name__}). Save it again and upload that.",
        ) from None
    finally:
        file.seek(0)
    if "[Content_Types].xml" in names:
        if any(entry.startswith("word/") for entry in names):
            return DOCX
        for folder, what in _OFFICE.items():
            if any(entry.startswith(folder) for entry in names):
                raise Refused(UNSUPPORTED, f"This is {what}. Save it as a PDF and upload that.")
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        raise Refused(UNSUPPORTED, "This is an OpenDocument file. Save it as .docx or PDF and upload that.")
    return ZIP


def _ole(file: IO[bytes]) -> Refused:
    if _OLE_SEALED in file.read():
        return Refused(
            ENCRYPTED,
            "The file is protected by a password. Save a copy without the password and upload that.",
        )
    return Refused(
        UNSUPPORTED,
        "This is a file of an older Office or Outlook format. Save it as .docx, PDF or .eml and upload that.",
    )

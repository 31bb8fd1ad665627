"""Kinds of files that are not read, by how they begin, and what to do about each."""

import re

from readers.result import UNSUPPORTED, Refused

_UNPACK = "Unpack it and upload the files, or pack them as a ZIP."
PRINT = "Open it, print it to PDF and upload that."
_RECORDING = "This is a recording. Recordings are not read; upload a transcript."
_DRAWING = f"This is a drawing. {PRINT}"
_DATABASE = "This is a database. Export what is needed as .xlsx or .csv and upload that."
#: Files of the media kind (ISO/IEC 14496-12) name their brand here.
_MEDIA_MAGIC, _MEDIA_AT, _PHOTO_BRANDS = b"ftyp", 4, (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
_TAR_MAGIC, _TAR_AT = b"ustar", 257
_DRAWN_MAGIC, _DRAWN_AT = b" EMF", 40
RIFF = b"RIFF"
#: Small files that hold an address and nothing else; more than this is a text that speaks of one.
_LINK_BYTES = 4096
_LINK = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*(?:
        \[InternetShortcut\]\s+(?:[A-Za-z]+=[^\r\n]*\s+)*URL=
        | \[Desktop\ Entry\]\s+(?:[A-Za-z\[\]@_-]+=[^\r\n]*\s+)*Type=Link\s
        | <\?xml[^>]*>\s*<!DOCTYPE\ plist[^>]*>\s*<plist[^>]*>\s*<dict>\s*<key>URL</key>\s*<string>[^<]*</string>
            \s*</dict>\s*</plist>\s*\Z
        | \{[^{}]*"doc_id"\s*:\s*"[^{}]*\}\s*\Z
    )""",
    re.VERBOSE,
)
_MAGIC = (
    (b"Rar!", f"This is a RAR archive. {_UNPACK}"),
    (b"7z\xbc\xaf", f"This is a 7z archive. {_UNPACK}"),
    (b"\x1f\x8b", f"This is a gzip archive. {_UNPACK}"),
    (b"BZh", f"This is a bzip2 archive. {_UNPACK}"),
    (b"\xfd7zXZ", f"This is an xz archive. {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"This is a Zstandard archive. {_UNPACK}"),
    (b"MSCF", f"This is a cabinet archive. {_UNPACK}"),
    (b"!BDN", "This is an Outlook data file (.pst). Export its messages as .eml or .msg and upload those."),
    (b"\x1a\0\0\4", "This is a Notes database. Export its messages as .eml and upload those."),
    (b"MZ", "This is a program. Programs are not read."),
    (b"\x7fELF", "This is a program. Programs are not read."),
    (b"L\0\0\0\1\x14\2\0", "This is a shortcut to another file and holds nothing. Upload the file itself."),
    (b"\xffWPC", "This is a WordPerfect document. Save it as .docx or PDF and upload that."),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "This is a OneNote section. Save it as a PDF and upload that."),
    (b"AT&TFORM", "This is a DjVu document. Convert it to PDF and upload that."),
    (b"\x1b%-12345X", "This is a print job. Print it to PDF and upload that."),
    (b"%!PS", "This is a PostScript file. Convert it to PDF and upload that."),
    (b"%FDF-", f"This is what was filled in a form, without the form (FDF). {PRINT}"),
    (b"8BPS", "This is a Photoshop picture. Save it as PNG or PDF and upload that."),
    (b"\xd7\xcd\xc6\x9a", _DRAWING),
    (b"AC10", f"This is a drawing of AutoCAD. {PRINT}"),
    (b"SQLite format 3\0", _DATABASE),
    (b"\0\1\0\0Standard ", _DATABASE),
    *(
        (magic, _RECORDING)
        for magic in (
            RIFF,
            b"ID3",
            b"OggS",
            b"\xff\xfb",
            b"\xff\xf3",
            b"\xff\xf2",
            b"fLaC",
            b"#!AMR",
            b"\x1aE\xdf\xa3",
            b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
            b"\0\0\1\xba",
        )
    ),
)


def refuse_known(head: bytes) -> None:
    """Raises Refused with unsupported for a file that begins as one of them."""
    if head[_TAR_AT : _TAR_AT + len(_TAR_MAGIC)] == _TAR_MAGIC:
        raise Refused(UNSUPPORTED, f"This is a TAR archive. {_UNPACK}")
    if head[_MEDIA_AT : _MEDIA_AT + len(_MEDIA_MAGIC)] == _MEDIA_MAGIC and b"\x00" in head[:_MEDIA_AT]:
        if head[8:12] in _PHOTO_BRANDS:
            raise Refused(UNSUPPORTED, "This is a photograph (HEIC). Save it as JPEG or PDF and upload that.")
        raise Refused(UNSUPPORTED, _RECORDING)
    if head.startswith(b"\1\0\0\0") and head[_DRAWN_AT:].startswith(_DRAWN_MAGIC):
        raise Refused(UNSUPPORTED, _DRAWING)
    if len(head) <= _LINK_BYTES and _LINK.match(head):
        told = "This is a link to a document and holds nothing of it. Download the document, and upload that."
        raise Refused(UNSUPPORTED, told)
    for magic, reason in _MAGIC:
        plain = magic in (b"%!PS", b"%FDF-")
        if head.startswith(magic) and (plain or not head.isascii() or b"\x00" in head):
            raise Refused(UNSUPPORTED, reason)

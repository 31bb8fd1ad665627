"""A small file of each kind that the readers know, to be broken."""

import io
import struct
from pathlib import Path

import openpyxl
from compressed_rtf import compress
from openpyxl.comments import Comment
from PIL import Image, ImageDraw

from tests.readers.building import (
    A,
    R,
    Storage,
    W,
    binary_workbook,
    compound,
    envelope,
    old_workbook,
    outlook,
    package,
    paragraph,
    wide,
    winmail,
    word,
)
from tests.readers.samples import archive, mail, pdf

_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_N = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "text", "table", "style"))
_NUMBERS = [(0, 0, 0, 0.125), (1, 0, 1, 45730.0)]
_MAIL = mail("See the lease.", {"a.txt": b"Net 30 days.", "b.pdf": pdf("The rent is 900 euros")})


def files_of_every_kind() -> dict[str, bytes]:
    """Name and bytes of each."""
    return {
        "lease.pdf": pdf("The rent is 900 euros a month", "and is paid in advance"),
        "book.xlsx": _workbook(),
        "old.xls": old_workbook(["0.0%", "d mmmm yyyy"], _NUMBERS),
        "book.xlsb": binary_workbook(["0.0%", "d mmmm yyyy"], _NUMBERS),
        "invite.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250314T100000Z\nSUMMARY:Rent\nEND:VEVENT\n",
        "sheet.ods": open_document("spreadsheet", _TABLE),
        "deck.pptx": _slides(),
        "letter.docx": _letter(),
        "letter.odt": open_document("text", f"<text:h>Lease</text:h><text:p>Ten years</text:p>{_TABLE}"),
        "flat.xml": _flat(),
        "old.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 The B\'fcrgschaft ends.\par{\v hidden} Second.}",
        "note.msg": compound(_outlook_message()),
        "mails.mbox": b"".join(b"From a Mon Jan 1 10:00:00 2001\n" + _MAIL + b"\n\n" for _ in range(2)),
        "one.eml": _MAIL,
        "all.zip": archive({"a.txt": b"Net 30 days.", "b/c.eml": _MAIL}),
        "winmail.dat": _packed_message(),
        "lease.pdf.p7m": envelope(pdf("The rent is 900 euros")),
        "flat.fodt": _flat_open(),
        "page.html": b"<html><body><h1>Lease</h1><ol><li>Rent<li>Term</ol><p style='display:none'>No</body></html>",
        "data.xml": b"<?xml version='1.0'?><lease><rent>900</rent><term>Ten years</term></lease>",
        "plan.png": picture("PNG"),
        "fax.tif": picture("TIFF"),
        "notes.md": "# Lease\n\nThe Bürgschaft ends.\n".encode("cp1252"),
    }


def write_every_kind(folder: Path) -> list[Path]:
    """The files in a folder, sorted by name."""
    for name, data in files_of_every_kind().items():
        (folder / name).write_bytes(data)
    return sorted(folder / name for name in files_of_every_kind())


def picture(
    kind: str, text: str = "The Landlord leases the premises", size: tuple[int, int] = (1100, 160)
) -> bytes:
    """A picture of a line of text."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((40, 50), text, fill=0, font_size=44)
    out = io.BytesIO()
    image.save(out, kind, dpi=(200, 200))
    return out.getvalue()


_TABLE = (
    "<table:table table:name='One'><table:table-row>"
    "<table:table-cell office:value-type='string'><text:p>Rent</text:p></table:table-cell>"
    "<table:table-cell office:value-type='float' office:value='5'><text:p>5</text:p>"
    "</table:table-cell></table:table-row></table:table>"
)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Monthly rent", 900.5, "2024-01-31"])
    sheet["A1"].comment = Comment("Too low.", "R. Osei")
    book.create_sheet("Margins").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document(kind: str, body: str) -> bytes:
    """A file of an OpenDocument program: its kind (`text`, `spreadsheet`) and what it shows."""
    content = (
        f"<office:document-content {_N}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return archive(
        {
            "mimetype": mime.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _slides() -> bytes:
    slide = f"<p:sld {_P} {A}><a:p><a:r><a:t>The fee is 5 %</a:t></a:r></a:p></p:sld>"
    listed = (
        f'<p:presentation {_P} {R}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>'
    )
    return package(
        "ppt/presentation.xml",
        {
            "ppt/presentation.xml": listed,
            "ppt/slides/s.xml": slide,
            "ppt/slides/n.xml": slide,
            "ppt/e.txt": b"Net 30",
        },
        {
            "ppt/presentation.xml": [("r1", "slide", "slides/s.xml")],
            "ppt/slides/s.xml": [("r1", "notesSlide", "n.xml"), ("r2", "package", "../e.txt")],
        },
    )


def _letter() -> bytes:
    header = f"<w:hdr {W}>{paragraph('Contract No. 4471')}</w:hdr>"
    comments = f'<w:comments {W}><w:comment w:author="A">{paragraph("Cap raised")}</w:comment></w:comments>'
    body = (
        paragraph("The Term is ten years.") + f"<w:tbl><w:tr><w:tc>{paragraph('Rent')}</w:tc></w:tr></w:tbl>"
    )
    return word(
        body + "<w:p><w:ins w:author='B'><w:r><w:t>net</w:t></w:r></w:ins></w:p>",
        header=header,
        comments=comments,
    )


def _flat() -> bytes:
    part = f"<w:document {W}><w:body>{paragraph('Flat text')}</w:body></w:document>"
    return (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{part}</pkg:xmlData></pkg:part></pkg:package>'
    ).encode()


def _flat_open() -> bytes:
    body = f"<office:body><office:text><text:p>Ten years</text:p>{_TABLE}</office:text></office:body>"
    kind = "office:mimetype='application/vnd.oasis.opendocument.text'"
    return f"<?xml version='1.0'?><office:document {_N} {kind}>{body}</office:document>".encode()


def _packed_message() -> bytes:
    inner = winmail([(0x0037001F, wide("Order")), (0x1000001F, wide("Please deliver 40 pumps."))])
    rich = compress(rb"{\rtf1\ansi The B\'fcrgschaft ends.}")
    told = [(0x0037001F, wide("Fwd: Order")), (0x0C1A001F, wide("Orla Finch")), (0x10090102, rich)]
    return winmail(told, [("terms.txt", b"Net 30 days.")], inner)


def _outlook_message() -> Storage:
    file = outlook({0x3707: "terms.txt"}, header=8)
    file["__substg1.0_37010102"] = b"Net 30 days."
    properties = file["__properties_version1.0"]
    assert isinstance(properties, bytes)
    file["__properties_version1.0"] = properties + struct.pack("<HHIII", 0x0102, 0x3701, 6, 12, 0)
    inner = outlook({0x0037: "Order", 0x1000: "Please deliver 40 pumps."}, header=24)
    return outlook(
        {0x0037: "Fwd: Order", 0x1000: "See below.", 0x0C1A: "Orla Finch"},
        {
            "__recip_version1.0_#00000000": outlook({0x3001: "Bo", 0x39FE: "bo@x.example"}, header=8),
            "__attach_version1.0_#00000000": file,
            "__attach_version1.0_#00000001": outlook(
                {0x3707: "fwd"}, {"__substg1.0_3701000D": inner}, header=8
            ),
        },
    )

"""Small files of every format, made on the spot."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
from docx.enum.text import WD_BREAK

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "pdf"


def pdf(*pages: str, content: bytes | None = None, contents: Sequence[bytes] = ()) -> bytes:
    """A PDF with one line of text a page; `content` replaces the content stream of each, `contents` those in turn."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, text in enumerate(pages):
        shown = content if content is not None else f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
        shown = contents[index] if contents else shown
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * index} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def slow_pdf() -> bytes:
    """A PDF whose page takes many seconds to read."""
    return pdf("", content=b"BT /F1 1 Tf " + b"(a) Tj 1 0 Td " * 300_000 + b"ET")


def word(*parts: Sequence[str]) -> bytes:
    """A DOCX of paragraphs, with a page break between the parts."""
    document = docx.Document()
    for index, part in enumerate(parts):
        if index:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for paragraph in part:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(body: str, attachments: Mapping[str, bytes] | None = None, subject: str = "Offer") -> bytes:
    """An EML with attachments."""
    message = EmailMessage()
    message["From"] = "a@example.com"
    message["To"] = "b@example.com"
    message["Date"] = "Mon, 01 Jan 2001 10:00:00 +0000"
    message["Subject"] = subject
    message.set_content(body)
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return out.getvalue()


def sealed_archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP whose directory says that its files are encrypted."""
    data = bytearray(archive(files))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)

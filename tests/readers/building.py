"""Files with what stands beside plain text, made on the spot from their parts."""

import io
import zipfile
from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(
    main: str, parts: Mapping[str, str | bytes], related: Mapping[str, Sequence[tuple[str, str, str]]]
) -> bytes:
    """An office package; `related` gives identity, kind and target of what each part leads to."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for source, links in {"": [("r0", "officeDocument", main)], **related}.items():
            folder, _, base = source.rpartition("/")
            lines = "".join(
                f'<Relationship Id="{identity}" Type="{_KIND}{kind}" Target="{target}"/>'
                for identity, kind, target in links
            )
            name = f"{folder}/_rels/{base}.rels".lstrip("/")
            archive.writestr(name, f'<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>')
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document of the XML of its body and of its other parts, by the kind of their relationship."""
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W} {R} {A}><w:body>{body}</w:body></w:document>"
    }
    links = []
    for number, (kind, xml) in enumerate(parts.items(), start=1):
        files[f"word/{kind}{number}.xml"] = xml
        links.append((f"r{number}", kind, f"{kind}{number}.xml"))
    return package("word/document.xml", files, {"word/document.xml": links})


def paragraph(text: str, properties: str = "") -> str:
    """The XML of a paragraph of plain text."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def pdf(content: str, *, page: str = "", catalog: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with Helvetica as /F1; further objects are numbered from 6."""
    stream = content.encode("latin-1")
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> "
        f"{page} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        *objects,
    ]
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def line(text: str, x: float = 72, y: float = 700, more: str = "") -> str:
    """Content that shows a line of text at a place of a page."""
    return f"BT {more} /F1 12 Tf {x} {y} Td ({text}) Tj ET\n"

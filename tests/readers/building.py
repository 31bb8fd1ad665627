"""Files with what stands beside plain text, made on the spot from their parts."""

import io
import struct
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


def pdf(
    content: str, *, page: str = "", catalog: str = "", resources: str = "", objects: Sequence[bytes] = ()
) -> bytes:
    """A PDF of one page with Helvetica as /F1; further objects are numbered from 6."""
    stream = content.encode("latin-1")
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> "
        f"{resources} >> {page} >>".encode(),
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


def stream(entries: str, data: str | bytes) -> bytes:
    """A stream of a PDF."""
    raw = data.encode("latin-1") if isinstance(data, str) else data
    return f"<< {entries} /Length {len(raw)} >>\nstream\n".encode() + raw + b"\nendstream"


def line(text: str, x: float = 72, y: float = 700, more: str = "") -> str:
    """Content that shows a line of text at a place of a page."""
    return f"BT {more} /F1 12 Tf {x} {y} Td ({text}) Tj ET\n"


Storage = dict[str, "bytes | Storage"]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096


def compound(storage: Storage) -> bytes:
    """A compound file (MS-CFB, version 3) of small streams and storages."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right, child, start, size
    small = bytearray()
    chains: list[int] = []

    def add(name: str, content: "bytes | Storage", kind: int) -> int:
        place = len(entries)
        entries.append((name, kind, _FREE, _FREE, 0, 0))
        if isinstance(content, bytes):
            start, count = len(chains), -(-len(content) // _SMALL)
            assert len(content) < _CUTOFF
            small.extend(content.ljust(count * _SMALL, b"\0"))
            chains.extend([*range(start + 1, start + count), _END] if count else [])
            entries[place] = (name, kind, _FREE, _FREE, start if count else _END, len(content))
            return place
        places = [add(key, inner, 2 if isinstance(inner, bytes) else 1) for key, inner in content.items()]
        for one, following in zip(places, [*places[1:], _FREE], strict=False):
            entries[one] = (*entries[one][:2], following, *entries[one][3:])
        entries[place] = (name, kind, _FREE, places[0] if places else _FREE, 0, 0)
        return place

    add("Root Entry", storage, 5)
    sectors: list[bytes] = []
    table: list[int] = []

    def keep(data: bytes) -> int:
        start, count = len(sectors), max(1, -(-len(data) // _SECTOR))
        data = data.ljust(count * _SECTOR, b"\0")
        sectors.extend(data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR))
        table.extend([*range(start + 1, start + count), _END])
        return start

    stream = keep(bytes(small))
    entries[0] = (*entries[0][:4], stream, len(small))
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack(
            "<HBBIII16sI8s8sIQ",
            2 * len(name) + 2,
            kind,
            1,
            _FREE,
            right,
            child,
            b"",
            0,
            b"",
            b"",
            start,
            size,
        )
        for name, kind, right, child, start, size in entries
    )
    first_directory = keep(directory)
    first_small = keep(b"".join(struct.pack("<I", one) for one in chains).ljust(_SECTOR, b"\xff"))
    fat_sector = len(sectors)
    table += [_FAT]
    assert len(table) <= _SECTOR // 4
    sectors.append(b"".join(struct.pack("<I", one) for one in table).ljust(_SECTOR, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6sIIIIIIIIII",
        62,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        first_directory,
        0,
        _CUTOFF,
        first_small,
        1,
        _END,
        0,
        fat_sector,
    )
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def outlook(
    texts: Mapping[int, str], storages: Mapping[str, Storage] | None = None, *, header: int = 32
) -> Storage:
    """The streams of a message, recipient or attachment of Outlook's: its text properties, and what is in it."""
    found: Storage = {}
    listed = b""
    for tag, text in texts.items():
        data = text.encode("utf-16-le")
        found[f"__substg1.0_{tag:04X}001F"] = data
        listed += struct.pack("<HHIII", 0x001F, tag, 6, len(data) + 2, 0)
    for name, inner in (storages or {}).items():
        found[name] = inner
    found["__properties_version1.0"] = bytes(header) + listed
    return found


def old_workbook(
    codes: Sequence[str],
    cells: Sequence[tuple[int, int, int, float]],
    uncounted: Sequence[tuple[int, int]] = (),
) -> bytes:
    """An XLS (BIFF8) of one sheet: format codes, numbers as (row, column, which code, value), and formulas without a
    result as (row, column).
    """

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    formats = b"".join(
        record(0x041E, struct.pack("<HHB", 164 + at, len(code), 0) + code.encode("latin-1"))
        for at, code in enumerate(codes)
    )
    styles = b"".join(record(0x00E0, struct.pack("<HH16x", 0, 164 + at)) for at in range(len(codes)))
    font = record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
    opened, closed = struct.pack("<HHHII", 5, 0x0DBB, 0x07CC, 0, 6), record(0x000A, b"")
    start = record(0x0809, b"\0\6" + opened) + font + formats + styles
    place = len(start) + 4 + 11 + len(closed)
    named = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 3, 0) + b"One")
    numbers = b"".join(record(0x0203, struct.pack("<HHHd", *one)) for one in cells)
    empty = b"\3\0\0\0\0\0\xff\xff" + struct.pack("<HIHBH", 0, 0, 3, 0x1E, 1)
    formulas = b"".join(record(0x0006, struct.pack("<HHH", *one, 0) + empty) for one in uncounted)
    sheet = record(0x0809, b"\0\6\x10" + opened[1:]) + numbers + formulas + closed
    return compound({"Workbook": start + named + closed + sheet})


def binary_workbook(codes: Sequence[str], cells: Sequence[tuple[int, int, int, float]]) -> bytes:
    """An XLSB of one sheet, as `old_workbook` is one."""

    def number(value: int, least: int = 1) -> bytes:
        more = value >= 0x80 or least > 1
        return bytes([value & 0x7F | (0x80 if more else 0)]) + (
            number(value >> 7, least - 1) if more else b""
        )

    def record(kind: int, data: bytes = b"") -> bytes:
        return number(kind) + number(len(data)) + data

    def words(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    formats = b"".join(record(44, struct.pack("<H", 164 + at) + words(code)) for at, code in enumerate(codes))
    styles = b"".join(record(47, struct.pack("<HH12x", 0, 164 + at)) for at in range(len(codes)))
    sheet = record(156, struct.pack("<II", 0, 1) + words("r1") + words("One"))
    count = struct.pack("<I", len(codes))
    last = max(row for row, *_ in cells), max(column for _, column, *_ in cells)
    rows = b"".join(
        record(0, struct.pack("<I21x", row)) + record(5, struct.pack("<IId", column, code, value))
        for row, column, code, value in cells
    )
    return package(
        "xl/workbook.bin",
        {
            "xl/workbook.bin": record(131) + record(143) + sheet + record(144) + record(132),
            "xl/styles.bin": record(278)
            + record(615, count)
            + formats
            + record(616)
            + record(617, count)
            + styles
            + record(618)
            + record(279),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, last[0], 0, last[1]))
            + record(145)
            + rows
            + record(146)
            + record(130),
        },
        {"xl/workbook.bin": [("r1", "worksheet", "worksheets/sheet1.bin")]},
    )


def winmail(
    properties: Sequence[tuple[int, bytes]], files: Sequence[tuple[str, bytes]] = (), inner: bytes = b""
) -> bytes:
    """A winmail.dat (MS-OXTNEF): properties of the message by type and tag, files by short name, a message inside."""

    def attribute(tag: int, data: bytes) -> bytes:
        return struct.pack("<BII", 1, tag, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    def packed(found: Sequence[tuple[int, bytes]]) -> bytes:
        out = struct.pack("<I", len(found))
        for tag, data in found:
            head = struct.pack("<HH", tag & 0xFFFF, tag >> 16)
            sized = tag & 0xFFFF in (0x0D, 0x1E, 0x1F, 0x102)
            out += head + (struct.pack("<II", 1, len(data)) if sized else b"") + data + bytes(-len(data) % 4)
        return out

    out = b"\x78\x9f\x3e\x22\1\0" + attribute(0x00069007, struct.pack("<II", 1252, 0))
    out += attribute(0x00069003, packed(properties))
    for name, data in files:
        out += attribute(0x00069002, bytes(14)) + attribute(0x00018010, name.encode("cp1252") + b"\0")
        out += attribute(0x0006800F, data)
    if inner:
        named = [(0x3707001F, "fwd".encode("utf-16-le")), (0x3701000D, bytes(16) + inner)]
        out += attribute(0x00069002, bytes(14)) + attribute(0x00069005, packed(named))
    return out


def wide(text: str) -> bytes:
    """Text as properties of Outlook hold it."""
    return f"{text}\0".encode("utf-16-le")


def envelope(content: bytes) -> bytes:
    """A signed file (RFC 5652), without anybody who signs it."""

    def value(tag: int, data: bytes) -> bytes:
        return bytes([tag, 0x84]) + len(data).to_bytes(4, "big") + data

    kind, plain = (bytes.fromhex(f"06092a864886f70d0107{number}") for number in ("02", "01"))
    inner = value(0x30, plain + value(0xA0, value(0x04, content)))
    return value(0x30, kind + value(0xA0, value(0x30, b"\2\1\1" + value(0x31, b"") + inner)))

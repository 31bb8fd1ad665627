"""Cells of binary workbooks (XLSB, MS-XLSB) as the sheet shows them: their formats, by the records of its parts."""

import struct
from collections.abc import Iterator

from readers.number_format import USUAL
from readers.package import Package
from readers.shown_cells import Shown

MAIN, STYLES = "xl/workbook.bin", "xl/styles.bin"
_ROW, _RK, _REAL, _REAL_OF_FORMULA = 0, 2, 5, 9
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_ABOUT, _SHEET = 153, 156
Record = tuple[int, bytes]


def of_binary_sheets(package: Package) -> Shown | None:
    """What the cells of an XLSB show; None where its records are broken."""
    found = Shown()
    try:
        codes = _codes(package.data(STYLES) or b"")
        parts = {one.identity: one.target for one in package.related(MAIN)}
        since_1904 = False
        for kind, data in _records(package.data(MAIN) or b""):
            if kind == _ABOUT:
                since_1904 = bool(data[0] & 1)
            elif kind == _SHEET:
                identity, after = _words(data, 8)
                part = package.data(parts.get(identity, "")) or b""
                _read(part, _words(data, after)[0], codes, found, since_1904=since_1904)
    except (struct.error, IndexError, UnicodeDecodeError):
        return None
    return found


def _read(part: bytes, name: str, codes: list[str], found: Shown, *, since_1904: bool) -> None:
    cells, row = found.sheets.setdefault(name, {}), 0
    for kind, data in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif kind in (_RK, _REAL, _REAL_OF_FORMULA):
            column, style = struct.unpack_from("<II", data)
            code = codes[style & 0xFFFFFF] if style & 0xFFFFFF < len(codes) else ""
            value = _packed(data) if kind == _RK else struct.unpack_from("<d", data, 8)[0]
            if code:
                found.add(cells, (row, column), value, code, since_1904=since_1904)


def _packed(data: bytes) -> float:
    """A number in four bytes (MS-XLSB, 2.5.122): a whole one or half of a double, perhaps of hundredths."""
    (packed,) = struct.unpack_from("<i", data, 8)
    value = float(packed >> 2)
    if not packed & 2:
        (value,) = struct.unpack("<d", struct.pack("<Ii", 0, packed & ~3))
    return value / 100 if packed & 1 else value


def _codes(styles: bytes) -> list[str]:
    own, codes, within = dict(USUAL), list[str](), False
    for kind, data in _records(styles):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", data)[0]] = _words(data, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            within = kind == _STYLES_BEGIN
        elif kind == _STYLE and within:
            codes.append(own.get(struct.unpack_from("<H", data, 2)[0], ""))
    return codes


def _words(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le"), end


def _records(data: bytes) -> Iterator[Record]:
    """Kind and content of each record (MS-XLSB, 2.1.4)."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return number, at

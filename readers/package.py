"""Office packages (ECMA-376, part 2): parts in a ZIP and the relationships between them.

Missing parts are left out rather than refused, and the names of the Strict kind are read as the usual ones.
"""

import base64
import codecs
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from readers.result import DAMAGED, MIB, TOO_LARGE, UNREAD, Limits, Note, Refused

CONTENT_TYPES = "[Content_Types].xml"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OPEN_ROOT, _HEAD_BYTES = b"<office:document", 4096
_FLAT_OPEN = f"{_OFFICE}document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_MAIN = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml")
_SAVE = "Open it in the program that made it, save it as a new file and upload that."
_DECLARED = re.compile(r"<\?xml[^>]*\?>")
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/presentationml/",
        b"http://schemas.openxmlformats.org/presentationml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True)
class Relationship:
    """From one part to another: the last word of its type, and the name of the part it leads to."""

    identity: str
    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a package."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        """Raises Refused with damaged or too_large."""
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError):
            raise broken() from None
        if sum(entry.file_size for entry in self._archive.infolist()) > limits.expanded_mib * MIB:
            raise Refused(
                TOO_LARGE,
                f"The document unpacks to more than {limits.expanded_mib} MiB. Remove pictures and try again.",
            )
        self.names = {name.replace("\\", "/").lstrip("/"): name for name in self._archive.namelist()}
        # NB: the names of parts are the same in capitals and in small letters (ECMA-376, part 2, section 6.2.2.3).
        self._known = {name.lower(): name for name in self.names}
        self._mended: set[str] = set()
        self._lost: set[str] = set()

    def notes(self) -> Iterator[Note]:
        """What people have to know of parts that were asked for and are broken."""
        if self._mended:
            what = (
                "A part of the file is broken" if len(self._mended) == 1 else "Parts of the file are broken"
            )
            yield Note(UNREAD, f"{what}. What could be read of it is in the text. {_SAVE}")
        if self._lost:
            one = len(self._lost) == 1
            what = "A part of the file is" if one else f"{len(self._lost)} parts of the file are"
            yield Note(UNREAD, f"{what} broken and left out. {_SAVE}")

    def has(self, name: str) -> bool:
        """Whether there is a part of a name."""
        return name.lower() in self._known

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None when it is not there or broken."""
        if not self.has(name):
            return None
        try:
            return self._archive.read(self.names[self._known[name.lower()]])
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            return None

    def root(self, name: str) -> Any:
        """The XML of a part, of a broken one as far as it can be read; None when it is not there or no XML."""
        data = self.data(name)
        if data is None:
            self._lost |= {name} if self.has(name) else set()
            return None
        data = _usual(data)
        try:
            return etree.fromstring(data, _parser())
        except etree.XMLSyntaxError:
            root = etree.fromstring(data, _parser(recover=True))
        (self._lost if root is None else self._mended).add(name)
        return root

    def related(self, name: str = "") -> Iterator[Relationship]:
        """The relationships of a part, or of the package itself."""
        folder, base = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        for element in () if root is None else root.iter(_RELATIONSHIP):
            target = element.get("Target", "")
            outside = element.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            yield Relationship(element.get("Id", ""), kind, target, outside)

    def main(self) -> str:
        """The name of the part that the package is about. Raises Refused with damaged."""
        for relationship in self.related():
            if relationship.kind == "officeDocument" and self.has(relationship.target):
                return relationship.target
        known = filter(self.has, _USUAL_MAIN)
        main = next(known, None)
        if main is None:
            raise broken()
        return main

    def main_root(self) -> Any:
        """The XML of that part; None when there is none."""
        return next((self.root(one.target) for one in self.related() if one.kind == "officeDocument"), None)


def _usual(data: bytes) -> bytes:
    """The XML of a part with the usual names for those of the Strict kind, and in UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _DECLARED.sub("", data.decode("utf-16", "replace"), count=1).encode()
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


def _parser(*, recover: bool = False) -> Any:
    # NB: entities are not expanded; large documents have deeper trees and longer texts than the parser expects.
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=recover)


def unfolded(file: IO[bytes]) -> bytes:
    """The package that an Office program saved as one XML file, as a ZIP. Raises Refused with damaged."""
    out = io.BytesIO()
    try:
        data = file.read()
        root = etree.fromstring(data, _parser(recover=_OPEN_ROOT in data[:_HEAD_BYTES]))
        if root is None:
            raise broken()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in _open_parts(data, root) if root.tag == _FLAT_OPEN else _parts(root):
                archive.writestr(name, part)
    except (etree.XMLSyntaxError, ValueError):
        raise broken() from None
    return out.getvalue()


def _parts(root: Any) -> Iterator[tuple[str, str | bytes]]:
    yield CONTENT_TYPES, "<Types/>"
    for part in root.iter(f"{_FLAT}part"):
        inner, packed = part.find(f"{_FLAT}xmlData"), part.findtext(f"{_FLAT}binaryData")
        data = b"" if inner is None or not len(inner) else etree.tostring(inner[0])
        yield part.get(f"{_FLAT}name", "").lstrip("/"), base64.b64decode(packed or "") or data


def _open_parts(data: bytes, root: Any) -> Iterator[tuple[str, str | bytes]]:
    """Of OpenDocument: one part with all, which has the styles, too."""
    kind = root.get(f"{_OFFICE}mimetype", "")
    yield "mimetype", kind
    yield (
        "META-INF/manifest.xml",
        (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type={quoteattr(kind)}/></manifest:manifest>'
        ),
    )
    yield "content.xml", data
    yield "styles.xml", data
    for number, picture in enumerate(root.iter(f"{_OFFICE}binary-data"), start=1):
        yield f"Pictures/{number}", base64.b64decode(picture.text or "")


def broken() -> Refused:
    """The outcome for a package that cannot be opened."""
    return Refused(
        DAMAGED,
        f"The document cannot be opened. {_SAVE}",
    )

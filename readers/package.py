"""Office packages (ECMA-376, part 2): parts in a ZIP and the relationships between them.

Missing parts are left out rather than refused, and the names of the Strict kind are read as the usual ones.
"""

import base64
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from readers.result import DAMAGED, MIB, TOO_LARGE, Limits, Refused

CONTENT_TYPES = "[Content_Types].xml"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_MAIN = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml")
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

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None when it is not there or broken."""
        if name not in self.names:
            return None
        try:
            return self._archive.read(self.names[name])
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
        """The XML of a part; None when it is not there or no XML."""
        data = self.data(name)
        if data is None:
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        # NB: entities are not expanded; large documents have deeper trees and longer texts than the parser expects.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            return None

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
            if relationship.kind == "officeDocument" and relationship.target in self.names:
                return relationship.target
        known = (name for name in _USUAL_MAIN if name in self.names)
        main = next(known, None)
        if main is None:
            raise broken()
        return main


def unfolded(file: IO[bytes]) -> bytes:
    """The package that an Office program saved as one XML file, as a ZIP. Raises Refused with damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    out = io.BytesIO()
    try:
        root = etree.fromstring(file.read(), parser)
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(CONTENT_TYPES, "<Types/>")
            for part in root.iter(f"{_FLAT}part"):
                inner, packed = part.find(f"{_FLAT}xmlData"), part.findtext(f"{_FLAT}binaryData")
                data = b"" if inner is None or not len(inner) else etree.tostring(inner[0])
                archive.writestr(
                    part.get(f"{_FLAT}name", "").lstrip("/"), base64.b64decode(packed or "") or data
                )
    except (etree.XMLSyntaxError, ValueError):
        raise broken() from None
    return out.getvalue()


def broken() -> Refused:
    """The outcome for a package that cannot be opened."""
    return Refused(
        DAMAGED,
        "The document cannot be opened. Open it in the program that made it, save it as a new file and upload that.",
    )

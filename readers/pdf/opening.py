"""Opening a PDF by pdfium, of which the end may be missing."""

import re
from typing import Any

import pypdfium2

#: The object that leads to all others, whose place only the end of the file tells.
_CATALOG = re.compile(
    rb"(\d{1,9})\s+(\d{1,5})\s+obj\s*<<(?:(?!endobj).){0,2000}?/Type\s*/Catalog\b", re.DOTALL
)


def opened(data: bytes) -> tuple[Any, bytes, bool]:
    """The document (None where pdfium opens none), the bytes it is of, and whether their end had to be made up."""
    try:
        return pypdfium2.PdfDocument(data), data, False
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            return None, data, False
    found = list(_CATALOG.finditer(data))
    if not found or b"/Encrypt" in data:
        return None, data, False
    root = b" ".join(found[-1].groups())
    whole = data + b"\nendstream\nendobj\ntrailer\n<< /Root %s R >>\nstartxref\n0\n%%%%EOF\n" % root
    try:
        return pypdfium2.PdfDocument(whole), whole, True
    except pypdfium2.PdfiumError:
        return None, data, False

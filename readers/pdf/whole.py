"""Whether the streams of a PDF are whole: readers show what there is of one that is cut off, and say nothing."""

import re
import zlib
from collections.abc import Callable
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from readers.pdf.plain import PlainPdf
from readers.result import MIB, Refused

_START = re.compile(rb">>\s*stream\r?\n")
_FLATE = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_HEADER = 400
_END = b"endstream"
_MOST_OUT = 64 * MIB
_CHUNK = MIB


def cut_pages(data: bytes, plain: Callable[[], PlainPdf]) -> frozenset[int]:
    """The pages, counted from 0, of which a stream is cut off or broken; `plain` gives the file as pypdf reads it."""
    if b"/Encrypt" in data or not _has_cut(data):
        return frozenset()
    try:
        pages = plain().reader.pages
        return frozenset(index for index, page in enumerate(pages) if any(map(_is_broken, _streams(page))))
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
        return frozenset()


def _has_cut(data: bytes) -> bool:
    left = _MOST_OUT
    for start in _START.finditer(data):
        head = data[max(0, start.start() - _HEADER) : start.start()]
        if not _FLATE.search(head[head.rfind(b" obj") + 1 :]):
            continue
        end = data.find(_END, start.end())
        whole, used = _unpacks(data[start.end() : end if end >= 0 else len(data)], left)
        left -= used
        if not whole:
            return True
        if left <= 0:
            break
    return False


def _unpacks(packed: bytes, most: int) -> tuple[bool, int]:
    """Whether packed bytes are whole, as far as `most` unpacked bytes tell, and how many those were."""
    # NB: without the check sum at the end, which some programs leave out.
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    used, rest = 0, packed[2:]
    try:
        while not unpacker.eof and used < most:
            out = unpacker.decompress(rest, _CHUNK)
            used += len(out)
            rest = unpacker.unconsumed_tail
            if not out:
                break
    except zlib.error:
        return False, used
    return unpacker.eof or used >= most, used


def _streams(page: Any) -> list[Any]:
    found = page.get("/Contents")
    found = found.get_object() if found is not None else None
    parts = [found] if isinstance(found, StreamObject) else [one.get_object() for one in found or ()]
    resources = page.get("/Resources")
    forms = resources.get_object().get("/XObject") if resources is not None else None
    forms = forms.get_object() if forms is not None else {}
    shown = (one.get_object() for one in forms.values()) if isinstance(forms, DictionaryObject) else ()
    return parts + [one for one in shown if isinstance(one, StreamObject) and one.get("/Subtype") == "/Form"]


def _is_broken(stream: Any) -> bool:
    if not isinstance(stream, StreamObject) or stream.get("/Filter") not in (
        "/FlateDecode",
        ["/FlateDecode"],
    ):
        return False
    return not _unpacks(stream._data, _MOST_OUT)[0]

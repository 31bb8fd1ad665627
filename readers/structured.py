"""JSON and JSON Lines: names and values as lines that people read and search, as chat programs export them."""

import json
from collections.abc import Iterator
from typing import IO, Any

from readers.result import ACCEPTED, READING, Limits, Note, Parsed
from readers.text import check_pages, clean, decode, paginate

MEDIA_TYPE = "application/json"
TEXT_VERSION = "json-1"
_MOST_NESTED = 50


def read_json(file: IO[bytes], limits: Limits) -> Parsed:
    """The names and values in their order; what is no whole JSON as the text it is.

    Raises Refused with no_text, unsupported or too_large.
    """
    text = decode(file.read())
    values = _values(text)
    notes: tuple[Note, ...] = ()
    if values:
        lines = (line for value in values for line in (*_lines(value, "", 0), ""))
        text = "\n".join(lines)
        notes = (Note(READING, "This is JSON: its names and values are read, in their order."),)
    pages = paginate(clean(text).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The file holds no text. Upload the file that does.")
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages, notes=notes)


def _values(text: str) -> list[Any]:
    """The value of a file, or those of its lines; none where it holds something else."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []


def _lines(value: Any, name: str, depth: int) -> Iterator[str]:
    if isinstance(value, dict | list) and value and depth < _MOST_NESTED:
        if name:
            yield f"{name}:"
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from _lines(inner, str(key), depth + 1)
        else:
            for inner in value:
                yield from _lines(inner, "", depth + 1)
                if isinstance(inner, dict | list):
                    yield ""
        return
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    yield f"{name}: {said}" if name else said

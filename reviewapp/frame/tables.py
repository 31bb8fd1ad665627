"""Tables that leave as CSV files, made and sent some rows at a time however long they are."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TextIO, cast

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse

from readers.cells import inert
from reviewapp.frame.saving import to_save

#: Bytes that are sent together, at least.
AT_ONCE = 2**16


class InParts(StreamingHttpResponse):
    """Streams what an iterator makes in the thread of its request, a part at a time, under ASGI as under WSGI."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # NB: Django would make all of it before it sends the first byte.
        parts = cast("Iterator[bytes]", self.streaming_content)
        following = sync_to_async(lambda: next(parts, None))
        while (part := await following()) is not None:
            yield part


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> InParts:
    """The rows as a CSV file of this name, to be saved; they are made while it is sent."""
    return to_save(InParts(csv_parts(rows), content_type="text/csv; charset=utf-8"), name)


def row_writer(out: TextIO) -> Callable[[Iterable[object]], None]:
    """What writes a row as a line of CSV of which a spreadsheet runs nothing."""
    writer = csv.writer(out)

    def write(row: Iterable[object]) -> None:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])

    return write


def csv_parts(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 of which a spreadsheet runs nothing, some rows at a time."""
    out = io.StringIO(newline="")
    write = row_writer(out)
    for row in rows:
        write(row)
        if out.tell() >= AT_ONCE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()

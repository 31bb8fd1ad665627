"""The report as PDF: tagged for screen readers (PDF/UA-1), with bookmarks, set by Typst."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal

import typst

from reviewapp.exports.content import Content
from reviewapp.exports.said import Said, Table, said

SETTING = Path(__file__).resolve().parent / "report.typ"
#: What is asked of the file, in turn: a character that no font here has is no reason to have no report.
STANDARDS: tuple[Literal["ua-1", "1.7"], ...] = ("ua-1", "1.7")


class PaperError(Exception):
    """The report could not be set; the message says so, for people."""


def write(content: Content, file: IO[bytes], tick: Callable[[], None]) -> None:
    """The report. Raises PaperError."""
    rows = []
    for row in content.rows():
        rows.append(row)
        tick()
    report = {
        "title": content.export.title,
        "matter": content.export.matter.name,
        "parts": [_part(part) for part in said(content, rows)],
    }
    file.write(_set(json.dumps(report), content))


def _part(part: Said | Table) -> dict[str, Any]:
    if isinstance(part, Table):
        return {"kind": "table", "rows": part.rows}
    return {"kind": str(part.kind), "runs": [asdict(run) for run in part.runs]}


def _set(report: str, content: Content) -> bytes:
    for standard in STANDARDS:
        try:
            made = typst.compile(
                _setting(), format="pdf", sys_inputs={"report": report}, pdf_standards=standard,
                timestamp=int(content.export.created_at.timestamp()),
            )  # fmt: skip
        except typst.TypstError:
            continue
        return made
    # NB: what Typst says may quote the text.
    raise PaperError("The report could not be set as PDF. Export it for Word instead.")


@cache
def _setting() -> bytes:
    return SETTING.read_bytes()

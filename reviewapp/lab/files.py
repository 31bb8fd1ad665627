"""The files that a comparison's figures leave in."""

import json
from collections.abc import Iterable, Iterator

from reviewapp.lab.models import Comparison
from reviewapp.lab.results import DOCUMENTS_AT_ONCE

#: The columns that stand first: whatever is of one question through all ways has the same there.
FIRST = ("document_number", "document", "question_number")


def table_rows(comparison: Comparison) -> Iterator[Iterable[object]]:
    """The columns, then a row for each question and way; no text of a document is in it.

    Numbers count from 1: documents in the comparison, questions in their document. A question's is empty where it was
    not written down when that was measured.
    """
    columns: list[str] = []
    for part in comparison.parts.select_related("document").iterator(DOCUMENTS_AT_ONCE):
        for row in part.rows:
            if not columns:
                columns = [name for name in row if name not in ("document", "number")]
                yield (*FIRST, *columns)
            known = (part.order + 1, part.document.name, row.get("number") or "")
            yield (*known, *(row.get(name, "") for name in columns))


def as_json(comparison: Comparison) -> bytes:
    """All figures with their intervals, and what they are of."""
    parts = list(comparison.parts.select_related("document"))
    measured = [part for part in parts if part.rows]
    told = {
        "title": comparison.title,
        "matter": str(comparison.matter_id),
        "begun": comparison.created_at.isoformat(),
        "status": comparison.status,
        "measured": {
            "documents": len(measured), "of_documents": len(parts),
            "questions": sum(len(part.asked) for part in measured),
            "of_questions": sum(len(part.asked) for part in parts),
        },
        "documents": [
            {
                "number": part.order + 1, "name": part.document.name, "characters": part.document.char_count,
                "questions": len(part.asked), "seconds": round(part.seconds, 1), "measured": bool(part.rows),
                "reason": part.reason,
            }
            for part in parts
        ],
        "left_out": comparison.left_out,
        "figures": comparison.figures,
    }  # fmt: skip
    return json.dumps(told, indent=2).encode()

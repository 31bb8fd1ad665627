"""What the cells of a question say together: folded in code, never asked of a model."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, cast, get_args

from consolidation.answers.several import asked_together
from consolidation.asking.cells import Cell, CellState, cell_of
from consolidation.asking.fold import Summary, each_by_itself, fold
from consolidation.asking.refusals import SAID
from consolidation.asking.understand import Understanding
from consolidation.asking.wording import against
from reviewapp.frame.words_answers import with_condition
from reviewapp.questions.models import FOUND, Answer
from reviewapp.questions.parts import Part, parts_of
from reviewapp.questions.told import called, numbered


def summarise(asked: Understanding, cells: Iterable[Answer]) -> dict[str, Any]:
    """The cells folded as the question asks, for `Question.summary`; waiting cells count for nothing.

    The result has `sentence`, with `documents` by their places among these (see `questions.told`), `understood` (what
    was asked for), `state` for lists, `groups` (value, documents, count, supported, conditional), `asked`, the number
    of cells in each state that holds no value, and `folded`: all that `consolidation.asking.fold` tells.
    """
    asked = asked if asked.tested else asked_together(asked)
    told = [cell for cell in cells if cell.state != Answer.State.WAITING]
    names = {str(cell.document_id): called(cell.document_id) for cell in told}
    known = [_cell(asked, cell) for cell in told]
    folded = fold(asked, known, names)
    if by_itself := each_by_itself(asked, known, names):
        folded = replace(folded, sentences=by_itself)
    documents: list[str] = []
    folded = replace(folded, sentences=tuple(numbered(one, documents) for one in folded.sentences))
    states = Counter(cell.state for cell in told)
    return {
        "sentence": _sentence(folded, told),
        "documents": documents,
        "understood": asked.sentence,
        "state": _state(states),
        "groups": [*_sides(folded), *_values(folded)],
        "asked": len(told),
        **{
            state.value: states[state]
            for state in Answer.State
            if state not in (*FOUND, Answer.State.WAITING)
        },
        "folded": _finite(asdict(folded)),
    }


def _finite(value: Any) -> Any:
    """Without the order of what has no end, for stored numbers are finite."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def refusal(asked: Understanding) -> dict[str, Any]:
    """What is told where a request cannot be answered from documents, and the words to look passages up by."""
    return {"refused": asked.refused, "sentence": SAID[asked.refused], "topic": asked.topic}


def unmentioned(names: Sequence[str]) -> dict[str, Any]:
    """What is told where a question names what no document mentions."""
    return {"unknown": list(names), "sentence": f"No document mentions {' or '.join(names)}."}


def _cell(asked: Understanding, cell: Answer) -> Cell:
    document, parts = str(cell.document_id), []
    kept = parts_of(cell.parts)
    if asked.questions and len(kept) == len(asked.questions):
        parts = [_part(*pair, document) for pair in zip(asked.questions, kept, strict=True)]
    return cell_of(
        asked, document, _known(cell.state), cell.text, conditional=bool(cell.condition), parts=parts
    )


def _part(asked: Understanding, part: Part, document: str) -> Cell:
    return cell_of(asked, document, _known(part.state), part.text, conditional=bool(part.condition))


def _known(state: str) -> CellState:
    return cast(CellState, state if state in get_args(CellState) else "not_examined")


def _sentence(folded: Summary, told: Sequence[Answer]) -> str:
    if len(told) == 1:
        return with_condition(" ".join(told[0].told.split()), told[0].condition)
    return " ".join(folded.sentences) if told else ""


def _state(states: Counter[str]) -> str:
    """What a list says of the question: supported only where everything that was found is."""
    if states[Answer.State.CHECK]:
        return Answer.State.CHECK
    return Answer.State.SUPPORTED if states[Answer.State.SUPPORTED] else Answer.State.NOT_FOUND


def _sides(folded: Summary) -> list[dict[str, Any]]:
    """The documents that meet the question's condition, and those that do not: these by their values where told.

    Of several conditions also those of which it is not known.
    """
    if folded.condition is None:
        return []
    unsure, held = set(folded.check), set(folded.conditional)
    words = folded.condition.words
    sides = [(words, folded.meets, len(set(folded.meets) - unsure))]
    if folded.tested:
        sides.append((against(words), folded.fails, 0))
        sides.append((f"not known: {words}", (*folded.unread, *folded.not_found), 0))
    elif not _values(folded):
        sides.append((against(words), folded.fails, 0))
    return [_group(value, ids, sure, len(held & set(ids))) for value, ids, sure in sides if ids]


def _values(folded: Summary) -> list[dict[str, Any]]:
    """The values, each with its documents; under a condition those of the documents that do not meet it.

    None where they say no more than that the condition is not met: no document is told twice.
    """
    groups = folded.groups
    if folded.condition is not None:
        groups = tuple(group for group in groups if not set(group.documents) & set(folded.meets))
        told = {document for group in groups for document in group.documents}
        if folded.condition.test in ("has", "lacks") or not told >= set(folded.fails):
            return []
    return [_group(group.shown, group.documents, group.supported, group.conditional) for group in groups]


def _group(value: str, documents: Sequence[str], supported: int, conditional: int) -> dict[str, Any]:
    return {
        "value": value,
        "documents": list(documents),
        "count": len(documents),
        "supported": supported,
        "conditional": conditional,
    }

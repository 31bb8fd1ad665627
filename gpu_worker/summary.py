"""What the cells of a question say together: folded in code, never asked of a model."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reviewapp.questions.models import Answer

FOUND = (Answer.State.SUPPORTED, Answer.State.CHECK)
GROUPS_TOLD = 3
VALUE_CHARACTERS = 80


@dataclass(frozen=True)
class Group:
    """Documents that say the same: the value as most of them write it, and how many are supported."""

    value: str
    documents: Sequence[str]
    supported: int

    @property
    def count(self) -> int:
        return len(self.documents)


def fold(cells: Iterable[Answer]) -> dict[str, Any]:
    """The cells' values in groups of equal ones, the largest first, and a sentence for people.

    The result has `sentence`, `state` for lists, `groups` (value, documents, count, supported), `asked`, and
    the number of cells in each other state by its name. Waiting cells count for nothing.
    """
    cells = list(cells)
    groups = _groups(cell for cell in cells if cell.state in FOUND)
    states = Counter(cell.state for cell in cells)
    counts = {state.value: states[state] for state in Answer.State if state not in FOUND}
    del counts[Answer.State.WAITING]
    return {
        "sentence": _sentence(groups, counts),
        "state": _state(groups),
        "groups": [asdict(group) | {"count": group.count} for group in groups],
        "asked": len(cells) - states[Answer.State.WAITING],
        **counts,
    }


def _state(groups: Sequence[Group]) -> str:
    """What a list says of the question: supported only where everything that was found is."""
    if not groups:
        return Answer.State.NOT_FOUND
    everything = all(group.supported == group.count for group in groups)
    return Answer.State.SUPPORTED if everything else Answer.State.CHECK


def _groups(found: Iterable[Answer]) -> list[Group]:
    equal: dict[str, list[Answer]] = {}
    for cell in found:
        equal.setdefault(str((cell.value_normalised or {}).get("comparable", cell.text)), []).append(cell)
    groups = [
        Group(
            Counter(cell.text for cell in cells).most_common(1)[0][0],
            [str(cell.document_id) for cell in cells],
            sum(cell.state == Answer.State.SUPPORTED for cell in cells),
        )
        for cells in equal.values()
    ]
    return sorted(groups, key=lambda group: -group.count)


def _sentence(groups: Sequence[Group], counts: Mapping[str, int]) -> str:
    """As people say it: "3 documents say Delaware, 2 New York, 7 say nothing."."""
    parts = [f"{group.count:,} {_short(group.value)}" for group in groups[:GROUPS_TOLD]]
    if parts:
        first = groups[0].count
        parts[0] = f"{_documents(first)} {'says' if first == 1 else 'say'} {_short(groups[0].value)}"
    others = sum(group.count for group in groups[GROUPS_TOLD:])
    silent = counts[Answer.State.NOT_FOUND]
    left_out = counts[Answer.State.NOT_EXAMINED] + counts[Answer.State.FAILED]
    if others:
        parts.append(f"{others:,} something else")
    if silent:
        parts.append(f"{silent if parts else _documents(silent)} {'says' if silent == 1 else 'say'} nothing")
    if left_out:
        subject = f"{left_out:,}" if parts else _documents(left_out)
        parts.append(f"{subject} {'was' if left_out == 1 else 'were'} not examined")
    return ", ".join(parts) + "." if parts else ""


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= VALUE_CHARACTERS else f"{value[: VALUE_CHARACTERS - 1]}…"

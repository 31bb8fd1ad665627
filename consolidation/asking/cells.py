"""Cells: what each document answers, with its value in comparable form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from consolidation.asking.typed import Typed, normalise
from consolidation.asking.understand import Understanding

CellState = Literal["supported", "check", "not_found", "not_examined"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One document's answer: `value` as it is shown, `typed` in comparable form (None where it cannot be read).

    `conditional`: the document states a condition under which alone it holds. `parts` are its answers to questions
    that were asked one by one, in the order of `Understanding.questions`.
    """

    document_id: str
    state: CellState
    value: str = ""
    typed: Typed | None = None
    conditional: bool = False
    parts: tuple[Cell, ...] = ()

    @property
    def found(self) -> bool:
        return self.state in ("supported", "check")


def cell_of(
    asked: Understanding,
    document_id: str,
    state: CellState,
    value: str = "",
    *,
    conditional: bool = False,
    parts: Sequence[Cell] = (),
) -> Cell:
    """A cell with its value normalised as the question asks: "Yes" and "No" as they are, others by their type.

    `parts` are the cells of its questions where several were asked one by one.
    """
    if parts:
        return Cell(document_id, state, value, None, conditional, tuple(parts))
    typed = normalise("free" if asked.yes_no else asked.value, value) if value else None
    return Cell(document_id, state, value, typed, conditional)


def says_yes(cell: Cell) -> bool | None:
    """Whether a yes/no cell says yes; None where it says neither."""
    word = cell.value.strip().lower().rstrip(".").split(",")[0].split(" ")[0] if cell.value.strip() else ""
    return {"yes": True, "no": False}.get(word)

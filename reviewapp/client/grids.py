"""The commands of grids and exports."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table
from rich.text import Text

from reviewapp.client.connection import Nightbrief
from reviewapp.client.screen import (
    STATES,
    InMatter,
    fetching,
    matter_named,
    out,
    plain,
    say,
    told_of_failures,
    until_ended,
)
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes import Operation
from reviewapp.client.shapes_grids import Cell, Grid, QuestionSet

FORMATS = ("xlsx", "csv", "json", "docx", "pdf")
#: Signs that a column needs on the screen, lines between them included.
LEAST_WIDTH = 14
FOUND = ("supported", "check")


def grid(
    name: Annotated[str, typer.Argument(help="The grid's name; it is made where the matter has none of it.")],
    matter: InMatter = "",
    question_set: Annotated[
        str, typer.Option("--set", help="The question set of a new grid, by name or id.")
    ] = "",
    documents: Annotated[
        list[str] | None, typer.Option("--document", help="Ids for a new grid; else all documents.")
    ] = None,
    run: Annotated[bool, typer.Option(help="Ask what was not asked yet, and wait for it.")] = True,
) -> None:
    """Run a grid and print it. Cut off, it goes on by itself; repeated, only what is missing is asked."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        found = _grid(nightbrief, within.id, name)
        if found is None:
            chosen = _set(nightbrief, within.id, question_set)
            found = nightbrief.create_grid(within.id, name, chosen.id, documents or [])
            say(out, f"Made of {chosen.name}, version {chosen.version}.")
        ended = _run(nightbrief, found) if run else None
        _print(found, nightbrief.cells(found.id))
    if ended is not None:
        told_of_failures(ended)


def export(
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS))] = "xlsx",
    matter: InMatter = "",
    named: Annotated[str, typer.Option("--grid", help="A grid by name or id; else all answers.")] = "",
    question: Annotated[str, typer.Option("--question", help="A question's id, in place of a grid.")] = "",
    to: Annotated[Path | None, typer.Option("--to", "-o", help="Where to; else here, by its name.")] = None,
) -> None:
    """Have answers written to a file, and fetch it whole or not at all."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        grid_id = grid_named(nightbrief, within.id, named).id if named else ""
        begun = nightbrief.start_export(within.id, format, grid_id=grid_id, question_id=question)
        told_of_failures(until_ended(nightbrief, begun.operation, "making the file"))
        made = nightbrief.export(begun.export.id)
        path = to or Path(Path(made.file_name).name)
        with fetching(made.size_bytes) as moved_on:
            nightbrief.save_export(made, path, moved_on)
        say(out, f"{path}: {made.size_bytes:,} bytes.")


def _grid(nightbrief: Nightbrief, matter_id: str, named: str) -> Grid | None:
    """The newest grid of this name, or the one with this id."""
    return next((one for one in nightbrief.grids(matter_id) if named in (one.id, one.name)), None)


def grid_named(nightbrief: Nightbrief, matter_id: str, named: str) -> Grid:
    """The newest grid of this name, or the one with this id. Raises NightbriefError without one."""
    found = _grid(nightbrief, matter_id, named)
    if found is None:
        raise NightbriefError("grid-unknown", f"The matter has no grid called {named}.")
    return found


def _set(nightbrief: Nightbrief, matter_id: str, named: str) -> QuestionSet:
    """The set of this name or id. Raises NightbriefError without one."""
    known = list(nightbrief.question_sets(matter_id))
    found = [one for one in known if named in (one.id, one.name)]
    if len(found) == 1:
        return found[0]
    names = "; ".join(one.name for one in known) or "none"
    raise NightbriefError(
        "set-unclear", f"Name the question set of the new grid with --set. There are: {names}."
    )


def _run(nightbrief: Nightbrief, found: Grid) -> Operation:
    def cells(_: Operation) -> tuple[int, int]:
        now = nightbrief.grid(found.id).progress
        return (now.done, now.total) if now else (0, 0)

    return until_ended(nightbrief, nightbrief.run_grid(found.id).operation, "answering", cells)


def _print(found: Grid, cells: Iterable[Cell]) -> None:
    rows: dict[str, dict[int, Text]] = {}
    names: dict[str, str] = {}
    for cell in cells:
        names[cell.document_id] = cell.claim.document_name
        rows.setdefault(cell.document_id, {})[cell.column] = _shown(cell)
    in_order = [(plain(names[key]), rows[key]) for key in sorted(rows, key=lambda key: names[key])]
    if (1 + len(found.columns)) * LEAST_WIDTH > out.width:
        _print_by_document(found, in_order)
        return
    table = Table("document", *(Column(plain(column.label)) for column in found.columns))
    for name, row in in_order:
        table.add_row(name, *(row.get(column.number, Text("")) for column in found.columns))
    out.print(table)


def _print_by_document(found: Grid, rows: Iterable[tuple[Text, dict[int, Text]]]) -> None:
    """A table for each document, its columns one below the other, where they are too many beside each other."""
    for name, row in rows:
        table = Table("question", "answer", title=name, title_justify="left")
        for column in found.columns:
            table.add_row(plain(column.label), row.get(column.number, Text("")))
        out.print(table)


def _shown(cell: Cell) -> Text:
    """What counts: the correction, else the answer, else its state."""
    if cell.review is not None and cell.review.decision == "correct":
        return plain(cell.review.text)
    claim = cell.claim
    if claim.state not in FOUND or claim.answer is None:
        return Text(STATES.get(claim.state, claim.state), style="dim")
    return plain(claim.answer) + Text(" (to check)" if claim.state == "check" else "", style="dim")

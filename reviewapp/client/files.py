"""The commands of load files and of whole matters: `nightbrief load in | out`, `nightbrief archive in | out`."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from reviewapp.client.connection import Nightbrief
from reviewapp.client.grids import grid_named
from reviewapp.client.screen import (
    GLANCE_SECONDS,
    InMatter,
    err,
    fetching,
    matter_named,
    out,
    plain,
    say,
    told_of_failures,
    until_ended,
)
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes_files import Load

PROBLEMS_SHOWN = 50
load = typer.Typer(no_args_is_help=True, help="Load files of e-discovery, in and out.")
archive = typer.Typer(no_args_is_help=True, help="A whole matter as an open archive, out and in.")
Given = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
To = Annotated[Path | None, typer.Option("--to", "-o", help="Where to; else here, by its name.")]
Images = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="An Opticon file.")]
Files = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="A ZIP of natives, texts and images.")
]


@load.command("in")
def load_in(
    table: Given,
    matter: InMatter = "",
    images: Images = None,
    files: Files = None,
    source: Annotated[str, typer.Option(help="Who it comes from; what columns are is kept for it.")] = "",
    fields: Annotated[
        list[str] | None, typer.Option("--map", help="COLUMN=FIELD, where names do not tell enough.")
    ] = None,
    check: Annotated[bool, typer.Option(help="Do the dry run alone; take nothing in.")] = False,
) -> None:
    """Take in a load file (Concordance DAT or CSV), with an Opticon file and a ZIP of what it names.

    The dry run comes first. What is wrong with which row is printed; rows that are rejected stay outside (status 1).
    """
    mapping = _mapping(fields or [])
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        begun = nightbrief.add_load(within.id, table, images=images, files=files, source=source)
        if mapping:
            if begun.operation is not None:
                until_ended(nightbrief, begun.operation, "looking")
            begun = nightbrief.map_load(begun.load.id, begun.load.mapping | mapping)
        if begun.operation is None:
            columns = "; ".join(begun.load.columns)
            message = f"Say what the columns are with --map 'COLUMN=FIELD'. There are: {columns}."
            raise NightbriefError("load-unmapped", message)
        told_of_failures(until_ended(nightbrief, begun.operation, "checking"))
        found = nightbrief.load(begun.load.id)
        if not check and found.counts.get("documents"):
            started = nightbrief.start_load(found.id).operation
            if started is not None:
                told_of_failures(until_ended(nightbrief, started, "taking in"))
        rejected = _tell(nightbrief, found, check)
    if rejected:
        raise typer.Exit(1)


def _mapping(fields: list[str]) -> dict[str, str]:
    pairs = [pair.rpartition("=") for pair in fields]
    if not all(column and field for column, _, field in pairs):
        raise NightbriefError("map-unclear", "Write each as --map 'COLUMN=FIELD'.")
    return {column.strip(): field.strip() for column, _, field in pairs}


def _tell(nightbrief: Nightbrief, found: Load, check: bool) -> int:
    """Print what became of the rows; how many were rejected."""
    problems, shown, more = Table("row", "column", "what is wrong"), 0, 0
    for one in nightbrief.load_problems(found.id):
        if shown == PROBLEMS_SHOWN:
            more += 1
            continue
        problems.add_row(str(one.row or ""), plain(one.column), plain(one.detail))
        shown += 1
    if shown:
        out.print(problems)
    if more:
        say(out, f"{more:,} more.")
    counts = found.counts
    rejected, documents = counts.get("rejected", 0), counts.get("documents", 0)
    taken = "would be taken in" if check else "taken in, and being read"
    say(out, f"{counts.get('rows', 0):,} rows: {documents:,} {taken}, {rejected:,} rejected.")
    return rejected


@load.command("out")
def load_out(
    prefix: Annotated[str, typer.Option(help="What Bates numbers begin with.")],
    matter: InMatter = "",
    named: Annotated[str, typer.Option("--grid", help="Its documents, with its answers; else all.")] = "",
    by_page: Annotated[bool, typer.Option(help="A number for each page, not for each document.")] = False,
    images: Annotated[bool, typer.Option(help="With pages as JPEG and an Opticon file.")] = False,
    table: Annotated[str, typer.Option(help="dat or csv")] = "dat",
    to: To = None,
) -> None:
    """Have documents written as a load file with natives and texts, and fetch the ZIP whole or not at all."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        grid_id = grid_named(nightbrief, within.id, named).id if named else ""
        begun = nightbrief.start_production(
            within.id, prefix, grid_id=grid_id, by_page=by_page, table=table, images=images
        )
        told_of_failures(until_ended(nightbrief, begun.operation, "making the file"))
        made = nightbrief.production(begun.production.id)
        path = to or Path(f"production-{made.id}.zip")
        with fetching(made.size_bytes) as moved_on:
            nightbrief.save_production(made, path, moved_on)
    say(out, f"{path}: {made.counts.get('documents', 0):,} documents, {made.size_bytes:,} bytes.")


@archive.command("out")
def archive_out(
    matter: InMatter = "",
    states: Annotated[bool, typer.Option(help="With what was consolidated of its documents.")] = True,
    to: To = None,
) -> None:
    """Have all that a matter holds written into one open archive, and fetch it whole or not at all."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter)
        begun = nightbrief.start_archive(within.id, states=states)
        told_of_failures(until_ended(nightbrief, begun.operation, "making the archive"))
        made = nightbrief.archive(begun.archive.id)
        path = to or Path(Path(made.file_name).name)
        with fetching(made.size_bytes) as moved_on:
            nightbrief.save_archive(made, path, moved_on)
    say(out, f"{path}: {made.size_bytes:,} bytes, SHA-256 {made.sha256}.")


@archive.command("in")
def archive_in(
    file: Given,
    name: Annotated[str, typer.Option(help="What the new matter is called; else as the archive's.")] = "",
) -> None:
    """Make a new matter of an archive, with yourself as its admin; an archive that cannot be taken leaves nothing."""
    shown = Progress(SpinnerColumn(), TextColumn("{task.description}"), console=err)
    with Nightbrief.signed_in() as nightbrief, shown:
        shown.add_task("bringing in")
        arrival = nightbrief.bring_in(file, name=name)
        while arrival.status in ("waiting", "working"):
            time.sleep(GLANCE_SECONDS)
            arrival = nightbrief.arrival(arrival.id)
    if arrival.status == "failed":
        raise NightbriefError("archive-refused", arrival.note or "The archive could not be taken in.")
    say(
        out,
        f"{arrival.name}: {arrival.counts.get('documents', 0):,} documents. Its id is {arrival.matter_id}.",
    )
    if arrival.left_out:
        say(out, f"{arrival.left_out:,} records were left out: what they belong to is not in the archive.")

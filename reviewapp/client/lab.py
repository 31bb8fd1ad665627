"""The commands of nights and of comparisons of ways to keep documents."""

from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewapp.client.connection import Nightbrief
from reviewapp.client.screen import InMatter, matter_named, out, plain, say, told_of_failures, until_ended
from reviewapp.client.shapes_lab import Comparison, Nights

_MINUTE = 60
#: The figures that are printed: heading, and name of the figure behind that of the way.
_COLUMNS = (
    ("right, %", "values_right"),
    ("answered though absent, %", "absent_answered"),
    ("a question, ms", "question_ms"),
    ("bytes a document", "bytes_per_document"),
)


def nights(
    matter: InMatter = "",
    allow: Annotated[bool, typer.Option("--allow", help="Have documents consolidated at night.")] = False,
    end: Annotated[
        bool, typer.Option("--end", help="Have what arrives, and what waits, consolidated at once.")
    ] = False,
) -> None:
    """Say whether a matter's documents are consolidated at night, and what the next night would do."""
    if allow and end:
        raise typer.BadParameter("Give --allow or --end, not both.")
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter).id
        if allow:
            _say(nightbrief.allow_nights(within))
        elif end:
            _say(nightbrief.end_nights(within))
        else:
            _say(nightbrief.nights(within))


def _say(told: Nights) -> None:
    if told.hours is None:
        say(out, "This installation has no hours of the night.")
        return
    hours = f"from {told.hours.first:02}:00 to {told.hours.last:02}:00 UTC"
    if told.allowed_by and told.allowed_at:
        who = told.allowed_by.name or told.allowed_by.username
        when = f"{told.allowed_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        say(out, f"Consolidated at night, {hours}, as {who} allowed on {when}.")
    else:
        say(out, f"Not at night ({hours}).")
    took = f", about {_duration(told.seconds)}" if told.documents else ""
    say(
        out,
        f"Documents {'of the next night' if told.allowed else 'a night would do'}: {told.documents}{took}.",
    )
    if told.left:
        say(out, f"Documents that failed, which the night leaves until they are tried again: {told.left}.")


def _duration(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < _MINUTE else f"{seconds / _MINUTE:.1f} min"


def compare(
    questions: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="A CSV file of your own questions.")
    ] = None,
    matter: InMatter = "",
    source: Annotated[
        str, typer.Option(help="Without a file: reviewed, or shipped for those of the demo.")
    ] = "reviewed",
    minutes: Annotated[int, typer.Option(help="How long it may take: 5, 15, 30 or 60.")] = 15,
    begin: Annotated[bool, typer.Option(help="Begin, and wait for it; else only what it would ask.")] = True,
    to: Annotated[
        Path | None, typer.Option("--to", "-o", help="Where each answer is written, as CSV.")
    ] = None,
) -> None:
    """Compare ways to keep a matter's documents, by questions whose answers are known."""
    with Nightbrief.signed_in() as nightbrief:
        within = matter_named(nightbrief, matter).id
        made = nightbrief.prepare_comparison(
            within, questions=questions, source="own" if questions else source, minutes=minutes
        )
        asked = sum(document.questions for document in made.documents or ())
        about = f"Documents: {len(made.documents or ())}, questions: {asked}"
        say(out, f"{about}, minutes: about {made.expected_seconds / _MINUTE:.1f} ({made.id}).")
        for left in made.left_out or ():
            say(out, f"{left.where}: {left.reason}")
        if not begin:
            return
        ended = until_ended(nightbrief, nightbrief.begin_comparison(made.id).operation, "comparing")
        found = nightbrief.comparison(made.id)
        measured = [one for one in found.documents or () if one.measured]
        of_documents = f"documents {len(measured)} of {len(made.documents or ())}"
        say(out, f"Measured: {of_documents}, questions {sum(one.questions for one in measured)} of {asked}.")
        _print(found)
        if to is not None:
            nightbrief.save_comparison(made.id, to)
            say(out, f"{to}: what each question gave.")
    told_of_failures(ended)


def _print(found: Comparison) -> None:
    figures = found.figures or {}
    table = Table("way", *(heading for heading, _ in _COLUMNS))
    timed = [
        name for name in figures if name.endswith("_question_ms") and not name.endswith("_cold_question_ms")
    ]
    for way in (name.removesuffix("_question_ms") for name in timed):
        cells = [figures.get(f"{way}_{name}") for _, name in _COLUMNS]
        table.add_row(plain(way), *("" if cell is None else f"{cell:,.0f}" for cell in cells))
    out.print(table)

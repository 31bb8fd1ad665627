"""What the commands of the command line have in common: where they print, whom they talk to, how they wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from reviewapp.client.connection import ENDED, Nightbrief
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes import Matter, Operation

LOOK_SECONDS = 10
#: While a bar is shown that moves.
GLANCE_SECONDS = 2
STATES = {
    "supported": "supported",
    "check": "to check",
    "not_found": "not found",
    "not_examined": "not examined",
    "failed": "failed",
    "waiting": "waiting",
}
out, err = Console(), Console(stderr=True)
InMatter = Annotated[
    str, typer.Option("--matter", "-m", help="Its name, id or external id; not needed where there is one.")
]


def plain(text: str) -> Text:
    """The text without what would steer a terminal."""
    return Text("".join(sign if sign.isprintable() else " " for sign in text))


def say(console: Console, text: str, style: str = "") -> None:
    """Print a line."""
    console.print(plain(text), style=style, soft_wrap=True)


def matter_named(nightbrief: Nightbrief, named: str) -> Matter:
    """The matter called so, by name or an id; without, the only one. Raises NightbriefError for none or several."""
    reached = list(nightbrief.matters())
    found = [matter for matter in reached if not named or named in _names(matter)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(matter.name for matter in reached) or "none"
    raise NightbriefError("matter-unclear", f"Name one matter with --matter. There are: {known}.")


def _names(matter: Matter) -> tuple[str, ...]:
    return matter.id, matter.name, matter.external_id


def bytes_shown() -> Progress:
    """Bars of bytes."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err)


@contextmanager
def fetching(size_bytes: int) -> Iterator[Callable[[int], None]]:
    """A bar of what is fetched; the body is given what moves it on by so many bytes."""
    with bytes_shown() as shown:
        bar = shown.add_task("fetching", total=size_bytes)
        yield lambda size: shown.advance(bar, size)


def until_ended(
    nightbrief: Nightbrief,
    operation: Operation,
    what: str,
    done_of: Callable[[Operation], tuple[int, int]] = lambda now: (now.progress.done, now.progress.total),
) -> Operation:
    """The operation at its end, with a bar until then of what `done_of` counts."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.completed} of {task.total}"),
    )
    with Progress(*columns, console=err) as shown:
        bar = shown.add_task(what, total=None)
        while True:
            done, total = done_of(operation)
            shown.update(bar, completed=done, total=total)
            if operation.status in ENDED:
                return operation
            operation = nightbrief.operation(operation.id, GLANCE_SECONDS)


def told_of_failures(operation: Operation) -> None:
    """Say what failed, and end with status 1; nothing where all succeeded."""
    if operation.status != "succeeded":
        say(err, " ".join(item.detail for item in operation.errors) or operation.status)
        raise typer.Exit(1)

"""The command line: `./nightbrief login | matters | push | ask | grid | export | watch | load | archive | ...`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column, Table

from reviewapp.client import credentials
from reviewapp.client.connection import ENDED, Nightbrief
from reviewapp.client.files import archive, load
from reviewapp.client.grids import export, grid
from reviewapp.client.lab import compare, nights
from reviewapp.client.push import Pushed, files_in, look_at, push
from reviewapp.client.screen import (
    LOOK_SECONDS,
    STATES,
    InMatter,
    bytes_shown,
    err,
    matter_named,
    out,
    plain,
    say,
    told_of_failures,
    until_ended,
)
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes import Claim
from reviewapp.client.watch import watch

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
for command in (grid, export, watch, nights, compare):
    app.command()(command)
app.add_typer(load, name="load")
app.add_typer(archive, name="archive")


@app.command()
def login(
    token: Annotated[str, typer.Option(prompt="Access token", hide_input=True, envvar=credentials.TOKEN)],
    address: Annotated[
        str, typer.Option(prompt="Address of Nightbrief", envvar=credentials.ADDRESS)
    ] = credentials.LOCAL,
) -> None:
    """Keep an installation's address and an access token of it, once they are found to be good."""
    known = credentials.Credentials(address.rstrip("/"), token.strip())
    with Nightbrief(known.address, known.token) as nightbrief:
        me = nightbrief.me()
    path = credentials.keep(known)
    say(out, f"Signed in as {me.person.name or me.person.username}: {', '.join(me.scopes)}.")
    say(out, f"Kept in {path}.")


@app.command()
def matters(
    add: Annotated[str, typer.Option(help="The name of a matter to make first.")] = "",
    external_id: Annotated[
        str,
        typer.Option(
            help="What another system calls the matter: list it alone, or with --add make it so once."
        ),
    ] = "",
) -> None:
    """List the matters that the token reaches."""
    with Nightbrief.signed_in() as nightbrief:
        made = [nightbrief.put_matter(add, external_id)] if add else [*nightbrief.matters(external_id)]
    table = Table(Column("matter", overflow="fold"), "documents", "role")
    table.add_column("id", no_wrap=True)
    for matter in made:
        named = plain(matter.name)
        if matter.external_id:
            named = named.append("\n").append(plain(matter.external_id).plain, style="dim")
        table.add_row(named, str(matter.documents), matter.role, matter.id)
    out.print(table)


@app.command(name="push")
def push_folder(
    folder: Annotated[Path, typer.Argument(exists=True, help="A folder, or one file.")],
    matter: InMatter = "",
    label: Annotated[str, typer.Option(help="What the batch is called.")] = "",
    wait: Annotated[bool, typer.Option(help="Wait until the files are read.")] = True,
) -> None:
    """Add a folder's files to a matter. What is there already is not sent; cut off, it goes on when repeated."""
    with Nightbrief.signed_in() as nightbrief:
        chosen = matter_named(nightbrief, matter)
        paths = files_in(folder)
        with bytes_shown() as shown:
            looking = shown.add_task("looking", total=sum(path.stat().st_size for path in paths))
            files = []
            for path in paths:
                files.append(look_at(path))
                shown.advance(looking, files[-1].size_bytes)
            sending = shown.add_task("sending", total=sum(one.size_bytes for one in files))
            pushed = push(
                nightbrief,
                chosen.id,
                files,
                label=label,
                progress=lambda size: shown.advance(sending, size),
            )
        say(out, f"{pushed.sent} sent, {pushed.here} already here, to {chosen.name}.")
        if wait and not _read(nightbrief, pushed):
            raise typer.Exit(1)


@app.command()
def ask(
    question: str,
    matter: InMatter = "",
    documents: Annotated[
        list[str] | None, typer.Option("--document", help="Ids; else the likeliest.")
    ] = None,
) -> None:
    """Ask a question of a matter, and print what each document answers, with its quote."""
    with Nightbrief.signed_in() as nightbrief:
        asked = nightbrief.ask(matter_named(nightbrief, matter).id, question, documents or [])
        operation = until_ended(nightbrief, asked.operation, "asking")
        for claim in nightbrief.claims(asked.question.id):
            _print_claim(claim)
    told_of_failures(operation)


def _print_claim(claim: Claim) -> None:
    say(out, f"{claim.document_name}: {STATES.get(claim.state, claim.state)}", style="bold")
    if claim.answer is not None:
        condition = f", but see “{claim.condition}”" if claim.condition else ""
        say(out, f"  {claim.answer}{condition}")
    for quote in claim.quotes:
        say(out, f"  p. {quote.page_label or quote.page}: “{' '.join(quote.text.split())}”")


def _read(nightbrief: Nightbrief, pushed: Pushed) -> bool:
    """Wait until all is read, and print what was not taken; whether there was no such file."""
    failed = Table("file", "what became of it")
    with Progress(TextColumn("reading"), BarColumn(), TextColumn("{task.completed}"), console=err) as shown:
        reading = shown.add_task("", total=pushed.sent)
        for operation_id in pushed.operation_ids:
            while nightbrief.operation(operation_id, LOOK_SECONDS).status not in ENDED:
                pass
            for item in nightbrief.items(operation_id):
                shown.advance(reading)
                if item.status != "succeeded":
                    failed.add_row(plain(item.name), plain(item.detail or item.code))
    if failed.row_count:
        out.print(failed)
    return not failed.row_count


def main() -> None:
    """Run a command; what is refused is told in a sentence, with exit status 1."""
    try:
        app(prog_name="nightbrief")
    except NightbriefError as error:
        say(err, f"{error.code}: {error}")
        raise SystemExit(1) from None
    except OSError as error:
        say(err, f"{error.filename}: {error.strerror}")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()

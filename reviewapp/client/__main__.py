"""The command line: `./nightbrief login | matters | push | ask`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from reviewapp.client import credentials
from reviewapp.client.connection import ENDED, Nightbrief, NightbriefError
from reviewapp.client.push import Pushed, files_in, look_at, push
from reviewapp.client.shapes import Claim, Matter

LOOK_SECONDS = 10
STATES = {
    "supported": "supported",
    "check": "to check",
    "not_found": "not found",
    "not_examined": "not examined",
    "failed": "failed",
    "waiting": "waiting",
}

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Console(), Console(stderr=True)
InMatter = Annotated[
    str, typer.Option("--matter", "-m", help="Its name or id; not needed where there is one.")
]


@app.command()
def login(
    token: Annotated[str, typer.Option(prompt="Access token", hide_input=True, envvar=credentials.TOKEN)],
    address: Annotated[str, typer.Option(prompt="Address of Nightbrief")] = credentials.LOCAL,
) -> None:
    """Keep an installation's address and an access token of it, once they are found to be good."""
    known = credentials.Credentials(address.rstrip("/"), token.strip())
    with Nightbrief(known.address, known.token) as nightbrief:
        me = nightbrief.me()
    path = credentials.keep(known)
    _say(out, f"Signed in as {me.person.name or me.person.username}: {', '.join(me.scopes)}.")
    _say(out, f"Kept in {path}.")


@app.command()
def matters() -> None:
    """List the matters that the token reaches."""
    table = Table("matter", "documents", "role")
    table.add_column("id", no_wrap=True)
    with _signed_in() as nightbrief:
        for matter in nightbrief.matters():
            table.add_row(_plain(matter.name), str(matter.documents), matter.role, matter.id)
    out.print(table)


@app.command(name="push")
def push_folder(
    folder: Annotated[Path, typer.Argument(exists=True, help="A folder, or one file.")],
    matter: InMatter = "",
    label: Annotated[str, typer.Option(help="What the batch is called.")] = "",
    wait: Annotated[bool, typer.Option(help="Wait until the files are read.")] = True,
) -> None:
    """Add a folder's files to a matter. What is there already is not sent; cut off, it goes on when repeated."""
    with _signed_in() as nightbrief:
        chosen = _matter(nightbrief, matter)
        paths = files_in(folder)
        with _progress() as shown:
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
        _say(out, f"{pushed.sent} sent, {pushed.here} already here, to {chosen.name}.")
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
    with _signed_in() as nightbrief:
        asked = nightbrief.ask(_matter(nightbrief, matter).id, question, documents or [])
        operation = asked.operation
        with err.status("asking"):
            while operation.status not in ENDED:
                operation = nightbrief.operation(operation.id, LOOK_SECONDS)
        for claim in nightbrief.claims(asked.question.id):
            _print_claim(claim)
    if operation.status != "succeeded":
        _say(err, " ".join(item.detail for item in operation.errors) or operation.status)
        raise typer.Exit(1)


def _print_claim(claim: Claim) -> None:
    _say(out, f"{claim.document_name}: {STATES.get(claim.state, claim.state)}", style="bold")
    if claim.answer is not None:
        _say(out, f"  {claim.answer}")
    for quote in claim.quotes:
        _say(out, f"  p. {quote.page_label or quote.page}: “{' '.join(quote.text.split())}”")


def _plain(text: str) -> Text:
    """The text without what would steer a terminal."""
    return Text("".join(sign if sign.isprintable() else " " for sign in text))


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(_plain(text), style=style, soft_wrap=True)


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
                    failed.add_row(_plain(item.name), _plain(item.detail or item.code))
    if failed.row_count:
        out.print(failed)
    return not failed.row_count


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err)


def _matter(nightbrief: Nightbrief, named: str) -> Matter:
    """The matter with this name or id; the only one without. Raises NightbriefError for none or several."""
    reached = list(nightbrief.matters())
    found = [matter for matter in reached if not named or named in (matter.id, matter.name)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(matter.name for matter in reached) or "none"
    raise NightbriefError("matter-unclear", f"Name one matter with --matter. There are: {known}.")


def _signed_in() -> Nightbrief:
    known = credentials.read()
    if known is None:
        raise NightbriefError("not-signed-in", "Sign in first: ./nightbrief login")
    return Nightbrief(known.address, known.token)


def main() -> None:
    """Run a command; what is refused is told in a sentence, with exit status 1."""
    try:
        app(prog_name="nightbrief")
    except NightbriefError as error:
        _say(err, f"{error.code}: {error}")
        raise SystemExit(1) from None
    except OSError as error:
        _say(err, f"{error.filename}: {error.strerror}")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()

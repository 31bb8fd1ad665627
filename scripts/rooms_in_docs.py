"""Writes the map of rooms in docs/developers.md from the rooms' own docstrings, a line each; `--check` compares."""

import ast
import sys
from pathlib import Path

from scripts.rooms import DOOR, REVIEWAPP, ROOT

DOCUMENT = ROOT / "docs" / "developers.md"
PACKAGES = ("consolidation", "readers", "gpu_worker", "reviewapp", "laboratory")
END = "<!-- end of rooms -->"


def begin(package: str) -> str:
    """The mark before the table of a package's rooms."""
    return f"<!-- rooms of {package}, written by `python -m scripts.rooms_in_docs` -->"


def table(package: str) -> str:
    """A line for each room: a module or a package right below the package. Those of reviewapp from the ground up."""
    folder = ROOT / package
    found = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    rooms = sorted(
        found - {DOOR, "__main__"}, key=lambda room: (package == "reviewapp" and REVIEWAPP.index(room), room)
    )
    lines = ["| room | holds |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{room}` | {_said_of(folder, room)} |" for room in rooms)])


def renewed(text: str) -> str:
    """The document with new tables. Raises ValueError when it has lost a mark."""
    for package in PACKAGES:
        before, mark, rest = text.partition(begin(package))
        _, end, after = rest.partition(END)
        if not mark or not end:
            raise ValueError(f"{DOCUMENT.name} has lost a mark of the rooms of {package}")
        text = f"{before}{mark}\n{table(package)}\n{end}{after}"
    return text


def _said_of(package: Path, room: str) -> str:
    """The first sentence of a room's docstring."""
    module = package / f"{room}.py"
    path = module if module.exists() else package / room / "__init__.py"
    said = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n\n")[0]
    return " ".join(said.split()).rstrip(".").replace("|", "/")


def main() -> int:
    """Write the tables, or tell with `--check` whether they are as they should be."""
    text = DOCUMENT.read_text()
    new = renewed(text)
    if "--check" in sys.argv:
        return int(text != new)
    DOCUMENT.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())

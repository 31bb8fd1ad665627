"""The modules that a training needs and no others, in a folder that can be carried to a machine with a card.

`python -m laboratory.carry laboratory.tasks.study --out FOLDER`

What is imported of this repository is followed as it is written; packages are empty there, so that `python -m
laboratory.tasks.study` in FOLDER asks for no library but those that its own modules name.
"""

from __future__ import annotations

import argparse
import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("consolidation", "laboratory", "benchmarks")


def needed(modules: list[str]) -> list[Path]:
    """The files of some modules and of all that they import of `PACKAGES`. Raises FileNotFoundError."""
    waiting, found = list(modules), dict[str, Path]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = ROOT / Path(*name.split(".")).with_suffix(".py")
        waiting += _imported(ast.parse(found[name].read_text()))
    return sorted(found.values())


def carry(modules: list[str], out: Path) -> None:
    """Copy what some modules need, with empty packages around it."""
    for path in needed(modules):
        place = out / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
        for package in place.relative_to(out).parents:
            if package != Path():
                (out / package / "__init__.py").touch()


def _imported(tree: ast.Module) -> Iterator[str]:
    """Modules of this repository that are imported by name; of `from package import module`, the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in PACKAGES)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES:
            if (ROOT / Path(*node.module.split("."))).is_dir():
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    carry(args.modules, args.out)
    print("\n".join(str(path.relative_to(args.out)) for path in sorted(args.out.rglob("*.py"))))


if __name__ == "__main__":
    main()

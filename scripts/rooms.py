"""The rooms of a package and the arrows between them: counts them, draws them, finds those that run back.

    python -m scripts.rooms            print the figures
    python -m scripts.rooms --write    also note them in benchmarks/results/ and draw docs/images/rooms-*.svg

A room is a module or a package right below the package; the package's own `__init__` is its door. An arrow is
an import, wherever it stands in the code. An arrow runs back when it points up in the order of the rooms: the
one declared here, or, for a package without one, the order in which the fewest do.
"""

import ast
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "house.json"
IMAGES = ROOT / "docs" / "images"
COMMAND = "python -m scripts.rooms --write"
DOOR = "__init__"
WRITTEN = ("consolidation", "readers", "reviewapp", "gpu_worker", "laboratory", "benchmarks", "scripts")
MOST_LINES, MOST_FUNCTION_LINES = 300, 50
MOST_TRIED = 16

# From the ground up: a room imports what stands before it.
CONSOLIDATION = (
    "errors", "files", "text", "asking", "halving", "protocol", "key", "table", "parts", "engine", "findings",
    "briefs", "states", "passages", "grammar", "shapes", "computing", "proposals", "objections", "answers",
    DOOR, "evaluation",
)  # fmt: skip
REVIEWAPP = (
    "frame", "events", "matters", "people", "directory", "audit", "jobs", "documents", "kin", "states", "briefs",
    "intake", "questions", "claims", "webhooks", "reviews", "grids", "exports", "lab", "loads", "moving", "clio",
    "notices",
    "reader", "catalogue", "home", "api", "client", "mcp", "ending", "demo", "site", DOOR,
)  # fmt: skip

Arrow = tuple[str, str]


@dataclass(frozen=True)
class House:
    """A package: its rooms from the ground up, its arrows with the modules that draw them, those that run back."""

    package: str
    rooms: tuple[str, ...]
    arrows: dict[Arrow, tuple[str, ...]]
    back: tuple[Arrow, ...]

    def floors(self) -> list[list[str]]:
        """The rooms by floor: each stands one above the highest that it imports."""
        floor: dict[str, int] = {}
        for room in (room for room in self.rooms if any(room in arrow for arrow in self.arrows)):
            below = [floor[to] for source, to in self.arrows if source == room and to in floor]
            floor[room] = max(below, default=-1) + 1
        return [
            [room for room in floor if floor[room] == n] for n in range(max(floor.values(), default=-1) + 1)
        ]

    def essential(self) -> list[Arrow]:
        """The arrows that no way over other rooms makes superfluous, and all that run back."""
        below: dict[str, set[str]] = {}
        for room in self.rooms:
            direct = {to for source, to in self.arrows if source == room and to in below}
            below[room] = direct | {deeper for to in direct for deeper in below[to]}
        return [
            (source, to)
            for source, to in self.arrows
            if not any(to in below[by] for by in below[source] if (source, by) in self.arrows)
        ]


def house(package: str, order: Sequence[str] | None = None, root: Path = ROOT) -> House:
    """The package's rooms and arrows. Raises ValueError for a room that the given order does not have."""
    arrows: dict[Arrow, set[str]] = defaultdict(set)
    rooms = set()
    for path in _modules(root / package):
        room = _room(path.relative_to(root / package))
        rooms.add(room)
        for name in _imported(ast.parse(path.read_text()), package):
            to = name if _is_room(root / package, name) else DOOR
            if to != room:
                arrows[room, to].add(path.relative_to(root).as_posix())
    if order is None:
        order = _best_order(sorted(rooms), set(arrows))
    if missing := rooms - set(order):
        raise ValueError(f"The order of {package} has no place for {', '.join(sorted(missing))}.")
    ordered = tuple(room for room in order if room in rooms)
    back = tuple(sorted(arrow for arrow in arrows if ordered.index(arrow[1]) > ordered.index(arrow[0])))
    return House(package, ordered, {arrow: tuple(sorted(by)) for arrow, by in sorted(arrows.items())}, back)


def _modules(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def _room(path: Path) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _is_room(folder: Path, name: str) -> bool:
    return (folder / name).is_dir() or (folder / f"{name}.py").is_file()


def _imported(tree: ast.AST, package: str) -> Iterator[str]:
    """The second part of each import from the package: its rooms, or names that its door gives out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == package:
            names = [f"{package}.{alias.name}" for alias in node.names]
        else:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name.split(".")[1] for name in names if name.startswith(f"{package}."))


def _best_order(rooms: list[str], arrows: set[Arrow]) -> list[str]:
    """An order in which the fewest arrows run back: exact, over all sets of rooms that could stand below.

    Raises ValueError for more rooms than can be tried.
    """
    if len(rooms) > MOST_TRIED:
        raise ValueError(f"More than {MOST_TRIED} rooms: declare their order.")
    best: dict[int, tuple[int, list[str]]] = {0: (0, [])}
    for below in range(1, 2 ** len(rooms)):
        choices = []
        for place, room in enumerate(rooms):
            if below >> place & 1:
                count, order = best[below & ~(1 << place)]
                up = sum((room, to) in arrows for n, to in enumerate(rooms) if not below >> n & 1)
                choices.append((count + up, [*order, room]))
        best[below] = min(choices)
    return best[2 ** len(rooms) - 1][1]


def longer_than(lines: int, function_lines: int) -> tuple[list[str], list[str]]:
    """The modules and the functions of what is written here (tests and migrations aside) that are longer."""
    modules, functions = [], []
    for path in (path for package in WRITTEN for path in _modules(ROOT / package)):
        text, name = path.read_text(), path.relative_to(ROOT).as_posix()
        if len(text.splitlines()) > lines:
            modules.append(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > function_lines:
                functions.append(f"{name}: {node.name}")
    return modules, functions


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def draw(drawn: House) -> str:
    """The house as an SVG: floors from the ground up, the essential arrows, those that run back in red."""
    width, height, gap, room_width, room_height = 960, 96, 24, 132, 40
    floors = drawn.floors()
    at: dict[str, tuple[float, float]] = {}
    for level, floor in enumerate(floors):
        step = width / (len(floor) + 1)
        for place, room in enumerate(floor, 1):
            shift = gap if level % 2 else -gap
            at[room] = (place * step + (shift if len(floor) < 3 else 0), (len(floors) - level - 0.5) * height)
    parts = [
        f'<path class="{"back" if arrow in drawn.back else "arrow"}" d="{_curve(at[arrow[0]], at[arrow[1]])}"/>'
        for arrow in drawn.essential()
    ]
    for room, (x, y) in at.items():
        name = drawn.package if room == DOOR else room
        parts.append(
            f'<rect x="{x - room_width / 2:.0f}" y="{y - room_height / 2:.0f}" width="{room_width}" '
            f'height="{room_height}" rx="8"/><text x="{x:.0f}" y="{y + 5:.0f}">{escape(name)}</text>'
        )
    style = (
        "rect{fill:#fff;stroke:#3b4252;stroke-width:1.5}text{font:15px sans-serif;text-anchor:middle;fill:#1d2433}"
        ".arrow,.back{fill:none;stroke:#7b8aa5;stroke-width:1.4;marker-end:url(#tip)}"
        ".back{stroke:#c0392b;stroke-opacity:1;stroke-width:2}"
    )
    tip = (
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#7b8aa5"/></marker>'
    )
    words = f"Rooms of {drawn.package} and what they import: {len(at)} rooms, {len(drawn.arrows)} arrows"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {len(floors) * height}" role="img">'
        f"<title>{escape(words)}, {len(drawn.back)} of them back</title><style>{style}</style><defs>{tip}</defs>\n"
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _curve(source: tuple[float, float], to: tuple[float, float]) -> str:
    (x, y), (u, v) = source, to
    start, end = (y + 20, v - 22) if v > y else (y - 20, v + 22)
    middle = (start + end) / 2
    return f"M{x:.0f} {start:.0f}C{x:.0f} {middle:.0f} {u:.0f} {middle:.0f} {u:.0f} {end:.0f}"


def figures(library: House, reviewapp: House) -> dict[str, int]:
    """What is kept of the house; `library_rooms` without the door."""
    modules, functions = longer_than(MOST_LINES, MOST_FUNCTION_LINES)
    return {
        "library_rooms": len(set(library.rooms) - {DOOR}),
        "arrows_back_library": len(library.back),
        "arrows_back_reviewapp": len(reviewapp.back),
        "modules_over_300_lines": len(modules),
        "functions_over_50_lines": len(functions),
    }


def _note(measured: dict[str, int]) -> None:
    kept: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"command": COMMAND}
    kept["figures"] = kept.get("figures", {}) | measured
    commands = [kept["command"]] if COMMAND in kept["command"] else [kept["command"], COMMAND]
    kept["command"] = "; ".join(commands)
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n")


def main() -> None:
    """Print the figures, and what is behind each that is not nought; with `--write` keep them."""
    library, reviewapp = house("consolidation", CONSOLIDATION), house("reviewapp", REVIEWAPP)
    measured = figures(library, reviewapp)
    print(json.dumps(measured, indent=2))
    for shown in (library, reviewapp):
        for arrow in shown.back:
            print(f"back: {shown.package} {arrow[0]} -> {arrow[1]} ({', '.join(shown.arrows[arrow])})")
    for name in [name for names in longer_than(MOST_LINES, MOST_FUNCTION_LINES) for name in names]:
        print(f"long: {name}")
    if "--write" in sys.argv[1:]:
        for shown in (library, reviewapp):
            (IMAGES / f"rooms-{shown.package}.svg").write_text(draw(shown))
        _note(measured)


if __name__ == "__main__":
    main()

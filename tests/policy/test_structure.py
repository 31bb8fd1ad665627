"""Views and tasks get their objects from the policy module, never from the records themselves."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FORBIDDEN_NAMES = {"get_object_or_404", "get_list_or_404"}
GUARDED = sorted(
    path
    for pattern in (
        "reviewapp/**/views.py",
        "reviewapp/**/views/*.py",
        "reviewapp/**/tasks.py",
        "gpu_worker/*.py",
    )
    for path in REPOSITORY.glob(pattern)
)


def breaches(source: str) -> list[str]:
    """Places where a module fetches a record by an id from outside on its own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            found.append(f"line {node.lineno}: {node.id}")
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            found.append(f"line {node.lineno}: .{node.attr}")
    return found


def test_there_is_something_to_guard() -> None:
    names = {path.relative_to(REPOSITORY).as_posix() for path in GUARDED}
    assert {"gpu_worker/tasks.py", "reviewapp/jobs/tasks.py"} <= names


@pytest.mark.parametrize("path", GUARDED, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_objects_come_from_the_policy(path: Path) -> None:
    assert breaches(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = Matter.objects.get(pk=key)",
        "x = Matter.objects.filter(pk=key).first()",
        "x = get_object_or_404(Matter, pk=key)",
        "x = Matter._default_manager.get(pk=key)",
    ],
)
def test_a_breach_is_seen(source: str) -> None:
    assert breaches(source)

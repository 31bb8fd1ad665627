"""What speaks to people or to the queue gets its objects from the policy, never from the records themselves."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from reviewapp.matters.policy import Rule

REPOSITORY = Path(__file__).resolve().parents[2]
MANAGERS = {"objects", "_default_manager", "_base_manager"}
FORBIDDEN_NAMES = {"get_object_or_404", "get_list_or_404"}
OUTSIDE = re.compile(
    r"^(from|import) (django\.(http|shortcuts|views)|celery import shared_task)", re.MULTILINE
)
GUARDED = sorted(
    path
    for folder in ("reviewapp", "gpu_worker")
    for path in (REPOSITORY / folder).rglob("*.py")
    if OUTSIDE.search(path.read_text()) and path.name != "policy.py"
)


def breaches(source: str) -> list[str]:
    """Places where a module fetches a record by an id from outside on its own."""
    found = []
    nodes = list(ast.walk(ast.parse(source)))
    empty = {id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr == "none"}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            found.append(f"line {node.lineno}: {node.id}")
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in empty:
            found.append(f"line {node.lineno}: .{node.attr}")
    return found


RULES = re.compile(r"^(may|access|visible)_")
POLICIES = sorted((REPOSITORY / "reviewapp").glob("*/policy.py"))


def rules_of(path: Path) -> list[str]:
    """The functions at the top of a module that are named as rules are."""
    tree = ast.parse(path.read_text())
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and RULES.match(node.name)]


def test_every_rule_is_in_the_policy_of_its_room() -> None:
    modules = [path for folder in ("reviewapp", "gpu_worker") for path in (REPOSITORY / folder).rglob("*.py")]
    elsewhere = [str(path) for path in modules if path.name != "policy.py" and rules_of(path)]
    assert elsewhere == []
    assert {path.parent.name for path in POLICIES} >= {
        "matters",
        "documents",
        "intake",
        "questions",
        "states",
    }
    names = [name for path in POLICIES for name in rules_of(path)]
    assert len(names) == len(set(names)) > 30


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_rule_names_the_scope_that_a_client_needs(path: Path) -> None:
    module = import_module(f"reviewapp.{path.parent.name}.policy")
    for name in rules_of(path):
        if name.startswith("may_"):
            assert isinstance(getattr(module, name), Rule), name


def test_there_is_something_to_guard() -> None:
    names = {path.relative_to(REPOSITORY).as_posix() for path in GUARDED}
    assert {"gpu_worker/tasks.py", "reviewapp/intake/tasks.py", "reviewapp/matters/views.py"} <= names


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


def test_an_empty_list_is_no_breach() -> None:
    assert not breaches("x = Matter.objects.none()")

"""The layers, docstrings and sizes that every module keeps.

`consolidation/` is a library without Django or Celery, `reviewapp/` holds no model code, and only
`gpu_worker/` imports both sides.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import rooms
from tests.conftest import REPOSITORY

PACKAGES = ("vault", "readers", "consolidation", "reviewapp", "gpu_worker", "laboratory")
FORBIDDEN = {
    "vault": {
        "torch",
        "transformers",
        "django",
        "celery",
        "readers",
        "reviewapp",
        "consolidation",
        "gpu_worker",
        "laboratory",
    },
    "consolidation": {"django", "celery", "reviewapp", "gpu_worker", "laboratory"},
    "reviewapp": {
        "torch",
        "transformers",
        "tokenizers",
        "safetensors",
        "consolidation",
        "gpu_worker",
        "laboratory",
    },
    "readers": {
        "torch",
        "transformers",
        "django",
        "celery",
        "reviewapp",
        "consolidation",
        "gpu_worker",
        "laboratory",
    },
    "gpu_worker": {"laboratory"},
    "laboratory": {"django", "celery", "reviewapp", "gpu_worker"},
}
MOST_LINES = 450


def modules(package: str) -> list[Path]:
    return sorted((REPOSITORY / package).rglob("*.py"))


def written_code() -> list[Path]:
    folders = (*PACKAGES, "benchmarks", "scripts", "tests")
    found = [path for folder in folders for path in modules(folder) if "migrations" not in path.parts]
    return [*found, REPOSITORY / "manage.py"]


def imported_packages(tree: ast.AST) -> Iterator[str]:
    """The first part of each absolute import, wherever it stands, and of `import_module("...")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
                yield node.args[0].value.partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_from_a_forbidden_layer(package: str) -> None:
    assert modules(package)
    wrong = [
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in modules(package)
        for name in imported_packages(ast.parse(path.read_text()))
        if name in FORBIDDEN[package]
    ]
    assert wrong == []


def test_gpu_worker_is_where_both_sides_meet() -> None:
    imported = {
        name for path in modules("gpu_worker") for name in imported_packages(ast.parse(path.read_text()))
    }
    assert {"consolidation", "reviewapp"} <= imported


def test_imports_are_seen_wherever_they_stand() -> None:
    source = (
        "def f():\n    import torch.nn\n    from django.db import models\n    import_module('celery.app')\n"
    )
    assert set(imported_packages(ast.parse(source))) == {"torch", "django", "celery"}


@pytest.mark.parametrize("package", ["vault", "readers", "consolidation", "reviewapp"])
def test_the_package_imports_with_the_other_layers_absent(package: str) -> None:
    """Every module is really imported, in a process in which the forbidden packages cannot be."""
    names = [
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        for path in modules(package)
        if path.name != "__main__.py"
    ]
    program = f"""
import importlib, os, sys
for name in {sorted(FORBIDDEN[package])!r}:
    sys.modules[name] = None
if {package!r} == "reviewapp":
    import django
    django.setup()
for name in {names!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_arrow_runs_back_in_reviewapp() -> None:
    assert rooms.house("reviewapp", rooms.REVIEWAPP).back == ()


def test_no_arrow_runs_back_in_the_library() -> None:
    assert rooms.house("consolidation", rooms.CONSOLIDATION).back == ()


def test_an_arrow_that_runs_back_is_seen(tmp_path: Path) -> None:
    sources = {"low.py": "", "high/one.py": "from house.low import x", "top.py": "import house.high.one"}
    for name, source in sources.items():
        (tmp_path / "house" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "house" / name).write_text(source)
    straight = rooms.house("house", root=tmp_path)
    assert straight.rooms == ("low", "high", "top") and straight.back == ()
    assert straight.floors() == [["low"], ["high"], ["top"]]
    (tmp_path / "house" / "low.py").write_text("def f():\n    from house import top")
    assert rooms.house("house", root=tmp_path).back != ()
    assert rooms.house("house", ("low", "high", "top"), tmp_path).back == (("low", "top"),)
    with pytest.raises(ValueError, match="no place for top"):
        rooms.house("house", ("low", "high"), tmp_path)


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_function_says_what_it_does(package: str) -> None:
    silent = [
        f"{path.relative_to(REPOSITORY)}: {function.name}"
        for path in modules(package)
        # NB: in the policy the name of a rule is the rule; the laboratory is scripts, described at their head.
        if path.name != "policy.py" and not {"migrations", "laboratory"} & set(path.parts)
        for function in public_functions(ast.parse(path.read_text()))
        if not ast.get_docstring(function)
    ]
    assert silent == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text().splitlines()) for path in written_code()
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}

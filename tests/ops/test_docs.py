"""What the documents say about settings, commands and numbers is so."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewapp.intake.manifest import COLUMNS
from scripts import numbers_in_docs, rooms_in_docs

NAME = re.compile(r"\b(?:NIGHTBRIEF_[A-Z_]+|DATABASE_URL)\b")


def settings_in_code(repository: Path) -> set[str]:
    return set(
        re.findall(
            r'environment\.\w+\(\s*"([A-Z_]+)"', (repository / "reviewapp/site/settings.py").read_text()
        )
    )


def test_every_setting_is_in_the_admins_table_and_nothing_else(repository: Path) -> None:
    table = re.findall(r"^\| `([A-Z_]+)` \|", (repository / "docs/admins.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(settings_in_code(repository))


def test_compose_sets_only_what_is_read(repository: Path) -> None:
    environment = (repository / "compose.yaml").read_text().partition("x-nightbrief:")[0]
    names = set(re.findall(r"^  ([A-Z_]+):", environment, re.MULTILINE))
    assert names
    assert names <= settings_in_code(repository)


def test_compose_hands_on_every_setting_but_those_that_containers_have_otherwise(repository: Path) -> None:
    """What an `.env` file sets holds in containers too, and no default stands in two places with two values."""
    text = (repository / "compose.yaml").read_text()
    handed_on = dict(re.findall(r"^ +(NIGHTBRIEF_[A-Z_]+): \$\{\1(?::-([^}]*))?[:}]", text, re.MULTILINE))
    fixed = {"DATABASE_URL", "NIGHTBRIEF_DATA", "NIGHTBRIEF_REDIS_URL", "NIGHTBRIEF_BIND", "NIGHTBRIEF_WATCH"}
    of_one_machine = {"NIGHTBRIEF_PORT", "NIGHTBRIEF_REDIS_PORT", "NIGHTBRIEF_DEBUG"}
    assert set(handed_on) == settings_in_code(repository) - fixed - of_one_machine
    settings = (repository / "reviewapp/site/settings.py").read_text()
    defaults = dict(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)", "?([\w.-]+)"?', settings))
    told = {name: value for name, value in handed_on.items() if value and name in defaults}
    assert told == {name: defaults[name].replace("_", "") for name in told}


def test_links_lead_somewhere(repository: Path) -> None:
    pages = [repository / "README.md", *(repository / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_columns_of_the_manifest_are_told(repository: Path) -> None:
    told = re.search(r"as CSV: `([^`]+)`", (repository / "docs/integrators.md").read_text())
    assert told and tuple(re.split(r",\s+", told.group(1))) == COLUMNS


def test_commands_that_are_named_exist(repository: Path) -> None:
    usage = subprocess.run(
        [repository / "nightbrief", "help"], capture_output=True, text=True, check=True
    ).stdout
    pages = [repository / "README.md", repository / "CHANGELOG.md", *(repository / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"\./nightbrief ([a-z]+)", page.read_text())}
    assert named
    assert [name for name in named - {"help"} if not re.search(rf"^  {name}\b", usage, re.MULTILINE)] == []


@pytest.mark.parametrize("block", numbers_in_docs.BLOCKS, ids=lambda b: f"{b.document.stem} {b.name}")
def test_the_numbers_in_the_documents_are_the_measured_ones(block: numbers_in_docs.Block) -> None:
    text = block.document.read_text()
    assert text == block.renewed(text, block.numbers())


def test_every_mark_of_numbers_is_renewed(repository: Path) -> None:
    pages = [repository / "README.md", *(repository / "docs").glob("*.md")]
    marks = sorted(mark for page in pages for mark in re.findall(r"<!-- numbers, .*?-->", page.read_text()))
    assert marks == sorted(block.begin for block in numbers_in_docs.BLOCKS)


def test_the_map_of_rooms_is_what_the_rooms_say() -> None:
    text = rooms_in_docs.DOCUMENT.read_text()
    assert text == rooms_in_docs.renewed(text)
    for package in rooms_in_docs.PACKAGES:
        assert "|  |" not in rooms_in_docs.table(package)


def block_of(
    path: Path, results: dict[str, Any], write: Callable[[dict[str, Any]], str]
) -> numbers_in_docs.Block:
    path.write_text(json.dumps(results))
    return numbers_in_docs.Block(path, "some", path, write)


def test_a_changed_number_is_noticed(tmp_path: Path) -> None:
    figures = {"question_s_1k": 0.1234, "consolidate_tokens_per_s": 1234.5}
    results = {"command": "make it", "machine": {"cores": 2}, "figures": figures}
    block = block_of(tmp_path / "results.json", results, numbers_in_docs.table)
    text = f"before\n{block.begin}\nold\n{numbers_in_docs.END}\nafter\n"
    new = block.renewed(text, block.numbers())
    assert new.startswith("before\n")
    assert new.endswith("\nafter\n")
    assert "| 0.123 s |" in new
    assert "| 1,234 tokens/s |" in new
    assert "Made by `make it` on: cores 2." in new
    assert block.renewed(new, block.numbers()) == new
    other = results | {"figures": figures | {"question_s_1k": 0.2}}
    assert (
        block.renewed(new, block_of(tmp_path / "other.json", other, numbers_in_docs.table).numbers()) != new
    )
    with pytest.raises(ValueError, match="has lost a mark"):
        block.renewed(new.replace(numbers_in_docs.END, ""), "")


def test_an_interval_stands_beside_its_figure_and_nothing_is_made_up(tmp_path: Path) -> None:
    figures = {"short_em_whole": 51.25, "parties_f1": 60.0, "intervals": {"short_em_whole": [45.0, 57.26]}}
    results = {"command": "make it", "machine": {"cores": 2}, "figures": figures}
    text = block_of(tmp_path / "results.json", results, numbers_in_docs.card_state).numbers()
    assert "| 51.2 % exact match (45.0 to 57.3) |" in text
    assert "| Parties | 60.0 % F1 |" in text
    assert len([line for line in text.splitlines() if line.startswith("| ")]) == 4
    absent = numbers_in_docs.Block(tmp_path, "some", tmp_path / "none.json", numbers_in_docs.card_state)
    assert absent.numbers() == "Not measured yet."

"""What the documents say about settings, commands and numbers is so."""

import json
import re
import subprocess
from pathlib import Path

from scripts import numbers_in_docs

NAME = re.compile(r"\b(?:NIGHTBRIEF_[A-Z_]+|DATABASE_URL)\b")


def settings_in_code(repository: Path) -> set[str]:
    return set(
        re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', (repository / "reviewapp/settings.py").read_text())
    )


def test_every_setting_is_in_the_admins_table_and_nothing_else(repository: Path) -> None:
    table = re.findall(r"^\| `([A-Z_]+)` \|", (repository / "docs/admins.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(settings_in_code(repository))


def test_compose_sets_only_what_is_read(repository: Path) -> None:
    environment = (repository / "compose.yaml").read_text().partition("x-nightbrief:")[0]
    names = set(re.findall(r"^  ([A-Z_]+):", environment, re.MULTILINE))
    assert names
    assert names <= settings_in_code(repository)


def test_links_lead_somewhere(repository: Path) -> None:
    pages = [repository / "README.md", *(repository / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_commands_that_are_named_exist(repository: Path) -> None:
    usage = subprocess.run(
        [repository / "nightbrief", "help"], capture_output=True, text=True, check=True
    ).stdout
    pages = [repository / "README.md", repository / "CHANGELOG.md", *(repository / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"\./nightbrief ([a-z]+)", page.read_text())}
    assert named
    assert [name for name in named - {"help"} if not re.search(rf"^  {name}\b", usage, re.MULTILINE)] == []


def test_the_numbers_in_the_documents_are_the_measured_ones() -> None:
    results = json.loads(numbers_in_docs.RESULTS.read_text())
    for path, write in numbers_in_docs.DOCUMENTS.items():
        text = path.read_text()
        assert text == numbers_in_docs.renewed(text, write(results)), path.name


def test_a_changed_number_is_noticed() -> None:
    figures = {"question_s_1k": 0.1234, "consolidate_tokens_per_s": 1234.5}
    results = {"command": "make it", "machine": {"cores": 2}, "figures": figures}
    text = f"before\n{numbers_in_docs.BEGIN}\nold\n{numbers_in_docs.END}\nafter\n"
    new = numbers_in_docs.renewed(text, numbers_in_docs.table(results))
    assert new.startswith("before\n")
    assert new.endswith("\nafter\n")
    assert "| 0.123 s |" in new
    assert "| 1,234 tokens/s |" in new
    assert "Made by `make it` on: cores 2." in new
    assert numbers_in_docs.renewed(new, numbers_in_docs.table(results)) == new
    other = results | {"figures": figures | {"question_s_1k": 0.2}}
    assert numbers_in_docs.renewed(new, numbers_in_docs.table(other)) != new

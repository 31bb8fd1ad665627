"""The Python client's types, written from docs/openapi.json.

python -m scripts.client_shapes            compare, and fail when they are not those of the document
python -m scripts.client_shapes --write    write them
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.rooms import ROOT

DOCUMENT = ROOT / "docs" / "openapi.json"
CLIENT = ROOT / "reviewapp" / "client"
HEAD = '''"""{what}

Written from docs/openapi.json by `python -m scripts.client_shapes --write`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel
{imports}

'''
#: What the client's methods give, by module; what these hold comes with them, in the first module that needs it.
GIVEN = {
    "shapes": (
        "What version 1 answers.",
        (
            "Asked",
            "BatchBegun",
            "Claim",
            "Document",
            "Item",
            "KnownList",
            "Matter",
            "Myself",
            "Operation",
            "Upload",
        ),
    ),
    "shapes_grids": (
        "What version 1 answers of grids, reviews and exports.",
        (
            "AssignmentList",
            "Cell",
            "Export",
            "ExportBegun",
            "Grid",
            "GridBegun",
            "QuestionSet",
            "Review",
            "Sample",
            "View",
        ),
    ),
    "shapes_files": (
        "What version 1 answers of load files, productions, and matters that go out and come in whole.",
        (
            "Archive",
            "ArchiveBegun",
            "Arrival",
            "Load",
            "LoadBegun",
            "LoadProblem",
            "Production",
            "ProductionBegun",
        ),
    ),
    "shapes_lab": (
        "What version 1 answers of nights and of comparisons of ways to keep documents.",
        ("Comparison", "ComparisonBegun", "Nights"),
    ),
}
#: What comes only where it is asked to be included, which the client does not.
LEFT = ("Brief", "Note", "State")
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def written() -> dict[Path, str]:
    """The modules that the document asks for, formatted."""
    schemas = json.loads(DOCUMENT.read_text())["components"]["schemas"]
    modules: dict[Path, str] = {}
    known: dict[str, str] = {}
    for module, (what, given) in GIVEN.items():
        held = _held(schemas, given)
        own = sorted(held - set(known))
        others = sorted(held & set(known))
        imports = "".join(f"\nfrom reviewapp.client.{known[name]} import {name}" for name in others)
        head = HEAD.format(what=what, imports=imports)
        source = head + "\n\n".join(_class(name, schemas[name]) for name in own)
        known |= dict.fromkeys(own, module)
        modules[CLIENT / f"{module}.py"] = _tidied(source)
    return modules


def _tidied(source: str) -> str:
    for command in (["check", "--select", "I,F401", "--fix", "--quiet"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(CLIENT / "shapes.py"), "-"]
        source = subprocess.run(ruff, input=source, capture_output=True, text=True, check=True).stdout
    return source


def _held(schemas: dict[str, Any], names: Iterable[str]) -> set[str]:
    """The schemas of these names and all that they refer to."""
    held: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in held and name not in LEFT:
            held.add(name)
            waiting += re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schemas[name]))
    return held


def _class(name: str, schema: dict[str, Any]) -> str:
    said = schema.get("description", name).strip().splitlines()
    lines = [f"class {name}(BaseModel):", f'    """{said[0]}', *(f"    {line}".rstrip() for line in said[1:])]
    lines[-1] += '"""' if len(said) == 1 else '\n    """'
    required = schema.get("required", [])
    return "\n".join(
        [*lines, "", *(_field(key, value, key in required) for key, value in schema["properties"].items())]
    )


def _field(name: str, schema: dict[str, Any], required: bool) -> str:
    kind = _type(schema)
    if required:
        return f"    {name}: {kind}"
    return f"    {name}: {kind}{'' if kind.endswith('None') or kind == 'Any' else ' | None'} = None"


def _type(schema: dict[str, Any]) -> str:
    """The annotation. Names of states stay texts, because later servers may know more of them."""
    if "$ref" in schema:
        name = str(schema["$ref"].rpartition("/")[2])
        return "dict[str, Any]" if name in LEFT else name
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(option) for option in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "null":
        return "None"
    if kind == "array":
        if "prefixItems" in schema:
            return f"tuple[{', '.join(_type(item) for item in schema['prefixItems'])}]"
        return f"list[{_type(schema.get('items', {}))}]"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"dict[str, {_type(more) if isinstance(more, dict) else 'Any'}]"
    if schema.get("format") == "date-time":
        return "datetime"
    return _PLAIN.get(str(kind), "Any")


def main() -> int:
    """Write, or compare: 1 when they differ."""
    differ = 0
    for path, source in written().items():
        if "--write" in sys.argv[1:]:
            path.write_text(source)
        elif not path.exists() or path.read_text() != source:
            print(f"{path.relative_to(ROOT)} is not what docs/openapi.json says: add --write")
            differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main())

"""The OpenAPI document of the API, in `docs/openapi.json`.

    python -m scripts.openapi            say what differs between the file and the code
    python -m scripts.openapi --write    write the file

Version 1 only ever gains: what would break a program that works is named, and then nothing is written.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What programs that follow the old document would miss in the new one, or be newly asked for."""
    return [*_operations(old, new), *_schemas(old, new)]


def _operations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, before in methods.items():
            after = new["paths"].get(path, {}).get(method)
            name = f"{method.upper()} {path}"
            if after is None:
                yield f"{name} is gone"
                continue
            if before["operationId"] != after["operationId"]:
                yield f"{name} is called {after['operationId']}"
            known = {(one["in"], one["name"]): one for one in after["parameters"]}
            given = {(one["in"], one["name"]) for one in before["parameters"]}
            yield from (f"{name} no longer takes {one[1]}" for one in sorted(given - set(known)))
            asked = (one for key, one in known.items() if key not in given and one["required"])
            yield from (f"{name} asks for {one['name']}" for one in asked)
            lost = set(before["responses"]) - set(after["responses"])
            yield from (f"{name} no longer answers {status}" for status in sorted(map(str, lost)))


def _schemas(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name, before in old["components"]["schemas"].items():
        after = new["components"]["schemas"].get(name)
        if after is None:
            yield f"{name} is gone"
            continue
        lost = set(before.get("properties", {})) - set(after.get("properties", {}))
        yield from (f"{name} no longer has {field}" for field in sorted(lost))
        if before.get("additionalProperties") is False:
            asked = set(after.get("required", [])) - set(before.get("required", []))
            yield from (f"{name} asks for {field}" for field in sorted(asked))
        else:
            missing = set(before.get("required", [])) - set(after.get("required", []))
            yield from (f"{name} no longer always has {field}" for field in sorted(missing))


def main() -> None:
    """Compare, or write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.site.settings")
    import django

    django.setup()
    from reviewapp.api.schema import written_schema
    from reviewapp.api.service import made

    text = written_schema(made())
    kept = DOCUMENT.read_text() if DOCUMENT.exists() else ""
    broken = breaks(json.loads(kept), json.loads(text)) if kept else []
    for line in broken:
        print(line)
    if broken and "--break" not in sys.argv:
        sys.exit(1)
    if "--write" in sys.argv:
        DOCUMENT.write_text(text)
    elif text != kept:
        sys.exit(f"{DOCUMENT.name} is not what the code says; python -m scripts.openapi --write")


if __name__ == "__main__":
    main()

"""Languages that text can be recognised in, by tesseract's names: those whose data is installed."""

import sys
from pathlib import Path

DATA = Path(sys.prefix) / "share" / "tessdata"
#: What stands between the names of languages that are recognised together.
AND = "+"
# NB: tells how a page lies and how its text runs; it reads no language.
_NO_LANGUAGES = frozenset({"osd", "equ"})


def installed() -> tuple[str, ...]:
    """The names of the languages, sorted."""
    return tuple(sorted({path.stem for path in DATA.glob("*.traineddata")} - _NO_LANGUAGES))


def are_installed(names: str) -> bool:
    """Whether the data of all of these languages, joined by `AND`, is there."""
    return all(name and (DATA / f"{name}.traineddata").is_file() for name in names.split(AND))

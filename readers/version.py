"""What reads files, by name: when it changes, a file that could not be used may be worth another try."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = (
    "beautifulsoup4 charset-normalizer compressed-rtf fonttools lxml olefile pillow pypdf pypdfium2 python-calamine "
    "python-oxmsg striprtf tesserocr xlrd"
).split()


@cache
def readers_version() -> str:
    """A hash in hex of the code of the readers and of the versions of the libraries they read with."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}".encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""

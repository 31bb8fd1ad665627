"""Names of files on this machine, which need not be text."""

import os


def as_text(name: str) -> str:
    """A name or path as text: one that is not UTF-8 as Western European, which most of them are."""
    raw = os.fsencode(name)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")

"""The system's Chromium, for pictures and for tests; Playwright's own download is never used."""

from __future__ import annotations

import shutil

#: What it is called on various systems. `services.sh` knows the same names, to install it where none is there.
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Where the program lies; None where there is none on the path."""
    return next(filter(None, map(shutil.which, NAMES)), None)

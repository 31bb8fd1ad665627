"""What this process has done since it began, for those who look after it."""

from collections import Counter
from threading import Lock

_lock = Lock()
_counts = Counter[str]()


def count(**more: int) -> None:
    """Add to counts by their names."""
    with _lock:
        _counts.update(more)


def counts() -> dict[str, int]:
    """All counts."""
    with _lock:
        return {"answered_tokens": 0, "consolidated_tokens": 0, "cells": 0, "briefs_failed": 0, **_counts}

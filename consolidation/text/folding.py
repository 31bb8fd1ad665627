"""Texts in one case and without accents, to be compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def _fold(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Lower case without accents, character for character, so that offsets stay."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))

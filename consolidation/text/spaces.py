"""Spaces of all kinds as one: programs that make PDFs write hard ones, and typesetters thin and wide ones."""

from __future__ import annotations

import re

#: Unicode's spaces within a line (category Zs) but the plain one.
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_OTHER = re.compile(f"[{_SPACES}]")


def plain_spaces(text: str) -> str:
    """The text with a plain space for each other space within a line, character for character: offsets stay."""
    return text if text.isascii() else _OTHER.sub(" ", text)

"""Blanks of a text, where a figure was taken out or never put in: "$[***]", "____ percent", "[REDACTED]"."""

from __future__ import annotations

import re

from consolidation.text.ranges import Range

_MARKS = r"*\u2217\u2022\u25cf\xb7\u2020_.\u2026\u2013\u2014"
_BLANK = re.compile(
    rf"\[[\s$\u20ac\xa3]*(?:[{_MARKS}\s-]{{0,24}}|X{{2,}})[\s%]*\]|[({{<]\s*(?:[*\u2217]\s*){{1,9}}[)}}>]|\(_+\)"
    r"|\[[^\]\n]{0,24}\b(?:(?i:redacted|confidential|omitted))\b[^\]\n]{0,60}\]|[*\u2217]{2,}|_{2,}"
)
#: Furthest that a blank reaches, and what may stand between one and the words that it belongs to.
_REACH, _BETWEEN = 120, re.compile(r"[\s$\u20ac\xa3%()]*")
#: Between a blank and the rest of its unit: "$[***] per copy".
_UNIT = re.compile(r"(?:[\s$\u20ac\xa3%()]|\b(?:per|each|an?)\b)*")
_AWAITS = re.compile(r"(?:[$\u20ac\xa3]|\b(?:of|by|at|is|than|to))\s*\Z|\A[^A-Za-z\d]*\Z")


def is_blanked(text: str, place: Range) -> bool:
    """Whether a blank stands within a place of a text, right before it, or right behind words that await a figure.

    What was marked around a blank may be no more than a bracket of it, or the unit behind.
    """
    low, high = place
    for blank in _BLANK.finditer(text, max(0, low - _REACH), high + _REACH):
        if blank.end() <= low:
            beside = _UNIT.fullmatch(text, blank.end(), low)
        elif blank.start() < high:
            return True
        else:
            beside = _AWAITS.search(text[low:high]) and _BETWEEN.fullmatch(text, high, blank.start())
        if beside:
            return True
    return False

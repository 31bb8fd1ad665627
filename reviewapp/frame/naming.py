"""Names as people give them to things."""

import re

#: What turns the direction of the text beside it (Unicode, UAX #9), and control characters but those that are spaces.
_UNWANTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f]")


def plain_name(name: str) -> str:
    """A name in one line, with single spaces, and without marks that make it look like another one."""
    return " ".join(_UNWANTED.sub("", name).split())

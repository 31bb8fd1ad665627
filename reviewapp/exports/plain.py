"""Text for the files of other programs: no characters that they refuse, no more than they take."""

import re

#: What XML 1.0 cannot hold, and halves of characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CUT = " […]"


def fit(text: str) -> str:
    """The text without control characters and halves of characters."""
    return _UNFIT.sub("", text)


def cut(text: str, most: int) -> str:
    """The text, or so much of it as fits with a sign that it goes on."""
    return text if len(text) <= most else text[: most - len(CUT)] + CUT


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())

"""Names as people give them to things."""

import re
import unicodedata
from urllib.parse import unquote_to_bytes

#: What turns the direction of the text beside it (Unicode, UAX #9), and control characters but those that are spaces.
_UNWANTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f]")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
#: Categories of characters (Unicode) that draw nothing or something else than themselves: controls, formats (those
#: that turn a text's direction among them), private and unassigned ones, ends of lines and paragraphs.
_NOT_SHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_SEPARATORS = frozenset("/\\\u2044\u2215\u29f8\u2571\uff0f\uff3c\u2216")


def plain_name(name: str) -> str:
    """A name in one line, with single spaces, and without marks that make it look like another one."""
    return " ".join(_UNWANTED.sub("", name).split())


def read_name(name: str) -> str:
    """The name of a file as people read it: decoded where all of it is percent-encoded text (RFC 3986), once.

    As it is where the text is not UTF-8, or where it would then hold what is not seen or reads as another place:
    control characters and what turns a text's direction, more slashes than before, or a step to the folder above.
    A file has this name from the moment that it is taken in: what was decoded is not decoded again.
    """
    if name.count("%") != len(_ENCODED.findall(name)) or "%" not in name:
        return name
    try:
        shown = unquote_to_bytes(name).decode()
    except UnicodeDecodeError:
        return name
    return shown if _is_safe(shown, name) else name


def _is_safe(shown: str, name: str) -> bool:
    given = set(name)
    fresh = [character for character in shown if character not in given]
    if any(unicodedata.category(character) in _NOT_SHOWN or character in _SEPARATORS for character in fresh):
        return False
    parts, before = shown.split("/"), name.split("/")
    return len(parts) == len(before) and not any(_is_empty(part) for part in {*parts} - {*before})


def _is_empty(part: str) -> bool:
    """Whether a name is none: of spaces, or one of those that stand for folders."""
    return part.strip(". ") == "" or not part.strip()

"""Bates numbers: a prefix and a number of fixed width, as `ABC-000123`."""

import re
from typing import NamedTuple

MOST_CHARACTERS = 100
_BATES = re.compile(r"(.*?)(\d{1,18})\Z", re.DOTALL)


class Bates(NamedTuple):
    """A number as it is printed, in its parts; `width` is how many digits are written at least."""

    prefix: str
    number: int
    width: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.number:0{self.width}}"

    def plus(self, pages: int) -> "Bates":
        """The number this many pages on."""
        return Bates(self.prefix, self.number + pages, self.width)


def bates_of(written: str) -> Bates | None:
    """The number in its parts; nothing where it does not end in digits, as identifiers of some programs."""
    found = _BATES.match(written.strip())
    if found is None or len(written) > MOST_CHARACTERS:
        return None
    return Bates(found[1].upper(), int(found[2]), len(found[2]))


def is_range(first: Bates | None, last: Bates | None) -> bool:
    """Whether one number is the first and the other the last of pages that follow one another."""
    return (
        first is not None and last is not None and first.prefix == last.prefix and first.number <= last.number
    )

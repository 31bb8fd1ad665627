"""Names within a production that nothing else of it has: of its files, its pages, and the columns of its grid."""

import re
from collections.abc import Collection, Iterable

_UNSAFE = re.compile(r"[^\w.-]")


class FileNames:
    """Names of files made of numbers as they are printed, which may hold signs that no name of a file can."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def free(self, folder: str, number: str) -> str:
        """A name in the folder, without an extension, that was not given yet, nor one that differs in case alone."""
        plain = _UNSAFE.sub("_", number)
        name, at = plain, 1
        while f"{folder}/{name}".casefold() in self._used:
            at += 1
            name = f"{plain}-{at}"
        self._used.add(f"{folder}/{name}".casefold())
        return name


class ImageKeys:
    """Keys of the pages of a production: no two are equal, and but for first pages none differ in case alone.

    `numbers` are those of all its documents, which are the keys of their first pages and of no other.
    """

    def __init__(self, numbers: Iterable[str]) -> None:
        self._reserved = {number.casefold() for number in numbers}
        self._first: set[str] = set()

    def free(self, wanted: str, *, is_first: bool) -> str:
        """The key that is wanted, or where another page has it the first of it with a number behind it."""
        if is_first and wanted not in self._first:
            self._first.add(wanted)
            return wanted
        key, at = wanted, 1
        while key.casefold() in self._reserved:
            at += 1
            key = f"{wanted}-{at}"
        self._reserved.add(key.casefold())
        return key


def names_of_columns(labels: Iterable[str], fixed: Collection[str]) -> list[tuple[str, str, str]]:
    """Three names for each column of a grid: its value, its state and its quote; none stands twice or is `fixed`."""
    used, names = set(fixed), list[tuple[str, str, str]]()
    for label in labels:
        three, number = _three(label), 1
        while used.intersection(three):
            number += 1
            three = _three(f"{label} {number}")
        used.update(three)
        names.append(three)
    return names


def _three(label: str) -> tuple[str, str, str]:
    return label, f"{label} STATE", f"{label} QUOTE"

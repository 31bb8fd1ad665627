"""Answers to conditions that were asked one by one, as a cell keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """What a document answers to one of several conditions: its fields are as those of an `Answer`."""

    state: str
    text: str = ""
    condition: str = ""


def stored(parts: Iterable[Part]) -> list[dict[str, str]]:
    """The parts as `Answer.parts` holds them."""
    return [asdict(part) for part in parts]


def parts_of(plain: Iterable[Mapping[str, Any]]) -> list[Part]:
    """What `Answer.parts` holds; what is missing there was not examined, or is empty."""
    return [
        Part(
            str(one.get("state") or "not_examined"),
            str(one.get("text") or ""),
            str(one.get("condition") or ""),
        )
        for one in plain
    ]

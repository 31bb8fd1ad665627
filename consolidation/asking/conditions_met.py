"""Whether a document meets conditions, as far as that can be told: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.by_title import is_titled
from consolidation.asking.cells import Cell, says_yes
from consolidation.asking.condition import Condition
from consolidation.asking.typed import Typed
from consolidation.asking.understand import Understanding
from consolidation.text.jurisdictions import OWN_LAW, PARENT

#: Why it is not known: an answer that cannot be compared, none that was found, a document that was not examined.
Unknown = Literal["unread", "not_found", "not_examined"]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether it holds; None where that is not known, and `why`. `sure`: the answers that decide are supported."""

    said: bool | None
    sure: bool = False
    why: Unknown | None = None


def _names_party(value: Typed, wanted: Typed) -> bool:
    """Whether one of a cell's parties is the wanted one, by its whole name or by its first words."""
    begins = f"{wanted.comparable} "
    return any(f"{name} ".startswith(begins) for name in value.comparable.split("; "))


def meets(condition: Condition, cell: Cell) -> bool | None:
    """Whether a found cell meets a condition; None where its value cannot be compared."""
    if condition.test in ("has", "lacks"):
        said = says_yes(cell)
        return None if said is None else said == (condition.test == "has")
    if condition.test in ("titled", "untitled") and condition.value is not None:
        return is_titled(cell.value, condition.value.comparable) == (condition.test == "titled")
    if cell.typed is None:
        return None
    if condition.test in ("between", "outside"):
        order = cell.typed.order
        if order is None or (condition.value is not None and condition.value.unit != cell.typed.unit):
            return None
        low = condition.low is None or order >= condition.low
        high = condition.high is None or order <= condition.high
        return (low and high) == (condition.test == "between")
    if condition.value is None:
        return None
    if condition.kind == "party":
        same = _names_party(cell.typed, condition.value)
    else:
        names = set(cell.typed.comparable.split("; "))
        held = names & PARENT.keys() - OWN_LAW if condition.kind == "law" else set()
        within = {PARENT[name] for name in held}
        same = bool((names | within) & set(condition.value.comparable.split("; ")))
    return same == (condition.test == "is")


def holds(condition: Condition | None, cell: Cell, *, in_order: bool = False) -> Holds:
    """Whether a cell meets a condition, any without one; `in_order`: its value has to have a rank as well."""
    if not cell.found or not cell.value.strip():
        return Holds(None, why="not_examined" if cell.state == "not_examined" else "not_found")
    ranked = cell.typed is not None and cell.typed.order is not None
    said = True if condition is None else meets(condition, cell)
    said = None if in_order and not ranked else said
    return Holds(said, cell.state == "supported", "unread" if said is None else None)


def all_hold(every: Sequence[Holds]) -> Holds:
    """Whether all hold: one that fails decides, whatever is not known of others."""
    failing = [one for one in every if one.said is False]
    if failing:
        return Holds(False, any(one.sure for one in failing))
    unknown = [one for one in every if one.said is None]
    return _unknown(unknown) if unknown else Holds(True, all(one.sure for one in every))


def any_holds(every: Sequence[Holds]) -> Holds:
    """Whether at least one holds: one that does decides, whatever is not known of others."""
    met = [one for one in every if one.said]
    if met:
        return Holds(True, any(one.sure for one in met))
    unknown = [one for one in every if one.said is None]
    return _unknown(unknown) if unknown else Holds(False, all(one.sure for one in every))


def _unknown(those: Sequence[Holds]) -> Holds:
    reasons: set[Unknown | None] = {one.why for one in those}
    if reasons == {"not_examined"}:
        return Holds(None, why="not_examined")
    return Holds(None, why="unread" if "not_found" not in reasons and "unread" in reasons else "not_found")


def of_document(asked: Understanding, cell: Cell, *, in_order: bool) -> Holds:
    """Whether a document meets all that a question says of it; `in_order`: its value has to have a rank as well.

    Where each of those that meet conditions is asked for a value, it meets them whatever is found of that.
    """
    if not asked.tested or not cell.parts:
        # NB: what was once answered as one question of yes or no, for all conditions at once, stays an answer.
        return holds(asked.condition, cell, in_order=in_order)
    parts = list(cell.parts)
    found = []
    value = parts.pop(0) if asked.over not in ("which", "count") else None
    if value and (asked.over != "each" or asked.condition):
        found.append(holds(asked.condition, value, in_order=in_order))
    for group in asked.tested:
        those = [holds(one.condition, parts.pop(0)) for one in group]
        found.append(any_holds(those))
    every = all_hold(found)
    unsure = asked.over == "each" and value and value.found and value.state != "supported"
    return replace(every, sure=False) if every.said and unsure else every

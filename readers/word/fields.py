"""Fields of a Word document (ECMA-376, part 1, section 17.16): what they show, and what is only their code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from readers.word.numbering import W, is_on
from readers.word.symbols import symbol

# NB: of these Word shows nothing, or nothing but a number of its own.
_SILENT = frozenset(
    """xe tc ta rd set ask private advance noteref page numpages sectionpages section formtext formcheckbox
    formdropdown next nextif skipif toc toa index listnum autonum autonumlgl autonumout hyperlink addin""".split()
)
_PARTS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass
class _Open:
    begin: Any
    instruction: list[str] = field(default_factory=list)
    code: list[Any] = field(default_factory=list)
    in_result: bool = False
    has_result: bool = False


@dataclass
class Fields:
    """The fields of the parts that were looked through.

    `code` are the parts of runs that are only the code of a field, `empty` counts the fields that would show
    something that the file does not hold.
    """

    code: set[Any] = field(default_factory=set)
    empty: int = 0
    _shown: dict[Any, str] = field(default_factory=dict)

    def begin(self, mark: Any) -> str:
        """What a field shows that has no result of its own; the first of a part has its whole part looked through."""
        if mark not in self._shown:
            self._look_through(mark.getroottree().getroot())
        return self._shown.setdefault(mark, "")

    def _look_through(self, root: Any) -> None:
        """Fields that never end are none: what stands after them is text."""
        opened: list[_Open] = []
        for part in (part for run in root.iter(f"{W}r") for part in run):
            kind = part.get(f"{W}fldCharType") if part.tag == f"{W}fldChar" else ""
            if kind == "begin":
                opened.append(_Open(part))
            elif kind == "separate" and opened:
                opened[-1].in_result = True
            elif kind == "end" and opened:
                self._close(opened.pop())
            elif part.tag == f"{W}instrText" and opened:
                opened[-1].instruction.append(part.text or "")
            elif part.tag not in (f"{W}rPr", f"{W}fldChar"):
                for one in opened:
                    one.has_result |= one.in_result
                    if not one.in_result:
                        one.code.append(part)

    def _close(self, one: _Open) -> None:
        self.code.update(one.code)
        self._shown[one.begin] = ""
        if one.has_result:
            return
        words = [quoted or plain for quoted, plain in _PARTS.findall("".join(one.instruction))]
        said = "".join(_said(words))
        self._shown[one.begin] = said
        self.empty += bool(words) and not said and words[0].lower() not in _SILENT


def _said(words: list[str]) -> Iterator[str]:
    """What a field shows by its code alone."""
    kind, rest = (words[0].upper(), words[1:]) if words else ("", [])
    if kind == "MACROBUTTON":
        yield " ".join(rest[1:])
    elif kind == "SYMBOL" and rest:
        fonts = [font for switch, font in pairwise(rest) if switch == "\\f"]
        try:
            yield symbol(fonts[0] if fonts else "", int(rest[0], 0))
        except (ValueError, OverflowError):
            return


def legacy_field(element: Any) -> str:
    """The tick of a check box, or the choice of a list, of the older kind of form field."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = box.find(f"{W}checked")
        ticked = box.find(f"{W}default") if ticked is None else ticked
        return "☒" if ticked is not None and is_on(ticked.get(f"{W}val", "1")) else "☐"
    choices = element.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choices.iter(f"{W}listEntry")]
    numbers = (choices.find(f"{W}{name}") for name in ("result", "default"))
    chosen = next((one.get(f"{W}val", "") for one in numbers if one is not None), "0")
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""

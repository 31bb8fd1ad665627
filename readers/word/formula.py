"""Equations of Word (OMML, ECMA-376, part 1, 22.1) in one line."""

from typing import Any

from readers.word.numbering import W

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def formula(element: Any) -> str:
    """A formula in one line: fractions with `/`, what stands above with `^`, what stands below with `_`."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if element.tag in (f"{MATH}t", f"{W}t"):
        return element.text or ""
    parts = {child.tag.rpartition("}")[2]: child for child in element if isinstance(child.tag, str)}

    def part(key: str) -> str:
        text = formula(parts[key]) if key in parts else ""
        return f"({text})" if len(text) > 1 and not text.isalnum() and name != "nary" else text

    if name == "f":
        return f"{part('num')}/{part('den')}"
    if name in {"sSup", "sSub", "sSubSup"}:
        below = f"_{part('sub')}" if "sub" in parts else ""
        return part("e") + below + (f"^{part('sup')}" if "sup" in parts else "")
    if name == "rad":
        return f"{part('deg')}√({formula(parts['e']) if 'e' in parts else ''})"
    return "".join(formula(child) for child in element)

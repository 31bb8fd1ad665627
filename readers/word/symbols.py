"""Characters of the symbol fonts that office programs use, as Unicode."""

_WINGDINGS = dict(
    zip(
        (0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x73, 0x75, 0x76, 0x77, 0x78, 0x9F, 0xA1, 0xA7, 0xA8, 0xB7, 0xD8, 0xE0, 0xF0,
         0xFB, 0xFC, 0xFD, 0xFE),
        "●■☐❑❒⬧◆❖⬥☒•○▪☐•➢→⇨✗✓☒☑",
        strict=True,
    )
)  # fmt: skip
_WINGDINGS_2 = dict(
    zip((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x97, 0x98, 0xA2, 0xA3), "✗✓☒☑☒☒●•■☐", strict=True)
)
_SYMBOL = dict(
    zip(
        range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True
    )
) | dict(
    zip(
        (0x44, 0x46, 0x47, 0x4C, 0x50, 0x53, 0x57, 0xA3, 0xA5, 0xA7,
         0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAE, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB7,
         0xB8, 0xB9, 0xBB, 0xD2, 0xD3, 0xD4, 0xD6, 0xE5, 0xF2),
        "ΔΦΓΛΠΣΩ≤∞♣♦♥♠↔←→°±″≥×•÷≠≈®©™√∑∫",
        strict=True,
    )
)  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_UNKNOWN = "◆"
_PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return font.lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """The character that a font of symbols shows for a code; a diamond where it is not known."""
    known = _FONTS.get(font.lower())
    if known is None:
        return _UNKNOWN if code in _PRIVATE else chr(code)
    code = code - 0xF000 if code in _PRIVATE else code
    return known.get(code) or (" " if code == 0x20 else chr(code) if 0x28 <= code < 0x3F else _UNKNOWN)


def of_font(font: str, text: str) -> str:
    """Text as a font shows it."""
    if not is_symbol_font(font) and not any(ord(character) in _PRIVATE for character in text):
        return text
    return "".join(symbol(font, ord(character)) for character in text)

"""Numbers as the cells of a sheet show them, by their format codes (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

import datetime
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

#: Codes that files name by a number. Those that show dates as the reader's own computer does are left out.
USUAL = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
}
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[\$(?P<currency>[^\]-]*)(?P<locale>-[^\]]*)?\]|'
    r"\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P)|(?P<general>General)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|"
    r"(?P<digit>[0#?])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+", re.IGNORECASE)
_ENGLISH = "09"
_MOST_DAYS = 2_958_466
_MOST_DECIMALS = 30
_MOST_CODES = 1000
Token = tuple[str, str]


def shown(value: float, code: str, *, since_1904: bool = False) -> str | None:
    """What a cell shows of a number or of the day that it stands for; empty where its format shows nothing.

    None where the code asks for what is not known here (fractions, powers of ten, conditions, names of days in
    another language), or for nothing but the number.
    """
    sections = _sections(code)
    if sections is None or not math.isfinite(value):
        return None
    number = 0 if value >= 0 or len(sections) < 2 else 1
    if value == 0 and len(sections) > 2:
        number = 2
    tokens = sections[number]
    if any(kind == "date" for kind, _ in tokens):
        return _moment(value, tokens, _EPOCH_1904 if since_1904 else _EPOCH)
    if not tokens:
        return ""
    return _number(abs(value) if number == 1 else value, tokens) or None


@lru_cache(maxsize=_MOST_CODES)
def _sections(code: str) -> list[list[Token]] | None:
    """The parts of a code as tokens, those that only take up room left out; None where one is not known."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[0]
        if kind == "locale" or (kind == "currency" and not found["currency"]):
            if not found["currency"] and not text.upper().rstrip("]").endswith(_ENGLISH):
                return None
            kind = "currency"
        if kind == "bracket":
            if re.fullmatch("h+|m+|s+", found["bracket"], re.IGNORECASE):
                return None
            if not _COLOUR.fullmatch(found["bracket"]):
                return None
        elif kind == "sign" and text == ";":
            sections.append([])
        elif kind in ("quoted", "escaped", "currency"):
            sections[-1].append(("text", found[kind] or ""))
        elif kind == "sign" and text in "/eE@":
            if text == "@" and len(sections) > 1:
                return sections[:-1]
            if text != "/" or not any(one == "date" for one, _ in sections[-1]):
                return None
            sections[-1].append(("text", text))
        elif kind == "space":
            sections[-1].append(("text", " "))
        elif kind != "fill":
            sections[-1].append((kind, text))
    return sections[:3]


def _number(value: float, tokens: list[Token]) -> str | None:
    if any(kind == "general" for kind, _ in tokens):
        if all(kind == "general" for kind, _ in tokens):
            return None
        plain = str(int(value)) if value.is_integer() else repr(value)
        return _joined(plain if kind == "general" else text for kind, text in tokens)
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not places:
        return _joined(text for _, text in tokens)
    try:
        digits, decimals, grouped = _digits(value, tokens, places)
    except (InvalidOperation, ValueError):
        return None
    whole = _spread(digits, tokens, places, grouped)
    minus = "-" if value < 0 and any(char in "123456789" for char in digits + decimals) else ""
    return minus + _joined(_placed(tokens, places, whole, decimals))


def _point(tokens: list[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))


def _digits(value: float, tokens: list[Token], places: list[int]) -> tuple[str, str, bool]:
    """The digits before and after the point, rounded as the tokens say, and whether thousands are set apart."""
    point = _point(tokens)
    wanted = sum(at > point for at in places)
    if wanted > _MOST_DECIMALS:
        raise ValueError("too many places")
    commas = [at for at, token in enumerate(tokens) if token == ("sign", ",")]
    last = max((at for at in places if at < point), default=-1)
    scaled = sum(last < at < point or at > places[-1] for at in commas)
    percents = sum(token == ("sign", "%") for token in tokens)
    exact = abs(Decimal(repr(value))) * Decimal(10) ** (2 * percents - 3 * scaled)
    rounded = exact.quantize(Decimal(1).scaleb(-wanted), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    after = [tokens[at][1] for at in places if at > point]
    while decimals and decimals[-1] == "0" and after[len(decimals) - 1] != "0":
        decimals = decimals[:-1]
    return whole.lstrip("0"), decimals, any(places[0] < at < last for at in commas)


def _spread(digits: str, tokens: list[Token], places: list[int], grouped: bool) -> dict[int, str]:
    """Which digits stand at which place before the point, from the right; what is left over at the first."""
    before = [at for at in places if at < _point(tokens)]
    found, left, count = dict[int, str](), digits, 0
    for at in reversed(before):
        kept = left if at == before[0] else left[-1:]
        left = left[: len(left) - len(kept)]
        kept = kept or {"0": "0", "?": " "}.get(tokens[at][1], "")
        text = ""
        for digit in reversed(kept):
            text = digit + ("," if grouped and count and count % 3 == 0 and digit != " " else "") + text
            count += 1
        found[at] = text
    return found


def _placed(tokens: list[Token], places: list[int], whole: dict[int, str], decimals: str) -> list[str]:
    point, after, pieces = _point(tokens), 0, []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit" and at < point:
            pieces.append(whole.get(at, ""))
        elif kind == "digit":
            pieces.append(decimals[after : after + 1])
            after += 1
        elif at == point:
            pieces.append("." if decimals or (places and places[-1] < point) else "")
        elif (kind, text) != ("sign", ","):
            pieces.append(text)
    return pieces


def _moment(value: float, tokens: list[Token], epoch: datetime.datetime) -> str | None:
    if not 0 <= value < _MOST_DAYS:
        return None
    exact = epoch + datetime.timedelta(seconds=round(value * 86_400, 3))
    units = [(at, text[0].lower()) for at, (kind, text) in enumerate(tokens) if kind == "date"]
    minutes = set()
    for place, (at, unit) in enumerate(units):
        before = units[place - 1][1] if place else ""
        after = units[place + 1][1] if place + 1 < len(units) else ""
        if unit == "m" and (before == "h" or after == "s"):
            minutes.add(at)
    if not any("0" in text for kind, text in tokens if kind == "date" and text[0] in "sS"):
        exact += datetime.timedelta(milliseconds=500)
    half = any(kind == "half" for kind, _ in tokens)
    pieces = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "half":
            pieces.append(("AM" if exact.hour < 12 else "PM")[: 1 if len(text) < 5 else 2])
        else:
            pieces.append(_unit(exact, text.lower(), at in minutes, half) if kind == "date" else text)
    return _joined(pieces)


def _unit(moment: datetime.datetime, unit: str, is_minute: bool, half: bool) -> str:
    hour = (moment.hour % 12 or 12) if half else moment.hour
    number = {"d": moment.day, "m": moment.minute if is_minute else moment.month, "h": hour}
    if unit[0] == "y":
        return f"{moment.year:04}" if len(unit) > 2 else f"{moment.year % 100:02}"
    if unit[0] == "s":
        whole, _, parts = unit.partition(".")
        rest = f".{moment.microsecond // 1000:03}"[: len(parts) + 1] if parts else ""
        return f"{moment.second:0{min(2, len(whole))}}{rest}"
    if unit[0] == "d" and len(unit) > 2:
        return moment.strftime("%a" if len(unit) == 3 else "%A")
    if unit[0] == "m" and len(unit) > 2 and not is_minute:
        name = moment.strftime("%B")
        return {3: name[:3], 5: name[0]}.get(len(unit), name)
    return f"{number[unit[0]]:0{min(2, len(unit))}}"


def _joined(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())

"""Names of jurisdictions in one form, in contracts and in questions."""

from __future__ import annotations

import re
from collections.abc import Iterable

_US = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|"
    "Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    "Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|"
    "North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Puerto Rico|Rhode Island|South Carolina|South Dakota|Tennessee|"
    "Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
).split("|")
_CANADA = (
    "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario|Prince Edward Island|Quebec|"
    "Saskatchewan"
).split("|")
_KINGDOM = "England|Wales|Scotland|Northern Ireland".split("|")
_AUSTRALIA = "New South Wales|Queensland|Victoria|South Australia|Western Australia|Tasmania".split("|")
_CHINA = "Hong Kong|Macau".split("|")
_COUNTRIES = (
    "Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belgium|Belize|Bermuda|"
    "Bolivia|Brazil|British Virgin Islands|Bulgaria|Cambodia|Canada|Cayman Islands|Chile|China|Colombia|"
    "Costa Rica|Croatia|Cyprus|Czech Republic|Denmark|Dominican Republic|Ecuador|Egypt|El Salvador|Estonia|"
    "Finland|France|Germany|Ghana|Gibraltar|Greece|Guatemala|Guernsey|Honduras|Hungary|Iceland|India|Indonesia|"
    "Iran|Iraq|Ireland|Isle of Man|Israel|Italy|Jamaica|Japan|Jersey|Jordan|Kazakhstan|Kenya|Kuwait|Latvia|"
    "Lebanon|Liberia|Liechtenstein|Lithuania|Luxembourg|Malaysia|Malta|Marshall Islands|Mauritius|Mexico|Monaco|"
    "Mongolia|Morocco|Netherlands|New Zealand|Nigeria|Norway|Oman|Pakistan|Panama|Papua New Guinea|Paraguay|Peru|"
    "Philippines|Poland|Portugal|Qatar|Romania|Russia|Saudi Arabia|Scotland|Serbia|Seychelles|Singapore|Slovakia|"
    "Slovenia|South Africa|South Korea|Spain|Sri Lanka|Sweden|Switzerland|Taiwan|Thailand|Trinidad and Tobago|"
    "Tunisia|Turkey|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Venezuela|Vietnam|Zambia|"
    "Zimbabwe"
).split("|")
_OTHER_FORMS = {
    "u.s.a.": "United States", "usa": "United States", "u.s.": "United States", "u. s.": "United States",
    "united states of america": "United States", "uk": "United Kingdom", "u.k.": "United Kingdom",
    "great britain": "United Kingdom", "english": "England", "british columbian": "British Columbia",
    "prc": "China", "p.r.c.": "China", "p.r.c": "China", "p. r. china": "China", "p.r. china": "China",
    "chinese": "China",
    "people's republic of china": "China", "republic of china": "Taiwan", "r.o.c": "Taiwan", "roc": "Taiwan",
    "hksar": "Hong Kong", "u.s": "United States", "u.s.a": "United States", "u.k": "United Kingdom",
    "hongkong": "Hong Kong", "holland": "Netherlands", "dutch": "Netherlands", "german": "Germany",
    "french": "France", "japanese": "Japan", "swiss": "Switzerland", "israeli": "Israel", "indian": "India",
    "canadian": "Canada", "russian federation": "Russia", "republic of korea": "South Korea",
    "korea": "South Korea", "uae": "United Arab Emirates", "washington, d.c.": "District of Columbia",
    "washington d.c.": "District of Columbia", "washington dc": "District of Columbia",
    "d.c.": "District of Columbia",
    "québec": "Quebec", "newyork": "New York", "massachussets": "Massachusetts", "massachussetts": "Massachusetts",
    "italian": "Italy", "belgian": "Belgium", "spanish": "Spain", "korean": "South Korea", "taiwanese": "Taiwan",
    "scots": "Scotland", "irish": "Ireland", "danish": "Denmark", "norwegian": "Norway", "swedish": "Sweden",
    "finnish": "Finland", "austrian": "Austria", "mexican": "Mexico", "brazilian": "Brazil",
    "texan": "Texas", "californian": "California", "floridian": "Florida", "nyc": "New York", "beijing": "China",
}  # fmt: skip
#: A jurisdiction and the one that holds it; a contract that names both means the narrower.
PARENT = (
    dict.fromkeys(_US, "United States")
    | dict.fromkeys(_CANADA, "Canada")
    | dict.fromkeys(_KINGDOM, "United Kingdom")
    | dict.fromkeys(_AUSTRALIA, "Australia")
    | dict.fromkeys(_CHINA, "China")
)
#: Whose law is their own, and none of the state's that holds them.
OWN_LAW = frozenset(_CHINA)
_NAMES = {name.lower(): name for name in (*PARENT, *_COUNTRIES)} | _OTHER_FORMS
#: Cities that contracts name for the law of their place.
_CITIES = {"geneva": "Geneva", "zurich": "Zurich", "dubai": "Dubai"}
_HELD_BY = PARENT | {"Geneva": "Switzerland", "Zurich": "Switzerland", "Dubai": "United Arab Emirates"}


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(n).replace(r"\ ", r"\s+").replace("'", "['\u2019]") for n in longest_first)


_TYPED = re.compile(rf"(?<![\w.])(?:{_any_of(_NAMES)})(?!\w)", re.IGNORECASE)
_WRITTEN = re.compile(rf"(?<![\w-])(?:{_any_of(_NAMES | _CITIES)})(?![\w-])", re.IGNORECASE)
#: Two capital letters stand for a state only where little else is written: "DE", "NY law".
_POSTAL = dict(
    zip(
        (
            "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC "
            "ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY"
        ).split(),
        _US,
        strict=True,
    )
)
_POSTAL_PATTERN = re.compile(r"\b(?:" + "|".join(_POSTAL) + r")\b(?!\s*(?:Inc|LLC|Corp))")
_SHORT_TEXT = 12


def _name(match: re.Match[str]) -> str:
    words = " ".join(match[0].lower().replace("\u2019", "'").split())
    return _NAMES.get(words) or _CITIES[words]


def jurisdictions(text: str) -> tuple[str, ...]:
    """The jurisdictions that words of people name, each once and in order, without one that holds another of them.

    "the State of New York, United States of America" gives New York alone.
    """
    found = [_name(match) for match in _TYPED.finditer(text)]
    if not found and len(text) <= _SHORT_TEXT:
        found = [_POSTAL[match[0]] for match in _POSTAL_PATTERN.finditer(text)]
    held = {PARENT[name] for name in found if name in PARENT}
    return tuple(dict.fromkeys(name for name in found if name not in held))


def jurisdiction_places(text: str) -> list[tuple[int, int]]:
    """The character ranges of the jurisdictions that words of people name."""
    return [match.span() for match in _TYPED.finditer(text)]


def written_jurisdictions(text: str) -> list[tuple[tuple[int, int], str]]:
    """The jurisdictions that a contract names, with their character ranges and in order.

    A contract writes them with capitals; one that holds an earlier one of them, and one said twice in a row, is left
    out.
    """
    found: list[tuple[tuple[int, int], str]] = []
    for match in _WRITTEN.finditer(text):
        other_form = match[0].lower() in _OTHER_FORMS
        if match[0].islower() or (other_form and match[0][0].islower()):
            continue
        name = _name(match)
        if name in {_HELD_BY.get(known) for _, known in found} or (found and found[-1][1] == name):
            continue
        found.append((match.span(), name))
    return found

"""Names of jurisdictions (states of the USA, provinces of Canada, countries) in one form."""

from __future__ import annotations

import re

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
    "Argentina|Australia|Austria|Bahamas|Bahrain|Bangladesh|Barbados|Belgium|Belize|Bermuda|Bolivia|Brazil|"
    "British Virgin Islands|Bulgaria|Cambodia|Canada|Cayman Islands|Chile|China|Colombia|Costa Rica|Croatia|Cyprus|"
    "Czech Republic|Denmark|Dominican Republic|Ecuador|Egypt|Estonia|Finland|France|Germany|Ghana|Gibraltar|Greece|"
    "Guatemala|Guernsey|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Isle of Man|Israel|Italy|Jamaica|"
    "Japan|Jersey|Jordan|Kazakhstan|Kenya|Kuwait|Latvia|Lebanon|Liberia|Liechtenstein|Lithuania|Luxembourg|Malaysia|"
    "Malta|Marshall Islands|Mauritius|Mexico|Monaco|Mongolia|Morocco|Netherlands|New Zealand|Nigeria|Norway|Oman|"
    "Pakistan|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Saudi Arabia|"
    "Scotland|Serbia|Seychelles|Singapore|Slovakia|Slovenia|South Africa|South Korea|Spain|Sri Lanka|Sweden|"
    "Switzerland|Taiwan|Thailand|Trinidad and Tobago|Tunisia|Turkey|Ukraine|United Arab Emirates|United Kingdom|"
    "United States|Uruguay|Venezuela|Vietnam|Zambia|Zimbabwe"
).split("|")
_OTHER_FORMS = {
    "u.s.a.": "United States", "usa": "United States", "u.s.": "United States", "u. s.": "United States",
    "united states of america": "United States", "uk": "United Kingdom", "u.k.": "United Kingdom",
    "great britain": "United Kingdom", "english": "England", "british columbian": "British Columbia",
    "prc": "China", "p.r.c.": "China", "p. r. china": "China", "p.r. china": "China", "chinese": "China",
    "people's republic of china": "China", "people’s republic of china": "China", "republic of china": "Taiwan",
    "hongkong": "Hong Kong", "holland": "Netherlands", "dutch": "Netherlands", "german": "Germany",
    "french": "France", "japanese": "Japan", "swiss": "Switzerland", "israeli": "Israel", "indian": "India",
    "canadian": "Canada", "russian federation": "Russia", "republic of korea": "South Korea",
    "korea": "South Korea", "uae": "United Arab Emirates", "washington, d.c.": "District of Columbia",
    "washington d.c.": "District of Columbia", "washington dc": "District of Columbia",
    "d.c.": "District of Columbia",
    "québec": "Quebec", "newyork": "New York", "massachussets": "Massachusetts", "massachussetts": "Massachusetts",
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
_NAMES = {name.lower(): name for name in (*PARENT, *_COUNTRIES)} | _OTHER_FORMS
_PATTERN = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(_NAMES, key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
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


def jurisdictions(text: str) -> tuple[str, ...]:
    """The jurisdictions that a text names, each once and in order, without one that holds another of them.

    "the State of New York, United States of America" gives New York alone.
    """
    found = [_NAMES[" ".join(match[0].lower().split())] for match in _PATTERN.finditer(text)]
    if not found and len(text) <= _SHORT_TEXT:
        found = [_POSTAL[match[0]] for match in _POSTAL_PATTERN.finditer(text)]
    held = {PARENT[name] for name in found if name in PARENT}
    return tuple(dict.fromkeys(name for name in found if name not in held))


def jurisdiction_places(text: str) -> list[tuple[int, int]]:
    """The character ranges of the jurisdictions that a text names."""
    return [match.span() for match in _PATTERN.finditer(text)]
